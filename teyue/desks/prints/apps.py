from __future__ import annotations

from django.apps import AppConfig


class PrintsConfig(AppConfig):
    name = "teyue.desks.prints"
    label = "prints_desk"
