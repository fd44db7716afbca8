"""What may be done in booking. Nothing else writes here."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import sitting
from teyue.foundation.actors import Actor, Evidence
from teyue.foundation.lifecycle import Step, Turn
from teyue.procedure.booking import steps
from teyue.procedure.booking.facts import Acceptance, Correction, Pricing, Registration
from teyue.procedure.booking.models import Order, OwnerConsent, Quote, Reservation, Standing
from teyue.procedure.booking.queries import deadlines, orders, prices, slots, wishes
from teyue.procedure.pricing.models import PriceLine
from teyue.procedure.subcontracting.models import Worker
from teyue.register.estate.models import Household
from teyue.register.people import queries as people
from teyue.register.people.models import Staff


def register(request: Registration, *, actor: Actor, at: datetime) -> Order:
    """Register a wish (O1, F-07): freeze price and standard, set capacity aside.

    :raises Refused: ``item_not_active``, ``no_price_in_force``, ``no_standard_in_force``,
        ``household_closed``, ``requester_may_not_order``, ``own_household``,
        ``owner_consent_missing``, ``household_in_arrears``, ``duplicate_unanswered``, and those
        of :func:`slots.claim`.
    """
    order = wishes.draft(request, actor=actor, at=at)
    with steps.REGISTER.take(order, actor=actor, at=at, asked=request) as turn:
        if order.wish_from is not None:
            ends = order.wish_from + slots.length(request.offer.minutes)
            turn.keep(_reserved(order, order.wish_from, ends, at=at))
        if request.owner_consent:
            turn.keep(_consent(order, request, at))
        turn.note(household=order.household_id, item=order.item_id, line=order.line_id)
        turn.leave(Standing.REGISTERED, due=deadlines.quote_due(order, at=at))
    return order


def correct(
    order: Order, *, household: Household, reason: str, actor: Actor, at: datetime
) -> Order:
    """Move an order that nobody paid to the household it belongs to, and its main contact (E-02).

    :raises Refused: ``household_closed``, ``own_household``, ``reason_missing``.
    """
    there = household.state == Household.State.OPEN
    members = tuple(orders.members_of(household.pk).order_by("-is_primary", "pk")) if there else ()
    asked = Correction(household=household, members=members, reason=reason)
    with steps.CORRECT.take(order, actor=actor, at=at, asked=asked) as turn:
        turn.note(before=order.household_id, after=household.pk)
        order.household, order.ended_note = household, reason
        order.requester = order.payer = order.contact = members[0].person
    return order


def quote(order: Order, *, pricing: Pricing, actor: Actor, at: datetime) -> Quote:
    """Offer the price by the frozen list (O2).

    :raises Refused: ``needs_site_quote`` for a range price.
    """
    return _offer(steps.QUOTE, order, pricing, actor, at)


def quote_on_site(order: Order, *, pricing: Pricing, actor: Actor, at: datetime) -> Quote:
    """Offer a price within the approved range, after seeing the place (O2).

    :raises Refused: ``price_is_listed``, ``no_site_price``, ``outside_range``.
    """
    return _offer(steps.QUOTE_ON_SITE, order, pricing, actor, at)


def accept(quote: Quote, *, acceptance: Acceptance, actor: Actor, at: datetime) -> Quote:
    """Let the household accept a quote (O3); from now on it waits for payment.

    :raises Refused: ``quote_expired``, ``not_of_household``, ``evidence_missing``.
    """
    order = quote.order
    with steps.ACCEPT.take(quote, actor=actor, at=at, asked=acceptance, on=(order,)) as turn:
        quote.accepted_at, quote.accepted_by_id = at, actor.id
        quote.accept_method, quote.evidence = acceptance.method, acceptance.evidence
        order.agreed, order.required, order.accepted_at = quote.total, quote.prepay, at
        turn.note(total=quote.total, prepay=quote.prepay)
        turn.leave(Standing.AWAITING_PAYMENT, due=deadlines.lapse_at(order, at=at))
    if not order.required:
        waive(order, actor=people.system(), at=at)
    return quote


def waive(order: Order, *, actor: Actor, at: datetime) -> Order:
    """Let an order that costs nothing go on without payment (O4p).

    :raises Refused: ``prepayment_required``.
    """
    with steps.WAIVE.take(order, actor=actor, at=at) as turn:
        turn.leave(Standing.READY, due=deadlines.dispatch_due(order, at=at))
    return order


def cancel(order: Order, *, reason: str, actor: Actor, at: datetime) -> Order:
    """Cancel an order before its price was accepted (O18): free, nothing to give back.

    :raises Refused: ``reason_missing``, ``not_of_household``, ``own_household``.
    """
    with steps.CANCEL.take(order, actor=actor, at=at, asked=reason) as turn:
        order.ended_because, order.ended_note = "by_household", reason
        free(order, turn)
    return order


def book(
    request: Registration,
    *,
    pricing: Pricing,
    acceptance: Acceptance,
    actor: Actor,
    at: datetime,
) -> Quote:
    """Register, quote and accept in one telephone call: three steps, one transaction (O1–O3)."""
    with sitting.opened():
        order = register(request, actor=actor, at=at)
        offered = quote(order, pricing=pricing, actor=actor, at=at)
        caller = people.resident(request.requester.person, household=order.household_id)
        evidence = Evidence(acceptance.method, acceptance.evidence)
        caller = caller.typed_by(actor, evidence)
        return accept(offered, acceptance=acceptance, actor=caller, at=at)


def take_call(
    request: Registration, *, acceptance: Acceptance | None, actor: Actor, at: datetime
) -> Order:
    """Do all that one call allows: register, quote unless it is priced on site, accept if told.

    :raises Refused: those of :func:`register`, :func:`quote` and :func:`accept`.
    """
    with sitting.opened():
        if request.offer.line.price_mode == PriceLine.Mode.RANGE:
            return register(request, actor=actor, at=at)
        listed = Pricing()
        if acceptance is not None:
            return book(request, pricing=listed, acceptance=acceptance, actor=actor, at=at).order
        return quote(
            register(request, actor=actor, at=at), pricing=listed, actor=actor, at=at
        ).order


def free(order: Order, turn: Turn) -> None:
    """Give the capacity of an order back; the step must name reservations among its writes."""
    for reservation in Reservation.objects.locked().filter(order=order, freed_at=None):
        reservation.freed_at = turn.at
        turn.keep(reservation)


def occupy(
    order: Order,
    turn: Turn,
    *,
    staff: Staff | None,
    worker: Worker | None,
    starts: datetime,
    ends: datetime,
) -> None:
    """Give an order's capacity to one person or firm at a time; the step must name reservations."""
    given = {
        "staff": staff,
        "worker": worker,
        "firm_id": worker.firm_id if worker else None,
        "department_id": staff.department_id if staff else None,
        "starts": starts,
        "ends": ends,
    }
    # The order is locked, so nobody else moves its reservation between the two.
    if not Reservation.objects.filter(order=order, freed_at=None).update(**given):
        needs = order.item.certificates
        turn.keep(Reservation(order=order, certificates=needs, **given))


