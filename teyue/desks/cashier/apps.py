from __future__ import annotations

from django.apps import AppConfig


class TillConfig(AppConfig):
    name = "teyue.desks.cashier"
    label = "till"
