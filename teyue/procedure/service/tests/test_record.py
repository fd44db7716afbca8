from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import offer
from tests.stories import RECORDED_AT, STARTED_AT, fresh, record_of, visit_of
from teyue.foundation import pen
from teyue.foundation.actors import Evidence
from teyue.foundation.files.models import Attachment
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.booking.tests.doors import API
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import everything, refused, said_no
from teyue.procedure.pricing.formulas import Material
from teyue.procedure.service import operations
from teyue.procedure.service.facts import Consent, Extra, Report
from teyue.procedure.service.models import Change, Record
from teyue.register.people.queries import resident

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
VALVE = Material("角阀", 100, Money(2500))
SIGNED = Consent(method=Quote.Method.SIGN, evidence="file:9")


def whole(order: Order, **told) -> Report:
    """Return a report with every point checked."""
    points = {str(point["no"]): True for point in order.standard.steps}
    said: dict[str, Any] = {
        "work_done": "更换龙头",
        "minutes": 40,
        "qty_x100": order.qty_x100,
        "photos": (1,),
    }
    return Report(**said | {"checklist": points} | told)


@pytest.fixture
def at_work(started):
    return visit_of(started())


@pytest.fixture
def owner(members, household):
    return resident(members["owner"].person, household=household.pk)


def test_what_was_done_is_recorded_and_priced(at_work, st):
    record = operations.record(at_work, report=whole(at_work.order), actor=st, at=RECORDED_AT)

    assert (record.amount, record.state) == (Money(3000), Record.State.RECORDED)
    assert (at_work.state, at_work.finished_at) == (Visit.State.FINISHED, RECORDED_AT)
    assert fresh(at_work.order).standing == Standing.TO_CONFIRM
    assert len(record.content_digest) == 64


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"work_done": " "}, "work_missing"),
        ({"qty_x100": 0}, "quantity_missing"),
        ({"checklist": {}}, "checklist_incomplete"),
        ({"materials": (VALVE,)}, "invoice_missing"),
        (
            {"materials": (replace(VALVE, unit_cost=Money(-1)),), "invoices": (2,)},
            "material_unsound",
        ),
        ({"site_cleaned": False}, "site_not_cleaned"),
        ({"photos": ()}, "photo_missing"),
        ({"qty_x100": 200}, "above_agreed"),
    ],
)
def test_a_record_that_is_not_whole_is_refused(at_work, st, told, code):
    with refused(code):
        report = whole(at_work.order, **told)
        operations.record(at_work, report=report, actor=st, at=RECORDED_AT)


def test_only_who_was_there_records(at_work, st2):
    with refused("not_performer"):
        operations.record(at_work, report=whole(at_work.order), actor=st2, at=RECORDED_AT)


def test_a_change_is_answered_before_the_work_is_recorded(at_work, st):
    extra = Extra(reason="角阀锈死", labor=Money(1500))
    operations.offer_change(at_work, extra=extra, actor=st, at=STARTED_AT)

    with refused("change_unanswered"):
        operations.record(at_work, report=whole(at_work.order), actor=st, at=RECORDED_AT)


@pytest.fixture
def offered(at_work, st):
    """A valve and its labor on top: 25.00 and 15.00."""
    extra = Extra(reason="角阀锈死", labor=Money(1500), labor_text="换角阀", materials=(VALVE,))
    return operations.offer_change(at_work, extra=extra, actor=st, at=STARTED_AT)


def with_valve(order: Order) -> Report:
    return whole(order, materials=(VALVE,), invoices=(2,))


def agree_on(order: Order, fen: int) -> None:
    with pen.held(Order):
        Order.objects.filter(pk=order.pk).update(agreed=Money(fen))


def test_w_11_a_signed_change_raises_what_may_be_charged(offered, owner, st):
    agree_on(offered.order, 15_160)
    operations.accept_change(Change.objects.get(), consent=SIGNED, actor=owner, at=STARTED_AT)

    assert fresh(offered.order).agreed == Money(19_160)


def test_w_11_signed_extra_work_is_charged(offered, owner, at_work, st):
    operations.accept_change(offered, consent=SIGNED, actor=owner, at=STARTED_AT)

    visit = visit_of(offered.order)
    record = operations.record(visit, report=with_valve(visit.order), actor=st, at=RECORDED_AT)

    assert record.amount == Money(3000 + 2500 + 1500) == fresh(offered.order).agreed


def test_w_11_without_the_signature_nothing_more_is_charged(offered, owner, st):
    operations.refuse_change(offered, actor=owner, at=STARTED_AT)
    visit = visit_of(offered.order)

    with refused("above_agreed"):
        operations.record(visit, report=with_valve(visit.order), actor=st, at=RECORDED_AT)
    record = operations.record(visit, report=whole(visit.order), actor=st, at=RECORDED_AT)

    assert record.amount == Money(3000) == fresh(offered.order).agreed


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"labor": Money(0)}, "change_empty"),
        ({"labor": Money(-1)}, "change_empty"),
        ({"materials": (replace(VALVE, qty_x100=0),)}, "material_unsound"),
    ],
)
def test_a_change_that_is_not_sound_is_refused(at_work, st, told, code):
    extra = replace(Extra(reason="角阀锈死", labor=Money(1500)), **told)

    with refused(code):
        operations.offer_change(at_work, extra=extra, actor=st, at=STARTED_AT)


