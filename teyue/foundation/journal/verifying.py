"""Recompute the journal: every digest, every link, and that nothing was put beneath the chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from teyue.foundation.journal import spans
from teyue.foundation.journal.models import Entry, Seal
from teyue.foundation.journal.sealing import chained, horizon, mark


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree with the chain."""

    scope: int
    place: str
    text: str

    def __str__(self) -> str:
        words = {"place": self.place, "scope": self.scope, "text": self.text}
        return _("%(place)s（范围 %(scope)s）：%(text)s") % words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of the whole journal found."""

    sealed: int
    unsealed: int
    findings: tuple[Finding, ...]


def verify(progress: Callable[[int], None] = lambda done: None) -> Verdict:
    """Recompute every digest and every link; ``progress`` hears how many entries are done."""
    findings: list[Finding] = []
    sealed = 0
    for scope in Seal.objects.order_by("scope").values_list("scope", flat=True).distinct():
        for count, found in _check_chain(scope):
            sealed += count
            findings += found
            progress(sealed)
    unsealed, beyond = 0, horizon()
    for entry in _unsealed():
        unsealed += 1
        findings += _altered(entry)
        if getattr(entry, mark()) <= beyond:
            findings.append(Finding(entry.scope, _place(entry), _("在封存之后被插入")))
        progress(sealed + unsealed)
    return Verdict(sealed, unsealed, tuple(findings))


def _unsealed() -> Iterator[Entry]:
    """Yield the entries that no link covers, wherever they stand."""
    covered = _covered()
    numbers = Entry.objects.order_by("pk").values_list("pk", flat=True).iterator()
    loose: list[int] = []
    position = 0
    for number in numbers:
        while position < len(covered) and covered[position][-1] < number:
            position += 1
        if position == len(covered) or number < covered[position][0]:
            loose.append(number)
    for begin in range(0, len(loose), 500):
        yield from Entry.objects.filter(pk__in=loose[begin : begin + 500]).order_by("pk")


def _covered() -> list[range]:
    texts = Seal.objects.values_list("spans", flat=True).iterator()
    runs = sorted((run for text in texts for run in spans.read(text)), key=lambda run: run[0])
    merged: list[range] = []
    for run in runs:
        if merged and run[0] <= merged[-1][-1] + 1:
            merged[-1] = range(merged[-1][0], max(run[-1], merged[-1][-1]) + 1)
        else:
            merged.append(run)
    return merged


def _check_chain(scope: int) -> Iterator[tuple[int, list[Finding]]]:
    previous = ""
    links = Seal.objects.filter(scope=scope).order_by("number")
    for expected, link in enumerate(links.iterator(), 1):
        place = _("封存 %(number)s") % {"number": link.number}
        findings: list[Finding] = []
        if link.number != expected or link.previous != previous:
            findings.append(Finding(scope, place, _("封存链断开")))
        entries = _entries_of(link)
        for entry in entries:
            findings += _altered(entry)
        digests = [entry.digest for entry in entries]
        if len(entries) != link.count or chained(link.previous, digests) != link.digest:
            findings.append(Finding(scope, place, _("封存的记录被增删或改动")))
        previous = link.digest
        yield len(entries), findings


def _entries_of(link: Seal) -> list[Entry]:
    runs = list(spans.read(link.spans))
    covered = {number for run in runs for number in run}
    rows = Entry.objects.filter(scope=link.scope, pk__gte=runs[0][0], pk__lte=runs[-1][-1])
    return [entry for entry in rows.order_by("pk") if entry.pk in covered]


def _altered(entry: Entry) -> list[Finding]:
    if entry.digest == entry.computed_digest():
        return []
    return [Finding(entry.scope, _place(entry), _("内容与摘要不符"))]


def _place(entry: Entry) -> str:
    return _("记录 %(number)s") % {"number": entry.pk}
