from __future__ import annotations

import base64
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image, ImageDraw

from tests.stories import CONFIRMED_AT, record_of
from teyue.foundation.journal.models import Entry
from teyue.procedure.dispatch.tests.proof import everything, said_no
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.service.queries import links
from teyue.procedure.service.queries.records import confirmation_code
from teyue.register.people import operations as people
from teyue.register.people.models import Post, Role

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
API = "/api/v1/public/confirmations"
WORDS = "龙头还在滴水，不能签字"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def record(recorded, at_time):
    at_time(CONFIRMED_AT)
    return record_of(recorded())


@pytest.fixture
def token(record):
    return links.token_of(record, at=CONFIRMED_AT)


@pytest.fixture
def stranger():
    """A browser in which nobody is signed in."""
    return Client()


def drawn() -> str:
    """Return a signature as the pad sends it."""
    picture = Image.new("RGBA", (300, 120))
    ImageDraw.Draw(picture).line([(20, 90), (120, 30), (220, 100), (280, 40)], "black", 5)
    out = BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def by_code(record: Record, code: str) -> dict[str, str]:
    return {"digest": record.content_digest, "method": "sms_otp", "code": code}


def call(client, token: str, verb: str, **body):
    return client.post(f"{API}/{token}/{verb}", body, content_type="application/json")


def test_the_link_shows_what_was_done_and_what_it_costs(stranger, token):
    page = stranger.get(f"/c/{token}/").content.decode()

    assert "更换龙头，试水 3 分钟无渗漏" in page and "¥30.00" in page
    assert "刘文博" not in page


def test_the_token_gives_nothing_away(record, token):
    another = links.token_of(record, at=CONFIRMED_AT + timedelta(seconds=1))

    assert len(token) == 43 and record.number not in token
    assert sum(one == other for one, other in zip(token, another, strict=True)) < 12


def test_the_code_of_the_receipt_confirms(stranger, record, token):
    body = by_code(record, confirmation_code(record.order)) | {"rating": "5"}

    answer = stranger.post(f"/c/{token}/", body)

    said = Confirmation.objects.get()
    assert answer.status_code == 302
    assert (said.method, said.rating, said.person) == ("sms_otp", 5, record.order.payer)
    assert "已确认，谢谢您" in stranger.get(f"/c/{token}/").content.decode()


def test_a_drawn_signature_confirms_as_well(stranger, record, token, members):
    body = {"digest": record.content_digest, "method": "device_sign", "signature": drawn()}

    answer = stranger.post(f"/c/{token}/", body | {"person": members["family"].person_id})

    assert answer.status_code == 302
    assert Confirmation.objects.get().evidence.startswith("file:")


def test_page_and_endpoint_ask_who_of_the_household_signs(stranger, record, token, register):
    before, digest = everything(), record.content_digest
    signed = {"digest": digest, "signature": drawn(), "person": register.people["neighbor"].pk}

    typed = {"method": "device_sign", "remark": "辛苦了"}
    page = stranger.post(f"/c/{token}/", signed | typed)
    answer = call(stranger, token, "confirm", **signed)

    assert page.status_code == 422 and "辛苦了" in page.content.decode()
    assert page.context["form"].has_error("person", "confirmer_missing")
    assert said_no(answer, 422, "confirmer_missing")
    assert (answer.json()["field"], answer.json()["clause"]) == ("person", "4.3.1")
    assert everything() == before


def test_page_and_endpoint_refuse_a_wrong_code_alike(stranger, record, token):
    before = everything()
    wrong = f"{(int(confirmation_code(record.order)) + 1) % 1_000_000:06d}"

    page = stranger.post(f"/c/{token}/", by_code(record, wrong))
    answer = call(stranger, token, "confirm", digest=record.content_digest, code=wrong)

    assert page.status_code == 422 and "确认码不对" in page.content.decode()
    assert said_no(answer, 422, "wrong_code")
    assert everything() == before


def test_five_wrong_codes_close_it_for_a_quarter_of_an_hour(stranger, record, token):
    right = confirmation_code(record.order)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _ in range(5):
        call(stranger, token, "confirm", digest=record.content_digest, code=wrong)

    answer = call(stranger, token, "confirm", digest=record.content_digest, code=right)

    assert said_no(answer, 429, "too_many")
    assert Record.objects.get().state == Record.State.RECORDED


def test_a_word_is_bound_to_what_was_shown(stranger, record, token):
    body = by_code(record, confirmation_code(record.order)) | {"digest": "0" * 64}

    page = stranger.post(f"/c/{token}/", body)

    assert page.status_code == 422 and "看最新内容再确认" in page.content.decode()
    assert not Confirmation.objects.exists()


def test_who_does_not_agree_says_so_in_the_own_words(stranger, token):
    answer = stranger.post(f"/c/{token}/refuse/", {"words": WORDS})

    assert answer.status_code == 302
    assert Dispute.objects.get().words == WORDS
    assert "您的意见已记下" in stranger.get(f"/c/{token}/").content.decode()


def test_no_words_open_no_dispute(stranger, token):
    before = everything()

    page = stranger.post(f"/c/{token}/refuse/", {"words": " "})
    answer = call(stranger, token, "refuse", words=" ")

    assert page.status_code == 422
    assert said_no(answer, 422, "words_missing")
    assert everything() == before


