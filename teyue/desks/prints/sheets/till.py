"""F-25: the day close of a shift (C-22)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from teyue.desks.prints.sheets.heads import Printer, head, signed
from teyue.foundation.money import NOTHING, Money, total
from teyue.foundation.refusal import Refused
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.models import Method, Printing, Receipt, Shift
from teyue.procedure.refund.models import Refund
from teyue.web.prints import parts
from teyue.web.prints.sheets import CloseSheet, Variance

YUAN, JIAO = 100, 10


def close_sheet(shift: Shift, printer: Printer) -> CloseSheet:
    """Return F-25 of a counted shift.

    :raises Refused: ``not_counted`` before the blind count, which must stay blind.
    """
    if shift.counted is None or shift.expected is None:
        text = _("这一班还没有盘点，盘点后才能打印日结单。")
        raise Refused("not_counted", text, clause="3.5")
    gap = shift.variance or NOTHING
    taken, refunds = till.takings(shift), _refunds(shift)
    cash_refunds = total(refunds[Method.CASH])
    return CloseSheet(
        **head(printer, shift.office, shift.number or ""),
        drawer=shift.drawer.name,
        cashier=shift.cashier.name,
        opened_at=shift.opened_at,
        closed_at=shift.closed_at or shift.state_since or printer.at,
        takings=tuple(_taking(method, taken, refunds) for method in Method),
        float_given=shift.float_amount,
        cash_in=taken.get(Method.CASH, (0, NOTHING))[1],
        cash_refunds=cash_refunds,
        banked=NOTHING,
        expected=shift.expected,
        denominations=_denominations(shift),
        counted=shift.counted,
        variance_kind=_way(gap),
        variance=abs(gap),
        variance_reason=shift.variance_reason,
        float_kept=shift.counted - shift.banked,
        to_bank=shift.banked,
        bank_slip=shift.bank_slip,
        **_receipts(shift),
        closed=signed(shift.cashier, shift.closed_at),
        verified=signed(shift.verified_by, shift.verified_at),
    )


def _receipts(shift: Shift) -> dict[str, Any]:
    """Return how many receipts there are, between which serials, and what became of them."""
    (first, last), issued = till.serials(shift), till.issued(shift)
    return {
        "first_serial": _serial(first),
        "last_serial": _serial(last),
        "receipts": issued.valid,
        "reissued": issued.reissued,
        "voided_serials": _voided(shift),
        "reprints": _reprints(shift),
    }


def _way(gap: Money) -> Variance:
    return "over" if gap > NOTHING else "short" if gap < NOTHING else "even"


def _refunds(shift: Shift) -> dict[str, list[Money]]:
    found: dict[str, list[Money]] = defaultdict(list)
    for method, amount in Refund.objects.filter(shift=shift).values_list("method", "amount"):
        found[method].append(amount)
    return found


def _taking(
    method: Method, taken: dict[str, tuple[int, Money]], refunds: dict[str, list[Money]]
) -> parts.Taking:
    number, amount = taken.get(method, (0, NOTHING))
    back = refunds[method]
    return parts.Taking(
        method=str(method.label),
        receipts=number,
        taken=amount,
        refunds=len(back),
        refunded=total(back),
    )


def _denominations(shift: Shift) -> tuple[parts.Denomination, ...]:
    counted = sorted(((int(worth), n) for worth, n in shift.counts.items()), reverse=True)
    return tuple(
        parts.Denomination(face=_face(worth), pieces=pieces, amount=Money(worth * pieces))
        for worth, pieces in counted
    )


def _face(worth: int) -> str:
    if worth >= YUAN:
        return _("%(n)d 元") % {"n": worth // YUAN}
    return _("%(n)d 角") % {"n": worth // JIAO} if worth >= JIAO else _("%(n)d 分") % {"n": worth}


def _serial(serial: int | None) -> str:
    return f"{serial:07d}" if serial is not None else ""


def _voided(shift: Shift) -> str:
    gone = Receipt.objects.filter(shift=shift).exclude(state=Receipt.State.ISSUED)
    serials = gone.order_by("pk").values_list("serial", flat=True)
    return _("、").join(f"No. {_serial(serial)}" for serial in serials)


def _reprints(shift: Shift) -> int:
    receipts = Receipt.objects.filter(shift=shift).values("pk")
    kind = Receipt._meta.label_lower
    again = Printing.objects.filter(document_kind=kind, document_id__in=receipts, n__gt=1)
    return again.count()
