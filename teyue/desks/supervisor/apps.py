from __future__ import annotations

from django.apps import AppConfig


class SupervisorDeskConfig(AppConfig):
    name = "teyue.desks.supervisor"
    label = "supervisor_desk"
