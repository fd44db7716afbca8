"""The bar above the papers: which steps of the procedure an order has behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.desks.casefile.dossier import Dossier
from teyue.procedure.booking.models import ENDED, Standing
from teyue.web import formats

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

When = Callable[[Dossier], datetime | None]


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of the bar."""

    label: StrOrPromise
    state: Literal["on", "now", ""]
    note: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of the way: the standings in which it is under way, and when it was done."""

    label: StrOrPromise
    standings: tuple[Standing, ...]
    done_at: When


def _accepted(dossier: Dossier) -> datetime | None:
    return dossier.order.accepted_at


def _paid(dossier: Dossier) -> datetime | None:
    return dossier.receipts[0].issued_at if dossier.receipts else None


def _sent(dossier: Dossier) -> datetime | None:
    return dossier.visit.assigned_at if dossier.visit else None


def _served(dossier: Dossier) -> datetime | None:
    return dossier.record.recorded_at if dossier.record else None


def _confirmed(dossier: Dossier) -> datetime | None:
    return dossier.words[-1].at if dossier.words else None


def _audited(dossier: Dossier) -> datetime | None:
    return dossier.audits[-1].at if dossier.audits else None


def _settled(dossier: Dossier) -> datetime | None:
    return dossier.settlement.settled_at if dossier.settlement else None


def _registered(dossier: Dossier) -> datetime | None:
    return dossier.order.registered_at


def _never(dossier: Dossier) -> datetime | None:
    return None


WAY = (
    _Stretch(gettext_lazy("登记"), (), _registered),
    _Stretch(gettext_lazy("报价"), (Standing.REGISTERED, Standing.QUOTED), _accepted),
    _Stretch(gettext_lazy("预交"), (Standing.AWAITING_PAYMENT,), _paid),
    _Stretch(gettext_lazy("派工"), (Standing.READY,), _sent),
    _Stretch(gettext_lazy("服务"), (Standing.DISPATCHED, Standing.IN_SERVICE), _served),
    _Stretch(gettext_lazy("业主确认"), (Standing.TO_CONFIRM, Standing.DISPUTED), _confirmed),
    _Stretch(gettext_lazy("主管审核"), (Standing.TO_AUDIT,), _audited),
    _Stretch(gettext_lazy("结算"), (Standing.TO_SETTLE,), _settled),
    _Stretch(gettext_lazy("回访"), (Standing.SETTLED, Standing.CLOSED), _never),
)


def place_of(standing: str) -> int:
    """Return which mark of the bar a standing is at, from 1; 0 for an order that ended early."""
    known = (n for n, part in enumerate(WAY, 1) if standing in part.standings)
    return next(known, 0)


def marks(dossier: Dossier, *, at: datetime) -> list[Mark]:
    """Return the bar: what is done with its day, what is under way with its deadline."""
    here = place_of(dossier.order.standing) or _reached(dossier)
    ended = dossier.order.standing in ENDED
    bar = []
    for n, part in enumerate(WAY, 1):
        state: Literal["on", "now", ""] = "on" if n < here else "now" if n == here else ""
        if ended and state == "now":
            state = ""
        note = _note(dossier, part, state, at)
        bar.append(Mark(part.label, state, note, late=_is_late(dossier, part, state, at)))
    return bar


def _reached(dossier: Dossier) -> int:
    """Return the mark after the last one that was done."""
    done = [n for n, part in enumerate(WAY, 1) if part.done_at(dossier)]
    return max(done, default=0) + 1


def _is_late(dossier: Dossier, part: _Stretch, state: str, at: datetime) -> bool:
    due = dossier.order.due_at
    return state == "now" and due is not None and due < at and part.done_at is not _never


def _note(dossier: Dossier, part: _Stretch, state: str, at: datetime) -> str:
    due = dossier.order.due_at
    if state == "now" and due and part.done_at is not _never:
        late = _("%(when)s 逾期") if _is_late(dossier, part, state, at) else _("%(when)s 前")
        return late % {"when": formats.until(due, at)}
    done = part.done_at(dossier) if state == "on" else None
    return formats.stamp(done, at) if done else ""
