from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import TOMORROW
from tests.stories import AFTERNOON, PAID_AT, fresh
from teyue.desks.casefile.dossier import opened
from teyue.desks.casefile.rows import rows
from teyue.desks.checks import money, standing
from teyue.desks.demo import course
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.ledger.queries import balance
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier import operations, queries, worklist
from teyue.procedure.cashier.facts import Count, Issued, Payment, Transferring
from teyue.procedure.cashier.models import Method, Receipt, Transfer
from teyue.procedure.cashier.tests.proof import refused
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Mistake, Voiding
from teyue.register.people import queries as people

pytestmark = [pytest.mark.clause("3.5"), pytest.mark.clause("4.3.1")]
Reason = Transfer.Reason
LATER = PAID_AT + timedelta(minutes=5)


@pytest.fixture
def wrong(paid) -> Order:
    """¥30.00 in cash, booked on an order of 3-2-1102."""
    return paid()


@pytest.fixture
def right(booked, neighbors) -> Order:
    """The order of 5-1-803 to which that money belongs."""
    return booked(household=neighbors, wish_from=TOMORROW)


@pytest.fixture
def asked(wrong, right, ca) -> Callable[..., Transfer]:
    """Ask for all that is held to go over, unless told otherwise."""

    def build(**told) -> Transfer:
        actor = told.pop("actor", ca)
        asked = Transferring(**{"target": right, "reason": Reason.WRONG_HOUSEHOLD, **told})
        return operations.request_transfer(wrong, transferring=asked, actor=actor, at=LATER)

    return build


@pytest.fixture
def part(open_shift, ca) -> Callable[[Order], Receipt]:
    """Receive ¥15.00 in cash for an order."""
    half = Payment(amount=Money(1_500), method=Method.CASH)
    return lambda order: operations.receive(
        fresh(order), payment=half, shift=open_shift, actor=ca, at=PAID_AT
    )


def approve(transfer: Transfer, actor, *, at=LATER) -> Transfer:
    known = Transfer.objects.select_related("order", "target", "office").get(pk=transfer.pk)
    return operations.approve_transfer(known, actor=actor, at=at)


def test_the_right_order_becomes_ready_and_the_wrong_one_waits_again(asked, wrong, right, fn):
    approve(asked(), fn)

    assert fresh(right).standing == Standing.READY
    assert fresh(wrong).standing == Standing.AWAITING_PAYMENT
    assert (queries.held(wrong), queries.held(right)) == (NOTHING, Money(3_000))


def test_the_entries_are_a_pair_and_nothing_stays_in_between(asked, fn):
    approve(asked(), fn)

    out, back = Movement.objects.order_by("pk")[1:]
    assert (out.source, out.target) == (Account.CLEARING, Account.PREPAYMENT)
    assert (back.source, back.target) == (Account.PREPAYMENT, Account.CLEARING)
    assert out.case_id != back.case_id and (out.till, back.till) == (None, None)
    assert balance(Account.CLEARING) == NOTHING


def test_the_old_receipt_is_kept_and_the_new_one_names_it(asked, right, fn):
    approve(asked(), fn)

    old, new = Receipt.objects.order_by("serial")
    assert (old.state, old.transferred) == ("issued", Money(3_000))
    assert (new.replaces_id, new.order_id, new.household_id) == (
        old.pk,
        right.pk,
        right.household_id,
    )
    assert (old.serial, new.serial, new.method) == (1, 2, old.method)
    assert list(queries.replacements(old)) == [new]


def test_the_day_does_not_count_the_money_twice(asked, open_shift, fn):
    approve(asked(), fn)

    assert queries.takings(open_shift) == {"cash": (1, Money(3_000))}
    assert queries.cash_in_drawer(open_shift) == Money(53_000)
    assert queries.issued(open_shift) == Issued(received=1, reissued=1)


def test_one_receipt_goes_over_and_the_rest_stays(booked, part, cleaning, right, ca, fn):
    order = booked(offer=cleaning, qty_x100=8_000, wish_from=None)
    half, _other = part(order), part(order)
    one = Transferring(target=right, reason=Reason.WRONG_ORDER, receipt=half)

    approve(operations.request_transfer(fresh(order), transferring=one, actor=ca, at=LATER), fn)

    assert (queries.held(order), queries.held(right)) == (Money(1_500), Money(1_500))
    assert fresh(right).standing == Standing.AWAITING_PAYMENT


def test_the_old_order_is_voided_with_nothing_left_to_give_back(asked, wrong, cs, fn):
    approve(asked(), fn)

    voiding = Voiding(mistake=Mistake.WRONG_HOUSEHOLD, reason="登记错户")
    order = settlement.void(fresh(wrong), voiding=voiding, actor=cs, at=LATER)

    assert order.standing == Standing.VOID
    assert not Refund.objects.exists()


def test_moved_money_goes_back_on_the_new_receipt_by_its_channel(asked, right, cs, fn):
    approve(asked(), fn)

    voiding = Voiding(mistake=Mistake.TEST, reason="不做了")
    settlement.void(fresh(right), voiding=voiding, actor=cs, at=LATER)

    back = Refund.objects.get()
    assert (back.original_receipt.order_id, back.method) == (right.pk, Method.CASH)
    assert list(money.refunded_above_received()) == []


def test_a_moved_receipt_is_neither_voided_nor_moved_again(asked, fn, ca):
    approve(asked(), fn)

    for receipt in Receipt.objects.select_related("order", "shift", "issued_by", "office"):
        with refused("money_is_used"):
            operations.reverse(receipt, reason="红冲", actor=fn, at=LATER)
    assert not queries.movable(Order.objects.earliest("pk")).exists()


