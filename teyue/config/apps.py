from __future__ import annotations

from django.apps import AppConfig


class Config(AppConfig):
    name = "teyue.config"
    label = "teyue_config"
