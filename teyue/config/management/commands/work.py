from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandParser

from teyue.config import wiring
from teyue.foundation.clock import now
from teyue.foundation.outbox.operations import revive
from teyue.foundation.outbox.worker import worker


class Command(BaseCommand):
    help = "Do the jobs of the house until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--revive",
            dest="handle_as",
            action="store_const",
            const=self.revive,
            default=self.work,
            help="let facts that failed too often be tried again, and end",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        options["handle_as"]()

    def work(self) -> None:
        """Work until SIGTERM; what is under way is ended first."""
        worker(wiring.JOBS, Path(settings.DATA_DIR)).run()

    def revive(self) -> None:
        """Make dead messages due again."""
        self.stdout.write(f"{revive(at=now())} 条未送达的事实将重新递送")
