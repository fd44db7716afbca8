from __future__ import annotations

from typing import Any

from django.core.management import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.config.ready import require_tables
from teyue.config.translated import Translated
from teyue.foundation import clock
from teyue.foundation.refusal import Refused
from teyue.register.people.setup import Established, Founding, set_up


class Command(Translated):
    says = gettext_lazy("建立空的正式公司：一个管理处、一名管理员。")

    def add_arguments(self, parser: CommandParser) -> None:
        code = _("编号，2 至 8 个大写字母或数字")
        manager = _("总经理姓名，由法定代表人任命")
        parser.add_argument("--company", default="物业服务公司", help=_("公司名称"))
        parser.add_argument("--legal-person", default="法定代表人", help=_("法定代表人姓名"))
        parser.add_argument("--general-manager", default="总经理", help=manager)
        parser.add_argument("--office-code", default="GLC1", help=code)
        parser.add_argument("--office", default="管理处", help=_("管理处名称"))
        parser.add_argument("--administrator", default="admin", help=_("管理员用户名"))

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
    words = {
        "company": established.company.name,
        "code": established.office.code,
        "office": established.office.name,
        "manager": founding.general_manager,
        "legal": founding.legal_person,
        "username": established.account.username,
        "password": established.password,
    }
    lines = (
        _("已设立公司：%(company)s（正式）"),
        _("管理处：%(code)s %(office)s"),
        _("总经理：%(manager)s（由法定代表人%(legal)s任命）"),
        _("系统管理员：%(username)s"),
        _("一次性密码：%(password)s（只显示这一次，首次登录须修改）"),
    )
    return "\n".join(line % words for line in lines)
