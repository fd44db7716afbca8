from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.config.ready import require_tables
from teyue.config.translated import Translated
from teyue.foundation import clock
from teyue.foundation.refusal import Refused
from teyue.register.company import operations, queries
from teyue.register.people.queries import system
from teyue.register.people.setup import found


class Command(Translated):
    says = gettext_lazy("管理处：office add 编号 名称，设立一个空的管理处。")

    def add_arguments(self, parser: CommandParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True)
        add = kinds.add_parser("add", help=_("设立一个空的管理处"))
        add.add_argument("code", help=_("编号，2 至 8 个大写字母或数字"))
        add.add_argument("name", help=_("名称"))

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
            text = _("系统中还没有公司，已设立正式公司：%(name)s")
            self.stdout.write(text % {"name": company.name})
        else:
            office = operations.open_office(company, code=code, name=name, actor=system(), at=at)
        told = _("已设立管理处：%(code)s %(name)s") % {"code": office.code, "name": office.name}
        self.stdout.write(told)