def test_only_the_technician_offers_a_change(at_work, st2):
    with refused("not_performer"):
        extra = Extra(reason="角阀锈死", labor=Money(1500))
        operations.offer_change(at_work, extra=extra, actor=st2, at=STARTED_AT)


def test_strangers_answer_no_change(offered, neighbor):
    with refused("not_of_household"):
        operations.accept_change(offered, consent=SIGNED, actor=neighbor, at=STARTED_AT)
    with refused("not_of_household"):
        operations.refuse_change(offered, actor=neighbor, at=STARTED_AT)


def test_a_yes_that_was_typed_needs_its_signature(offered, owner, st):
    with refused("evidence_missing"):
        told = owner.typed_by(st, Evidence("sign", ""))
        blank = replace(SIGNED, evidence="")
        operations.accept_change(offered, consent=blank, actor=told, at=STARTED_AT)


def test_w_14_forty_five_minutes_late_take_a_tenth_off_the_labor(at_work, st, small_set):
    line = offer(small_set.office_id, "WX-01").line
    with pen.held(Visit, Order, type(line)):
        type(line).objects.filter(pk=line.pk).update(unit_price=Money(9000))
        Order.objects.update(agreed=Money(9000))
        late = STARTED_AT - timedelta(minutes=45)
        Visit.objects.update(appoint_from=late - timedelta(hours=2), appoint_to=late)

    visit = visit_of(at_work.order)
    record = operations.record(visit, report=whole(visit.order), actor=st, at=RECORDED_AT)

    assert record.lines[-1]["amount"] == -900
    assert record.amount == Money(8100)


def test_a_record_is_corrected_before_the_owner_sees_it_again(recorded, st):
    record = record_of(recorded())
    before = record.content_digest

    report = whole(record.order, work_done="更换龙头，另紧固软管")
    operations.revise(record, report=report, actor=st, at=RECORDED_AT)

    assert record.content_digest != before
    assert record.state == Record.State.RECORDED


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"work_done": ""}, "work_missing"),
        ({"photos": ()}, "photo_missing"),
        ({"qty_x100": 300}, "above_agreed"),
    ],
)
def test_a_correction_is_as_whole_as_a_record(recorded, st, told, code):
    record = record_of(recorded())

    with refused(code):
        report = whole(record.order, **told)
        operations.revise(record, report=report, actor=st, at=RECORDED_AT)


def test_a_correction_is_of_whom_was_there(recorded, st, st2):
    record = record_of(recorded())

    with refused("not_performer"):
        operations.revise(record, report=whole(record.order), actor=st2, at=RECORDED_AT)


def test_page_and_endpoint_record_alike(started, calling, signed_in, at_time, neighbors):
    first = started()
    at_time(RECORDED_AT)
    visit = visit_of(first)
    points = [str(point["no"]) for point in first.standard.steps]
    said = {"work_done": "更换龙头", "minutes": 40, "quantity": "1"}
    worked = {**said, "checklist": dict.fromkeys(points, True)}

    answer = calling("st").post("/records", visit=visit.number, worked=worked)
    form = {**said, "points": points, "site_cleaned": "on", **NO_ROWS}
    page = signed_in("st").post(f"/jobs/{visit.number}/record/", form)

    assert said_no(answer, 422, "photo_missing")
    assert page.status_code == 422 and "请至少拍 1 张完工照片" in page.content.decode()
    assert not Record.objects.exists()


def test_a_photo_of_another_visit_proves_nothing(started, calling, at_time):
    visit = visit_of(started())
    at_time(RECORDED_AT)
    points = {str(point["no"]): True for point in visit.order.standard.steps}
    worked = {"work_done": "好", "minutes": 1, "quantity": "1", "checklist": points}

    answer = calling("st").post("/records", visit=visit.number, worked={**worked, "photos": [7]})

    assert said_no(answer, 422, "file_unknown")
    assert not Record.objects.exists()


NO_ROWS = {"used-TOTAL_FORMS": "0", "used-INITIAL_FORMS": "0"}


def test_a_file_is_of_a_kind_that_belongs_to_a_visit(at_work, calling, at_time):
    at_time(RECORDED_AT)
    headers = {"Authorization": f"Bearer {calling('st').token}"}
    before = everything()

    body = {"file": SimpleUploadedFile("work.jpg", b"x"), "kind": "selfie"}
    answer = Client().post(f"{API}/visits/{at_work.number}/files", body, headers=headers)

    said = answer.json()
    assert said_no(answer, 422, "file_kind_unknown")
    assert (said["field"], said["clause"]) == ("kind", "4.3.1")
    assert "请您选择照片、票据、签名或纸单" in said["detail"]
    assert not Attachment.objects.exists() and everything() == before
