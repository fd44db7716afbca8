"""Several visits are one service: priced once, and ended by a step of its own (E-16, O22)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.stories import (
    CONFIRMED_AT,
    NEXT_DAY,
    PHOTOS,
    RECORDED_AT,
    fresh,
    record_of,
    records_of,
    visit_of,
)
from teyue.desks.casefile.standing import standing_of
from teyue.desks.demo import course
from teyue.foundation import pen
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Reservation, Standing
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import at_home, refused
from teyue.procedure.dispute import operations as dispute
from teyue.procedure.pricing.models import PriceLine
from teyue.procedure.service import operations
from teyue.procedure.service.facts import Broken, Cause, Ending, Extra, Report, Word
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation, Mistake, Voiding

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
LATER = NEXT_DAY + timedelta(hours=2)
NO_MORE = Ending(cause=Cause.HOUSEHOLD, reason="住户不再需要")


def report(order: Order, qty_x100: int, **told) -> Report:
    points = {str(point["no"]): True for point in order.standard.steps}
    said: dict[str, Any] = {"work_done": "更换龙头", "minutes": 30, "photos": PHOTOS}
    return Report(**said | {"qty_x100": qty_x100, "checklist": points} | told)


def listed(**prices) -> None:
    """Let the price line say something else, before anything is priced by it."""
    with pen.held(PriceLine):
        PriceLine.objects.filter(item__code="WX-01").update(**prices)


def stands(order: Order) -> Standing:
    """Return where an order stands, after comparing it with its papers."""
    now = fresh(order)
    assert now.standing == standing_of(now)
    return Standing(now.standing)


@pytest.fixture
def at_work_again(sent_again, st):
    """Return a builder of a second visit on which 王磊 works."""

    def build(**told) -> Visit:
        return course.started(visit_of(sent_again(**told)), actor=st, at=NEXT_DAY)

    return build


def test_what_all_visits_come_to_is_what_one_would(at_work_again, st):
    visit = at_work_again()

    record = operations.record(visit, report=report(visit.order, 100), actor=st, at=LATER)

    assert [one.amount for one in records_of(visit.order)] == [Money(3000), Money(3000)]
    assert record.amount == Money(3000)


def test_a_minimum_is_charged_once(tap, at_work_again, st):
    listed(min_charge=Money(5000))
    visit = at_work_again()

    record = operations.record(visit, report=report(visit.order, 100), actor=st, at=LATER)

    assert [one.amount for one in records_of(visit.order)] == [Money(5000), Money(1000)]
    assert [line["kind"] for line in record.lines] == ["labour", "merged"]


def test_all_visits_together_are_never_above_what_was_agreed(at_work_again, st):
    visit = at_work_again()

    with refused("above_agreed"):
        operations.record(visit, report=report(visit.order, 101), actor=st, at=LATER)


def test_a_visit_may_be_for_looking_only(at_work_again, st):
    visit = at_work_again()

    record = operations.record(visit, report=report(visit.order, 0), actor=st, at=LATER)

    assert (record.qty_x100, record.amount, record.lines) == (0, Money(0), [])


def test_the_only_visit_is_not_for_nothing(started, st):
    visit = visit_of(started())

    with refused("quantity_missing"):
        operations.record(visit, report=report(visit.order, 0), actor=st, at=RECORDED_AT)


def test_correcting_the_first_visit_leaves_the_whole_right(tap, done_in_two, st, cs):
    listed(min_charge=Money(5000))
    order = done_in_two()
    first = records_of(order)[0]
    with pen.held(Record, Order):
        Record.objects.filter(pk=first.pk).update(state=Record.State.RECORDED)
        Order.objects.update(standing=Standing.TO_CONFIRM)

    operations.revise(records_of(order)[0], report=report(order, 50), actor=st, at=LATER)

    assert sum(one.amount.fen for one in records_of(order)) == 5000


def test_a_company_that_breaks_the_second_visit_off_bills_pro_rata(tap, at_work_again, ds):
    listed(min_charge=Money(5000))
    visit = at_work_again(qty_x100=400)
    broken = Broken(cause=Cause.COMPANY, done_x100=100, report=report(visit.order, 100))

    operations.terminate(visit, broken=broken, actor=ds, at=LATER)

    assert [one.amount for one in records_of(visit.order)] == [Money(6000), Money(3000)]
    assert stands(visit.order) == Standing.TO_CONFIRM


def test_a_household_that_breaks_off_pays_what_was_done_and_used(at_work_again, ds):
    visit = at_work_again(qty_x100=400)
    told = report(visit.order, 100)
    broken = Broken(cause=Cause.HOUSEHOLD, done_x100=100, report=told)

    record = operations.terminate(visit, broken=broken, actor=ds, at=LATER)

    assert record.amount == Money(3000)


def test_both_visits_together_are_less_than_everything(at_work_again, ds):
    visit = at_work_again()
    broken = Broken(cause=Cause.COMPANY, done_x100=100, report=report(visit.order, 100))

    with refused("not_partial"):
        operations.terminate(visit, broken=broken, actor=ds, at=LATER)


def test_what_is_broken_off_does_not_go_on(at_work_again, ds):
    visit = at_work_again(qty_x100=400)
    told = report(visit.order, 100, more_visits=True)

    with refused("more_after_end"):
        broken = Broken(cause=Cause.COMPANY, done_x100=100, report=told)
        operations.terminate(visit, broken=broken, actor=ds, at=LATER)


@pytest.mark.parametrize(
    ("cause", "amount"), [(Cause.COMPANY, 3000), (Cause.HOUSEHOLD, 5000), (Cause.DONE, 5000)]
)
def test_the_rest_is_given_up_after_the_first_visit(tap, half_done, st, ds, cause, amount):
    listed(min_charge=Money(5000))
    order = half_done()

    ending = Ending(cause=cause, reason="不再上门")
    operations.conclude(record_of(order), ending=ending, actor=ds, at=LATER)

    record = record_of(order)
    assert (record.amount, record.more_visits) == (Money(amount), False)
    assert stands(order) == Standing.TO_CONFIRM
    course.confirmed(record, actor=st, at=LATER)
    assert stands(order) == Standing.TO_AUDIT


def test_a_visit_that_was_sent_is_cancelled_with_the_rest(sent_again, cs):
    order = sent_again()

    operations.conclude(record_of(order), ending=NO_MORE, actor=cs, at=CONFIRMED_AT)

    assert visit_of(order).state == Visit.State.CANCELLED
    assert not Reservation.objects.filter(order=order, freed_at=None).exists()
    assert stands(order) == Standing.TO_CONFIRM


def test_the_rest_is_given_up_while_nobody_is_sent(sent_again, st, cs):
    order = sent_again()
    dispatch.decline(visit_of(order), reason="有事", actor=st, at=CONFIRMED_AT)
    assert stands(order) == Standing.READY

    operations.conclude(record_of(order), ending=NO_MORE, actor=cs, at=LATER)

    assert stands(order) == Standing.TO_CONFIRM


@pytest.mark.parametrize(
    ("reason", "live", "code"), [(" ", False, "reason_missing"), ("停", True, "own_household")]
)
def test_who_gives_up_says_why_and_does_not_live_there(
    half_done, ds, household, reason, live, code
):
    order = half_done()

    with refused(code):
        who = at_home(ds, household) if live else ds
        ending = replace(NO_MORE, reason=reason)
        operations.conclude(record_of(order), ending=ending, actor=who, at=LATER)


def test_only_the_last_record_is_concluded(at_work_again, st, ds):
    visit = at_work_again()
    more = report(visit.order, 50, more_visits=True)
    operations.record(visit, report=more, actor=st, at=LATER)
    course.confirmed(record_of(visit.order), actor=st, at=LATER)

    with refused("nothing_to_conclude"):
        first = records_of(visit.order)[0]
        operations.conclude(first, ending=NO_MORE, actor=ds, at=LATER)


def test_extra_work_is_not_offered_on_a_visit_that_is_over(sent_again, st):
    first = records_of(sent_again())[0].visit

    with refused("visit_over"):
        extra = Extra(reason="角阀锈死", labor=Money(1500), labor_text="换角阀")
        operations.offer_change(first, extra=extra, actor=st, at=LATER)


def test_who_works_is_not_called_back(at_work_again, ds):
    visit = at_work_again()

    with refused("work_begun"):
        operations.conclude(record_of(visit.order), ending=NO_MORE, actor=ds, at=LATER)


def test_nobody_is_sent_while_somebody_works(at_work_again, ds, technician):
    visit = at_work_again()

    with refused("visit_not_confirmed"):
        coming = course.appointed(technician, starts=LATER)
        operations.continue_order(visit, assignment=coming, actor=ds, at=NEXT_DAY)


def test_what_was_delivered_is_not_cancelled(sent_again, rc, om, cs, st):
    order = sent_again()
    dispatch.decline(visit_of(order), reason="有事", actor=st, at=CONFIRMED_AT)
    why = Cancellation(reason="不做了")

    with refused("work_delivered"):
        settlement.cancel(fresh(order), cancellation=why, actor=rc, at=LATER)
    with refused("work_delivered"):
        settlement.call_off(fresh(order), cancellation=why, actor=om, at=LATER)
    with refused("work_delivered"):
        voiding = Voiding(mistake=Mistake.TEST, reason="测试")
        settlement.void(fresh(order), voiding=voiding, actor=cs, at=LATER)


def test_an_owner_who_is_not_reached_lets_the_order_go_on(started, st, om):
    order = started(qty_x100=200)
    told = report(order, 100, more_visits=True)
    record = operations.record(visit_of(order), report=told, actor=st, at=RECORDED_AT)
    method = Confirmation.Method.EVIDENCE

    word = Word(digest=record.content_digest, method=method, member=None, evidence="门禁记录")
    week = RECORDED_AT + timedelta(days=8)
    operations.confirm_alternatively(record, word=word, actor=om, at=week)

    assert stands(order) == Standing.IN_SERVICE
    assert fresh(order).due_at is not None


def test_the_owner_may_refuse_what_was_given_up(half_done, ds, rc):
    order = half_done()
    record = operations.conclude(record_of(order), ending=NO_MORE, actor=ds, at=LATER)

    dispute.open(record, words="没有说过不要", actor=rc, at=LATER)

    assert stands(order) == Standing.DISPUTED


def test_the_api_gives_the_rest_up(half_done, calling, at_time):
    record = record_of(half_done())
    at_time(CONFIRMED_AT)

    body = {"cause": "household", "reason": "住户不再需要"}
    answer = calling("ds").post(f"/records/{record.number}/conclude", **body)

    assert (answer.status_code, answer.json()["more_visits"]) == (200, False)
    assert record_of(record.order).partial_cause == "household"
