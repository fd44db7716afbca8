from __future__ import annotations

from django.apps import AppConfig


class ImportDeskConfig(AppConfig):
    name = "teyue.desks.importing"
    label = "import_desk"
