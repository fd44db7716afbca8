"""The audit: passed, sent back, admitted again (O13, O14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.stories import AUDITED_AT, CONFIRMED_AT, RECORDED_AT, fresh, record_of
from teyue.desks.demo import course
from teyue.foundation import pen
from teyue.foundation.actors import Actor
from teyue.foundation.money import Money
from teyue.procedure.audit import operations
from teyue.procedure.audit.facts import Findings
from teyue.procedure.audit.models import CHECKS, Audit
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.dispatch.tests.proof import at_home, in_the_shoes_of, refused, said_no
from teyue.procedure.pricing.models import PriceLine
from teyue.procedure.service import operations as service
from teyue.procedure.service.facts import Report, Word
from teyue.procedure.service.models import Confirmation, Record

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]


@pytest.fixture
def record(confirmed):
    return record_of(confirmed())


@pytest.fixture
def found(record):
    """All six checks are true."""
    return Findings(digest=record.content_digest, checks=dict.fromkeys(CHECKS, True))


@pytest.fixture
def returned(record, found, cs):
    """Sent back because a photo is blurred."""
    back = replace(found, checks={}, comment="照片不清，请重拍")
    operations.send_back(record, findings=back, actor=cs, at=AUDITED_AT)
    return record_of(record.order)


def report_of(record: Record, **told) -> Report:
    points = {str(point["no"]): True for point in record.order.standard.steps}
    said: dict[str, Any] = {
        "work_done": record.work_done,
        "minutes": record.minutes,
        "qty_x100": record.qty_x100,
    }
    return Report(**said | {"checklist": points, "photos": (1,)} | told)


def test_a_record_that_passes_goes_to_the_cashier(record, found, cs):
    audit = operations.approve(record, findings=found, actor=cs, at=AUDITED_AT)

    assert (audit.state, audit.content_digest) == (Audit.State.PASSED, record.content_digest)
    assert fresh(record.order).standing == Standing.TO_SETTLE


@pytest.mark.parametrize("open_one", CHECKS)
def test_every_check_is_made(record, found, cs, open_one):
    with refused("checks_open"):
        rest = replace(found, checks={**found.checks, open_one: False})
        operations.approve(record, findings=rest, actor=cs, at=AUDITED_AT)


def test_the_auditor_looked_at_what_was_confirmed(record, found, cs):
    with refused("content_changed"):
        other = replace(found, digest="0" * 64)
        operations.approve(record, findings=other, actor=cs, at=AUDITED_AT)


def test_nothing_is_audited_before_the_owner_has_spoken(recorded, cs):
    record = record_of(recorded())
    with pen.held(Order):
        Order.objects.update(standing=Standing.TO_AUDIT)
    record = record_of(record.order)

    with refused("not_confirmed"):
        whole = Findings(digest=record.content_digest, checks=dict.fromkeys(CHECKS, True))
        operations.approve(record, findings=whole, actor=cs, at=AUDITED_AT)


@pytest.mark.parametrize(
    ("whose", "code"), [("st", "performer_audits"), ("rc", "registrar_audits")]
)
@pytest.mark.parametrize("verb", ["approve", "send_back"])
def test_who_took_part_does_not_audit(request, record, found, cs, whose, code, verb):
    both = in_the_shoes_of(cs, request.getfixturevalue(whose))

    with refused(code):
        said = replace(found, comment="退回")
        getattr(operations, verb)(record, findings=said, actor=both, at=AUDITED_AT)


@pytest.mark.parametrize("verb", ["approve", "send_back"])
def test_nobody_audits_the_own_home(record, found, cs, household, verb):
    with refused("own_household"):
        said, who = replace(found, comment="退回"), at_home(cs, household)
        getattr(operations, verb)(record, findings=said, actor=who, at=AUDITED_AT)


def test_who_named_the_price_on_site_does_not_audit(record, found, cs):
    with pen.held(PriceLine, Quote):
        PriceLine.objects.filter(pk=record.order.line_id).update(price_mode="range")
        Quote.objects.update(quoted_by=cs.id)
    again = record_of(record.order)

    with refused("quoter_audits"):
        operations.approve(again, findings=found, actor=cs, at=AUDITED_AT)


def test_who_confirmed_instead_does_not_audit(recorded, om, cs):
    record, week = record_of(recorded()), RECORDED_AT + timedelta(days=8)
    digest = record.content_digest
    proof = Confirmation.Method.EVIDENCE
    word = Word(digest=digest, method=proof, member=None, evidence="门禁与照片")
    service.confirm_alternatively(record, word=word, actor=om, at=week)

    with refused("confirmer_audits"):
        whole = Findings(digest=digest, checks=dict.fromkeys(CHECKS, True))
        operations.approve(record, findings=whole, actor=_deputy(om, cs), at=week)


def test_a_record_is_sent_back_with_the_reason(returned):
    assert (returned.state, fresh(returned.order).standing) == ("recorded", Standing.TO_CONFIRM)
    assert Audit.objects.get().comment == "照片不清，请重拍"


def test_a_return_says_why(record, found, cs):
    with refused("reason_missing"):
        operations.send_back(record, findings=found, actor=cs, at=AUDITED_AT)


def test_a_return_is_about_what_was_looked_at(record, found, cs):
    with refused("content_changed"):
        other = replace(found, digest="0" * 64, comment="退回")
        operations.send_back(record, findings=other, actor=cs, at=AUDITED_AT)


def test_an_unchanged_record_is_admitted_again(returned, found, cs):
    said = replace(found, comment="照片原图清晰，无须重拍")
    operations.readmit(returned, findings=said, actor=cs, at=AUDITED_AT)

    assert fresh(returned.order).standing == Standing.TO_AUDIT
    assert record_of(returned.order).state == Record.State.CONFIRMED
    assert Audit.objects.latest("pk").state == Audit.State.READMITTED


def test_a_changed_record_needs_a_new_word_of_the_owner(returned, found, st, cs):
    report = report_of(returned, work_done="更换龙头，另补拍照片")
    service.revise(returned, report=report, actor=st, at=AUDITED_AT)

    with refused("facts_changed"):
        said = replace(found, comment="已补")
        operations.readmit(returned, findings=said, actor=cs, at=AUDITED_AT)


def test_a_changed_record_is_confirmed_and_audited_once_more(returned, st, cs):
    report = report_of(returned, work_done="更换龙头，另补拍照片")
    service.revise(returned, report=report, actor=st, at=AUDITED_AT)
    course.confirmed(record_of(returned.order), actor=st, at=AUDITED_AT)

    course.audited(record_of(returned.order), actor=cs, at=AUDITED_AT)

    assert fresh(returned.order).standing == Standing.TO_SETTLE
    assert Confirmation.objects.count() == 2


@pytest.mark.parametrize(
    ("home", "comment", "code"),
    [
        (True, "重新送审", "own_household"),
        (False, " ", "reason_missing"),
    ],
)
def test_nothing_is_admitted_again_lightly(returned, found, cs, household, home, comment, code):
    who = at_home(cs, household) if home else cs

    with refused(code):
        said = replace(found, comment=comment)
        operations.readmit(returned, findings=said, actor=who, at=AUDITED_AT)


def test_page_and_endpoint_audit_alike(confirmed, calling, signed_in, at_time):
    record = record_of(confirmed())
    at_time(AUDITED_AT)
    body = {"record": record.number, "digest": record.content_digest}
    form = {"digest": record.content_digest, "checks": list(CHECKS), "verdict": "pass"}

    answer = calling("cs").post("/audits", **body, checks={"qty_ok": True})
    page = signed_in("cs").post(f"/audits/{record.number}/", form)

    assert said_no(answer, 422, "checks_open")
    assert page.status_code == 302
    assert Audit.objects.get().state == Audit.State.PASSED


def test_the_page_is_grey_for_who_took_part(confirmed, signed_in, at_time, cs):
    record = record_of(confirmed())
    with pen.held(Order):
        Order.objects.update(registered_by=cs.id)
    at_time(AUDITED_AT)

    page = signed_in("cs").get(f"/audits/{record.number}/").content.decode()

    assert "这单由您登记，请由另一位客服中心主管审核" in page
    assert 'value="pass"' not in page


def test_the_queue_shows_the_difference(confirmed, signed_in, at_time):
    confirmed()
    at_time(CONFIRMED_AT)

    page = signed_in("cs").get("/audits/").content.decode()

    assert "等您审核 1 件" in page and "3-2-1102" in page and Money(3000).plain in page


def _deputy(om: Actor, cs: Actor) -> Actor:
    """Return the manager with the powers of the supervisor, by a written authorization."""
    return replace(om, grants=om.grants | cs.grants)
