"""Who is on duty, and with which certificates: what booking and dispatch count on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from teyue.foundation.clock import local
from teyue.register.company import edition
from teyue.register.people.models import Certificate, Duty, Leave, Post, Role, Staff


@dataclass(frozen=True, slots=True)
class Stretch:
    """A weekly stretch of duty, in minutes of the local day, between two dates."""

    weekday: int
    opens: int
    closes: int
    from_on: date
    to_on: date | None

    def spans(self, day: date, opens: int, closes: int) -> bool:
        """Tell whether it covers all of a stretch of a day."""
        return (
            self.weekday == day.weekday()
            and self.opens <= opens
            and closes <= self.closes
            and _within(day, self.from_on, self.to_on)
        )


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that holds from one day to another; None is open."""

    kind: str
    from_on: date | None
    to_on: date | None

    def covers(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return _within(day, self.from_on, self.to_on)


@dataclass(frozen=True, slots=True)
class Hand:
    """An employee as somebody who can be sent."""

    staff: int
    person: int
    name: str
    department: int | None
    household: int | None
    duties: tuple[Stretch, ...]
    leaves: tuple[tuple[datetime, datetime], ...]
    certificates: tuple[Dated, ...]
    posts: tuple[Dated, ...]

    def on_duty(self, starts: datetime, ends: datetime) -> bool:
        """Tell whether the person is at work for all of a stretch of one local day."""
        begin, end = local(starts), local(ends)
        opens = begin.hour * 60 + begin.minute
        closes = opens + -(-(end - begin) // timedelta(minutes=1))
        here = any(duty.spans(begin.date(), opens, closes) for duty in self.duties)
        return here and not any(a < ends and starts < b for a, b in self.leaves)

    def qualified(self, kinds: Collection[str], day: date) -> bool:
        """Tell whether every certificate that is needed is valid on a day (I-24)."""
        return set(kinds) <= set(_valid(self.certificates, day))

    def serves(self, day: date) -> bool:
        """Tell whether the person holds the post of a technician on a day."""
        return Role.ST in _valid(self.posts, day)


@edition.remembered
def hands(office: int) -> tuple[Hand, ...]:
    """Return the active employees of an office with all that decides whether they can be sent."""
    staff = Staff.objects.filter(office=office, state=Staff.State.ACTIVE)
    related = staff.select_related("person").prefetch_related(
        "duties", "leaves", "certificates", "person__posts"
    )
    return tuple(_hand(row) for row in related.order_by("pk"))


def technicians(office: int, department: int | None, *, on: date) -> list[Hand]:
    """Return the employees of a department who hold the post of a technician on a day."""
    return [hand for hand in hands(office) if hand.department == department and hand.serves(on)]


def hand_of(staff: int, *, office: int) -> Hand | None:
    """Return an active employee of an office; no statement while the register stands."""
    return next((hand for hand in hands(office) if hand.staff == staff), None)


@edition.remembered
def employees(office: int) -> dict[int, Staff]:
    """Return the active employees of an office by id, each with the person."""
    staff = Staff.objects.filter(office=office, state=Staff.State.ACTIVE)
    return {row.pk: row for row in staff.select_related("person", "office")}


def available(
    office: int, *, starts: datetime, ends: datetime, certificates: Collection[str] = ()
) -> tuple[Hand, ...]:
    """Return who is on duty for all of a stretch and holds the certificates; reservations aside."""
    day = local(starts).date()
    return tuple(
        hand
        for hand in hands(office)
        if hand.serves(day) and hand.qualified(certificates, day) and hand.on_duty(starts, ends)
    )


def _hand(row: Staff) -> Hand:
    return Hand(
        staff=row.pk,
        person=row.person_id,
        name=row.person.name,
        department=row.department_id,
        household=row.household_id,
        duties=tuple(_stretch(duty) for duty in row.duties.all()),
        leaves=_leaves(row.leaves.all()),
        certificates=_certificates(row.certificates.all()),
        posts=_posts(row.person.posts.all(), row.office_id),
    )


def _stretch(duty: Duty) -> Stretch:
    return Stretch(duty.weekday, duty.opens, duty.closes, duty.from_on, duty.to_on)


def _leaves(leaves: Iterable[Leave]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((leave.starts, leave.ends) for leave in leaves if leave.voided_at is None)


def _certificates(certificates: Iterable[Certificate]) -> tuple[Dated, ...]:
    valid = (row for row in certificates if row.voided_at is None)
    return tuple(Dated(row.kind, row.valid_from, row.valid_to) for row in valid)


def _posts(posts: Iterable[Post], office: int) -> tuple[Dated, ...]:
    active = (row for row in posts if row.state == Post.State.ACTIVE)
    here = (row for row in active if row.office_id in (None, office))
    return tuple(Dated(row.role, row.from_on, row.to_on) for row in here)


def _valid(things: Iterable[Dated], day: date) -> tuple[str, ...]:
    return tuple(thing.kind for thing in things if _within(day, thing.from_on, thing.to_on))


def _within(day: date, from_on: date | None, to_on: date | None) -> bool:
    return (from_on is None or from_on <= day) and (to_on is None or day <= to_on)
