"""The shapes of what is said about a service."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from teyue.foundation.money import Money
from teyue.procedure.booking.api import Quantity, QuoteLineOut
from teyue.procedure.booking.forms import shown_line, written
from teyue.procedure.dispatch.api.keyed import PerformedIn
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.pricing.formulas import Material
from teyue.procedure.service.facts import Cause, Ending, Report, hundredths_done
from teyue.procedure.service.models import Change, Record
from teyue.procedure.service.queries import files
from teyue.web.allowed import allowed_steps
from teyue.web.people import ActedRequest
from teyue.web.shapes import In, LineOut, Moment, Out, PaperOut, Text, VersionIn, Yuan, paper


def _done(value: object) -> int:
    return hundredths_done(str(value))


Done = Annotated[int, BeforeValidator(_done), WithJsonSchema({"type": "string", "examples": ["0"]})]


class MaterialIn(In):
    """A material of the company, at cost."""

    name: Text = Field(min_length=1, max_length=60)
    quantity: Quantity = 100
    unit_cost: Yuan

    def material(self) -> Material:
        """Return it as the price is computed from it."""
        return Material(self.name, self.quantity, self.unit_cost)


class ReportIn(In):
    """What was done in the home; the amount is computed, never sent."""

    work_done: Text = Field(max_length=400)
    minutes: int = Field(ge=0, le=10_000)
    quantity: Done
    checklist: dict[str, bool] = Field(default_factory=dict, max_length=40)
    materials: list[MaterialIn] = Field(default_factory=list, max_length=40)
    household_materials: list[Text] = Field(default_factory=list, max_length=40)
    photos: list[int] = Field(default_factory=list, max_length=40)
    invoices: list[int] = Field(default_factory=list, max_length=40)
    site_cleaned: bool = True
    more_visits: bool = False
    remarks: Text = Field("", max_length=200)

    def report(self, visit: Visit) -> Report:
        """Return what was reported, with the files that belong to the visit."""
        return replace(
            self.on_paper(),
            photos=files.handed_in(visit, self.photos, kind=files.PHOTO),
            invoices=files.handed_in(visit, self.invoices, kind=files.INVOICE),
        )

    def on_paper(self) -> Report:
        """Return what was reported without files: the paper itself stands for them."""
        same = ("work_done", "minutes", "checklist", "site_cleaned", "more_visits", "remarks")
        return Report(
            **{name: getattr(self, name) for name in same},
            qty_x100=self.quantity,
            materials=tuple(used.material() for used in self.materials),
            household_materials=tuple(self.household_materials),
        )


class StartIn(PerformedIn):
    """Whether the badge was shown at the door (O8)."""

    identity_shown: bool


class RecordIn(PerformedIn):
    """The report on a visit (F-12)."""

    visit: str = Field(max_length=48, examples=["F10-YXY1-20261124-0001"])
    worked: ReportIn


class ReviseIn(PerformedIn):
    """The corrected report."""

    worked: ReportIn


class BreakIn(VersionIn):
    """A service that was broken off: because of whom, and how much of it was done (E-16)."""

    cause: Literal["company", "household"]
    done: Done
    worked: ReportIn


class ConcludeIn(VersionIn):
    """Why nobody comes again, or that all of it was done already (O22)."""

    cause: Literal["company", "household", "done"]
    reason: Text = Field(max_length=120)

    def ending(self) -> Ending:
        """Return why the service ends here."""
        return Ending(cause=Cause(self.cause), reason=self.reason)


class ChangeIn(PerformedIn):
    """Work beyond the quote (E-10)."""

    reason: Text = Field(max_length=200)
    labor: Yuan = Money(0)
    labor_text: Text = Field("", max_length=60)
    materials: list[MaterialIn] = Field(default_factory=list, max_length=40)


class RecordLine(LineOut):
    """A record in a list."""

    order: str | None
    visit: str | None
    room: str
    item_name: str
    performer: str
    amount: Yuan
    recorded_at: Moment


class RecordOut(RecordLine, PaperOut):
    """A record by itself; ``digest`` is what a confirmation and an audit are bound to."""

    work_done: str
    minutes: int
    quantity: str
    checklist: dict[str, bool]
    lines: list[QuoteLineOut]
    materials: list[dict[str, object]]
    photos: list[int]
    site_cleaned: bool
    more_visits: bool
    partial_cause: str
    remarks: str
    digest: str


class ChangeOut(PaperOut):
    """Work beyond the quote, and what the household said to it."""

    id: int
    order: str | None
    visit: str | None
    reason: str
    lines: list[QuoteLineOut]
    delta: Yuan
    accepted_at: Moment | None


class FileOut(Out):
    """A file that was handed in."""

    id: int
    kind: str
    media_type: str
    size: int


def record_line(record: Record) -> RecordLine:
    """Return a record as a list shows it."""
    return RecordLine(**_facts(record))


def record_out(request: ActedRequest, record: Record) -> RecordOut:
    """Return a record with what may be done next."""
    same = ("work_done", "minutes", "checklist", "materials", "photos", "site_cleaned")
    return RecordOut(
        **_facts(record),
        **{name: getattr(record, name) for name in (*same, "more_visits", "partial_cause")},
        remarks=record.remarks,
        quantity=written(record.qty_x100),
        lines=[QuoteLineOut(**shown_line(line)) for line in record.lines],
        digest=record.content_digest,
        allowed_steps=allowed_steps(record, actor=request.actor, at=request.at),
    )


def change_out(request: ActedRequest, change: Change) -> ChangeOut:
    """Return a change with what may be done next."""
    return ChangeOut(
        **paper(change),
        id=change.pk,
        order=change.order.number,
        visit=change.visit.number,
        reason=change.reason,
        lines=[QuoteLineOut(**shown_line(line)) for line in change.lines],
        delta=change.delta,
        accepted_at=change.accepted_at,
        allowed_steps=allowed_steps(change, actor=request.actor, at=request.at),
    )


def _facts(record: Record) -> dict[str, Any]:
    order, visit = record.order, record.visit
    return {
        **paper(record),
        "order": order.number,
        "visit": visit.number,
        "room": order.household.label,
        "item_name": f"{order.item.name_zh} {order.line.variant}".strip(),
        "performer": visit.performer.name if visit.performer else "",
        "amount": record.amount,
        "recorded_at": record.recorded_at,
    }
