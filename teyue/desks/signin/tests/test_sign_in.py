from __future__ import annotations

import pytest

from teyue.desks.signin import factors
from teyue.desks.signin.tests.conftest import code_of
from teyue.web.tests.house import PASSWORD


def sign_in(client, username="rc", password=PASSWORD, to="/signin/"):
    return client.post(to, {"username": username, "password": password})


def test_name_and_password_let_somebody_in(client, receptionist):
    answer = sign_in(client, to="/signin/?next=/me/password/")

    assert answer.headers["Location"] == "/me/password/"
    assert client.get("/me/password/").status_code == 200


def test_nobody_is_led_to_another_house(client, receptionist):
    answer = sign_in(client, to="/signin/?next=https://example.org/")

    assert answer.headers["Location"] == "/"


def test_an_unknown_name_gets_the_answer_of_a_wrong_password(client, receptionist):
    wrong = sign_in(client, password="不对")

    unknown = sign_in(client, username="xx", password="不对")

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.context["refusal"].message == unknown.context["refusal"].message
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("username", ["rc", "nobody"])
def test_the_sixth_try_is_not_even_looked_at(client, receptionist, username):
    for _ in range(5):
        sign_in(client, username=username, password="不对")

    answer = sign_in(client, username=username)

    assert (answer.status_code, answer.context["refusal"].code) == (429, "locked_out")
    assert "_auth_user_id" not in client.session


def test_an_address_that_keeps_guessing_names_is_slowed_down(client, receptionist, monkeypatch):
    monkeypatch.setattr("teyue.web.throttle.MOST_FAILURES", 3)
    for name in ("a", "b", "c"):
        sign_in(client, username=name)

    answer = sign_in(client)

    assert (answer.status_code, answer.context["refusal"].code) == (429, "too_many")
    assert "_auth_user_id" not in client.session


def test_who_has_a_second_factor_is_asked_for_it(client, cashier, secret):
    factors.set_up(cashier, secret)
    answer = sign_in(client, "ca")

    entered = client.post(answer.headers["Location"], {"code": code_of(secret)})

    assert answer.headers["Location"].startswith("/signin/code/")
    assert entered.headers["Location"] == "/"
    assert client.get("/me/password/").status_code == 200


def test_a_code_works_once(client, cashier, secret):
    factors.set_up(cashier, secret)
    code = code_of(secret)
    assert factors.proves(cashier, code)
    sign_in(client, "ca")

    answer = client.post("/signin/code/", {"code": code})

    assert answer.context["refusal"].code == "wrong_code"
    assert "_auth_user_id" not in client.session


def test_wrong_codes_lock_the_name_like_wrong_passwords(client, cashier, secret):
    factors.set_up(cashier, secret)
    for _ in range(5):
        sign_in(client, "ca")
        client.post("/signin/code/", {"code": "000000"})

    answer = sign_in(client, "ca")

    assert answer.context["refusal"].code == "locked_out"


def test_a_code_on_paper_works_once(client, cashier, secret):
    paper = factors.set_up(cashier, secret)[0]
    sign_in(client, "ca")

    answer = client.post("/signin/code/", {"code": paper})

    assert answer.headers["Location"] == "/"
    assert not factors.proves(cashier, paper)


def test_the_code_page_needs_a_password_first(client, cashier):
    assert client.get("/signin/code/").headers["Location"] == "/signin/"


def test_signing_out_ends_the_session(client, receptionist):
    sign_in(client)

    client.post("/signout/")

    assert client.get("/me/password/").headers["Location"].startswith("/signin/")


@pytest.mark.django_db
def test_a_stranger_may_change_the_language(client):
    client.post("/language/", {"language": "en", "next": "/signin/"})

    assert 'lang="en"' in client.get("/signin/").content.decode()
