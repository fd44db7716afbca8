from __future__ import annotations

from django.apps import AppConfig


class TechnicianDeskConfig(AppConfig):
    name = "teyue.desks.technician"
    label = "technician_desk"
