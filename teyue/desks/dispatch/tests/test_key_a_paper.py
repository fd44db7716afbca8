from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.stories import AFTERNOON, fresh, record_of, visit_of
from teyue.foundation.files.models import Attachment
from teyue.procedure.booking.models import Standing
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.tests.proof import everything
from teyue.procedure.service.models import Confirmation

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
TYPED_AT = AFTERNOON + timedelta(hours=3)
MINUTES = {"accepted": 0, "departed": 5, "arrived": 15, "started": 16, "finished": 50}


@pytest.fixture
def desk(dispatched, signed_in, at_time):
    """The reception in the evening, when 王磊 brings a signed paper."""
    order = dispatched()
    at_time(TYPED_AT)
    client = signed_in("rc")
    client.order = order
    client.page = f"/orders/{order.number}/paper-record/"
    return client


def clock(minutes):
    """A time of the paper, as the page asks for it."""
    return f"{AFTERNOON + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"


def scan():
    """The picture of the paper."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "JPEG")
    return SimpleUploadedFile("F12.jpg", out.getvalue(), "text/plain")


def said(order, **told):
    """What stands on the paper that 刘文博 signed."""
    return {
        **{f"{name}_at": clock(n) for name, n in MINUTES.items()},
        "confirmed_at": clock(55),
        "points": [str(point["no"]) for point in order.standard.steps],
        "work_done": "更换龙头",
        "quantity": "1",
        "minutes": "34",
        "site_cleaned": "on",
        "identity_shown": "on",
        "person": order.requester_id,
        "rating": "5",
        "used-TOTAL_FORMS": "0",
        "used-INITIAL_FORMS": "0",
        "scan": scan(),
        **told,
    }


def test_the_times_of_the_paper_are_filled_in_from_the_appointment(desk, st):
    dispatch.accept(visit_of(desk.order), actor=st, at=AFTERNOON - timedelta(hours=1))

    page = desk.get(desk.page).content.decode()

    assert re.search(rf'name="arrived_at" value="{clock(0)}"(?! disabled)', page)
    assert re.search(rf'name="accepted_at" value="{clock(-60)}"[^>]* disabled', page)


def test_a_signed_paper_is_taken_in_with_its_scan(desk, register):
    answer = desk.post(desk.page, said(desk.order))

    word, kept = Confirmation.objects.get(), Attachment.objects.get()
    assert answer.url == f"/orders/{desk.order.number}/"
    assert fresh(desk.order).standing == Standing.TO_AUDIT
    assert (word.evidence, kept.kind) == (f"file:{kept.pk}", "service.paper")
    assert (word.taken_by, word.rating) == (register.people["rc"].pk, 5)
    assert visit_of(desk.order).arrived_at == AFTERNOON + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"arrived_at": clock(51)}, "started_at", "纸单上的时间不对"),
        ({"accepted_at": clock(-2000)}, "accepted_at", "纸单上的时间不对"),
        ({"confirmed_at": clock(181)}, "confirmed_at", "纸单上的时间不对"),
        ({"points": []}, "points", "服务标准还没有核对完"),
        ({"site_cleaned": ""}, "site_cleaned", "请工完场清"),
        ({"person": ""}, "person", "请选择是谁在纸单上签的字"),
        ({"person": "1"}, "person", "确认人须是这户的成员"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(desk, told, field, sentence):
    before = everything()

    page = desk.post(desk.page, said(desk.order, **told))

    assert page.status_code == 422
    assert sentence in page.context["form"].errors[field].as_text()
    assert "更换龙头" in page.content.decode()
    assert f'name="kept" value="{Attachment.objects.get().pk}"' in page.content.decode()
    assert everything() == before


def test_the_scan_that_was_kept_is_not_asked_for_again(desk):
    desk.post(desk.page, said(desk.order, points=[]))
    kept = Attachment.objects.get()

    answer = desk.post(desk.page, said(desk.order, scan="", kept=kept.pk))

    assert answer.status_code == 302
    assert Confirmation.objects.get().evidence == f"file:{kept.pk}"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"scan": ""}, "请您上传双方签字的纸单"),
        ({"scan": "", "kept": "999"}, "请您上传双方签字的纸单"),
        ({"scan": SimpleUploadedFile("F12.jpg", b"MZ not a picture", "image/jpeg")}, "图片"),
    ],
)
def test_without_a_readable_scan_nothing_is_taken_in(desk, told, sentence):
    before = everything()

    page = desk.post(desk.page, said(desk.order, **told))

    assert page.status_code == 422
    assert sentence in page.context["form"].errors["scan"].as_text()
    assert not Attachment.objects.exists()
    assert everything() == before


def test_an_empty_paper_is_explained(desk):
    before = everything()

    page = desk.post(desk.page, {})

    assert page.status_code == 422
    assert {"work_done", "person", "scan"} <= page.context["form"].errors.keys()
    assert everything() == before


@pytest.mark.parametrize("login", ["cs", "ds", "ca"])
def test_who_may_not_type_for_others_keeps_no_scan(desk, signed_in, login):
    before, other = everything(), signed_in(login)

    shown = other.get(desk.page)
    page = other.post(desk.page, said(desk.order))

    assert shown.context["refusal_now"].code == "may_not_key" and page.status_code == 403
    assert not Attachment.objects.exists()
    assert everything() == before


def test_a_paper_is_typed_once(desk):
    desk.post(desk.page, said(desk.order))
    before = everything()

    page = desk.post(desk.page, said(desk.order))

    assert page.status_code == 409 and "没有派出的上门" in page.content.decode()
    assert (Attachment.objects.count(), everything()) == (1, before)
    assert record_of(desk.order).state == "confirmed"


@pytest.mark.parametrize("page", ["/orders/{order}/", "/visits/{visit}/"])
def test_case_and_visit_lead_the_reception_to_the_paper(desk, signed_in, page):
    address = page.format(order=desk.order.number, visit=visit_of(desk.order).number)

    shown, other = desk.get(address), signed_in("cs").get(address)

    assert f'href="{desk.page}"' in shown.content.decode()
    assert f'href="{desk.page}"' not in other.content.decode()


def test_seconds_that_no_paper_knows_do_not_refuse_it(desk, st):
    accepted = AFTERNOON + timedelta(seconds=40)
    dispatch.accept(visit_of(desk.order), actor=st, at=accepted)

    answer = desk.post(desk.page, said(desk.order, departed_at=clock(0)))

    assert answer.status_code == 302
    assert visit_of(desk.order).departed_at == accepted


def test_a_paper_without_its_scan_is_not_taken_in(desk):
    before = everything()

    answer = desk.post(desk.page, said(desk.order, scan=""))

    assert answer.status_code == 422
    assert answer.context["form"].has_error("scan", "scan_missing")
    assert everything() == before
