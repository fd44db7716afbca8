from __future__ import annotations

from django.apps import AppConfig


class CaseFileConfig(AppConfig):
    name = "teyue.desks.casefile"
    label = "casefile_desk"
