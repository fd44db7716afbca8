"""All papers of one order, read in a constant number of statements, as far as one may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from teyue.foundation.actors import Actor
from teyue.foundation.journal.models import Entry
from teyue.foundation.lifecycle import Document
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.booking.queries import orders
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.cashier.models import Receipt, Transfer
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.refund.models import Refund
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.procedure.settlement.models import Settlement
from teyue.register.estate.models import Person
from teyue.register.people.queries import SYSTEM_ID, system

LONGEST_STORY = 200
BY = (
    "created_by",
    "assigned_by",
    "taken_by",
    "decided_by",
    "requested_by",
    "reviewed_by",
    "approved_by",
    "cosigned_by",
    "paid_by",
)


@dataclass(slots=True, kw_only=True)
class Dossier:
    """The papers of an order in the order of the procedure; ``whole`` is False for a performer,
    who sees the own visits and nothing of the money (I-76)."""

    order: Order
    whole: bool
    quotes: list[Quote] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    transfers: list[Transfer] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    words: list[Confirmation] = field(default_factory=list)
    audits: list[Audit] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)

    def name(self, person: int | None) -> str:
        """Return how somebody is called, nothing for nobody."""
        return self.names.get(person, "") if person is not None else ""

    @property
    def visit(self) -> Visit | None:
        """Return the last visit."""
        return self.visits[-1] if self.visits else None

    @property
    def record(self) -> Record | None:
        """Return the last record."""
        return self.records[-1] if self.records else None

    @property
    def quote(self) -> Quote | None:
        """Return the quote that the household accepted, else the last one."""
        accepted = [quote for quote in self.quotes if quote.state == Quote.State.ACCEPTED]
        known = accepted or self.quotes
        return known[-1] if known else None

    @property
    def settlement(self) -> Settlement | None:
        """Return the settlement in force, if there is one."""
        settled = (one for one in self.settlements if one.state == Settlement.State.SETTLED)
        return next(settled, None)

    def _is_asked_of(self, transfer: Transfer) -> bool:
        """Tell whether finance has still to decide on money of this very order."""
        mine = transfer.order_id == self.order.pk
        return mine and transfer.state == Transfer.State.REQUESTED

    @property
    def record_now(self) -> list[Record]:
        """Return the record that may move now: which the owner has not confirmed, which the audit
        has not passed, else the last."""
        passed = {one.record_id for one in self.audits if _counts(one, self.audits)}
        unconfirmed = [one for one in self.records if one.state != Record.State.CONFIRMED]
        unpassed = [one for one in self.records if one.pk not in passed]
        to_audit = self.order.standing == Standing.TO_AUDIT
        waiting = unconfirmed or (unpassed if to_audit else [])
        return waiting[:1] or self.records[-1:]

    @property
    def earlier_receipts(self) -> list[Receipt]:
        """Return the receipts before the last that are still in force."""
        return [one for one in self.receipts[:-1] if one.state == Receipt.State.ISSUED]

    def current(self) -> list[Document]:
        """Return the order and the papers that may move now, at most one of a kind."""
        last = (
            self.quotes,
            self.receipts,
            [one for one in self.transfers if self._is_asked_of(one)],
            self.overrides,
            self.visits,
            [one for one in self.changes if one.state == Change.State.OFFERED],
            self.record_now,
            self.settlements,
            [one for one in self.refunds if one.state in (*Refund.PENDING, Refund.State.PAID)],
            [one for one in self.disputes if one.state == Dispute.State.OPEN],
        )
        return [self.order, *(papers[-1] for papers in last if papers)]


def _counts(audit: Audit, audits: Iterable[Audit]) -> bool:
    """Tell whether an audit passed its record as it is now, and nobody sent it back later."""
    last = max(one.pk for one in audits if one.record_id == audit.record_id) == audit.pk
    passed = audit.state == Audit.State.PASSED
    return last and passed and audit.content_digest == audit.record.content_digest


def opened(actor: Actor, number: str) -> Dossier:
    """Read the case of an order number.

    :raises DoesNotExist: when there is none, or this person may not see it.
    """
    order = orders.seen_by(actor).filter(number=number).first()
    if order is not None:
        return _whole(order)
    visits = list(dispatch.seen_by(actor).filter(order__number=number).order_by("no"))
    if not visits:
        raise Order.DoesNotExist(number)
    order = Order.along_with().get(pk=visits[0].order_id)
    return _completed(_work(Dossier(order=order, whole=False, visits=visits)))


def _whole(order: Order) -> Dossier:
    of_order = {"order": order}
    found = Dossier(
        order=order,
        whole=True,
        quotes=_read(Quote, of_order, "quoted_by", "accepted_by", by="no"),
        receipts=_read(Receipt, of_order, "issued_by", "payer", "shift", "replaces"),
        transfers=list(cashier.transfers_of(order)),
        overrides=_read(Override, of_order, "approved_by"),
        visits=_read(Visit, of_order, "staff__person", "firm", "worker", "performer", by="no"),
        audits=_read(Audit, of_order, "auditor"),
        settlements=_read(Settlement, of_order, "settled_by", "audited_by", "receipt", "refund"),
        refunds=_read(Refund, of_order, "payee", "original_receipt", "shift"),
        disputes=_read(Dispute, of_order),
    )
    return _completed(_work(found))


def _work(found: Dossier) -> Dossier:
    """Read what was done on the visits, each standing in the copies that were read already."""
    visits = {visit.pk: visit for visit in found.visits}
    on_them = {"visit__in": list(visits)}
    found.changes = _read(Change, on_them, "offered_by", "accepted_by")
    found.records = _read(Record, on_them, "recorded_by", by="visit__no")
    on_visits: list[Change | Record] = [*found.changes, *found.records]
    for paper in on_visits:
        paper.visit = visits[paper.visit_id]
    said = Confirmation.objects.filter(record__in=found.records).select_related("person")
    found.words = list(said.order_by("pk"))
    return found


def _read(kind: type[Any], which: dict[str, Any], *along: str, by: str = "pk") -> list[Any]:
    return list(kind.objects.filter(**which).select_related("office", *along).order_by(by, "pk"))


def _completed(found: Dossier) -> Dossier:
    """Join the papers to the order, and read the journal and everybody's name."""
    records = {record.pk: record for record in found.records}
    for paper in _papers(found):
        paper.order = found.order
    for transfer in found.transfers:
        if transfer.order_id == found.order.pk:
            transfer.order = found.order
    judgments: list[Audit | Dispute] = [*found.audits, *found.disputes]
    for judged in judgments:
        judged.record = records[judged.record_id]
    entries = Entry.objects.filter(case_id=found.order.pk).order_by("-pk")
    if not found.whole:
        mine = [(paper.kind, paper.pk) for paper in (*found.visits, *found.records)]
        entries = entries.filter(document_kind__in={kind for kind, _ in mine})
        found.entries = [
            one for one in entries[:LONGEST_STORY] if (one.document_kind, one.document_id) in mine
        ]
    else:
        found.entries = list(entries[:LONGEST_STORY])
    found.names = _names(found)
    return found


def _papers(found: Dossier) -> Iterable[Any]:
    yield from found.quotes
    yield from found.receipts
    yield from found.overrides
    yield from found.visits
    yield from found.changes
    yield from found.records
    yield from found.audits
    yield from found.settlements
    yield from found.refunds
    yield from found.disputes


def _hand(paper: Any, by: str) -> int | None:
    """Return the id of who did something to a paper, whether it holds the id or the relation."""
    held: int | None = getattr(paper, f"{by}_id", None) or getattr(paper, by, None)
    return held


def _names(found: Dossier) -> dict[int, str]:
    wanted = {_hand(paper, by) for paper in _papers(found) for by in BY}
    wanted |= {word.taken_by for word in found.words} | {found.order.registered_by_id}
    wanted |= {one.actor for one in found.entries} | {one.keyed_by for one in found.entries}
    known: list[int] = [person for person in wanted if person]
    people = Person.objects.filter(pk__in=known)
    return dict(people.values_list("pk", "name")) | {SYSTEM_ID: system().name}
