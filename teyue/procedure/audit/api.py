from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from teyue.foundation.lifecycle import seek
from teyue.procedure.audit import operations, queries, steps
from teyue.procedure.audit.facts import Findings
from teyue.procedure.audit.models import Audit
from teyue.procedure.service.api.shapes import RecordLine, RecordOut, record_line, record_out
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries import records
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.paging import Listing, Order
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    LineOut,
    ListOut,
    ListWords,
    Moment,
    PaperOut,
    Text,
    VersionIn,
    Yuan,
    paper,
)

router = Router(tags=[gettext_noop("审核")])
LIST = Listing(title=_("审核"), orders={"newest": Order(_("最新审核"), descending=True)})
WAITING = Listing(title=_("待审核"), orders={"newest": Order(_("最先登记"))})


class FindingsIn(VersionIn):
    """What the auditor found, bound to the digest of the record that was looked at."""

    digest: str = Field(min_length=64, max_length=64)
    checks: dict[str, bool] = Field(default_factory=dict, max_length=12)
    comment: Text = Field("", max_length=200)

    def findings(self) -> Findings:
        """Return what was found."""
        return Findings(digest=self.digest, checks=self.checks, comment=self.comment)


class AuditIn(FindingsIn):
    """Which record is audited."""

    record: str = Field(max_length=48, examples=["F12-YXY1-20261124-0001"])


class AuditLine(LineOut):
    """An audit in a list."""

    id: int
    order: str | None
    record: str | None
    room: str
    auditor: int
    amount: Yuan
    at: Moment


class AuditOut(AuditLine, PaperOut):
    """An audit by itself."""

    checks: dict[str, bool]
    comment: str
    digest: str


def audit_line(audit: Audit) -> AuditLine:
    """Return an audit as a list shows it."""
    return AuditLine(**_facts(audit))


def audit_out(request: ActedRequest, audit: Audit) -> AuditOut:
    """Return an audit."""
    return AuditOut(
        **_facts(audit),
        checks=audit.checks,
        comment=audit.comment,
        digest=audit.content_digest,
        allowed_steps=allowed_steps(audit, actor=request.actor, at=request.at),
    )


@router.get("/audits", **reads("audit.audits", gettext_noop("审核"), ListOut[AuditLine]))
def list_audits(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List the audits that may be seen, newest first."""
    return LIST.answer(queries.seen_by(request.actor), words, audit_line)


@router.get(
    "/audits/waiting", **reads("audit.waiting", gettext_noop("待审核的记录"), ListOut[RecordLine])
)
def list_waiting(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List the records that the owner confirmed and nobody has audited."""
    waiting = queries.waiting(request.actor)
    return WAITING.answer(waiting, words, record_line)


@router.get("/audits/{int:number}", **reads("audit.audit", gettext_noop("一次审核"), AuditOut))
def read_audit(request: ActedRequest, number: int) -> AuditOut:
    """Show one audit."""
    return audit_out(request, queries.seen_by(request.actor).get(pk=number))


@router.post("/audits", **begins(steps.APPROVE, AuditOut))
def approve(request: ActedRequest, body: AuditIn) -> HttpResponse:
    """Pass a confirmed record (O13)."""

    def work() -> Audit:
        record = _sought(request, body.record, body)
        return operations.approve(
            record, findings=body.findings(), actor=request.actor, at=request.at
        )

    return act(request, work, show=audit_out)


@router.post("/records/{number}/send_back", **takes(steps.SEND_BACK, RecordOut))
def send_back(request: ActedRequest, number: str, body: FindingsIn) -> HttpResponse:
    """Return a record with the reason (O14)."""

    def work() -> Record:
        record = _sought(request, number, body)
        return operations.send_back(
            record, findings=body.findings(), actor=request.actor, at=request.at
        )

    return act(request, work, show=record_out, status=200)


@router.post("/records/{number}/readmit", **takes(steps.READMIT, RecordOut))
def readmit(request: ActedRequest, number: str, body: FindingsIn) -> HttpResponse:
    """Send an unchanged record to the audit again (O14)."""

    def work() -> Record:
        record = _sought(request, number, body)
        return operations.readmit(
            record, findings=body.findings(), actor=request.actor, at=request.at
        )

    return act(request, work, show=record_out, status=200)


def _sought(request: ActedRequest, number: str, body: VersionIn) -> Record:
    record = seek(records.seen_by(request.actor), number=number)
    record.still(body.row_version)
    return record


def _facts(audit: Audit) -> dict[str, Any]:
    return {
        **paper(audit),
        "id": audit.pk,
        "order": audit.order.number,
        "record": audit.record.number,
        "room": audit.order.household.label,
        "auditor": audit.auditor_id,
        "amount": audit.record.amount,
        "at": audit.at,
    }
