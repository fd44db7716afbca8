"""The settings of the tests: the real ones, on data that is thrown away."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# Each process of a parallel run has its own folder, and so its own SQLite file and keys.
_PLACE = tempfile.mkdtemp(prefix="teyue-test-")
atexit.register(shutil.rmtree, _PLACE, ignore_errors=True)
os.environ["TEYUE_DATA"] = _PLACE
# Tables are made by the owner; conftest.py then hands the connection to the serving role.
os.environ["TEYUE_CONNECT_AS"] = "owner"
# Playwright keeps an event loop in the thread of the tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from teyue.config.settings import *  # noqa: E402,F403
from teyue.config.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

# The kernel is tried with papers of its own.
INSTALLED_APPS.append("teyue.foundation.tests.paperwork")

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"]["NAME"] = f"{_PLACE}/test.sqlite3"
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
