"""The command `teyue`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

# These change tables, which the serving role may not.
OF_THE_OWNER = frozenset({"migrate", "restore"})


def main() -> None:
    """Run one command of the house."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teyue.config.settings")
    if sys.argv[1:2] and sys.argv[1] in OF_THE_OWNER:
        os.environ["TEYUE_CONNECT_AS"] = "owner"
    execute_from_command_line(sys.argv)
