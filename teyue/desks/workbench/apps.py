from __future__ import annotations

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    name = "teyue.desks.workbench"
    label = "workbench_desk"
