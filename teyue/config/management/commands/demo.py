from __future__ import annotations

import os
import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.config.translated import Translated
from teyue.desks.demo import operations
from teyue.desks.demo.people import logins
from teyue.foundation import clock
from teyue.foundation.refusal import Refused
from teyue.register.company.queries import company

PASSWORD = "TEYUE_DEMO_PASSWORD"
BLANK = "\N{IDEOGRAPHIC SPACE}"


class Command(Translated):
    says = gettext_lazy("建立一家演示公司：虚构的人员、收费标准和一天的订单。")

    def handle(self, **options: Any) -> None:
        if company() is not None:
            self.stdout.write(_("本系统已设有公司，演示资料没有写入，原有资料也没有改动。"))
            return
        given = os.environ.get(PASSWORD, "")
        password = given or secrets.token_hex(6)
        at = clock.now()
        # Whole or not at all: a start that is killed half-way begins anew.
        with transaction.atomic():
            operations.set_up(password=password, at=at)
            self._live(at)
        told = _("取自 %(name)s") if given else _("%(password)s（只显示这一次，请您记下）")
        self._show(told % {"name": PASSWORD, "password": password})

    def _live(self, at: datetime) -> None:
        try:
            operations.live_a_day(at=at)
        except Refused as refusal:
            text = _("演示订单没有写入：%(refusal)s 演示公司仍可使用。")
            self.stderr.write(text % {"refusal": refusal})

    def _show(self, password: str) -> None:
        self.stdout.write(_("演示公司已建好。账号如下，密码都相同："))
        for login in logins():
            self.stdout.write(f"  {login.name:<4} {login.person:{BLANK}<4} {login.post}")
        self.stdout.write(_("密码：%(password)s") % {"password": password})
        self.stdout.flush()
