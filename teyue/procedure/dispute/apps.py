from __future__ import annotations

from django.apps import AppConfig


class DisputeConfig(AppConfig):
    name = "teyue.procedure.dispute"
