"""The small approved set: what comes before the first order, without its own steps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from teyue.desks.demo import papers, people
from teyue.foundation import pen, sitting
from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Document
from teyue.foundation.lifecycle.desk import number_now
from teyue.foundation.refusal import Refused
from teyue.procedure.announcement.models import Announcement, Posting
from teyue.procedure.approval.models import Proposal
from teyue.procedure.planning.models import Category, Item
from teyue.procedure.pricing.models import PriceLine, PriceList, Standard
from teyue.procedure.subcontracting.models import Firm, FirmItem, Worker, WorkerCertificate
from teyue.register.company import edition
from teyue.register.company import queries as company
from teyue.register.company.models import Department, Office
from teyue.register.estate.models import Person
from teyue.register.estate.persons import phone_keys
from teyue.register.people.models import Role
from teyue.register.people.queries import holders

D = TypeVar("D", bound=Document)

SMALL_SET = (
    Category,
    Item,
    PriceList,
    PriceLine,
    Standard,
    Firm,
    FirmItem,
    Worker,
    WorkerCertificate,
    Proposal,
    Announcement,
    Posting,
)
DECIDED_BEFORE, PUBLISHED_BEFORE = timedelta(days=7), timedelta(days=3)
VALID_FOR = timedelta(days=540)
PLACES = (
    (Posting.Channel.GATE, "小区东大门"),
    (Posting.Channel.BOARD, "三栋大堂公告栏"),
)


def approve_small_set(*, actor: Actor, at: datetime) -> Proposal:
    """Write what must be approved before the first order, in force from ``at``.

    The general manager (``actor``) decided seven days before, the notices hang since three.

    :raises Refused: ``not_a_demo`` outside a company of kind demo; ``small_set_exists``.
    """
    if not company.is_demo():
        raise Refused("not_a_demo", _("只有演示公司可以直接写入项目和价目，请您按程序逐项报批。"))
    office = Office.objects.earliest("pk")
    if Item.objects.filter(office=office).exists():
        raise Refused("small_set_exists", _("本管理处已有服务项目，不能重复写入，请您直接使用。"))
    with sitting.opened(), pen.held(*SMALL_SET):
        items = _items(office, actor, at)
        lines = _prices(office, items, actor, at)
        _firms(office, items, actor, at)
        proposal = _decided(office, items, lines, actor, at)
    edition.replace()
    return proposal


def _items(office: Office, actor: Actor, at: datetime) -> list[Item]:
    headings = Category.objects.bulk_create(papers.categories(office))
    departments = {row.kind: row for row in Department.objects.filter(office=office)}
    items = papers.items(office, {row.code: row for row in headings}, departments)
    return Item.objects.bulk_create(_touched(items, Item.State.ACTIVE, actor, at))


def _prices(office: Office, items: list[Item], actor: Actor, at: datetime) -> list[PriceLine]:
    first = PriceList(office=office, version=1)
    first.touch(PriceList.State.PUBLISHED, by=actor.id, at=at)
    PriceList.objects.bulk_create([first])
    standards = [papers.standard(item, effective_from=at) for item in items]
    Standard.objects.bulk_create(_touched(standards, Standard.State.IN_FORCE, actor, at))
    return PriceLine.objects.bulk_create(
        line for item in items for line in papers.price_lines(first, item, effective_from=at)
    )


def _firms(office: Office, items: list[Item], actor: Actor, at: datetime) -> None:
    known = {item.code: item for item in items}
    insured_to = local_day(at + VALID_FOR)
    firms = [
        Firm(office=office, name=house.name, uscc=house.uscc, contact=house.hands[0].name)
        for house in people.FIRMS
    ]
    for firm in firms:
        firm.insured_to = insured_to
    Firm.objects.bulk_create(_touched(firms, Firm.State.LISTED, actor, at))
    FirmItem.objects.bulk_create(
        row
        for firm, house in zip(firms, people.FIRMS, strict=True)
        for state, codes in (
            (FirmItem.State.QUALIFIED, house.items),
            (FirmItem.State.TRIAL, house.on_trial),
        )
        for row in _touched(papers.firm_items(firm, codes, known, state=state), state, actor, at)
    )
    _workers(firms, valid_to=insured_to)


def _workers(firms: list[Firm], *, valid_to: date) -> None:
    hands = [
        (firm, hand)
        for firm, house in zip(firms, people.FIRMS, strict=True)
        for hand in house.hands
    ]
    known = _known(phone_keys(hand.phone)[0] for _firm, hand in hands)
    workers = Worker.objects.bulk_create(
        Worker(firm=firm, person=known[phone_keys(hand.phone)[0]]) for firm, hand in hands
    )
    WorkerCertificate.objects.bulk_create(
        WorkerCertificate(worker=worker, kind=kind, valid_to=valid_to)
        for worker, (_firm, hand) in zip(workers, hands, strict=True)
        for kind in hand.certificates
    )


def _known(phones: Iterable[str]) -> dict[str, Person]:
    people_known = Person.objects.filter(phone_index__in=list(phones), voided_at=None)
    return {person.phone_index: person for person in people_known}


def _decided(
    office: Office, items: list[Item], lines: list[PriceLine], actor: Actor, at: datetime
) -> Proposal:
    submitted_by = holders(Role.OM, office=office.pk, at=at).earliest("pk").pk
    content, body = papers.payload(lines), papers.notice(lines)
    proposal = Proposal(
        office=office,
        subject=Proposal.Subject.NEW_ITEM,
        payload=content,
        payload_digest=papers.digest(content),
        submitted_by=submitted_by,
        decided_by=actor.id,
        decided_at=at - DECIDED_BEFORE,
        opinion="同意开展，按价目表第 1 版执行。",
        effective_from=at,
    )
    _number(proposal, Proposal.State.APPROVED, submitted_by, at - DECIDED_BEFORE)
    Proposal.objects.bulk_create([proposal])
    proposal.items.add(*items)
    announcement = Announcement(
        office=office,
        proposal=proposal,
        price_list=lines[0].price_list,
        body=body,
        body_digest=papers.digest(body),
        publish_at=at - PUBLISHED_BEFORE,
    )
    _number(announcement, Announcement.State.PUBLISHED, submitted_by, at - PUBLISHED_BEFORE)
    Announcement.objects.bulk_create([announcement])
    _hang(announcement, submitted_by)
    return proposal


def _hang(announcement: Announcement, posted_by: int) -> None:
    Posting.objects.bulk_create(
        Posting(
            announcement=announcement,
            channel=channel,
            place=place,
            posted_at=announcement.publish_at,
            posted_by=posted_by,
        )
        for channel, place in PLACES
    )


def _number(paper: D, state: str, by: int, at: datetime) -> None:
    number_now([paper], at)
    paper.touch(state, by=by, at=at)


def _touched(rows: Iterable[D], state: str, actor: Actor, at: datetime) -> list[D]:
    touched = list(rows)
    for row in touched:
        row.touch(state, by=actor.id, at=at)
    return touched
