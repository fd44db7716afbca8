from __future__ import annotations

from django.apps import AppConfig


class RefundConfig(AppConfig):
    name = "teyue.procedure.refund"
