"""The shapes of what goes over the API: money, times, papers, lists, problems."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from teyue.foundation import clock
from teyue.foundation.lifecycle import Document
from teyue.foundation.money import Money
from teyue.web.days import out_of_reach

T = TypeVar("T")

_OF_EVERY_PAPER = ("number", "state", "state_since", "row_version")
_YUAN = {"type": "string", "pattern": r"^-?[0-9]{1,16}(\.[0-9]{1,2})?$", "examples": ["191.60"]}
_MOMENT = {"type": "string", "format": "date-time", "examples": ["2026-11-24T10:42:00+08:00"]}


def _money(value: Any) -> Money:
    if isinstance(value, Money):
        return value
    if not isinstance(value, str):
        raise ValueError(_('金额请写成带引号的小数，例如 "12.50"。'))
    return Money.typed(value)


def _moment(value: datetime) -> str:
    return clock.local(value).isoformat(timespec="seconds")


def _in_reach(value: date) -> date:
    if not clock.is_in_reach(value):
        raise ValueError(out_of_reach())
    return value


def _utc(value: datetime) -> datetime:
    _in_reach(value)
    return value.astimezone(UTC)


Yuan = Annotated[
    Money,
    PlainValidator(_money),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(_YUAN),
]
"""An amount: a decimal string in yuan; the paper around it says ``currency``."""

Moment = Annotated[
    datetime, PlainSerializer(_moment, return_type=str), WithJsonSchema(_MOMENT, "serialization")
]
"""An instant in an answer: ISO 8601 with the offset of the house."""

GivenMoment = Annotated[AwareDatetime, AfterValidator(_utc)]
"""An instant in a request: ISO 8601 with any offset."""

GivenDay = Annotated[date, AfterValidator(_in_reach)]
"""A day in a request, near enough to count days from it."""

Text = Annotated[str, StringConstraints(strip_whitespace=True)]
"""A text in a request; narrow it with ``Field(max_length=…)``."""


class In(Schema):
    """A request; what the endpoint does not know is refused, never ignored."""

    model_config = ConfigDict(extra="forbid")


class VersionIn(In):
    """Which version was shown, so that nothing newer is overwritten."""

    row_version: int | None = None


class ReasonIn(VersionIn):
    """A step that needs a reason."""

    reason: Text = Field(max_length=200)


class Out(Schema):
    """An answer."""


class AllowedStep(Out):
    """A step as seen from a paper: may this person take it now, and if not, why not."""

    operation: str = Field(examples=["settlement.settle"])
    label: str = Field(examples=["结算"])
    clause: str = Field(examples=["4.3.1"])
    allowed: bool
    reason: str | None = None


class LineOut(Out):
    """What every paper shows in a list; a stage adds its own facts."""

    number: str | None
    state: str
    state_since: Moment | None = None
    row_version: int
    currency: Literal["CNY"] = "CNY"


class PaperOut(LineOut):
    """What every paper shows by itself: the same, and what may be done next."""

    allowed_steps: list[AllowedStep]


def paper(document: Document) -> dict[str, Any]:
    """Return what every paper shows, to begin the answer of a stage with."""
    return {name: getattr(document, name) for name in _OF_EVERY_PAPER}


class ListOut(Out, Generic[T]):
    """One page of a list; ``after`` and ``before`` take the two cursors."""

    items: list[T]
    next: str | None = None
    previous: str | None = None


class ListWords(Schema):
    """The words that every list understands in its address; a stage adds its filters."""

    after: str | None = Field(None, description=gettext_noop("下一页的游标"))
    before: str | None = Field(None, description=gettext_noop("上一页的游标"))
    limit: int = Field(50, ge=1, le=200)
    sort: str | None = None
    q: str | None = Field(None, max_length=40, description=gettext_noop("查找"))


class FieldFault(Out):
    """What is wrong with one field."""

    field: str
    message: str


class Problem(Out):
    """Why not, by RFC 9457."""

    type: str = Field(examples=["urn:teyue:wrong_state"])
    title: str
    status: int
    code: str = Field(examples=["wrong_state"])
    detail: str
    clause: str | None = Field(None, examples=["4.3.1"])
    field: str | None = None
    errors: list[FieldFault] | None = None
