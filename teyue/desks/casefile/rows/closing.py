"""What comes after the work: the audit, the settlement, money that goes back, the follow-up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from teyue.desks.casefile.dossier import Dossier
from teyue.desks.casefile.rows.asking import receipt_row
from teyue.desks.casefile.rows.shapes import Row, Tick, is_before, lives, stands
from teyue.desks.casefile.wording import state_of
from teyue.procedure.audit.models import CHECKS, Audit
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement.models import Settlement
from teyue.web import formats

STOPPED = (Refund.State.REJECTED, Refund.State.FAILED)


def audits(dossier: Dossier, at: datetime) -> Iterator[Row]:
    """Yield the supervisor's audits, and the one that is due (4.3.1)."""
    for audit in dossier.audits:
        passed = audit.state == Audit.State.PASSED
        facts = {"by": audit.auditor.name, "result": state_of(audit)}
        yield Row(
            name=_("主管审核"),
            form=_of_visit(audit, dossier),
            clause="4.3.1",
            at=audit.at,
            tone="" if passed else "wait",
            fact=_("%(by)s审核：%(result)s。") % facts + audit.comment,
            ticks=[Tick(label, bool(audit.checks.get(code))) for code, label in CHECKS.items()]
            if passed
            else (),
        )
    if stands(dossier, Standing.TO_AUDIT):
        yield Row(
            name=_("主管审核"),
            form=_("等主管处理"),
            clause="4.3.1",
            small=_due(dossier, at),
            state="now",
            ticks=[Tick(label, done=False) for label in CHECKS.values()],
        )
    elif is_before(dossier, Standing.TO_AUDIT):
        text = _("业主确认后，由未经手的主管按六项核对。")
        yield Row(name=_("主管审核"), clause="4.3.1", state="todo", fact=text)


def _of_visit(audit: Audit, dossier: Dossier) -> str:
    several = len(dossier.records) > 1
    return _("第 %(n)s 次") % {"n": audit.record.visit.no} if several else ""


def _due(dossier: Dossier, at: datetime) -> str:
    due = dossier.order.due_at
    return _("期限 %(when)s") % {"when": formats.until(due, at)} if due else ""


def settlements(dossier: Dossier, at: datetime) -> Iterator[Row]:
    """Yield the settlements with what was topped up, and the one to come (4.3.1)."""
    for slip in dossier.settlements:
        yield _settlement(slip, dossier)
    for receipt in dossier.receipts:
        if receipt.purpose == Receipt.Purpose.TOPUP:
            yield receipt_row(receipt)
    if not lives(dossier) or dossier.settlement:
        return
    now = stands(dossier, Standing.TO_SETTLE)
    yield Row(
        name=_("结算单"),
        form="F-13",
        clause="4.3.1",
        state="now" if now else "todo",
        fact=_("审核通过后由收银员按实际费用多退少补，先出示清单再收款。"),
        small=_due(dossier, at) if now else "",
    )


def _settlement(slip: Settlement, dossier: Dossier) -> Row:
    gap = slip.difference
    facts = {"actual": slip.actual.shown, "prepaid": slip.prepaid.shown}
    result = {
        Settlement.Kind.TOPUP: _("住户补交 %(amount)s"),
        Settlement.Kind.REFUND: _("退还住户 %(amount)s"),
        Settlement.Kind.EVEN: _("两清，不补不退"),
    }[Settlement.Kind(slip.result)]
    settled_by = slip.settled_by.name if slip.settled_by else dossier.name(slip.created_by)
    valid = slip.state != Settlement.State.REVERSED
    return Row(
        name=_("结算单"),
        form="F-13",
        clause="4.3.1",
        at=slip.settled_at,
        tone="" if valid else "wait",
        fact=_("实际费用 %(actual)s，已预交 %(prepaid)s。") % facts,
        strong=result % {"amount": abs(gap).shown},
        small=_aside(slip, settled_by),
        struck=not valid,
        sheet=("F-13", slip.number or ""),
    )


def _aside(slip: Settlement, settled_by: str) -> str:
    back = {"why": slip.reversed_because}
    if slip.state == Settlement.State.REVERSED:
        return _("已冲销：%(why)s") % back
    if slip.waits_for_reversal:
        return _("待冲销：%(why)s") % back
    return _("%(by)s办理") % {"by": settled_by}


def refunds(dossier: Dossier, at: datetime) -> Iterator[Row]:
    """Yield the refunds with who reviewed, approved and paid them (4.3.1)."""
    for refund in dossier.refunds:
        hands = {
            _("申请"): refund.requested_by,
            _("复核"): refund.reviewed_by,
            _("批准"): refund.approved_by,
            _("会签"): refund.cosigned_by,
            _("付款"): refund.paid_by,
        }
        done = [f"{dossier.name(who)}{verb}" for verb, who in hands.items() if who is not None]
        facts = {
            "why": refund.get_source_display(),
            "payee": refund.payee.name,
            "method": refund.get_method_display(),
        }
        yield Row(
            name=_("退款单"),
            form="F-14",
            clause="4.3.1",
            at=refund.paid_at or refund.created_at,
            state="now" if refund.state in Refund.PENDING else "done",
            tone="wait" if refund.state in STOPPED else "",
            fact=_("%(why)s，退给%(payee)s，%(method)s。") % facts,
            strong=_("退 %(amount)s") % {"amount": refund.amount.shown},
            small=" · ".join([state_of(refund), *done, *_reasons(refund)]),
            sheet=("F-14", refund.number or ""),
        )


def _reasons(refund: Refund) -> list[str]:
    return [text for text in (refund.rejected_because, refund.failed_because) if text]


def followup(dossier: Dossier, at: datetime) -> Iterator[Row]:
    """Yield what comes after the settlement (4.5.1)."""
    if lives(dossier) or stands(dossier, Standing.CLOSED):
        text = _("结算后由未经手本单的人员回访满意度。将来在此登记。")
        yield Row(name=_("回访记录"), form="F-20", clause="4.5.1", state="todo", fact=text)
