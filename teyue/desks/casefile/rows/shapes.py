"""What one line of the case file says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from teyue.desks.casefile.dossier import Dossier
from teyue.procedure.booking.models import ENDED, Standing

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FORM_CODE = re.compile(r"F-\d+ ?")
PROCEDURE = (
    Standing.REGISTERED,
    Standing.QUOTED,
    Standing.AWAITING_PAYMENT,
    Standing.READY,
    Standing.DISPATCHED,
    Standing.IN_SERVICE,
    Standing.TO_CONFIRM,
    Standing.DISPUTED,
    Standing.TO_AUDIT,
    Standing.TO_SETTLE,
    Standing.SETTLED,
    Standing.CLOSED,
)


@dataclass(frozen=True, slots=True)
class Tick:
    """One point that is looked at."""

    label: StrOrPromise
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A paper on the page: ``state`` is done, now or todo; ``sheet`` names form and number of
    its print; ``photos`` are ids of stored files."""

    name: StrOrPromise
    form: str = ""
    clause: str
    at: datetime | None = None
    state: Literal["done", "now", "todo"] = "done"
    tone: str = ""
    fact: StrOrPromise = ""
    strong: StrOrPromise = ""
    small: StrOrPromise = ""
    struck: bool = False
    stars: int = 0
    ticks: Sequence[Tick] = ()
    photos: Sequence[int] = ()
    sheet: tuple[str, str] | None = None

    @property
    def plain_form(self) -> str:
        """Return what stands beside the name for a household, which knows no codes of forms."""
        return FORM_CODE.sub("", str(self.form))


def lives(dossier: Dossier) -> bool:
    """Tell whether the order still goes on."""
    return dossier.order.standing not in ENDED


def stands(dossier: Dossier, *standings: Standing) -> bool:
    """Tell whether the order stands in one of these."""
    return dossier.order.standing in standings


def is_before(dossier: Dossier, standing: Standing) -> bool:
    """Tell whether a live order has not come as far as a standing."""
    known = [str(one) for one in PROCEDURE]
    return lives(dossier) and known.index(dossier.order.standing) < known.index(standing)
