"""On which page a step is taken: the one that carries its name, else the desk that does it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.urls import NoReverseMatch, reverse

from teyue.foundation.lifecycle import Document, Step
from teyue.procedure.booking.models import Order

# Step, else stage, to the desk where it is taken when it has no page of its own.
DESKS = {
    "booking": "reception",
    "cashier": "till",
    "dispatch.assign": "board",
    "dispatch": "jobs",
    "service": "jobs",
    "audit": "audits",
    "settlement.settle": "till",
    "dispute.resolve": "disputes",
}


def page_of(step: Step, paper: Document, order: Order) -> str:
    """Return the address of the page of a step, '' when it has none."""
    stage, _, verb = step.name.partition(".")
    own = f"{stage}-{verb.replace('_', '-')}"
    desk = DESKS.get(step.name, DESKS.get(stage, ""))
    pages = [_address(own, **key) for key in _keys(paper, order)]
    pages += [_address(stage, **key) for key in _keys(paper, order)] if paper.pk else []
    return next(filter(None, [*pages, _address(desk)]), "")


def _keys(paper: Document, order: Order) -> Iterator[dict[str, str | int]]:
    """Yield how a page may name a paper: by its number, its id, or the number of its order."""
    if paper.number:
        yield {"number": paper.number}
    elif paper.pk is None or paper.kind == "booking.quote":
        yield {"number": order.number or ""}
    if paper.pk is not None:
        yield {"pk": paper.pk}


@cache
def _known(name: str, *keywords: str) -> bool:
    """Tell whether a page of this name takes these keywords, asked once."""
    for sample in ("F07-A-20260101-0001", 1):
        try:
            reverse(name, kwargs=dict.fromkeys(keywords, sample))
        except NoReverseMatch:
            continue
        return True
    return False


def _address(name: str, **key: str | int) -> str:
    if not name or not _known(name, *key):
        return ""
    return reverse(name, kwargs=key)
