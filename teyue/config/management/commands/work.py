from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.config import wiring
from teyue.config.translated import Translated
from teyue.foundation.clock import now
from teyue.foundation.outbox.operations import revive
from teyue.foundation.outbox.worker import worker


class Command(Translated):
    says = gettext_lazy("办理后台任务，直到被要求停下。")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--revive",
            dest="handle_as",
            action="store_const",
            const=self.revive,
            default=self.work,
            help=_("把多次未送达的事实重新递送，然后结束"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        options["handle_as"]()

    def work(self) -> None:
        """Work until SIGTERM; what is under way is ended first."""
        worker(wiring.JOBS, Path(settings.DATA_DIR)).run()

    def revive(self) -> None:
        """Make dead messages due again."""
        self.stdout.write(_("%(n)s 条未送达的事实将重新递送") % {"n": revive(at=now())})
