from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from teyue.foundation.refusal import Refused
from teyue.foundation.upkeep.restore import restore


class Command(BaseCommand):
    help = "Put a backup into an empty installation whose server and worker stand still."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restore(options["file"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("migrate", verbosity=0, skip_checks=True)
        self.stdout.write("已恢复，现在核对")
        call_command("verify", stdout=self.stdout)
        sys.stdout.flush()
