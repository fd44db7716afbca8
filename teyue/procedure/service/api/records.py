from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.foundation.lifecycle import seek
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispatch.api.keyed import performer_of, resident_of
from teyue.procedure.dispatch.api.visits import sought
from teyue.procedure.service import forms, operations, steps
from teyue.procedure.service.api.shapes import (
    ConcludeIn,
    RecordIn,
    RecordLine,
    RecordOut,
    ReportIn,
    ReviseIn,
    record_line,
    record_out,
)
from teyue.procedure.service.facts import SignedRecord, Word
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.service.queries import records
from teyue.register.estate.models import Member
from teyue.web.acts import act
from teyue.web.endpoints import begins, reads, takes
from teyue.web.keyed import KeyedIn
from teyue.web.people import ActedRequest
from teyue.web.shapes import GivenMoment, In, ListOut, ListWords, Text, VersionIn

router = Router(tags=[gettext_noop("服务记录")])


class RecordWords(ListWords):
    """How the list of records may be narrowed."""

    state: str | None = Field(None, examples=["recorded"])
    order: str | None = Field(None, max_length=48)


class ConfirmIn(KeyedIn):
    """The owner's word on the record whose digest was shown (O10)."""

    digest: str = Field(min_length=64, max_length=64)
    method: Confirmation.Method
    code: Text = Field("", max_length=6)
    rating: int | None = Field(None, ge=1, le=5)
    remark: Text = Field("", max_length=200)


class ConfirmAlternativelyIn(VersionIn):
    """The evidence that stands for an owner who cannot be reached (O11)."""

    digest: str = Field(min_length=64, max_length=64)
    evidence: Text = Field(max_length=120)


class PaperIn(In):
    """The scan of a signed paper."""

    kind: Literal["paper_sign"] = "paper_sign"
    reference: Text = Field(min_length=1, max_length=120, examples=["F12-YXY1-0007 扫描"])


class KeyedRecordIn(In):
    """A paper F-12 that technician and owner signed, with the times that stand on it (I-70).

    What the paper does not say: accepted and departed as it arrived, begun as it arrived,
    confirmed as it was finished.
    """

    order: str = Field(max_length=48, examples=["F07-YXY1-20261124-0001"])
    worked: ReportIn
    confirmer: int | Literal["requester", "payer", "contact"] = "requester"
    evidence: PaperIn
    accepted_at: GivenMoment | None = None
    departed_at: GivenMoment | None = None
    arrived_at: GivenMoment
    started_at: GivenMoment | None = None
    finished_at: GivenMoment
    confirmed_at: GivenMoment | None = None
    identity_shown: bool = True
    rating: int | None = Field(None, ge=1, le=5)
    remark: Text = Field("", max_length=200)

    def times(self) -> dict[str, datetime]:
        """Return when everything happened."""
        return {
            "accepted_at": self.accepted_at or self.arrived_at,
            "departed_at": self.departed_at or self.arrived_at,
            "arrived_at": self.arrived_at,
            "started_at": self.started_at or self.arrived_at,
            "finished_at": self.finished_at,
            "confirmed_at": self.confirmed_at or self.finished_at,
        }


_KEYED = begins(steps.RECORD, RecordOut) | {
    "operation_id": "service.key_signed_record",
    "summary": gettext_noop("补录签字纸单：接单、出发、到达、开工、完工登记、业主确认"),
}


@router.get("/records", **reads("service.records", gettext_noop("服务记录"), ListOut[RecordLine]))
def list_records(request: ActedRequest, words: Query[RecordWords]) -> dict[str, object]:
    """List the records that may be seen, newest first."""
    seen = records.seen_by(request.actor)
    return forms.LIST.answer(seen, words, record_line)


@router.post("/records", **begins(steps.RECORD, RecordOut))
def record(request: ActedRequest, body: RecordIn) -> HttpResponse:
    """Record what was done on a visit, before leaving the home (O9, F-12)."""

    def work() -> Record:
        visit = sought(request, body.visit, body)
        return operations.record(
            visit,
            report=body.worked.report(visit),
            actor=performer_of(visit, body, request),
            at=request.at,
        )

    return act(request, work, show=record_out)


