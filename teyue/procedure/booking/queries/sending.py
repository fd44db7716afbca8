"""Who may be sent to an order, and why not (4.2.5, 4.4.1; I-24, I-25, I-35, I-43)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from teyue.foundation.clock import local, local_day
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import crews, hours
from teyue.procedure.booking.queries.capacity import Demand
from teyue.procedure.booking.queries.crews import Crew, Mate
from teyue.procedure.planning.models import Item
from teyue.procedure.subcontracting.models import FirmItem, Worker
from teyue.register.people.models import CertificateKind, Staff
from teyue.register.people.roster import hand_of, technicians


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be sent, or the reason why not. Ids are those of staff, firm and worker."""

    name: str
    staff: int | None
    firm: int | None
    worker: int | None
    refusal: Refused | None


def unfit(
    *,
    order: Order,
    starts: datetime,
    ends: datetime,
    at: datetime,
    staff: Staff | None = None,
    worker: Worker | None = None,
    exempt: bool = False,
) -> Refused | None:
    """Return why a person may not be sent to an order from starts to ends, or None.

    ``exempt`` says that an F-28 excuses the order from the quiet hours. One statement. Codes:
    ``not_a_technician``, ``firm_not_listed``, ``own_household``, ``not_certified``,
    ``not_on_duty``, ``person_busy``, ``quiet_hours``.
    """
    found = None
    if staff is not None:
        found = _staff_unfit(staff, order, starts, ends)
    elif worker is not None:
        found = _worker_unfit(worker, order, starts, ends)
    return found or (None if exempt else _too_loud(order, starts, ends, at))


def candidates(
    order: Order, *, starts: datetime, ends: datetime, at: datetime, exempt: bool = False
) -> list[Candidate]:
    """Return who might be sent from starts to ends, those who may first; three statements.

    Each has the refusal that :func:`unfit` would give.
    """
    loud = None if exempt else _too_loud(order, starts, ends, at)
    found = [*_own_candidates(order, starts, ends), *_firm_candidates(order, starts, ends)]
    told = [replace(known, refusal=known.refusal or loud) for known in found]
    return sorted(told, key=lambda known: known.refusal is not None)


def _own_candidates(order: Order, starts: datetime, ends: datetime) -> Iterable[Candidate]:
    department = order.item.department_id
    if department is None or order.item.provider_kind == Item.Provider.FIRM:
        return
    staff = technicians(order.office_id, department, on=local_day(starts))
    crew = crews.of_department(staff, department=department, starts=starts, ends=ends, order=order)
    for mate in crew.mates:
        yield Candidate(mate.name, mate.who, None, None, _against(mate, crew, order, starts, ends))


def _firm_candidates(order: Order, starts: datetime, ends: datetime) -> Iterable[Candidate]:
    if order.item.provider_kind == Item.Provider.DEPARTMENT:
        return
    known = FirmItem.objects.filter(~Q(state=FirmItem.State.VOID), item=order.item)
    firms = crews.of_firms(
        Worker.objects.all(),
        firms=known.values_list("firm", flat=True),
        item=order.item,
        starts=starts,
        ends=ends,
        order=order,
    )
    for firm, crew in firms.items():
        for mate in crew.mates:
            refusal = _against(mate, crew, order, starts, ends)
            yield Candidate(mate.name, None, firm, mate.who, refusal)


def _staff_unfit(staff: Staff, order: Order, starts: datetime, ends: datetime) -> Refused | None:
    hand = hand_of(staff.pk, office=staff.office_id)
    if hand is not None and not hand.serves(local_day(starts)):
        text = _("%(name)s 没有服务人员岗位，不能派去上门。请您改派服务人员。")
        return Refused(
            "not_a_technician", text % {"name": hand.name}, clause="4.2.5", field="staff"
        )
    crew = crews.of_department(
        [hand] if hand is not None else [],
        department=None,
        starts=starts,
        ends=ends,
        order=order,
    )
    return _against_first(crew, order, starts, ends)


def _worker_unfit(worker: Worker, order: Order, starts: datetime, ends: datetime) -> Refused | None:
    firms = crews.of_firms(
        Worker.objects.filter(pk=worker.pk),
        firms=[worker.firm_id],
        item=order.item,
        starts=starts,
        ends=ends,
        order=order,
    )
    return _against_first(firms[worker.firm_id], order, starts, ends)


def _against_first(crew: Crew, order: Order, starts: datetime, ends: datetime) -> Refused | None:
    if not crew.mates:
        return Refused(
            "not_on_duty", _("这位人员已不在岗，不能派工。请您改派他人。"), field="staff"
        )
    return _against(crew.mates[0], crew, order, starts, ends)


def _against(
    mate: Mate, crew: Crew, order: Order, starts: datetime, ends: datetime
) -> Refused | None:
    if not crew.may_serve(local_day(starts)):
        return _not_listed(order)
    if mate.kin:
        text = _("%(name)s 是这户的成员，不能派去自己家。请您改派他人。")
        return _refused("own_household", text, mate)
    person = mate.on(crews.days_of(starts, ends))
    if missing := frozenset(order.item.certificates) - person.certificates:
        return _not_certified(mate, order, missing)
    if not person.there(starts, ends):
        text = _("%(name)s %(time)s 不当班或请假。请您改派他人，或改约时间。")
        return _refused("not_on_duty", text, mate, starts)
    job = Demand(starts, ends)
    if any(taken.person == mate.who and taken.overlaps(job) for taken in crew.demands):
        text = _("%(name)s %(time)s 已派了别的单。请您改派他人，或改约时间。")
        return _refused("person_busy", text, mate, starts)
    return None


def _not_listed(order: Order) -> Refused:
    text = _(
        "这家分包方不在“%(item)s”的合格名录内，或保险已到期，不能派工。请您改派名录内的分包方。"
    )
    return Refused("firm_not_listed", text % {"item": order.item.name}, clause="4.2.6")


def _not_certified(mate: Mate, order: Order, missing: Iterable[str]) -> Refused:
    text = _("%(name)s 缺有效证件（%(kinds)s），不能做“%(item)s”。请您改派持证人员。")
    kinds = _("、").join(sorted(str(CertificateKind(kind).label) for kind in missing))
    facts = {"name": mate.name, "kinds": kinds, "item": order.item.name}
    return Refused("not_certified", text % facts, clause="4.4.1", field="staff")


def _refused(code: str, text: str, mate: Mate, starts: datetime | None = None) -> Refused:
    time = f"{local(starts):%m-%d %H:%M}" if starts else ""
    return Refused(code, text % {"name": mate.name, "time": time}, field="staff")


def _too_loud(order: Order, starts: datetime, ends: datetime, at: datetime) -> Refused | None:
    clock = hours.clock_of(order.office_id, at=at)
    bar = clock.bar(order.item, starts, ends, (hours.noisy,))
    if bar is None or bar.window is None:
        return None
    return hours.too_loud(
        bar.window, clock, order.item, starts=starts, ends=ends, sentence=hours.NO_SENDING
    )
