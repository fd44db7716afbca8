from __future__ import annotations

from django.apps import AppConfig


class CashierConfig(AppConfig):
    name = "teyue.procedure.cashier"
