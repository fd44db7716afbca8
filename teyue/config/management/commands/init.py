from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from teyue.config.ready import require_tables
from teyue.foundation import clock
from teyue.foundation.refusal import Refused
from teyue.register.people.setup import Established, Founding, set_up


class Command(BaseCommand):
    help = "Make an empty real company with one office and one administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", default="物业服务公司", help="name of the company")
        parser.add_argument("--legal-person", default="法定代表人", help="name of the legal person")
        parser.add_argument("--general-manager", default="总经理", help="appointed by that person")
        parser.add_argument("--office-code", default="GLC1", help="2 to 8 capitals or digits")
        parser.add_argument("--office", default="管理处", help="name of the office")
        parser.add_argument("--administrator", default="admin", help="user name")

    def handle(self, **options: Any) -> None:
        require_tables()
        founding = Founding(
            company=options["company"],
            legal_person=options["legal_person"],
            office_code=options["office_code"],
            office=options["office"],
            administrator=options["administrator"],
            general_manager=options["general_manager"],
        )
        try:
            established = set_up(founding, at=clock.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_told(established, founding))


def _told(established: Established, founding: Founding) -> str:
    office = established.office
    return "\n".join(
        [
            f"已设立公司：{established.company.name}（正式）",
            f"管理处：{office.code} {office.name}",
            f"总经理：{founding.general_manager}（由法定代表人{founding.legal_person}任命）",
            f"系统管理员：{established.account.username}",
            f"一次性密码：{established.password}（只显示这一次，首次登录须修改）",
        ]
    )
