from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from tests.stories import RECORDED_AT, fresh, visit_of
from teyue.desks.resident.tests.test_confirm_by_link import drawn
from teyue.foundation.journal.models import Entry
from teyue.foundation.money import Money
from teyue.procedure.dispatch.tests.proof import everything, said_no
from teyue.procedure.service import operations
from teyue.procedure.service.facts import Extra
from teyue.procedure.service.models import Change
from teyue.procedure.service.queries import links

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
API = "/api/v1/public/changes"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def change(started, st, at_time):
    """Extra work that 王磊 has offered and nobody has answered."""
    at_time(RECORDED_AT)
    extra = Extra(reason="角阀锈死，要一并更换", labor=Money(4000), labor_text="更换角阀")
    return operations.offer_change(visit_of(started()), extra=extra, actor=st, at=RECORDED_AT)


@pytest.fixture
def token(change):
    return links.token_of_change(change, at=RECORDED_AT)


@pytest.fixture
def stranger():
    """A browser in which nobody is signed in."""
    return Client()


def signed(members):
    """What is sent when the owner draws a signature."""
    return {"answer": "accept", "person": members["owner"].person_id, "signature": drawn()}


def test_the_link_shows_what_is_added_and_the_most_that_may_be_charged(stranger, token):
    page = stranger.get(f"/x/{token}/").content.decode()

    assert "角阀锈死，要一并更换" in page
    assert "¥40.00" in page and "70.00" in page
    assert "刘文博" not in page


def test_a_signature_under_the_link_accepts(stranger, token, change, members):
    answer = stranger.post(f"/x/{token}/", signed(members))

    said = Change.objects.get()
    assert answer.status_code == 302
    assert (said.state, said.accepted_by) == (Change.State.ACCEPTED, members["owner"].person)
    assert said.evidence.startswith("file:")
    assert fresh(change.order).agreed == Money(7000)


def test_a_no_under_the_link_needs_no_signature(stranger, token, change):
    stranger.post(f"/x/{token}/", {"answer": "refuse"})

    assert Change.objects.get().state == Change.State.REFUSED
    assert fresh(change.order).agreed == Money(3000)
    assert "您没有同意增项" in stranger.get(f"/x/{token}/").content.decode()


def test_page_and_endpoint_refuse_a_yes_without_a_signature(stranger, token, members):
    owner, before = members["owner"].person_id, everything()

    page = stranger.post(f"/x/{token}/", {"answer": "accept", "person": owner})
    body = {"person": owner, "signature": ""}
    answer = stranger.post(f"{API}/{token}/accept", body, content_type="application/json")

    assert page.status_code == 422 and "请您先签名" in page.content.decode()
    assert said_no(answer, 422, "signature_missing")
    assert everything() == before


def test_who_is_not_of_the_household_does_not_sign(stranger, token, register):
    before = everything()
    body = {"answer": "accept", "person": register.people["st"].pk, "signature": drawn()}

    page = stranger.post(f"/x/{token}/", body)
    body.pop("answer")
    answer = stranger.post(f"{API}/{token}/accept", body, content_type="application/json")

    assert page.status_code == 422 and "确认人须是这户的成员" in page.content.decode()
    assert said_no(answer, 422, "confirmer_missing")
    assert everything() == before


def test_the_api_shows_and_refuses(stranger, token):
    shown = stranger.get(f"{API}/{token}").json()

    body = {"row_version": shown["row_version"]}
    answer = stranger.post(f"{API}/{token}/refuse", body, content_type="application/json")

    assert (shown["delta"], shown["most"]) == ("40.00", "70.00")
    assert (answer.status_code, answer.json()["state"]) == (200, "refused")


def test_what_was_answered_meanwhile_is_not_answered_again(stranger, token, change):
    stranger.post(f"/x/{token}/", {"answer": "refuse"})
    before = everything()

    body = {"row_version": change.row_version}
    answer = stranger.post(f"{API}/{token}/refuse", body, content_type="application/json")

    assert said_no(answer, 409, "moved_meanwhile")
    assert everything() == before


@pytest.mark.parametrize("spoilt", [lambda t: t[:-2] + "AA", lambda t: "A" * 43, lambda t: "x"])
def test_a_made_up_link_leads_nowhere(stranger, token, spoilt):
    assert stranger.get(f"/x/{spoilt(token)}/").status_code == 404
    assert said_no(stranger.get(f"{API}/{spoilt(token)}"), 404, "not_found")


def test_a_link_of_one_kind_opens_nothing_of_the_other(stranger, token):
    assert stranger.get(f"/c/{token}/").status_code == 404


def test_a_link_expires(stranger, token, at_time):
    at_time(RECORDED_AT + timedelta(hours=48, minutes=1))

    assert said_no(stranger.get(f"{API}/{token}"), 422, "link_expired")


def test_a_resident_who_is_signed_in_needs_no_signature(signed_in, change):
    home, address = signed_in("rs"), f"/my/changes/{change.pk}/"

    home.post(address, {"answer": "accept", "row_version": change.row_version})

    assert (Change.objects.get().state, Change.objects.get().evidence) == ("accepted", "account")
    assert "您已同意增项" in home.get(address).content.decode()


def test_a_resident_without_an_answer_is_asked_for_one(signed_in, change):
    before = everything()

    page = signed_in("rs").post(f"/my/changes/{change.pk}/", {})

    assert page.status_code == 422
    assert everything() == before


@pytest.mark.parametrize("login", ["neighbor", "rc", "st"])
def test_others_do_not_answer_for_the_household(signed_in, change, login):
    answer = signed_in(login).post(f"/my/changes/{change.pk}/", {"answer": "accept"})

    assert answer.status_code == 404
    assert Change.objects.get().state == Change.State.OFFERED


def test_the_technician_shows_where_the_household_answers(signed_in, change):
    page = signed_in("st").get(f"/jobs/{change.visit.number}/change/{change.pk}/").content.decode()

    assert "请住户在自己的手机上看" in page and "<svg" in page


def test_the_workbench_of_a_resident_leads_to_the_answer(signed_in, change):
    page = signed_in("rs").get("/workbench/").content.decode()

    assert f"/my/changes/{change.pk}/" in page


@pytest.fixture
def shown(change, signed_in):
    """The token of the link that 王磊 shows on the own telephone."""
    page = signed_in("st").get(f"/jobs/{change.visit.number}/change/{change.pk}/")
    return page.context["address"].rstrip("/").rpartition("/")[2]


@pytest.mark.parametrize("word", ["accept", "refuse"])
def test_an_answer_under_a_shown_link_names_who_showed_it(stranger, shown, members, st, word):
    stranger.post(f"/x/{shown}/", signed(members) | {"answer": word})

    entry = Entry.objects.get(step=f"service.{word}_change")
    assert (entry.actor, entry.keyed_by) == (members["owner"].person_id, st.id)


def test_the_api_names_who_showed_the_link_too(stranger, shown, members, st):
    body = {"person": members["owner"].person_id, "signature": drawn()}

    stranger.post(f"{API}/{shown}/accept", body, content_type="application/json")

    entry = Entry.objects.get(step="service.accept_change")
    assert entry.keyed_by == st.id and "file:" in entry.evidence


def test_an_answer_under_a_link_of_nobody_is_the_households_alone(stranger, token, members):
    stranger.post(f"/x/{token}/", signed(members))

    assert Entry.objects.get(step="service.accept_change").keyed_by is None
