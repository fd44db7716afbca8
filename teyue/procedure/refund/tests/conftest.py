"""The cast: one office, one household that paid for cleaning, and who handles its money."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from teyue.foundation import pen
from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Order, Reservation, Standing
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.facts import Payment
from teyue.procedure.cashier.models import Drawer, Method, Receipt, Shift
from teyue.procedure.planning.models import Category, Item
from teyue.procedure.pricing.models import PriceLine, PriceList, Standard
from teyue.procedure.refund import operations
from teyue.procedure.refund.facts import Payout
from teyue.procedure.refund.models import Refund
from teyue.register.calendar.models import CalendarDay
from teyue.register.calendar.queries import calendar_of
from teyue.register.company import edition
from teyue.register.company.models import Company, Department, Office
from teyue.register.estate.models import Building, Household, Person, Unit
from teyue.register.parameters.queries import value
from teyue.register.people import queries as people

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
POWERS = {
    "RC": ("request",),
    "CS": ("request", "review", "approve", "endorse", "reject"),
    "OM": ("approve", "endorse", "reject"),
    "GM": ("approve", "endorse", "reject"),
    "FN": ("cosign", "reject", "retry", "reconcile"),
    "CA": ("pay", "fail"),
    "SYS": ("request", "review_by_audit", "approve_by_audit", "lapse"),
}
TILL = ("cashier.open_shift", "cashier.receive", "cashier.count", "cashier.void", "till.read")
ROWS = (
    *(Company, Office, Department, Building, Unit, Household, Person, CalendarDay, Category),
    *(Item, PriceList, PriceLine, Standard, Order, Reservation, Drawer),
)


def acting(number: int, role: str, scope: int, **ties: int) -> Actor:
    """Return somebody in a post, with its powers over refunds and the till."""
    codes = {f"refund.{name}" for name in POWERS[role]}
    codes |= {"orders.read", *(TILL if role == "CA" else ())}
    grants = frozenset((code, scope) for code in codes)
    return Actor(
        id=number,
        login=role.lower(),
        posts=frozenset({(role, 0)}),
        grants=grants,
        ties=frozenset(ties.items()),
    )


@dataclass
class House:
    """What the tests act on."""

    office: Office
    home: Household
    owner: Person
    line: PriceLine
    standard: Standard
    drawers: list[Drawer]
    people: dict[str, Person]
    serial: count[int] = field(default_factory=lambda: count(1))

    def who(self, name: str, *, limit_of: str = "") -> Actor:
        """Return one of the cast as an actor: CS, CS2, OM, …; or a deputy of another post."""
        return acting(self.people[name].pk, limit_of or name[:2], self.office.pk)

    @property
    def system(self) -> Actor:
        """Return the system."""
        return people.system()

    def order(self, required: str = "100.00", payer: Person | None = None) -> Order:
        """Return an order that waits for payment until an hour from now."""
        payer = payer or self.owner
        order = Order(
            office=self.office,
            household=self.home,
            requester=payer,
            payer=payer,
            contact=payer,
            channel=Order.Channel.PHONE,
            item=self.line.item,
            line=self.line,
            standard=self.standard,
            registered_at=AT,
            registered_by=payer,
            qty_x100=100,
            agreed=Money.yuan(required),
            required=Money.yuan(required),
            number=f"F07-{next(self.serial)}",
        )
        order.touch(Order.State.OPEN, by=payer.pk, at=AT)
        order.stand(Standing.AWAITING_PAYMENT, due=AT + HOUR, at=AT)
        with pen.held(Order):
            order.save()
        return order

    def shift(self, name: str = "CA", *, float_amount: str = "500.00") -> Shift:
        """Return the open shift of a cashier."""
        live = Shift.objects.filter(cashier=self.people[name], state=Shift.State.OPEN).first()
        drawer = self.drawers[name == "CA2"]
        return live or cashier.open_shift(
            drawer, float_amount=Money.yuan(float_amount), actor=self.who(name), at=AT
        )

    def receive(self, order: Order, amount: str, method: Method = Method.CASH) -> Receipt:
        """Let the household pay."""
        ref = "" if method == Method.CASH else f"CH{next(self.serial)}"
        payment = Payment(amount=Money.yuan(amount), method=method, channel_ref=ref)
        shift = self.shift()
        return cashier.receive(order, payment=payment, shift=shift, actor=self.who("CA"), at=AT)

    def paid(self, amount: str = "100.00", method: Method = Method.CASH) -> Order:
        """Return an order that is paid in full."""
        order = self.order(amount)
        self.receive(order, amount, method)
        return order

    def request(
        self, order: Order, amount: str = "50.00", by: str = "CS", at: datetime = AT
    ) -> Refund:
        """Ask for a refund of an order for which nothing needs to be prepaid any more."""
        with pen.held(Order):
            Order.objects.filter(pk=order.pk).update(required=NOTHING)
        return operations.request(
            order,
            source=Refund.Source.CANCELLATION,
            amount=Money.yuan(amount),
            actor=self.who(by),
            at=at,
        )

    def reviewed(
        self, amount: str = "50.00", method: Method = Method.CASH, account: str = ""
    ) -> Refund:
        """Return a reviewed refund of a whole order."""
        refund = self.request(self.paid(amount, method), amount)
        return operations.review(refund, payee_account=account, actor=self.who("CS"), at=AT)

    def approved(
        self, amount: str = "50.00", method: Method = Method.CASH, account: str = ""
    ) -> Refund:
        """Return a refund that may be paid."""
        refund = self.reviewed(amount, method, account)
        operations.decide(refund, actor=self.who("GM"), at=AT)
        if refund.state == Refund.State.COSIGNING:
            operations.cosign(refund, actor=self.who("FN"), at=AT)
        return refund

    def payout(self, name: str = "CA", **given: object) -> Payout:
        """Return how a cashier hands money over, with the original receipt."""
        return Payout(**({"shift": self.shift(name), "original_returned": True} | given))  # type: ignore[arg-type]


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Lend the cast to a test whose rows are undone."""
    with built(monkeypatch) as cast:
        yield cast


