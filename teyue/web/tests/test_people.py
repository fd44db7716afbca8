from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teyue.foundation import clock, pen
from teyue.register.company.models import Company
from teyue.register.people.models import Account, Token
from teyue.web.people import SECOND_FACTOR
from teyue.web.tests import house

pytestmark = pytest.mark.urls("teyue.web.tests.addresses")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_a_page_knows_who_is_there(client, receptionist):
    client.force_login(receptionist, backend=BACKEND)

    answer = client.get("/")

    assert answer.content.decode() == "陈rc"


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_and_back(client):
    answer = client.get("/lost/?a=1")

    assert answer.headers["Location"] == "/signin/?next=%2Flost%2F%3Fa%3D1"


@pytest.mark.django_db
def test_htmx_hears_that_the_session_has_ended(client):
    answer = client.post("/offices/press/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["Ty-Session"]) == (401, "ended")


@pytest.mark.parametrize("path", ["/notice/", "/api/v1/openapi.json", "/static/none.css"])
@pytest.mark.django_db
def test_an_open_door_asks_the_database_nothing(client, path):
    with CaptureQueriesContext(connection) as asked:
        client.get(path)

    assert len(asked) == 0


def test_a_token_costs_one_statement(client, as_administrator):
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/api/v1/offices", headers=as_administrator)

    assert (answer.status_code, len(asked)) == (200, 2)


def test_a_token_that_was_taken_back_opens_nothing(client, as_administrator):
    with pen.held(Token):
        Token.objects.update(revoked_at=clock.now())

    answer = client.get("/api/v1/offices", headers=as_administrator)

    assert answer.status_code == 401


def test_a_closed_account_is_a_stranger(client, receptionist):
    client.force_login(receptionist, backend=BACKEND)
    with pen.held(Account):
        Account.objects.update(is_active=False)

    answer = client.get("/")

    assert answer.status_code == 302


def test_a_first_password_must_be_changed_before_anything_else(client, receptionist):
    client.force_login(receptionist, backend=BACKEND)
    with pen.held(Account):
        Account.objects.update(must_change=True)

    assert client.get("/").headers["Location"] == "/me/password/"
    assert client.get("/arriving/").content.decode() == "入内"


@pytest.fixture
def manager(db) -> Account:
    """Somebody who approves in a real company and has changed the first password."""
    at = clock.now()
    office = house.first_office(house.company_of_kind(Company.Kind.REAL, at), at)
    account = house.account_of("om", "OM", office, at)
    with pen.held(Account):
        Account.objects.update(must_change=False)
    return account


def test_who_approves_needs_a_second_factor_in_a_real_company(client, manager):
    client.force_login(manager, backend=BACKEND)

    assert client.get("/").headers["Location"] == "/me/second-factor/"


def test_who_has_proved_a_second_factor_goes_on(client, manager):
    client.force_login(manager, backend=BACKEND)
    session = client.session
    session[SECOND_FACTOR] = True
    session.save()

    assert client.get("/").status_code == 200
