"""Ways to break the data behind the back of the operations: one for each invariant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Model

from teyue.foundation import pen
from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.money import Money
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.refund.models import Refund
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.settlement.models import Settlement
from teyue.register.estate.models import Household, Member
from teyue.register.people.models import Certificate, Post

LONG = timedelta(days=9)
ONE_YUAN = Money(100)
Breaker = Callable[[Order], None]


def change(model: type[Model], **values: Any) -> None:
    """Change every row of a kind, as somebody at the database might."""
    with pen.held(model):
        model._default_manager.update(**values)


def line_of_another_standard(order: Order) -> None:
    change(Quote, lines=[{"line": order.line_id + 1, "amount": 3000}])


def no_address(order: Order) -> None:
    change(Household, label="")


def never_paid(order: Order) -> None:
    change(Receipt, state=Receipt.State.VOIDED, state_since=order.registered_at)


def receipt_of_a_colleague(order: Order) -> None:
    change(Receipt, issued_by=order.registered_by)


def record_above_the_quote(order: Order) -> None:
    change(Record, amount=Money(999_900))


def visit_without_record(order: Order) -> None:
    visit = Visit.objects.get(order=order)
    _copy(visit, no=2)


def confirmed_by_the_technician(order: Order) -> None:
    change(Confirmation, person=Visit.objects.get(order=order).performer)


def covered_by_an_agreement(order: Order) -> None:
    change(Order, coverage=Order.Coverage.FULL)


def other_content_confirmed(order: Order) -> None:
    change(Confirmation, content_digest="0" * 64)


def certificate_expired(order: Order) -> None:
    change(Certificate, valid_to=order.registered_at.date() - LONG)


def more_earned_than_held(order: Order) -> None:
    _move(order, Account.REVENUE, Account.PREPAYMENT, "settlement.settlement")


def charged_as_rework(order: Order) -> None:
    change(Order, rework_of=order)


def cash_spent_on_something(order: Order) -> None:
    _move(order, Account.COST, Account.CASH, "booking.order", back=True)


def performer_settles(order: Order) -> None:
    change(Settlement, settled_by=Visit.objects.get(order=order).performer)


def cashier_made_technician(order: Order) -> None:
    cashier = Receipt.objects.get(order=order).issued_by
    post = Post.objects.filter(role="ST").earliest("pk")
    _copy(post, person=cashier)


def performer_audits(order: Order) -> None:
    change(Audit, auditor=Visit.objects.get(order=order).performer)


def technician_lives_there(order: Order) -> None:
    member = Member.objects.filter(household=order.household).earliest("pk")
    _copy(member, person=Visit.objects.get(order=order).performer, is_primary=False)


def refund_paid_by_its_approver(order: Order) -> None:
    refund = _refund(order, Refund.State.PAID)
    change(Refund, approved_by=refund.payee_id, paid_by=refund.payee_id)


def voided_by_the_issuer(order: Order) -> None:
    issuer = Receipt.objects.get(order=order).issued_by_id
    change(Receipt, state=Receipt.State.VOIDED, void_approved_by=issuer)


def verified_by_the_cashier(order: Order) -> None:
    cashier = Shift.objects.get().cashier
    change(Shift, state=Shift.State.VERIFIED, verified_by=cashier)


def refund_without_movement(order: Order) -> None:
    _refund(order, Refund.State.REQUESTED)


def more_given_back_than_received(order: Order) -> None:
    _refund(order, Refund.State.CLOSED, amount=Money(999_900))


def serial_skipped(order: Order) -> None:
    change(Receipt, serial=7)


def emergency_that_is_none(order: Order) -> None:
    approver = order.registered_by
    paper = Override(
        order=order,
        office=order.office,
        category=Override.Category.OTHER,
        reason="急",
        estimate=Money(90_000),
        cap=Money(50_000),
        approved_by=approver,
        approved_at=order.registered_at,
        pay_due_at=order.registered_at,
        state=Override.State.PAID,
    )
    with pen.held(Override):
        paper.save()


def registered_twice(order: Order) -> None:
    _copy(order)


def settled_before_the_audit(order: Order) -> None:
    change(Settlement, settled_at=order.registered_at)


def topup_without_list(order: Order) -> None:
    change(Settlement, result=Settlement.Kind.TOPUP, lines=[])


def cash_vanished_over_night(order: Order) -> None:
    change(Shift, state=Shift.State.CLOSED, counted=Money(50_000))
    _copy(Shift.objects.latest("pk"), state=Shift.State.OPEN, float_amount=Money(0))


def standing_invented(order: Order) -> None:
    change(Order, standing="ready")


BREAKERS: dict[str, Breaker] = {
    "I-05": line_of_another_standard,
    "I-13": no_address,
    "I-14": never_paid,
    "I-16": receipt_of_a_colleague,
    "I-17": record_above_the_quote,
    "I-18": visit_without_record,
    "I-19": confirmed_by_the_technician,
    "I-20": covered_by_an_agreement,
    "I-21": other_content_confirmed,
    "I-24": certificate_expired,
    "I-26": more_earned_than_held,
    "I-28": charged_as_rework,
    "I-29": cash_spent_on_something,
    "C-22": cash_vanished_over_night,
    "I-30": performer_settles,
    "I-32": cashier_made_technician,
    "I-33": performer_audits,
    "I-35": technician_lives_there,
    "I-36": refund_paid_by_its_approver,
    "I-37": voided_by_the_issuer,
    "I-38": verified_by_the_cashier,
    "I-53": refund_without_movement,
    "I-59": more_given_back_than_received,
    "I-60": serial_skipped,
    "I-63": emergency_that_is_none,
    "I-67": registered_twice,
    "I-70": settled_before_the_audit,
    "I-74": topup_without_list,
    "H-06": standing_invented,
}


def _copy(row: Any, **values: Any) -> None:
    kind = type(row)
    row.pk = None
    for name, value in ({"number": None} | values).items():
        setattr(row, name, value)
    with pen.held(kind):
        row.save(force_insert=True)


def _move(order: Order, source: Account, target: Account, kind: str, *, back: bool = False) -> None:
    source, target = (target, source) if back else (source, target)
    movement = Movement(
        at=order.registered_at,
        scope=order.office_id,
        source=source,
        target=target,
        amount=Money(100),
        document_kind=kind,
        document_id=order.pk,
        case_kind=order.kind,
        case_id=order.pk,
    )
    with pen.held(Movement):
        movement.save()


def _refund(order: Order, state: str, *, amount: Money = ONE_YUAN) -> Refund:
    refund = Refund(
        order=order,
        office=order.office,
        source=Refund.Source.OVERPAYMENT,
        amount=amount,
        method="cash",
        payee=order.payer,
        requested_by=1,
        approved_by=2,
        paid_by=3,
        state=state,
    )
    with pen.held(Refund):
        refund.save()
    return refund
