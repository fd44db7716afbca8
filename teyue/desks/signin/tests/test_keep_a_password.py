from __future__ import annotations

import pytest

from teyue.foundation import clock, pen
from teyue.register.people import operations, queries
from teyue.register.people.models import Account
from teyue.web.tests.house import PASSWORD, account_of

NEW = "新的-heslo-2027"


def change(client, **given):
    typed = {"old": PASSWORD, "password": NEW, "again": NEW} | given
    return client.post("/me/password/", typed)


@pytest.fixture
def at_the_desk(client, receptionist):
    client.post("/signin/", {"username": "rc", "password": PASSWORD})
    return client


def test_the_first_password_is_changed_before_anything_else(at_the_desk, receptionist):
    with pen.held(Account):
        Account.objects.update(must_change=True)
    before = at_the_desk.get("/me/second-factor/").status_code

    answer = change(at_the_desk)

    receptionist.refresh_from_db()
    assert (before, answer.headers["Location"]) == (200, "/")
    assert receptionist.check_password(NEW) and not receptionist.must_change
    assert at_the_desk.get("/me/password/").status_code == 200


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"old": "不对"}, "old"),
        ({"again": "另一个-2027-x"}, "again"),
        ({"password": "12345678", "again": "12345678"}, "password"),
        ({"password": PASSWORD, "again": PASSWORD}, "password"),
    ],
)
def test_a_password_that_will_not_do_is_named_beside_its_field(
    at_the_desk, receptionist, given, field
):
    answer = change(at_the_desk, **given)

    receptionist.refresh_from_db()
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert receptionist.check_password(PASSWORD)


@pytest.fixture
def code(receptionist, office) -> str:
    administrator = account_of("ad", "AD", office, clock.now())
    at = clock.now()
    actor = queries.actor_of_account(administrator.pk, at=at)
    return operations.print_reset_code(receptionist, actor=actor, at=at)


def reset(client, code, username="rc"):
    typed = {"username": username, "code": code, "password": NEW, "again": NEW}
    return client.post("/signin/reset/", typed)


def test_a_printed_code_sets_a_new_password_once(client, code, receptionist):
    first = reset(client, code)

    second = reset(client, code)

    receptionist.refresh_from_db()
    assert (first.status_code, second.status_code) == (200, 422)
    assert second.context["refusal"].code == "code_invalid"
    assert receptionist.check_password(NEW)


def test_an_unknown_name_hears_the_same_as_a_wrong_code(client, code, receptionist):
    wrong = reset(client, "AAAA-AAAA-AAAA")

    unknown = reset(client, code, username="nobody")

    assert wrong.context["refusal"].message == unknown.context["refusal"].message
    receptionist.refresh_from_db()
    assert receptionist.check_password(PASSWORD)


def test_a_printed_code_ends_the_lock_out(client, code):
    for _ in range(5):
        client.post("/signin/", {"username": "rc", "password": "不对"})

    reset(client, code)

    answer = client.post("/signin/", {"username": "rc", "password": NEW})
    assert answer.status_code == 302