@pytest.fixture
def committed_house(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Lend the cast to a test in which several connections see it."""
    with built(monkeypatch) as cast:
        yield cast


@contextmanager
def built(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Build the cast with the pen, and know the register as within one request."""
    monkeypatch.setattr(people, "system", lambda: acting(0, "SYS", EVERYWHERE))
    cast = build()
    with edition.known(secrets.token_hex(8)):
        calendar_of(cast.office.pk)
        value("refund.pay_wd", office=cast.office.pk, at=AT)
        yield cast


def build() -> House:
    """Write the rows that the cast stands on."""
    with pen.held(*ROWS):
        company = Company.objects.create(name="云起物业", kind_of_company="demo", number="C1")
        office = Office.objects.create(company=company, code="YXY1", name="云起苑", number="O1")
        calendar = [date(2026, 9, 1) + timedelta(days=n) for n in range(200)]
        CalendarDay.objects.bulk_create(
            CalendarDay(date=day, kind="workday" if day.weekday() < 5 else "restday")
            for day in calendar
        )
        names = ("GM", "OM", "CS", "CS2", "RC", "CA", "CA2", "FN", "FN2", "owner", "tenant")
        people = {name: Person.objects.create(office=office, name=name) for name in names}
        return _house(office, people)


def _house(office: Office, people: dict[str, Person]) -> House:
    building = Building.objects.create(office=office, key="3", name="3栋")
    unit = Unit.objects.create(
        building=building, unit_key="2", room_key="1102", area_x100=8900, status="occupied"
    )
    home = Household(office=office, unit=unit, label="3-2-1102", number="H1", state="open")
    home.save()
    line, standard = _charge(office)
    drawers = [Drawer.objects.create(office=office, name=name) for name in ("一号", "二号")]
    owner = people["owner"]
    return House(office, home, owner, line, standard, drawers, people)


def _charge(office: Office) -> tuple[PriceLine, Standard]:
    category = Category.objects.create(office=office, code="C", name_zh="保洁", name_en="Cleaning")
    item = Item.objects.create(
        office=office,
        code="CL-01",
        name_zh="日常保洁",
        name_en="Cleaning",
        category=category,
        provider_kind="dept",
        disturbance="D0",
        state="active",
    )
    prices = PriceList.objects.create(office=office, version=1, state="published")
    line = PriceLine.objects.create(
        price_list=prices, item=item, unit="hour", unit_price=Money(4500), effective_from=AT
    )
    standard = Standard.objects.create(
        office=office, item=item, version=1, duration_min=60, effective_from=AT, state="in_force"
    )
    return line, standard
