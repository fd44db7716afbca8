from __future__ import annotations  # noqa: N999  the file is named after the command

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.config.translated import Translated
from teyue.desks.importing import operations
from teyue.desks.importing.captions import ADDS
from teyue.desks.importing.examination import Examination, examine
from teyue.foundation import clock
from teyue.foundation.refusal import Refused
from teyue.register.company import queries as company
from teyue.register.company.models import Office
from teyue.register.importing.queries import Progress
from teyue.register.people.queries import system

LEFT_OUT = 1
UNREADABLE = 2
BAR = 30
COUNTS = gettext_lazy(
    "%(sheet)s：共 %(rows)s 行，新增 %(fresh)s 行，"
    "已在册 %(standing)s 行，有误未导入 %(stopped)s 行"
)


class Command(Translated):
    says = gettext_lazy("从工作簿导入住户、员工和分包方；已在册的不动。")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=_("Excel 工作簿"))
        parser.add_argument("--office", default="", help=_("管理处编号；有多个管理处时须指明"))
        parser.add_argument("--dry-run", action="store_true", help=_("只说会建立什么，不作改动"))

    def handle(self, *, file: Path, office: str, dry_run: bool, **options: Any) -> None:
        try:
            into = office_of(office)
            found = examine(into, read(file), actor=system(), at=clock.now())
            self.tell(found)
            if found.brings_something and not dry_run:
                self.take(found, file.name)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=UNREADABLE) from refusal
        if found.stopped or found.faults:
            raise SystemExit(LEFT_OUT)

    def tell(self, found: Examination) -> None:
        """Print a line a fault, then the counts."""
        for fault in found.faults:
            self.stdout.write(str(fault))
        for line in found.sheets:
            self.stdout.write(COUNTS % asdict(line))
        added = _("、").join(f"{ADDS[name]} {number}" for name, number in found.adds.items())
        told = _("将新增：%(added)s") if added else _("没有新的内容，未作改动")
        self.stdout.write(told % {"added": added})

    def take(self, found: Examination, name: str) -> None:
        """Import what is new, and say how far it is on the way."""
        actor = system()
        run = operations.upload(found, name=name, actor=actor, at=clock.now())
        operations.import_all(run, actor=actor, at=clock.now(), progress=self.draw)
        self.stderr.write("")
        text = _("已导入 %(office)s，编号 %(number)s")
        self.stdout.write(text % {"office": found.office.name, "number": run.pk})

    def draw(self, progress: Progress) -> None:
        """Draw a bar over the one before."""
        bar = "█" * (progress.percent * BAR // 100)
        rows = _("%(done)s/%(total)s 行") % {"done": progress.done, "total": progress.total}
        self.stderr.write(f"\r{bar:░<{BAR}} {rows}", ending="")
        self.stderr.flush()


def office_of(code: str) -> Office:
    """Return the office that is meant; the only one need not be named."""
    known = list(Office.objects.order_by("pk"))
    codes = _("、").join(f"{office.code} {office.name}" for office in known)
    if code:
        office = company.office_by_code(code)
        if office is None:
            text = _("没有编号为 %(code)s 的管理处，请您从中选择：%(codes)s")
            raise CommandError(text % {"code": code, "codes": codes}, returncode=2)
        return office
    if not known:
        text = _("系统中还没有管理处，请您先用 teyue office add 设立一个。")
        raise CommandError(text, returncode=2)
    if len(known) > 1:
        text = _("有多个管理处，请您用 --office 指明一个：%(codes)s")
        raise CommandError(text % {"codes": codes}, returncode=2)
    return known[0]


def read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        text = _("读不到文件 %(file)s，请您核对路径。") % {"file": file}
        raise CommandError(text, returncode=UNREADABLE) from error
