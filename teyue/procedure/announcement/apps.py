from __future__ import annotations

from django.apps import AppConfig


class AnnouncementConfig(AppConfig):
    name = "teyue.procedure.announcement"
