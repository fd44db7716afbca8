"""Take an order along its course by the operations themselves, at instants that are given."""

from __future__ import annotations

from datetime import datetime, timedelta

from teyue.foundation.actors import Actor, Evidence
from teyue.procedure.audit import operations as audit
from teyue.procedure.audit.facts import Findings
from teyue.procedure.audit.models import CHECKS, Audit
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.facts import Acceptance, Pricing, Registration
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Method, Receipt, Shift
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.facts import Assignment
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.pricing.queries import Offer
from teyue.procedure.service import operations as service
from teyue.procedure.service.facts import Report, Word
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Closing
from teyue.procedure.settlement.models import Settlement
from teyue.procedure.subcontracting.models import Worker
from teyue.register.estate.models import Household
from teyue.register.people.models import Staff
from teyue.register.people.queries import resident

WINDOW = timedelta(hours=2)
CALL, SIGNATURE, DOOR_CODE = "通话录音 0571", "现场签名", "门口二维码"
ACCEPTED_AFTER, LEFT_BEFORE = timedelta(minutes=3), timedelta(minutes=10)


def wish(
    household: Household,
    offer: Offer,
    *,
    at: datetime,
    qty_x100: int = 100,
    wish_from: datetime | None = None,
    description: str = "",
    urgency: Order.Urgency = Order.Urgency.NORMAL,
) -> Registration:
    """Return what the first member of a household asks for on the telephone."""
    members = tuple(orders.members_of(household.pk).order_by("-is_primary", "pk"))
    return Registration(
        members=members,
        requester=members[0],
        payer=members[0],
        contact=members[0],
        offer=offer,
        known=tuple(orders.open_orders(household)),
        urgency=urgency,
        qty_x100=qty_x100,
        description=description,
        wish_from=wish_from,
        wish_to=wish_from + WINDOW if wish_from else None,
    )


def quoted(asked: Registration, *, actor: Actor, at: datetime) -> Quote:
    """Register a wish and offer the price (O1, O2)."""
    order = booking.register(asked, actor=actor, at=at)
    return booking.quote(order, pricing=Pricing(), actor=actor, at=at)


def booked(asked: Registration, *, actor: Actor, at: datetime) -> Order:
    """Register, quote and accept in one call (O1–O3)."""
    acceptance = Acceptance(method=Quote.Method.CALL, evidence=CALL)
    quote = booking.book(asked, pricing=Pricing(), acceptance=acceptance, actor=actor, at=at)
    return quote.order


def paid(
    order: Order, *, shift: Shift, method: Method = Method.CASH, actor: Actor, at: datetime
) -> Receipt:
    """Pay what is still due before the work (O5)."""
    reference = "" if method == Method.CASH else f"4200{order.pk:012d}"
    amount = till.still_due(order, Receipt.Purpose.PREPAYMENT)
    payment = Payment(amount=amount, method=method, channel_ref=reference)
    return cashier.receive(order, payment=payment, shift=shift, actor=actor, at=at)


def dispatched(
    order: Order, who: Staff | Worker, *, starts: datetime, actor: Actor, at: datetime
) -> Visit:
    """Send one of the staff, or of those whom a firm sends (O7)."""
    return dispatch.assign(order, assignment=appointed(who, starts=starts), actor=actor, at=at)


def appointed(who: Staff | Worker, *, starts: datetime) -> Assignment:
    """Return who is to come, within two hours of a start."""
    return Assignment(
        appoint_from=starts,
        appoint_to=starts + WINDOW,
        staff=who if isinstance(who, Staff) else None,
        worker=who if isinstance(who, Worker) else None,
    )


def started(visit: Visit, *, actor: Actor, at: datetime) -> Visit:
    """Accept the job, set off, arrive and begin (O8)."""
    accepted = (visit.assigned_at or at) + ACCEPTED_AFTER
    dispatch.accept(visit, actor=actor, at=accepted)
    dispatch.depart(visit, actor=actor, at=max(accepted, at - LEFT_BEFORE))
    dispatch.arrive(visit, proof=DOOR_CODE, actor=actor, at=at)
    return service.start(visit, identity_shown=True, actor=actor, at=at)


def recorded(
    visit: Visit,
    *,
    work_done: str,
    photos: tuple[int, ...],
    qty_x100: int | None = None,
    more_visits: bool = False,
    actor: Actor,
    at: datetime,
) -> Record:
    """Record the work with every point of the standard checked (O9); as ordered if not told."""
    order = visit.order
    begun = visit.started_at or at
    report = Report(
        work_done=work_done,
        minutes=int((at - begun).total_seconds() // 60),
        qty_x100=order.qty_x100 if qty_x100 is None else qty_x100,
        checklist={str(point["no"]): True for point in order.standard.steps},
        photos=photos,
        more_visits=more_visits,
    )
    return service.record(visit, report=report, actor=actor, at=at)


def confirmed(
    record: Record,
    *,
    rating: int = 5,
    remark: str = "",
    evidence: str = SIGNATURE,
    actor: Actor,
    at: datetime,
) -> Record:
    """Let the orderer sign on the device of the technician, who is ``actor`` (O10)."""
    order = record.order
    member = orders.members_of(order.household_id).get(person=order.requester_id)
    owner = resident(member.person, household=order.household_id)
    word = Word(
        digest=record.content_digest,
        method=Confirmation.Method.DEVICE,
        member=member,
        evidence=evidence,
        rating=rating,
        remark=remark,
    )
    signed = owner.typed_by(actor, Evidence(word.method, evidence))
    return service.confirm(record, word=word, actor=signed, at=at)


def audited(record: Record, *, actor: Actor, at: datetime) -> Audit:
    """Pass the record with all six checks (O13)."""
    findings = Findings(digest=record.content_digest, checks=dict.fromkeys(CHECKS, True))
    return audit.approve(record, findings=findings, actor=actor, at=at)


def settled(
    order: Order, *, shift: Shift, method: Method = Method.CASH, actor: Actor, at: datetime
) -> Settlement:
    """Settle with the list shown first (O15)."""
    reference = "" if method == Method.CASH else f"4201{order.pk:012d}"
    closing = Closing(itemized=True, method=method, channel_ref=reference)
    return settlement.settle(order, closing=closing, shift=shift, actor=actor, at=at)
