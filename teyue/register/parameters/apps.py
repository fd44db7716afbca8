from __future__ import annotations

from django.apps import AppConfig


class ParametersConfig(AppConfig):
    name = "teyue.register.parameters"
