"""The door of the web server."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teyue.config.settings")

application = get_wsgi_application()

# What is loaded now stays; looking through it for rubbish again and again costs a tenth.
gc.freeze()
gc.set_threshold(50_000, 20, 100)
