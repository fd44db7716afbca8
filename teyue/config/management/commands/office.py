from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from teyue.config.ready import require_tables
from teyue.foundation import clock
from teyue.foundation.refusal import Refused
from teyue.register.company import operations, queries
from teyue.register.people.queries import system
from teyue.register.people.setup import found


class Command(BaseCommand):
    help = "Keep the offices: `office add CODE NAME` makes an empty one."

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True)
        add = kinds.add_parser("add", help="make an empty office")
        add.add_argument("code", help="2 to 8 capitals or digits")
        add.add_argument("name")

    def handle(self, *, code: str, name: str, **options: Any) -> None:
        require_tables()
        try:
            self._add(code, name, clock.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _add(self, code: str, name: str, at: datetime) -> None:
        company = queries.company()
        if company is None:
            company, office = found(name=name, legal_person="", code=code, office=name, at=at)
            self.stdout.write(f"系统中还没有公司，已设立正式公司：{company.name}")
        else:
            office = operations.open_office(company, code=code, name=name, actor=system(), at=at)
        self.stdout.write(f"已设立管理处：{office.code} {office.name}")
