from __future__ import annotations

from django.apps import AppConfig


class SubcontractingConfig(AppConfig):
    name = "teyue.procedure.subcontracting"