def test_the_api_shows_and_confirms(stranger, record, token):
    shown = stranger.get(f"{API}/{token}").json()

    said = {"digest": shown["digest"], "code": confirmation_code(record.order)}
    answer = call(stranger, token, "confirm", **said, rating=4)

    assert (shown["amount"], answer.status_code, answer.json()["state"]) == (
        "30.00",
        200,
        "confirmed",
    )


@pytest.mark.parametrize("spoilt", [lambda t: t[:-2] + "AA", lambda t: "A" * 43, lambda t: "x"])
def test_a_made_up_link_leads_nowhere(stranger, token, spoilt):
    assert stranger.get(f"/c/{spoilt(token)}/").status_code == 404
    assert said_no(stranger.get(f"{API}/{spoilt(token)}"), 404, "not_found")


def test_a_link_expires(stranger, token, at_time):
    at_time(CONFIRMED_AT + timedelta(hours=48, minutes=1))

    assert said_no(stranger.get(f"{API}/{token}"), 422, "link_expired")
    assert stranger.get(f"/c/{token}/").status_code == 422


def test_a_resident_who_is_signed_in_is_led_to_the_own_record(record, signed_in):
    mine = signed_in("rs").get(f"/my/records/{record.number}/")

    assert mine.status_code == 302 and mine.headers["Location"].startswith("/c/")
    assert signed_in("neighbor").get(f"/my/records/{record.number}/").status_code == 404


@pytest.fixture
def shown(record, signed_in):
    """The token of the link that 王磊 shows on the own telephone."""
    page = signed_in("st").get(f"/jobs/{record.visit.number}/word/")
    return page.context["address"].rstrip("/").rpartition("/")[2]


def entry_of_word() -> Entry:
    return Entry.objects.get(step="service.confirm")


def by_hand(record: Record, members) -> dict[str, object]:
    person = members["owner"].person_id
    return {"digest": record.content_digest, "signature": drawn(), "person": person}


def test_a_signature_under_a_shown_link_names_who_showed_it(stranger, record, shown, members, st):
    stranger.post(f"/c/{shown}/", by_hand(record, members) | {"method": "device_sign"})

    entry, said = entry_of_word(), Confirmation.objects.get()
    assert (entry.actor, entry.keyed_by) == (members["owner"].person_id, st.id)
    assert entry.evidence == f"device_sign:{said.evidence}" and "file:" in said.evidence
    assert said.taken_by == st.id


def test_the_api_names_who_showed_the_link_too(stranger, record, shown, members, st):
    answer = call(stranger, shown, "confirm", **by_hand(record, members))

    assert answer.status_code == 200
    assert entry_of_word().keyed_by == st.id


def test_a_code_under_a_shown_link_names_who_showed_it_and_is_not_written_down(
    stranger, record, shown, st
):
    code = confirmation_code(record.order)

    stranger.post(f"/c/{shown}/", by_code(record, code))

    entry = entry_of_word()
    assert (entry.actor, entry.keyed_by) == (record.order.payer_id, st.id)
    assert code not in entry.evidence
    assert Confirmation.objects.get().taken_by == st.id


def test_a_no_under_a_shown_link_names_who_showed_it(stranger, record, shown, st):
    stranger.post(f"/c/{shown}/refuse/", {"words": WORDS})

    entry, said = Entry.objects.get(step="dispute.open"), Confirmation.objects.get()
    assert (entry.actor, entry.keyed_by) == (record.order.payer_id, st.id)
    assert Dispute.objects.get().taken_by == said.taken_by == st.id


def test_the_api_names_who_showed_the_link_of_a_no(stranger, shown, st):
    answer = call(stranger, shown, "refuse", words=WORDS)

    assert answer.status_code == 201
    deeds = Entry.objects.filter(step__startswith="dispute.")
    assert {entry.keyed_by for entry in deeds} == {st.id} and len(deeds) == 3


def test_a_no_under_a_link_of_nobody_is_the_households_alone(stranger, record, token):
    stranger.post(f"/c/{token}/refuse/", {"words": WORDS})

    assert Entry.objects.get(step="dispute.open").keyed_by is None
    assert Dispute.objects.get().taken_by == record.order.payer_id


def test_a_no_is_heard_although_who_showed_the_link_has_left(stranger, shown, register, ad):
    post = Post.objects.get(person=register.people["st"], role=Role.ST)
    people.end_post(post, actor=ad, at=CONFIRMED_AT)

    answer = stranger.post(f"/c/{shown}/refuse/", {"words": WORDS})

    assert answer.status_code == 302
    assert Entry.objects.get(step="dispute.open").keyed_by is None


def test_a_link_that_a_resident_fetched_names_nobody(stranger, record, signed_in, members):
    address = signed_in("rs").get(f"/my/records/{record.number}/").headers["Location"]

    stranger.post(address, by_hand(record, members) | {"method": "device_sign"})

    assert entry_of_word().keyed_by is None


@pytest.mark.parametrize("login", ["st", "rc", "cs"])
def test_the_staff_fetches_no_link_of_the_household(record, signed_in, login):
    assert signed_in(login).get(f"/my/records/{record.number}/").status_code == 404
