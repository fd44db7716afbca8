from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from ninja import Query, Router, Schema
from pydantic import Field

from teyue.desks.reception import cards
from teyue.foundation.clock import local_day
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.booking.queries import slots
from teyue.procedure.pricing import queries as pricing
from teyue.procedure.pricing.queries import Offer
from teyue.register.company import queries as company
from teyue.register.estate import queries as estate
from teyue.register.estate.models import Household, Member
from teyue.web.endpoints import reads
from teyue.web.formats import masked
from teyue.web.paging import Listing
from teyue.web.paging import Order as Sorted
from teyue.web.people import ActedRequest
from teyue.web.shapes import GivenDay, ListOut, ListWords, Moment, Out, Yuan

MOST_DAYS = 14
HOUSEHOLDS = Listing(
    title=gettext_lazy("住户"), orders={"oldest": Sorted(gettext_lazy("登记先后"))}
)

router = Router(tags=[gettext_noop("住户与接待")])


class MemberOut(Out):
    """Somebody of a household and what that person may do for it."""

    person: int
    name: str
    phone: str = Field(description=gettext_noop("中间四位隐去"))
    relation: str
    can_order: bool
    can_confirm: bool
    is_primary: bool


class HouseholdLine(Out):
    """A household in a list."""

    id: int
    room: str
    state: str
    members: list[MemberOut]


class ServiceOut(Out):
    """An order on the card of its household."""

    number: str
    item: str
    standing: str
    standing_label: str
    registered_at: Moment
    wish_from: Moment | None
    agreed: Yuan


class HouseholdOut(HouseholdLine):
    """The card of a household."""

    area: str
    visit_note: str
    in_arrears: list[str]
    open_orders: list[ServiceOut]
    recent: list[ServiceOut]


class OfferOut(Out):
    """What the price list offers now."""

    item: str
    name: str
    variant: str
    unit: str
    unit_price: Yuan
    price_mode: str
    minutes: int
    state: str
    requires_owner_consent: bool
    currency: str = "CNY"


class CellOut(Out):
    """A window on a day: what it is, and the reservation that it would give."""

    status: str
    starts: Moment
    ends: Moment
    people: int
    reason: str


class WindowOut(Out):
    """A window of the day with a cell for each day."""

    opens: str
    closes: str
    cells: list[CellOut]


class SlotsOut(Out):
    """The windows of some days."""

    days: list[date]
    windows: list[WindowOut]


class HouseholdWords(ListWords):
    """How the households are searched."""

    query: str = Field(
        "", max_length=40, description=gettext_noop("房号、姓名、拼音首字母或手机后四位")
    )


class SlotWords(Schema):
    """For what, from when and for how many days."""

    item: str = Field(max_length=8, examples=["WX-01"])
    variant: str = Field("", max_length=20)
    office: int | None = None
    first: GivenDay | None = Field(None, alias="from")
    days: int = Field(5, ge=1, le=MOST_DAYS)


@router.get(
    "/households", **reads("estate.households", gettext_noop("住户"), ListOut[HouseholdLine])
)
def list_households(request: ActedRequest, words: Query[HouseholdWords]) -> dict[str, object]:
    """Find households by one word, or list them all."""
    if words.query.strip():
        found = cards.find(request.actor, words.query)
        return {"items": [household_line(one.household, one.members) for one in found]}
    rows = estate.seen_by(request.actor).prefetch_related(cards.PRESENT)
    return HOUSEHOLDS.answer(
        rows,
        words,
        lambda row: household_line(row, tuple(row.present)),  # type: ignore[attr-defined]
    )


@router.get(
    "/households/{household}", **reads("estate.household", gettext_noop("住户卡"), HouseholdOut)
)
def read_household(request: ActedRequest, household: int) -> HouseholdOut:
    """Show the card of a household: who may do what, arrears, orders."""
    card = cards.opened(request.actor, household)
    return HouseholdOut(
        **household_line(card.household, card.members).model_dump(),
        area=card.area,
        visit_note=card.household.visit_note,
        in_arrears=[order.number or "" for order in card.in_arrears],
        open_orders=[_service(order) for order in card.under_way],
        recent=[_service(order) for order in card.recent],
    )


@router.get(
    "/households/{household}/offers",
    **reads("estate.offers", gettext_noop("可约项目"), ListOut[OfferOut]),
)
def read_offers(request: ActedRequest, household: int) -> dict[str, object]:
    """List what the price list offers to a household now."""
    seen = estate.seen_by(request.actor).get(pk=household)
    return {"items": [_offer(line) for line in pricing.offers(seen.office_id, at=request.at)]}


@router.get("/offers", **reads("pricing.offers", gettext_noop("在用价目"), ListOut[OfferOut]))
def list_offers(request: ActedRequest, office: int | None = None) -> dict[str, object]:
    """List what the price list of an office offers now."""
    lines = pricing.offers(_office(office), at=request.at)
    return {"items": [_offer(line) for line in lines]}


@router.get("/slots", **reads("booking.slots", gettext_noop("可约时段"), SlotsOut))
def list_slots(request: ActedRequest, words: Query[SlotWords]) -> SlotsOut:
    """Show the windows of some days with what is free, and why not where nothing is."""
    office = _office(words.office)
    offer = pricing.offer(office, words.item, words.variant, at=request.at)
    if offer is None:
        text = _("价目表里没有这个项目或规格，请您从在用价目中选择。")
        raise Refused("item_unknown", text, field="item", clause="4.2.4")
    first = max(words.first or local_day(request.at), local_day(request.at))
    days = [first + timedelta(days=n) for n in range(words.days)]
    grid = slots.offered(offer.item, office=office, days=days, minutes=offer.minutes, at=request.at)
    return SlotsOut.model_validate({"days": grid.days, "windows": grid.lines}, from_attributes=True)


def household_line(household: Household, members: tuple[Member, ...]) -> HouseholdLine:
    """Return a household as lists show it."""
    return HouseholdLine(
        id=household.pk,
        room=household.label,
        state=household.state,
        members=[_member(member) for member in members],
    )


def _member(member: Member) -> MemberOut:
    return MemberOut(
        person=member.person_id,
        name=member.person.name,
        phone=masked(member.person.phone),
        relation=member.relation,
        can_order=member.can_order,
        can_confirm=member.can_confirm,
        is_primary=member.is_primary,
    )


def _service(order: Order) -> ServiceOut:
    return ServiceOut(
        number=order.number or "",
        item=order.item.name_zh,
        standing=order.standing,
        standing_label=str(Standing(order.standing).label),
        registered_at=order.registered_at,
        wish_from=order.wish_from,
        agreed=order.agreed,
    )


def _offer(offer: Offer) -> OfferOut:
    line, item = offer.line, offer.item
    return OfferOut(
        item=item.code,
        name=item.name_zh,
        variant=line.variant,
        unit=line.get_unit_display(),
        unit_price=line.unit_price,
        price_mode=line.price_mode,
        minutes=offer.minutes,
        state=item.state,
        requires_owner_consent=item.requires_owner_consent,
    )


def _office(named: int | None) -> int:
    known = company.office_ids()
    office = named or known[0]
    if office not in known:
        raise Refused(
            "not_found", _("没有这个管理处，请您核对后再查。"), field="office", clause="4.2.4"
        )
    return office
