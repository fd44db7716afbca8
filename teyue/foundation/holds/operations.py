"""Place and lift holds, inside the turn of the paper that causes them."""

from __future__ import annotations

from datetime import datetime

from teyue.foundation import pen, sitting
from teyue.foundation.holds.models import Hold
from teyue.foundation.lifecycle import Case, Document, HoldKind


def place(kind: HoldKind, *, on: Case, by: Document, at: datetime) -> None:
    """Hold a case, which the turn has locked, for the reason that a paper gives."""
    room = _room(on)
    hold = Hold(code=kind.code, case_kind=on.kind, placed_by_kind=by.kind, placed_at=at)
    hold.case, hold.placed_by = on, by
    on.held = " ".join(sorted({*on.held.split(), kind.code}))
    room.write(on)
    room.append(hold)


def lift(kind: HoldKind, *, on: Case, by: Document, at: datetime) -> None:
    """Lift the hold that a paper had placed; the case stays held while another paper holds it."""
    room = _room(on)
    holds = Hold.objects.filter(code=kind.code, case_kind=on.kind, case_id=on.pk, lifted_at=None)
    with pen.held(Hold):
        holds.filter(placed_by_kind=by.kind, placed_by_id=by.pk).update(lifted_at=at)
    if not holds.exists():
        on.held = " ".join(code for code in on.held.split() if code != kind.code)
        room.write(on)


def _room(case: Case) -> sitting.Sitting:
    room = sitting.current()
    if room is None or (case.pk is not None and not room.knows(case)):
        raise RuntimeError("holds are placed and lifted only while a step has locked the case")
    return room
