from __future__ import annotations  # noqa: N999  the file is named after the command

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

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


class Command(BaseCommand):
    help = "Import households, staff and firms from a workbook; what stands already stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--office", default="", help="code of the office, if there are several")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

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
            self.stdout.write(
                f"{line.sheet}：共 {line.rows} 行，新增 {line.fresh} 行，"
                f"已在册 {line.standing} 行，有误未导入 {line.stopped} 行"
            )
        added = "，".join(f"{ADDS[name]} {number}" for name, number in found.adds.items())
        self.stdout.write(f"将新增：{added}" if added else "没有新的内容，未作改动")

    def take(self, found: Examination, name: str) -> None:
        """Import what is new, and say how far it is on the way."""
        actor = system()
        run = operations.upload(found, name=name, actor=actor, at=clock.now())
        operations.import_all(run, actor=actor, at=clock.now(), progress=self.draw)
        self.stderr.write("")
        self.stdout.write(f"已导入 {found.office.name}，编号 {run.pk}")

    def draw(self, progress: Progress) -> None:
        """Draw a bar over the one before."""
        bar = "█" * (progress.percent * BAR // 100)
        text = f"\r{bar:░<{BAR}} {progress.done}/{progress.total} 行"
        self.stderr.write(text, ending="")
        self.stderr.flush()


def office_of(code: str) -> Office:
    """Return the office that is meant; the only one need not be named."""
    known = list(Office.objects.order_by("pk"))
    codes = "、".join(f"{office.code} {office.name}" for office in known)
    if code:
        office = company.office_by_code(code)
        if office is None:
            raise CommandError(f"没有编号为 {code} 的管理处，请您从中选择：{codes}", returncode=2)
        return office
    if not known:
        raise CommandError("系统中还没有管理处，请您先用 teyue office add 设立一个。", returncode=2)
    if len(known) > 1:
        raise CommandError(f"有多个管理处，请您用 --office 指明一个：{codes}", returncode=2)
    return known[0]


def read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"读不到文件 {file}，请您核对路径。", returncode=UNREADABLE) from error