# Before the address of one record, which would take “keyed” for a number.
@router.post("/records/keyed", **_KEYED)
def key_signed_record(request: ActedRequest, body: KeyedRecordIn) -> HttpResponse:
    """Take in a paper that both signed: every step from the acceptance to the owner's word."""

    def work() -> Record:
        order = seek(orders.seen_by(request.actor), number=body.order)
        paper = SignedRecord(
            **body.times(),
            report=body.worked.on_paper(),
            signer=_signer(order, body),
            scan=body.evidence.reference,
            identity_shown=body.identity_shown,
            rating=body.rating,
            remark=body.remark,
        )
        return operations.key_signed_record(order, paper=paper, typist=request.actor, at=request.at)

    return act(request, work, show=record_out)


@router.get(
    "/records/{number}", **reads("service.read_record", gettext_noop("一份服务记录"), RecordOut)
)
def read_record(request: ActedRequest, number: str) -> RecordOut:
    """Show one record."""
    return record_out(request, records.seen_by(request.actor).get(number=number))


@router.post("/records/{number}/revise", **takes(steps.REVISE, RecordOut))
def revise(request: ActedRequest, number: str, body: ReviseIn) -> HttpResponse:
    """Correct a record that waits for the owner."""

    def work() -> Record:
        written = _sought(request, number, body)
        return operations.revise(
            written,
            report=body.worked.report(written.visit),
            actor=performer_of(written.visit, body, request),
            at=request.at,
        )

    return act(request, work, show=record_out, status=200)


@router.post("/records/{number}/confirm", **takes(steps.CONFIRM, RecordOut))
def confirm(request: ActedRequest, number: str, body: ConfirmIn) -> HttpResponse:
    """Let the owner confirm what was shown (O10)."""

    def work() -> Record:
        written = _sought(request, number, body)
        who, member = resident_of(written.order, body, request)
        word = Word(
            digest=body.digest,
            method=body.method,
            member=member,
            evidence=body.code or (body.evidence.reference if body.evidence else ""),
            rating=body.rating,
            remark=body.remark,
        )
        return operations.confirm(written, word=word, actor=who, at=request.at)

    return act(request, work, show=record_out, status=200)


@router.post(
    "/records/{number}/confirm_alternatively", **takes(steps.CONFIRM_ALTERNATIVELY, RecordOut)
)
def confirm_alternatively(
    request: ActedRequest, number: str, body: ConfirmAlternativelyIn
) -> HttpResponse:
    """Confirm on objective evidence for an owner who cannot be reached (O11, E-14)."""

    def work() -> Record:
        written = _sought(request, number, body)
        word = Word(
            digest=body.digest,
            method=Confirmation.Method.EVIDENCE,
            member=None,
            evidence=body.evidence,
        )
        return operations.confirm_alternatively(
            written, word=word, actor=request.actor, at=request.at
        )

    return act(request, work, show=record_out, status=200)


@router.post("/records/{number}/conclude", **takes(steps.CONCLUDE, RecordOut))
def conclude(request: ActedRequest, number: str, body: ConcludeIn) -> HttpResponse:
    """Give up the visits that were still planned (O22, E-16)."""

    def work() -> Record:
        written = _sought(request, number, body)
        return operations.conclude(
            written, ending=body.ending(), actor=request.actor, at=request.at
        )

    return act(request, work, show=record_out, status=200)


def _sought(request: ActedRequest, number: str, body: VersionIn) -> Record:
    written = seek(records.seen_by(request.actor), number=number)
    written.still(body.row_version)
    return written


def _signer(order: Order, body: KeyedRecordIn) -> Member:
    named = body.confirmer
    person = named if isinstance(named, int) else getattr(order, f"{named}_id")
    return orders.members_of(order.household_id).get(person=person)
