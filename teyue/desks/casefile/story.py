"""Who did what when, from the journal: one sentence a step, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from teyue.desks.casefile.dossier import Dossier
from teyue.foundation.journal.models import Entry
from teyue.foundation.lifecycle import all_steps
from teyue.foundation.money import Money
from teyue.web import formats

SUMS = ("amount", "total", "delta", "actual")
TONES = {
    "service.accept_change": "near",
    "service.refuse_change": "near",
    "dispatch.reschedule": "near",
    "dispatch.decline": "near",
    "audit.send_back": "near",
    "dispute.open": "disp",
    "dispute.resolve": "disp",
    "settlement.void": "late",
    "cashier.void": "late",
    "cashier.reverse": "late",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the story."""

    text: str
    note: str
    tone: str


def story(dossier: Dossier, *, at: datetime) -> list[Told]:
    """Return what happened to an order, newest first."""
    return list(_told(dossier, at))


def _told(dossier: Dossier, at: datetime) -> Iterator[Told]:
    steps = all_steps()
    for entry in dossier.entries:
        step = steps.get(entry.step)
        facts = {"who": dossier.name(entry.actor), "did": step.label if step else entry.step}
        money = _sum_of(entry) if dossier.whole else ""
        text = _("%(who)s %(did)s") % facts + (f" {money}" if money else "")
        yield Told(text, _when(entry, dossier, at), TONES.get(entry.step, "done"))


def _when(entry: Entry, dossier: Dossier, at: datetime) -> str:
    when = formats.stamp(entry.at, at)
    if entry.keyed_by is None:
        return when
    return when + " · " + _("%(name)s代录") % {"name": dossier.name(entry.keyed_by)}


def _sum_of(entry: Entry) -> str:
    """Return the sum that a step noted, as people read it; nothing where none was noted."""
    noted = next((str(entry.note[name]) for name in SUMS if name in entry.note), "")
    try:
        return Money.yuan(noted).shown if noted else ""
    except ValueError:
        return ""
