from __future__ import annotations

from django.test import Client

from tests.cast import MORNING, PASSWORD
from teyue.desks.register.tests import setting
from teyue.register.people import operations

NEW = "新的密码-2026-ty"


def test_a_person_chooses_a_password_over_the_api(register, call):
    answer = call("st", "/accounts/current/set_password", {"old": PASSWORD, "password": NEW})

    assert answer.status_code == 204
    assert setting.account("st").check_password(NEW)


def test_a_wrong_old_password_changes_nothing(register, call):
    answer = call("st", "/accounts/current/set_password", {"old": "猜的", "password": NEW})

    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert setting.account("st").check_password(PASSWORD)


def test_a_printed_code_sets_a_password_once(register):
    account = setting.account("st")
    code = operations.print_reset_code(account, actor=register.actor("ad"), at=MORNING)
    body = {"username": "st", "code": code, "password": NEW}

    answers = [
        Client().post(
            "/api/v1/public/accounts/reset_password", body, content_type="application/json"
        )
        for _time in range(2)
    ]

    assert [answer.status_code for answer in answers] == [204, 422]
    assert setting.account("st").check_password(NEW)
