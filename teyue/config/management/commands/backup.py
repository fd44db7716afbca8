from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.config.translated import Translated
from teyue.foundation.clock import now
from teyue.foundation.refusal import Refused
from teyue.foundation.upkeep import backup


class Command(Translated):
    says = gettext_lazy("把全部数据备份到一个文件，系统照常运行。")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("备份文件"))
        parser.add_argument(
            "--with-keys",
            dest="make",
            action="store_const",
            const=backup.make_with_keys,
            default=backup.make,
            help=_("连同密钥一起备份；谁有这个文件，谁就能读出全部内容"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            options["make"](options["file"], at=now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("已备份到 %(file)s") % {"file": options["file"]})
