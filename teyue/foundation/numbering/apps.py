from __future__ import annotations

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "teyue.foundation.numbering"
