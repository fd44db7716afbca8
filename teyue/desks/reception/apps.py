from __future__ import annotations

from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "teyue.desks.reception"
