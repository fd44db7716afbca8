from __future__ import annotations

from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "teyue.foundation.tests.paperwork"
