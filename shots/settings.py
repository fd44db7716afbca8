"""The settings of the house, with style sheets read where they are written."""

from __future__ import annotations

from teyue.config.settings import *  # noqa: F403
from teyue.config.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