def test_finance_says_no_and_the_money_stays(asked, wrong, fn):
    transfer = operations.reject_transfer(asked(), reason="查无此事", actor=fn, at=LATER)

    assert (transfer.state, transfer.rejected_because) == ("rejected", "查无此事")
    assert queries.held(wrong) == Money(3_000)


def test_a_no_has_its_reason(asked, fn):
    transfer = asked()

    with refused("reason_missing", "reason"):
        operations.reject_transfer(transfer, reason=" ", actor=fn, at=LATER)


def test_who_asked_does_not_approve(asked, fn, ca):
    transfer = asked()

    with refused("same_person"):
        approve(transfer, replace(fn, id=ca.id))


def test_a_cashier_approves_nothing(asked, ca2):
    transfer = asked()

    with refused("no_power"):
        approve(transfer, ca2)


def test_a_receptionist_asks_for_nothing(asked, rc):
    with refused("no_power"):
        asked(actor=rc)


def test_the_cashier_of_the_own_household_asks_nothing(asked, neighbor_of_himself):
    with refused("own_household"):
        asked(actor=neighbor_of_himself)


def test_the_target_must_wait_for_payment(asked, paid, cleaning):
    other = paid(offer=cleaning, wish_from=None)

    with refused("target_unsound", "target"):
        asked(target=other)


def test_a_wrong_household_is_another_household(asked, booked, cleaning):
    mine = booked(offer=cleaning, wish_from=None)

    with refused("same_household", "reason"):
        asked(target=mine)


def test_one_request_at_a_time(asked):
    asked()

    with refused("transfer_under_way"):
        asked()


def test_an_order_without_money_has_nothing_to_move(booked, right, ca):
    order = booked()
    asked = Transferring(target=right, reason=Reason.WRONG_ORDER)

    with refused("nothing_held"):
        operations.request_transfer(order, transferring=asked, actor=ca, at=LATER)


def test_money_that_is_asked_back_meanwhile_is_not_moved(asked, wrong, fn):
    transfer, source = asked(), Refund.Source.OVERPAYMENT
    refund.request(
        fresh(wrong), source=source, amount=Money(3_000), actor=people.system(), at=LATER
    )

    with refused("more_than_held"):
        approve(transfer, fn)


def test_an_order_that_was_dispatched_meanwhile_keeps_its_money(asked, wrong, technician, rc, fn):
    transfer = asked()
    course.dispatched(fresh(wrong), technician, starts=AFTERNOON, actor=rc, at=LATER)

    with refused("money_is_used"):
        approve(transfer, fn)


def test_the_new_receipts_need_an_open_shift_of_who_asked(asked, open_shift, ca, fn):
    transfer = asked()
    counted = Count(pieces={10_000: 5, 1_000: 3})
    operations.count(open_shift, counted=counted, actor=ca, at=LATER)

    with refused("cashier_off_shift"):
        approve(transfer, fn)


def test_an_order_that_is_still_covered_stays_ready(asked, part, right, wrong, ca, fn):
    half = part(right)
    approve(asked(), fn)
    back = Transferring(target=fresh(wrong), reason=Reason.WRONG_ORDER, receipt=half)
    approve(operations.request_transfer(fresh(right), transferring=back, actor=ca, at=LATER), fn)

    assert fresh(right).standing == Standing.READY
    assert (queries.held(right), queries.held(wrong)) == (Money(3_000), Money(1_500))
    assert list(standing.standing_astray()) == []


def test_both_case_files_name_the_transfer(asked, wrong, right, ca, fn):
    approve(asked(), fn)

    for order in (wrong, right):
        lines = rows(opened(fn, order.number), at=LATER)
        assert any("转移" in str(line.name) for line in lines)


@pytest.mark.parametrize("door", ["page", "api"])
def test_both_doors_move_money(calling, signed_in, wrong, right, door):
    said = {"target": right.number, "reason": "wrong_household"}

    if door == "page":
        signed_in("ca").post(reverse("transfer", args=(wrong.number,)), said)
        signed_in("fn").post(reverse("transfer-approve", args=(wrong.number,)))
    else:
        calling("ca").post(f"/orders/{wrong.number}/transfer", **said)
        calling("fn").post(f"/orders/{wrong.number}/transfer/approve")

    assert Transfer.objects.get().state == Transfer.State.APPROVED
    assert fresh(right).standing == Standing.READY


def test_finance_finds_the_request_and_the_page_shows_both_orders(asked, wrong, right, signed_in):
    asked()
    browser = signed_in("fn")

    found = browser.get(reverse("reversals")).content.decode()
    page = browser.get(reverse("transfer", args=(wrong.number,))).content.decode()

    assert wrong.number in found and right.number in found
    assert "批准转移" in page and right.number in page


def test_the_request_waits_for_finance(asked, wrong, fn, ca):
    asked()

    (work,) = worklist.waiting(fn, LATER)

    assert (work.queue, work.number) == ("cashier.approve_transfer", "")
    assert not [one for one in worklist.waiting(ca, LATER) if one.queue == work.queue]


def test_an_order_that_moved_money_covers_stays_ready_when_a_receipt_is_voided(
    asked, part, right, ca, fn
):
    own = part(right)
    approve(asked(), fn)
    operations.request_void(own, reason="多收一笔", original_returned=True, actor=ca, at=LATER)

    operations.void(Receipt.objects.get(pk=own.pk), actor=fn, at=LATER)

    assert queries.held(fresh(right)) == Money(3_000)
    assert fresh(right).standing == Standing.READY
    assert not list(standing.standing_astray())
