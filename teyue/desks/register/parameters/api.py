from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.desks.register import shapes
from teyue.desks.register.parameters import pages
from teyue.foundation.lifecycle import seek
from teyue.register.company import queries as company
from teyue.register.parameters import operations, queries, steps
from teyue.register.parameters.kinds import show
from teyue.register.parameters.models import Value
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.paging import Listing, Order
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    GivenMoment,
    In,
    LineOut,
    ListOut,
    ListWords,
    Moment,
    Out,
    PaperOut,
    Text,
    paper,
)

router = Router(tags=[gettext_noop("参数")])
VALUES = Listing(title="参数的提议", orders={"newest": Order("最新在前", descending=True)})


class ParameterOut(Out):
    """A parameter: the default, and what holds now since when."""

    key: str
    label: str
    clause: str
    kind: str
    default: str = Field(description=gettext_noop("写法与提议时相同"))
    default_text: str
    value_text: str
    since: Moment | None = Field(description=gettext_noop("空为程序的默认值"))


class ValueLine(LineOut):
    """A proposed or decided value in a list."""

    id: int
    key: str
    value: str
    office: str | None
    from_at: Moment
    reason: str


class ValueOut(PaperOut, ValueLine):
    """A proposed or decided value."""


class ProposeIn(In):
    """A new value, from when on, and why; without an office it holds everywhere."""

    key: str = Field(max_length=48, examples=["prepay.rate_bp"])
    value: Text = Field(max_length=40, examples=["30%"])
    office: str | None = None
    from_at: GivenMoment | None = None
    reason: Text = Field(max_length=120)


def value_line(value: Value) -> ValueLine:
    """Show a proposed or decided value in a list."""
    names = ("key", "value", "from_at", "reason")
    return ValueLine(
        **paper(value),
        **{name: getattr(value, name) for name in names},
        id=value.pk,
        office=value.office.code if value.office else None,
    )


def value_out(request: ActedRequest, value: Value) -> ValueOut:
    """Show a proposed or decided value."""
    steps_on = allowed_steps(value, actor=request.actor, at=request.at)
    return ValueOut(**value_line(value).model_dump(), allowed_steps=steps_on)


@router.get(
    "/parameters", **reads("parameters.parameters", gettext_noop("参数"), list[ParameterOut])
)
def list_parameters(request: ActedRequest, office: str | None = None) -> list[ParameterOut]:
    """List all parameters with what holds now, clause by clause."""
    chosen = shapes.office_named(request.actor, company.READ, office)
    table = pages.table(office=chosen.pk, text="", at=request.at)
    return [_parameter(line) for clause in table for line in clause.lines]


@router.get(
    "/parameters/values",
    **reads("parameters.values", gettext_noop("参数的提议"), ListOut[ValueLine]),
)
def list_values(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List what was proposed and decided, the newest first."""
    rows = queries.seen_by(request.actor).select_related("office")
    return VALUES.answer(rows, words, value_line)


@router.post("/parameters", **begins(steps.PROPOSE, ValueOut))
def propose(request: ActedRequest, body: ProposeIn) -> HttpResponse:
    """Propose a value; it holds once the general manager approves."""

    def work() -> Value:
        proposal = operations.Proposal(
            body.key,
            body.value,
            shapes.office_or_all(request.actor, steps.PROPOSE.power, body.office),
            body.from_at or request.at,
            body.reason,
        )
        return operations.propose(proposal, actor=request.actor, at=request.at)

    return act(request, work, show=value_out)


@router.post("/parameters/{int:number}/approve", **takes(steps.APPROVE, ValueOut))
def approve(request: ActedRequest, number: int) -> HttpResponse:
    """Let a proposed value hold."""

    def work() -> Value:
        value = seek(queries.seen_by(request.actor), pk=number)
        return operations.approve(value, actor=request.actor, at=request.at)

    return act(request, work, show=value_out, status=200)


@router.post("/parameters/{int:number}/reject", **takes(steps.REJECT, ValueOut))
def reject(request: ActedRequest, number: int) -> HttpResponse:
    """Leave a value as it is."""

    def work() -> Value:
        value = seek(queries.seen_by(request.actor), pk=number)
        return operations.reject(value, actor=request.actor, at=request.at)

    return act(request, work, show=value_out, status=200)


def _parameter(line: pages.Line) -> ParameterOut:
    one = line.parameter
    return ParameterOut(
        key=one.key,
        label=str(one.label),
        clause=one.clause,
        kind=one.kind,
        default=show(one.kind, one.default),
        default_text=line.default,
        value_text=line.value,
        since=line.since,
    )
