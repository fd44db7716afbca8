"""Each visit has its own audit; the order is settled when all of them have passed (I-18, I-21)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories import (
    AUDITED_TWICE_AT,
    CONFIRMED_AGAIN_AT,
    PHOTOS,
    fresh,
    records_of,
)
from teyue.desks.casefile.standing import standing_of
from teyue.desks.checks import times
from teyue.desks.demo import course
from teyue.foundation.money import Money
from teyue.procedure.audit import operations, queries
from teyue.procedure.audit.facts import Findings
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.dispatch.tests.proof import in_the_shoes_of, refused
from teyue.procedure.dispute import operations as dispute
from teyue.procedure.dispute.facts import Decision
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service import operations as service
from teyue.procedure.service.facts import Report
from teyue.procedure.service.models import Record
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement import queries as settling
from teyue.procedure.settlement.facts import Closing

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
LATER = AUDITED_TWICE_AT + timedelta(minutes=10)


def passed(record: Record, actor) -> Record:
    course.audited(record, actor=actor, at=AUDITED_TWICE_AT)
    return record


def sent_back(record: Record, actor) -> Record:
    findings = Findings(digest=record.content_digest, comment="数量写错")
    return operations.send_back(record, findings=findings, actor=actor, at=AUDITED_TWICE_AT)


def stands(order: Order) -> Standing:
    """Return where an order stands, after comparing it with its papers."""
    now = fresh(order)
    assert now.standing == standing_of(now)
    return Standing(now.standing)


def test_one_of_two_records_is_not_enough(done_in_two, cs):
    order = done_in_two()
    first, second = records_of(order)

    passed(first, cs)

    assert stands(order) == Standing.TO_AUDIT
    assert list(queries.waiting(cs)) == [second]
    assert settling.account(order) is None


@pytest.mark.parametrize("turn", [1, -1])
def test_the_cashier_settles_when_all_have_passed_in_any_order(
    done_in_two, cs, open_shift, ca, turn
):
    order = done_in_two()

    for record in records_of(order)[::turn]:
        passed(record, cs)

    assert stands(order) == Standing.TO_SETTLE
    assert [one.difference for one in settling.queue(ca)] == [Money(0)]
    slip = course.settled(order, shift=open_shift, actor=ca, at=LATER)
    assert (slip.actual, slip.prepaid, len(slip.lines)) == (Money(6000), Money(6000), 2)
    assert [line["text"][:7] for line in slip.lines] == ["第 1 次上门", "第 2 次上门"]


def test_nothing_is_settled_before_all_have_passed(done_in_two, cs, ca, open_shift):
    order = done_in_two()
    passed(records_of(order)[1], cs)

    with refused("not_audited"):
        course.settled(order, shift=open_shift, actor=ca, at=LATER)


def test_what_has_passed_is_not_passed_again(done_in_two, cs):
    first = passed(records_of(done_in_two())[0], cs)

    with refused("already_passed"):
        passed(first, cs)


def test_one_goes_back_while_the_other_has_passed(done_in_two, cs, st):
    order = done_in_two()
    first, second = records_of(order)
    passed(second, cs)

    sent_back(first, cs)

    assert stands(order) == Standing.TO_CONFIRM
    course.confirmed(first, actor=st, at=LATER)
    assert stands(order) == Standing.TO_AUDIT
    assert list(queries.waiting(cs)) == [first]
    passed(first, cs)
    assert stands(order) == Standing.TO_SETTLE


def test_what_passed_and_then_went_back_must_pass_again(done_in_two, cs, st):
    order = done_in_two()
    first, second = records_of(order)
    passed(first, cs)

    sent_back(first, cs)
    findings = Findings(digest=first.content_digest, comment="核对无误")
    operations.readmit(first, findings=findings, actor=cs, at=LATER)

    passed(second, cs)
    assert stands(order) == Standing.TO_AUDIT
    assert list(queries.waiting(cs)) == [first]


def test_an_audit_of_an_earlier_content_does_not_count(done_in_two, cs, st):
    order = done_in_two()
    first, second = records_of(order)
    passed(first, cs)
    sent_back(first, cs)
    points = dict(first.checklist)

    less = Report(work_done="更换一只", minutes=20, qty_x100=50, checklist=points, photos=PHOTOS)
    service.revise(first, report=less, actor=st, at=LATER)
    course.confirmed(first, actor=st, at=LATER)
    passed(second, cs)

    assert stands(order) == Standing.TO_AUDIT
    passed(first, cs)
    account = settling.account(order)
    assert account is not None
    assert account.actual == Money(4500)


def test_the_owner_disputes_one_of_two(done_in_two, cs, rc, om):
    order = done_in_two()
    first, second = records_of(order)
    passed(second, cs)
    sent_back(first, cs)

    paper = dispute.open(first, words="没有装好", actor=rc, at=LATER)
    agreed = Decision(outcome=Dispute.Outcome.AMOUNT_AGREED, text="减半", agreed_amount=Money(1500))
    dispute.resolve(paper, decision=agreed, actor=om, at=LATER)

    assert stands(order) == Standing.TO_AUDIT
    passed(records_of(order)[0], cs)
    account = settling.account(order)
    assert account is not None
    assert account.actual == Money(4500)


def test_an_audit_that_was_taken_back_may_be_older_than_the_owner_s_word(done_in_two, cs, rc, om):
    order = done_in_two()
    first = passed(records_of(order)[0], cs)
    sent_back(first, cs)

    paper = dispute.open(first, words="没有装好", actor=rc, at=LATER)
    same = Decision(outcome=Dispute.Outcome.AMOUNT_AGREED, text="照付", agreed_amount=first.amount)
    dispute.resolve(paper, decision=same, actor=om, at=LATER)

    assert first in queries.unpassed()
    assert list(times.times_out_of_order()) == []


def test_a_dispute_over_the_first_visit_lets_the_order_go_on(half_recorded, rc, om):
    record = records_of(half_recorded)[0]
    paper = dispute.open(record, words="没有装好", actor=rc, at=CONFIRMED_AGAIN_AT)

    agreed = Decision(outcome=Dispute.Outcome.AMOUNT_AGREED, text="减半", agreed_amount=Money(1500))
    dispute.resolve(paper, decision=agreed, actor=om, at=CONFIRMED_AGAIN_AT)

    assert stands(half_recorded) == Standing.IN_SERVICE


@pytest.fixture
def half_recorded(started, st) -> Order:
    """One of two taps is done; the owner has said nothing yet."""
    order = started(qty_x100=200)
    visit = order.visits.get()
    course.recorded(
        visit,
        work_done="更换第一只",
        photos=PHOTOS,
        qty_x100=100,
        more_visits=True,
        actor=st,
        at=visit.started_at + timedelta(minutes=30),
    )
    return fresh(order)


def test_a_refusal_is_no_word_for_the_audit(half_recorded, rc, om, cs):
    record = records_of(half_recorded)[0]
    paper = dispute.open(record, words="没有装好", actor=rc, at=CONFIRMED_AGAIN_AT)
    again = Decision(outcome=Dispute.Outcome.CONFIRM_AGAIN, text="重新看过再确认")
    dispute.resolve(paper, decision=again, actor=om, at=CONFIRMED_AGAIN_AT)

    with refused("not_confirmed"):
        findings = Findings(digest=record.content_digest, comment="没有改动")
        operations.readmit(record, findings=findings, actor=cs, at=LATER)


def test_whoever_came_the_second_time_does_not_audit_that(done_in_two, cs, st):
    second = records_of(done_in_two())[1]

    with refused("performer_audits"):
        passed(second, in_the_shoes_of(cs, st))


def test_whoever_audited_one_of_them_does_not_settle(done_in_two, cs, om, ca, open_shift):
    order = done_in_two()
    first, second = records_of(order)
    passed(first, cs)
    passed(second, in_the_shoes_of(cs, om))

    with refused("auditor_settles"):
        settlement.settle(
            order,
            closing=Closing(itemized=True),
            shift=open_shift,
            actor=in_the_shoes_of(ca, cs),
            at=LATER,
        )


@pytest.mark.parametrize("visit", [0, 1])
def test_who_performed_one_visit_audits_none(done_in_two, cs, st, visit):
    order = done_in_two()
    record = records_of(order)[visit]

    with refused("performer_audits"):
        passed(record, in_the_shoes_of(cs, st))

    assert stands(order) == Standing.TO_AUDIT


def test_who_took_the_money_audits_nothing(done_in_two, cs, ca):
    order = done_in_two()

    with refused("cashier_audits"):
        passed(records_of(order)[0], in_the_shoes_of(cs, ca))

    assert stands(order) == Standing.TO_AUDIT
