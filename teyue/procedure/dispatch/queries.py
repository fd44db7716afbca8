"""What dispatch can tell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TypedDict, cast

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import EVERYWHERE, Actor, Power
from teyue.foundation.clock import HOUSE
from teyue.foundation.money import Money
from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.subcontracting.models import Firm, FirmItem, Worker
from teyue.register.parameters.queries import value
from teyue.register.people.models import Staff
from teyue.register.people.roster import employees

SERVE = Power("dispatch.accept", gettext_lazy("接单"))
SEEN_BY_FIRM = timedelta(hours=24)
_OF_ORDER = ("order__household", "order__item", "order__line", "order__standard", "order__office")
RELATED = (
    "office",
    *_OF_ORDER,
    "staff__person",
    "firm",
    "worker__person",
    "performer",
)


class Sent(TypedDict):
    """Whom an assignment names: one of the staff, or somebody of a firm."""

    staff: Staff | None
    worker: Worker | None


def seen_by(actor: Actor) -> KeptQuerySet[Visit]:
    """Return the visits of the office, of the own household, and those one performs (I-76)."""
    visits = Visit.objects.select_related(*RELATED)
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return visits
    own = performing(actor) | Q(order__household__in=actor.tied("household"))
    return visits.filter(own | Q(office__in=scopes))


def performing(actor: Actor, *, visit: str = "") -> Q:
    """Return which visits somebody sees who performs them (I-76), of rows that name the visit.

    One's own while one may serve in the office; those of a firm as long as one speaks for it, it
    is not removed, and 24 hours after the confirmation have not passed.
    """
    prefix = f"{visit}__" if visit else ""
    mine = Q(**{f"{prefix}performer": actor.id})
    scopes = actor.scopes(SERVE)
    if EVERYWHERE not in scopes:
        mine &= Q(**{f"{prefix}office__in": scopes})
    of_firm = Q(**{f"{prefix}firm__in": actor.tied("firm")}) & ~Q(
        **{f"{prefix}firm__state__in": (Firm.State.REMOVED, Firm.State.VOID)}
    )
    lasting = ~Q(**{f"{prefix}state__in": (Visit.State.FAILED, Visit.State.CANCELLED)})
    recent = Q(**{f"{prefix}confirmed_at": None})
    if actor.as_of:
        recent |= Q(**{f"{prefix}confirmed_at__gt": actor.as_of - SEEN_BY_FIRM})
    return mine & (Q(**{f"{prefix}firm": None}) | (of_firm & lasting & recent))


def visits_of(order: Order) -> KeptQuerySet[Visit]:
    """Return the visits of an order, first to last."""
    return Visit.objects.filter(order=order).order_by("no")


def under_way(order: Order) -> KeptQuerySet[Visit]:
    """Return the visit of an order that is under way, with ``held``: what its household paid."""
    live = Visit.along_with().filter(order=order, state__in=Visit.LIVE)
    return with_held(live)


def with_held(visits: KeptQuerySet[Visit]) -> KeptQuerySet[Visit]:
    """Return visits with ``held``: what the household has paid for the order."""
    return cast("KeptQuerySet[Visit]", visits.annotate(held=cashier.holding("order_id")))


def live_visit(order: Order) -> Visit | None:
    """Return the visit of an order that is still under way, locked with its order."""
    live = Visit.objects.filter(order=order, state__in=Visit.LIVE)
    return live.select_related("staff__person", "performer", "office").order_by("-no").first()


def live_visits(order: Order) -> list[Visit]:
    """Return all visits of an order that are still under way, each with this copy of the order."""
    live = Visit.objects.filter(order=order, state__in=Visit.LIVE)
    visits = list(live.select_related("office").order_by("no"))
    for visit in visits:
        visit.order = order
    return visits


def jobs_of(actor: Actor, *, since: datetime) -> KeptQuerySet[Visit]:
    """Return what a technician has to do, soonest first, and what was finished lately."""
    mine = Visit.objects.filter(performing(actor)).filter(
        Q(state__in=Visit.LIVE) | Q(finished_at__gte=since)
    )
    return mine.select_related(*RELATED, "order__contact").order_by("appoint_from", "pk")


def stranded(*, firm: int | None = None, item: int | None = None) -> KeptQuerySet[Visit]:
    """Return the visits before work of firms that may not do the item any more, soonest first."""
    serving = FirmItem.objects.filter(
        firm=OuterRef("firm"), item=OuterRef("order__item"), state__in=FirmItem.MAY_SERVE
    )
    sent = Visit.objects.filter(state__in=Visit.BEFORE_WORK, firm__isnull=False)
    sent = sent.filter(~Exists(serving))
    if firm is not None:
        sent = sent.filter(firm=firm)
    if item is not None:
        sent = sent.filter(order__item=item)
    return sent.order_by("appoint_from", "pk")


def sendable(order: Order, *, staff: int | None = None, worker: int | None = None) -> Sent:
    """Return whom an assignment names, out of the office's employees or the firms' people.

    :raises Refused: ``nobody_named``.
    """
    employee = employees(order.office_id).get(staff) if staff else None
    hand = _hand(order, worker) if worker else None
    if (staff and employee is None) or (worker and hand is None):
        text = _("没有找到这位服务人员，可能已离职。请您从名单中另选一位。")
        raise Refused("nobody_named", text, field="performer", clause="4.2.5")
    return {"staff": employee, "worker": hand}


def overrides_seen_by(actor: Actor) -> KeptQuerySet[Override]:
    """Return the emergency overrides of the office, and of the own household."""
    overrides = Override.objects.select_related("office", "approved_by", *_OF_ORDER)
    scopes = actor.scopes(orders.READ)
    if EVERYWHERE in scopes:
        return overrides
    own = Q(order__household__in=actor.tied("household"))
    return overrides.filter(own | Q(office__in=scopes))


def on_board(actor: Actor, *, day: date) -> KeptQuerySet[Visit]:
    """Return the visits of a day that somebody was given, the soonest first."""
    begins = datetime.combine(day, time(), HOUSE)
    given = seen_by(actor).filter(
        appoint_from__gte=begins, appoint_from__lt=begins + timedelta(days=1)
    )
    gone = (Visit.State.SCHEDULED, Visit.State.CANCELLED)
    return given.exclude(state__in=gone).order_by("appoint_from", "pk")


def to_send(actor: Actor) -> KeptQuerySet[Order]:
    """Return the orders that wait for somebody to be sent, the soonest due first."""
    waiting = orders.seen_by(actor).filter(standing=Standing.READY, state=Order.State.OPEN)
    return waiting.order_by("due_at", "pk")


def override_of(order: Order) -> Override | None:
    """Return the emergency override of an order."""
    return Override.objects.filter(order=order).first()


def unpaid_override(order: Order) -> KeptQuerySet[Override]:
    """Return the emergency override of an order that nobody has paid yet: none or one."""
    return Override.objects.filter(order=order, state=Override.State.APPROVED)


def unpaid_overrides(household: int) -> KeptQuerySet[Override]:
    """Return the emergencies that a household has not paid yet (I-63)."""
    return Override.objects.filter(
        order__household=household, state=Override.State.APPROVED, order__in_arrears=True
    )


def unpaid_of_offices(offices: Iterable[int]) -> KeptQuerySet[Override]:
    """Return the emergencies of some offices that nobody has paid yet, soonest due first."""
    owed = Override.objects.filter(state=Override.State.APPROVED, order__in_arrears=True)
    where = set(offices)
    owed = owed if EVERYWHERE in where else owed.filter(office__in=where)
    return owed.select_related("office", *_OF_ORDER).order_by("pay_due_at", "pk")


def may_begin(order: Order, *, held: Money | None = None) -> bool:
    """Tell whether work may begin (I-14): paid, an emergency, covered, or free of charge.

    ``held`` is what the household has paid, where somebody has read it already.
    """
    if order.in_arrears or order.coverage == Order.Coverage.FULL or not order.required:
        return True
    return (cashier.held(order) if held is None else held) >= order.required


def late_by(visit: Visit, arrived: datetime, *, at: datetime) -> timedelta:
    """Return how late an arrival is, from the reference of C-14; zero when on time."""
    point = visit.appoint_from == visit.appoint_to
    tolerance = value("visit.tolerance_min", office=visit.office_id, at=at) if point else 0
    late = arrived - visit.appoint_to - timedelta(minutes=tolerance)
    return max(late, timedelta())


def with_appointment(orders: KeptQuerySet[Order]) -> KeptQuerySet[Order]:
    """Add ``comes_from`` and ``comes_to``: the appointment of the last visit, else the wish."""
    sent = Visit.objects.filter(order=OuterRef("pk")).order_by("-no")
    last = sent.exclude(state__in=(Visit.State.FAILED, Visit.State.CANCELLED))
    told = orders.annotate(
        comes_from=Coalesce(Subquery(last.values("appoint_from")[:1]), "wish_from"),
        comes_to=Coalesce(Subquery(last.values("appoint_to")[:1]), "wish_to"),
    )
    return cast("KeptQuerySet[Order]", told)


def is_early(visit: Visit, arrived: datetime, *, at: datetime) -> bool:
    """Tell whether an arrival is too early to be in time (C-14)."""
    tolerance = timedelta(minutes=value("visit.tolerance_min", office=visit.office_id, at=at))
    return arrived < visit.appoint_from - tolerance


def cap(order: Order, *, at: datetime) -> Money:
    """Return the most that an emergency may cost before it is paid."""
    return Money(value("emergency.cap_fen", office=order.office_id, at=at))


def _hand(order: Order, worker: int) -> Worker | None:
    named = Worker.objects.filter(pk=worker, active=True, firm__office=order.office_id)
    return named.select_related("person", "firm").first()
