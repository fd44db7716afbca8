from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from teyue.desks.signin import factors
from teyue.desks.signin.tests.conftest import code_of
from teyue.web.tests.house import PASSWORD

URL = "/me/second-factor/"


@pytest.fixture
def at_the_till(client, cashier):
    client.post("/signin/", {"username": "ca", "password": PASSWORD})
    return client


def test_who_pays_sets_up_a_second_factor_first(at_the_till):
    assert at_the_till.get(URL).context["secret"]
    assert at_the_till.get("/gallery/").headers["Location"] == URL


def test_the_right_code_sets_it_up_and_shows_codes_for_paper(at_the_till, cashier):
    secret = at_the_till.get(URL).context["secret"]

    answer = at_the_till.post(URL, {"code": code_of(secret)})

    assert len(answer.context["codes"]) == 10
    assert factors.is_set_up(cashier)
    assert at_the_till.get("/gallery/").status_code == 404


def test_a_wrong_code_sets_nothing_up(at_the_till, cashier):
    at_the_till.get(URL)

    answer = at_the_till.post(URL, {"code": "000000"})

    assert answer.context["refusal"].code == "wrong_code"
    assert not factors.is_set_up(cashier)


def test_the_secret_is_kept_encrypted(cashier, secret):
    factors.set_up(cashier, secret)

    kept = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in kept


def test_giving_it_up_takes_a_code(at_the_till, cashier):
    secret = at_the_till.get(URL).context["secret"]
    at_the_till.post(URL, {"code": code_of(secret)})
    refused = at_the_till.post(URL, {"code": "000000", "remove": "1"})
    kept = factors.is_set_up(cashier)

    at_the_till.post(URL, {"code": code_of(secret), "remove": "1"})

    assert refused.status_code == 422 and kept
    assert not factors.is_set_up(cashier)


def test_in_a_demo_nobody_must_have_one(client, receptionist, office):
    client.post("/signin/", {"username": "rc", "password": PASSWORD})

    assert client.get("/gallery/").status_code == 404
