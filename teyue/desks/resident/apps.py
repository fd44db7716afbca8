from __future__ import annotations

from django.apps import AppConfig


class ResidentDeskConfig(AppConfig):
    name = "teyue.desks.resident"
    label = "resident_desk"
