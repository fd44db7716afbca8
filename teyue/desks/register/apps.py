from __future__ import annotations

from django.apps import AppConfig


class RegisterDeskConfig(AppConfig):
    name = "teyue.desks.register"
    label = "register_desk"
