from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from teyue.foundation.clock import now
from teyue.foundation.refusal import Refused
from teyue.foundation.upkeep import backup


class Command(BaseCommand):
    help = "Copy everything into one file while the house goes on working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--with-keys",
            dest="make",
            action="store_const",
            const=backup.make_with_keys,
            default=backup.make,
            help="put the keys in as well; whoever has the file can then read everything",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            options["make"](options["file"], at=now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"已备份到 {options['file']}")
