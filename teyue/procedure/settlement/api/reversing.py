from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Router

from teyue.foundation.lifecycle import seek
from teyue.procedure.settlement import operations, queries, steps
from teyue.procedure.settlement.api.closing import SettlementOut, settlement_out
from teyue.procedure.settlement.models import Settlement
from teyue.web.acts import act
from teyue.web.endpoints import takes
from teyue.web.people import ActedRequest
from teyue.web.shapes import ReasonIn, VersionIn

router = Router(tags=[gettext_noop("结算")])


@router.post(
    "/settlements/{number}/request_reversal", **takes(steps.REQUEST_REVERSAL, SettlementOut)
)
def request_reversal(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Ask the manager to take a settlement back (J2)."""

    def work() -> Settlement:
        slip = _sought(request, number, body)
        reason = body.reason
        return operations.request_reversal(slip, reason=reason, actor=request.actor, at=request.at)

    return act(request, work, show=settlement_out, status=200)


@router.post("/settlements/{number}/reverse", **takes(steps.REVERSE, SettlementOut))
def reverse(request: ActedRequest, number: str, body: VersionIn) -> HttpResponse:
    """Take a settlement back (冲销)."""

    def work() -> Settlement:
        slip = _sought(request, number, body)
        return operations.reverse(slip, actor=request.actor, at=request.at)

    return act(request, work, show=settlement_out, status=200)


@router.post(
    "/settlements/{number}/decline_reversal", **takes(steps.DECLINE_REVERSAL, SettlementOut)
)
def decline_reversal(request: ActedRequest, number: str, body: ReasonIn) -> HttpResponse:
    """Let a settlement stand whose reversal was asked for."""

    def work() -> Settlement:
        slip = _sought(request, number, body)
        reason = body.reason
        return operations.decline_reversal(slip, reason=reason, actor=request.actor, at=request.at)

    return act(request, work, show=settlement_out, status=200)


def _sought(request: ActedRequest, number: str, body: VersionIn) -> Settlement:
    slip = seek(queries.seen_by(request.actor), number=number)
    slip.still(body.row_version)
    return slip
