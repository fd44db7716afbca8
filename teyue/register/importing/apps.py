from __future__ import annotations

from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "teyue.register.importing"
