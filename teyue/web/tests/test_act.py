from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teyue.foundation.idempotency.models import Answer
from teyue.foundation.journal.models import Entry
from teyue.register.company.models import Office

pytestmark = pytest.mark.urls("teyue.web.tests.addresses")
URL = "/api/v1/offices"
BODY = {"code": "HB", "name": "湖滨"}


def post(client, body, headers, key=""):
    more = {"Idempotency-Key": key} if key else {}
    return client.post(URL, body, content_type="application/json", headers=headers | more)


def test_the_same_key_with_the_same_body_gives_the_same_answer(client, as_administrator):
    first = post(client, BODY, as_administrator, "k1")

    second = post(client, BODY, as_administrator, "k1")

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.content == first.content
    assert second.headers["Idempotency-Replayed"] == "true"
    assert Office.objects.filter(code="HB").count() == 1


def test_the_same_key_with_another_body_is_refused(client, as_administrator):
    post(client, BODY, as_administrator, "k1")

    answer = post(client, BODY | {"code": "CX"}, as_administrator, "k1")

    assert answer.status_code == 409
    assert answer.json()["code"] == "key_reused"
    assert not Office.objects.filter(code="CX").exists()


def test_a_refusal_may_be_tried_again_with_the_same_key(client, as_administrator):
    refused = post(client, BODY | {"code": "湖"}, as_administrator, "k1")

    answer = post(client, BODY, as_administrator, "k1")

    assert refused.status_code == 422
    assert answer.status_code == 201


def test_two_people_may_choose_the_same_key(client, as_administrator, as_receptionist):
    post(client, BODY, as_administrator, "k1")

    answer = post(client, BODY, as_receptionist, "k1")

    assert answer.status_code == 403
    assert Answer.objects.count() == 1


def test_a_key_costs_one_statement(client, as_administrator):
    with CaptureQueriesContext(
        connection,
    ) as without:
        post(client, BODY, as_administrator)

    with CaptureQueriesContext(connection) as with_key:
        post(client, {"code": "CX", "name": "城西"}, as_administrator, "k1")

    assert len(with_key) == len(without) + 1


def test_a_key_of_unreadable_signs_is_refused(client, as_administrator):
    answer = post(client, BODY, as_administrator, "k" * 81)

    assert answer.json()["code"] == "key_malformed"
    assert not Office.objects.filter(code="HB").exists()


def test_the_answer_holds_the_number_that_is_drawn_last(client, as_administrator, monkeypatch):
    monkeypatch.setattr(Office, "series", lambda self, at: "GLC")

    answer = post(client, BODY, as_administrator, "k1")

    assert answer.json()["number"] == "GLC-0001"
    assert Entry.objects.filter(step="company.open_office").count() == 2


def test_a_page_that_is_sent_twice_is_led_to_the_same_place(client, administrator):
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"code": "HB", "idempotency_key": "k1"}

    first = client.post("/offices/press/", sent)
    second = client.post("/offices/press/", sent)

    assert first.headers["Location"] == second.headers["Location"] == "/offices/HB/"
    assert Office.objects.filter(code="HB").count() == 1


@pytest.mark.parametrize("key", ["", " ", "k" * 256, "a\tb", "钥匙"])
def test_a_blank_or_absurd_key_is_refused_and_nothing_is_done(client, as_administrator, key):
    headers = as_administrator | {"Idempotency-Key": key}

    answer = client.post(URL, BODY, content_type="application/json", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (422, "key_malformed")
    assert not Office.objects.filter(code="HB").exists()
