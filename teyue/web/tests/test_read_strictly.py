"""What an address or a body says is either understood or refused, never passed over."""

from __future__ import annotations

import base64

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.company.models import Office
from teyue.web.tests.addresses import LIST

pytestmark = pytest.mark.urls("teyue.web.tests.addresses")
URL = "/api/v1/offices"


def cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize("word", ["cursor", "stae", "code[]"])
def test_a_word_that_a_list_does_not_know_is_named_with_those_it_knows(
    client, as_administrator, word
):
    answer = client.get(URL, {word: "x"}, headers=as_administrator)

    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, "invalid")
    assert [error["field"] for error in said["errors"]] == [word]
    assert "after、before、limit、sort、q、code" in said["errors"][0]["message"]


def test_a_step_takes_no_words_in_its_address(client, as_administrator):
    answer = client.post(f"{URL}/YX/close?force=1", headers=as_administrator)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "force")


@pytest.mark.django_db
def test_a_stranger_hears_first_that_nobody_knows_them(client):
    answer = client.get(URL, {"stae": "x"})

    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_an_empty_body_lacks_its_fields_by_name(client, as_administrator):
    answer = client.post(URL, b"", content_type="application/json", headers=as_administrator)

    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} == {"code", "name"}
    assert Office.objects.count() == 1


def test_where_nothing_must_be_said_nothing_may_be_sent(client, as_administrator):
    sent = {"content_type": "application/json", "headers": as_administrator}
    said = client.post(f"{URL}/YX/open", b"{}", **sent)

    silent = client.post(f"{URL}/YX/open", b"", **sent)

    assert said.status_code == silent.status_code == 200


@pytest.mark.parametrize(
    "place",
    ["zzz", "_", cursor("[null]"), cursor("[null,1e300]"), cursor("[null,18446744073709551615]")],
)
def test_a_broken_cursor_is_refused(client, as_administrator, place):
    answer = client.get(URL, {"after": place}, headers=as_administrator)

    assert (answer.status_code, answer.json()["code"]) == (422, "cursor_unknown")


@pytest.mark.parametrize(
    "edge",
    [
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00",
        "1979-12-31T00:00:00+08:00",
        "2101-01-01T00:00:00+08:00",
    ],
)
def test_an_instant_out_of_reach_is_named_with_its_bounds(client, as_administrator, edge):
    body = {"code": "HB", "name": "湖滨", "since": edge}

    answer = client.post(URL, body, content_type="application/json", headers=as_administrator)

    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["since"]
    assert "1980-01-01 至 2100-12-31" in answer.json()["errors"][0]["message"]
    assert Office.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("limit", ["abc", "-5", "100000"])
def test_a_page_of_no_or_too_many_rows_is_refused(limit):
    with pytest.raises(Refused) as refused:
        LIST.page(Office.objects.all(), {"limit": limit})

    assert (refused.value.code, refused.value.field) == ("limit_unknown", "limit")