def _reserved(order: Order, starts: datetime, ends: datetime, *, at: datetime) -> Reservation:
    urgent = order.urgency == Order.Urgency.URGENT
    claim = slots.claim(
        order.item, office=order.office_id, starts=starts, ends=ends, at=at, urgent=urgent
    )
    return Reservation(
        order=order,
        department=claim.department,
        firm=claim.firm,
        certificates=list(claim.certificates),
        starts=starts,
        ends=ends,
    )


def _consent(order: Order, request: Registration, at: datetime) -> OwnerConsent:
    owner = next(member for member in request.members if member.relation in steps.OWNERS)
    return OwnerConsent(
        household=order.household,
        item=order.item,
        order=order,
        owner=owner.person,
        method=Quote.Method.CALL,
        evidence=request.owner_consent,
        at=at,
    )


def blank_quote(order: Order, actor: Actor) -> Quote:
    """Return a quote of an order that still has no price."""
    return Quote(order=order, office=order.office, quoted_by_id=actor.id or None)


def price(offered: Quote, pricing: Pricing, turn: Turn) -> None:
    """Fill a quote in by the frozen list; earlier ones are superseded."""
    order, at = offered.order, turn.at
    offered.no = _supersede(order, turn) + 1
    priced = prices.priced(order, pricing)
    offered.lines = prices.written(priced.lines, line=order.line_id)
    offered.total = priced.total
    offered.prepay = prices.prepayment(order, priced.total, at=at)
    offered.valid_until = at + deadlines.hours("order.lapse.normal_h", order, at)
    turn.note(total=offered.total, prepay=offered.prepay)


def _offer(step: Step, order: Order, pricing: Pricing, actor: Actor, at: datetime) -> Quote:
    offered = blank_quote(order, actor)
    with step.take(offered, actor=actor, at=at, asked=pricing, on=(order,)) as turn:
        price(offered, pricing, turn)
        turn.leave(Standing.QUOTED, due=offered.valid_until)
    return offered


def _supersede(order: Order, turn: Turn) -> int:
    if order.standing == Standing.REGISTERED:
        return 0
    earlier = list(Quote.objects.locked().filter(order=order))
    for old in earlier:
        if old.state == Quote.State.OFFERED:
            old.touch(Quote.State.SUPERSEDED, by=turn.actor.id, at=turn.at)
            turn.keep(old)
    return len(earlier)
