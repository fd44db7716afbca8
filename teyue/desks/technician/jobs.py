"""What a technician is shown of one job: where it stands, what is next, and why not yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.desks.casefile.wording import what
from teyue.foundation.actors import Actor
from teyue.foundation.clock import local
from teyue.foundation.files.models import Attachment
from teyue.foundation.lifecycle import Step
from teyue.foundation.refusal import Refused
from teyue.procedure.audit.queries import audits_of
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch import steps as dispatching
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.pricing.models import point_text
from teyue.procedure.service import steps
from teyue.procedure.service.models import Change, Record
from teyue.procedure.service.queries import files
from teyue.register.parameters.queries import value

LATELY = timedelta(days=2)
WAY = (
    (Visit.State.ASSIGNED, gettext_lazy("接单")),
    (Visit.State.ACCEPTED, gettext_lazy("出发")),
    (Visit.State.EN_ROUTE, gettext_lazy("到达")),
    (Visit.State.ARRIVED, gettext_lazy("开工")),
    (Visit.State.WORKING, gettext_lazy("完工")),
    (Visit.State.FINISHED, gettext_lazy("签字")),
)
NEXT: dict[str, Step] = {
    Visit.State.ASSIGNED: dispatching.ACCEPT,
    Visit.State.ACCEPTED: dispatching.DEPART,
    Visit.State.EN_ROUTE: dispatching.ARRIVE,
    Visit.State.ARRIVED: steps.START,
}


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the standard on the technician's list."""

    no: str
    text: str
    must: bool


@dataclass(frozen=True, slots=True)
class Job:
    """One visit with all that its page shows."""

    visit: Visit
    record: Record | None
    changes: Sequence[Change]
    photos: Sequence[Attachment]
    invoices: Sequence[Attachment]
    returned: str
    refusal: Refused | None
    marks: Sequence[dict[str, object]]

    @property
    def title(self) -> str:
        """Return what is to be done, and how much of it."""
        return what(self.visit.order)

    @property
    def points(self) -> list[Point]:
        """Return the points of the standard."""
        return [
            Point(str(one["no"]), point_text(one), bool(one.get("check_required")))
            for one in self.visit.order.standard.steps
        ]

    @property
    def photos_needed(self) -> int:
        """Return how many photos the standard asks for."""
        return int(any(one.get("photo_required") for one in self.visit.order.standard.steps))

    @property
    def step(self) -> Step | None:
        """Return the step on the way to the home that comes next."""
        return NEXT.get(self.visit.state)

    @property
    def is_open(self) -> bool:
        """Tell whether pictures may still be added."""
        return self.visit.state in Visit.LIVE or bool(self.returned)

    @property
    def to_answer(self) -> list[Change]:
        """Return the changes that the household has not answered."""
        return [one for one in self.changes if one.state == Change.State.OFFERED]


def listed(actor: Actor, *, at: datetime) -> list[Visit]:
    """Return what this person has to do, and what was finished lately, soonest first."""
    return list(dispatch.jobs_of(actor, since=at - LATELY))


def job_of(actor: Actor, number: str, *, at: datetime) -> Job:
    """Return one job of this person.

    :raises DoesNotExist: when the visit was not given to this person, or long ago (I-76).
    """
    visit = (
        dispatch.seen_by(actor)
        .filter(dispatch.performing(actor))
        .select_related("order__contact")
        .get(number=number)
    )
    record = Record.objects.filter(visit=visit).select_related("office", "order").first()
    stored = list(files.files_of(visit))
    return Job(
        visit=visit,
        record=record,
        changes=list(Change.objects.filter(visit=visit).order_by("pk")),
        photos=[one for one in stored if one.kind == files.PHOTO.code],
        invoices=[one for one in stored if one.kind == files.INVOICE.code],
        returned=_returned(record),
        refusal=_against(visit, actor, at),
        marks=_marks(visit),
    )


def punctual(visit: Visit, *, at: datetime) -> tuple[str, str]:
    """Say whether the arrival was in time, with its tone; too early is not in time (C-14)."""
    if visit.arrived_at is None:
        return "", ""
    if dispatch.is_early(visit, visit.arrived_at, at=at):
        return _("早于约定时间"), "ty-2nd"
    late = dispatch.late_by(visit, visit.arrived_at, at=at)
    if not late:
        return _("准时"), "ty-done"
    return _("晚 %(n)d 分") % {"n": int(late.total_seconds() // 60)}, "ty-late"


def waits(visit: Visit, *, at: datetime) -> dict[str, Any]:
    """Return when and after how many calls somebody who is not at home may be given up."""
    minutes = value("visit.wait_min", office=visit.office_id, at=at)
    begun = max(visit.arrived_at or at, visit.appoint_from)
    return {
        "minutes": minutes,
        "until": begun + timedelta(minutes=minutes),
        "calls": value("visit.wait_calls", office=visit.office_id, at=at),
    }


def lasted(visit: Visit, *, at: datetime) -> int:
    """Return for how many minutes somebody has worked."""
    begun = visit.started_at or at
    return max(int(((visit.finished_at or at) - begun).total_seconds() // 60), 0)


def typed(moment: datetime) -> str:
    """Write a time as a form field of the telephone does."""
    return f"{local(moment):%Y-%m-%dT%H:%M}"


def _against(visit: Visit, actor: Actor, at: datetime) -> Refused | None:
    step = NEXT.get(visit.state)
    return step.objection(visit, actor=actor, at=at) if step else None


def _returned(record: Record | None) -> str:
    if record is None or record.state != Record.State.RECORDED:
        return ""
    last = audits_of(record.order).filter(record=record).last()
    if last is None or last.state != "returned" or last.at <= record.recorded_at:
        return ""
    return last.comment


def _marks(visit: Visit) -> list[dict[str, object]]:
    states = [state for state, _label in WAY]
    done = (Visit.State.CONFIRMED, Visit.State.DISPUTED)
    here = states.index(Visit.State(visit.state)) if visit.state in states else -1
    here = len(states) if visit.state in done else here
    marks = []
    for place, (_state, label) in enumerate(WAY):
        state = "on" if place < here else ("now" if place == here else "")
        marks.append({"label": label, "state": state})
    return marks
