from __future__ import annotations

from django.apps import AppConfig


class EstateConfig(AppConfig):
    name = "teyue.register.estate"
