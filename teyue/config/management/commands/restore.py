from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management import CommandError, CommandParser, call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.config.translated import Translated
from teyue.foundation.refusal import Refused
from teyue.foundation.upkeep.restore import restore


class Command(Translated):
    says = gettext_lazy("把备份恢复到空的系统；请先停下服务和后台任务。")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("备份文件"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restore(options["file"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("migrate", verbosity=0, skip_checks=True)
        self.stdout.write(_("已恢复，现在核对"))
        call_command("verify", stdout=self.stdout)
        sys.stdout.flush()
