from __future__ import annotations

from django.apps import AppConfig


class DispatchDeskConfig(AppConfig):
    name = "teyue.desks.dispatch"
    label = "dispatch_desk"
