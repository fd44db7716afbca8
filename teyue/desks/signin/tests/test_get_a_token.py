from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from teyue.desks.signin import factors
from teyue.desks.signin.tests.conftest import code_of
from teyue.foundation import pen
from teyue.register.people.models import Account, Token
from teyue.web.tests.house import PASSWORD

URL = "/api/v1/tokens"


def ask(client, username="rc", password=PASSWORD, **more):
    body = {"username": username, "password": password} | more
    return client.post(URL, body, content_type="application/json")


def bearer(answer):
    return {"Authorization": f"Bearer {answer.json()['token']}"}


def test_name_and_password_give_a_token_with_its_end(client, receptionist):
    answer = ask(client)

    said = answer.json()
    assert answer.status_code == 201
    assert set(said) == {"token", "expires_at"}
    assert datetime.fromisoformat(said["expires_at"]).utcoffset() == timedelta(hours=8)
    assert not Token.objects.filter(digest=said["token"]).exists()


def test_a_token_can_be_given_back(client, receptionist):
    headers = bearer(ask(client))

    given_back = client.delete(f"{URL}/current", headers=headers)

    assert given_back.status_code == 204
    assert client.delete(f"{URL}/current", headers=headers).status_code == 401


def test_an_unknown_name_gets_the_answer_of_a_wrong_password(client, receptionist):
    wrong, unknown = ask(client, password="不对"), ask(client, username="nobody")

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert not Token.objects.exists()


def test_the_sixth_try_is_locked_out(client, receptionist):
    for _ in range(5):
        ask(client, password="不对")

    answer = ask(client)

    assert (answer.status_code, answer.json()["code"]) == (429, "locked_out")
    assert not Token.objects.exists()


def test_a_first_password_gives_no_token(client, receptionist):
    with pen.held(Account):
        Account.objects.update(must_change=True)

    answer = ask(client)

    assert answer.json()["code"] == "password_due"
    assert not Token.objects.exists()


def test_who_pays_gets_a_token_only_with_a_second_factor(client, cashier, secret):
    before = ask(client, "ca")
    factors.set_up(cashier, secret)

    without, with_code = ask(client, "ca"), ask(client, "ca", otp=code_of(secret))

    assert (before.status_code, before.json()["code"]) == (403, "second_factor_needed")
    assert without.json()["code"] == "wrong_code"
    assert with_code.status_code == 201


@pytest.mark.parametrize("name", ["rc\x00", "r" * 41, 7])
def test_a_name_that_cannot_be_is_refused(client, receptionist, name):
    answer = ask(client, username=name)

    assert answer.status_code == 422
    assert not Token.objects.exists()
