from __future__ import annotations

import os
import secrets
from datetime import datetime
from typing import Any

from django.core.management import BaseCommand

from teyue.desks.demo import operations
from teyue.desks.demo.people import logins
from teyue.foundation import clock
from teyue.foundation.refusal import Refused
from teyue.register.company.queries import company

PASSWORD = "TEYUE_DEMO_PASSWORD"
BLANK = "\N{IDEOGRAPHIC SPACE}"


class Command(BaseCommand):
    help = "Found a demo company with invented people, prices and a day of orders."

    def handle(self, **options: Any) -> None:
        if company() is not None:
            self.stdout.write("本系统已设有公司，演示资料没有写入，原有资料也没有改动。")
            return
        given = os.environ.get(PASSWORD, "")
        password = given or secrets.token_hex(6)
        at = clock.now()
        operations.set_up(password=password, at=at)
        self._live(at)
        self._show(f"取自 {PASSWORD}" if given else f"{password}（只显示这一次，请您记下）")

    def _live(self, at: datetime) -> None:
        try:
            operations.live_a_day(at=at)
        except Refused as refusal:
            self.stderr.write(f"演示订单没有写入：{refusal} 演示公司仍可使用。")

    def _show(self, password: str) -> None:
        self.stdout.write("演示公司已建好。账号如下，密码都相同：")
        for login in logins():
            self.stdout.write(f"  {login.name:<4} {login.person:{BLANK}<4} {login.post}")
        self.stdout.write(f"密码：{password}")
        self.stdout.flush()
