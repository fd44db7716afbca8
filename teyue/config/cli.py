"""The command `teyue`."""

from __future__ import annotations

import os
import sys

import django
from django.core.management import execute_from_command_line
from django.utils import translation

from teyue.config.translated import language

# These change tables, which the serving role may not.
OF_THE_OWNER = frozenset({"migrate", "restore"})
# What these write may be kept, and is then read by everybody.
IN_THE_SOURCE_LANGUAGE = frozenset({"work", "serve", "demo"})


def main() -> None:
    """Run one command of the house."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teyue.config.settings")
    name = "".join(sys.argv[1:2])
    if name in OF_THE_OWNER:
        os.environ["TEYUE_CONNECT_AS"] = "owner"
    django.setup()
    if name not in IN_THE_SOURCE_LANGUAGE:
        translation.activate(language(os.environ))
    execute_from_command_line(sys.argv)
