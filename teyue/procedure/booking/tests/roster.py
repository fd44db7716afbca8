"""An office with electricians and a firm, for the tests of slots and capacity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from teyue.foundation import pen
from teyue.foundation.clock import HOUSE
from teyue.foundation.money import Money
from teyue.foundation.pen import Kept
from teyue.procedure.booking.models import Order, Reservation
from teyue.procedure.planning.models import Category, Item
from teyue.procedure.pricing.models import PriceLine, PriceList, Standard
from teyue.procedure.subcontracting.models import Firm, FirmItem, Worker, WorkerCertificate
from teyue.register.calendar.models import CalendarDay
from teyue.register.calendar.official import official_days
from teyue.register.company.models import Company, Department, Office
from teyue.register.estate.models import Building, Household, Member, Person, Unit
from teyue.register.people.models import Certificate, Duty, Leave, Post, Role, Staff

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
SINCE = date(2026, 1, 1)
HOUR = timedelta(hours=1)
K = TypeVar("K", bound=Kept)
_numbers = count(1)


def at(clock: str, day: date = TUESDAY) -> datetime:
    """Return ``10:42`` of a day on the wall clock of the house."""
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=HOUSE)


def kept(model: type[K], **values: Any) -> K:
    """Write a row as if an operation had."""
    row = model(**values)
    with pen.held(model):
        row.save()
    return row


def change(row: Kept, **values: Any) -> None:
    """Change a row as if an operation had."""
    with pen.held(type(row)):
        type(row).objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()


@dataclass(frozen=True, slots=True)
class Estate:
    """The office, its engineers and what they may do."""

    office: Office
    department: Department
    item: Item
    line: PriceLine
    standard: Standard
    household: Household
    owner: Person

    def staff(self, name: str, *certificates: str, hours: str = "8-20", **more: Any) -> Staff:
        """Hire a technician who is on duty every day."""
        person = kept(Person, office=self.office, name=name)
        hired = kept(
            Staff,
            office=self.office,
            state=Staff.State.ACTIVE,
            person=person,
            employee_no=f"G{next(_numbers):03d}",
            **{"department": self.department, **more},
        )
        post = {"office": self.office, "role": Role.ST, "state": Post.State.ACTIVE}
        kept(Post, person=person, from_on=SINCE, **post)
        opens, closes = (int(hour) * 60 for hour in hours.split("-"))
        shift = {"opens": opens, "closes": closes, "from_on": SINCE}
        for weekday in range(7):
            kept(Duty, staff=hired, weekday=weekday, **shift)
        for kind in certificates:
            kept(Certificate, staff=hired, kind=kind, valid_from=SINCE)
        return hired

    def away(self, staff: Staff, starts: datetime, ends: datetime) -> None:
        """Give somebody leave."""
        kept(Leave, staff=staff, starts=starts, ends=ends)

    def firm(self, name: str, state: str = FirmItem.State.QUALIFIED, **more: Any) -> Firm:
        """List an insured firm for the item."""
        firm = kept(
            Firm,
            office=self.office,
            state=Firm.State.LISTED,
            name=name,
            uscc=f"{next(_numbers):018d}",
            **{"insured_to": date(2027, 12, 31), **more},
        )
        kept(FirmItem, office=self.office, state=state, firm=firm, item=self.item, item_code="X")
        return firm

    def worker(self, firm: Firm, name: str, *certificates: str) -> Worker:
        """Let a firm have somebody to send."""
        person = kept(Person, office=self.office, name=name)
        worker = kept(Worker, firm=firm, person=person)
        for kind in certificates:
            kept(WorkerCertificate, worker=worker, kind=kind)
        return worker

    def order(self) -> Order:
        """Register an order."""
        people = dict.fromkeys(("requester", "payer", "contact", "registered_by"), self.owner)
        return kept(
            Order,
            office=self.office,
            state=Order.State.OPEN,
            household=self.household,
            item=self.item,
            line=self.line,
            standard=self.standard,
            channel=Order.Channel.PHONE,
            registered_at=at("08:00", MONDAY),
            qty_x100=100,
            **people,
        )

    def reserve(self, starts: datetime, ends: datetime, **more: Any) -> Reservation:
        """Set capacity of the department aside."""
        pool = {} if "firm" in more else {"department": self.department}
        return kept(Reservation, order=self.order(), starts=starts, ends=ends, **{**pool, **more})


def estate(**item: Any) -> Estate:
    """Set up an office in Hangzhou's quiet hours with one item, and nobody to serve it."""
    company = kept(Company, name="云栖物业", kind_of_company="demo", state="active")
    office = kept(Office, company=company, code="YQ", name="云栖苑管理处", preset="HANGZHOU")
    department = kept(Department, office=office, name="工程部", kind="engineering")
    autumn = [day for day in official_days(2026) if day.date >= MONDAY]
    with pen.held(CalendarDay):
        CalendarDay.objects.bulk_create(
            CalendarDay(date=day.date, kind=day.kind, name=day.name) for day in autumn
        )
    category = kept(Category, office=office, code="AZ", name_zh="安装", name_en="Mounting")
    drilling = {
        "office": office,
        "state": Item.State.ACTIVE,
        "code": "AZ-01",
        "name_zh": "打孔安装",
        "name_en": "Drilling",
        "category": category,
        "provider_kind": Item.Provider.DEPARTMENT,
        "department": department,
        "disturbance": "D3",
        "certificates": ["low_voltage"],
    }
    offered = kept(Item, **{**drilling, **item})
    return Estate(office, department, offered, *_priced(office, offered), *_home(office))


def _priced(office: Office, item: Item) -> tuple[PriceLine, Standard]:
    prices = kept(PriceList, office=office, version=1, state="published")
    since = at("00:00", SINCE)
    line = kept(
        PriceLine,
        price_list=prices,
        item=item,
        unit="piece",
        unit_price=Money(2000),
        effective_from=since,
    )
    standard = kept(
        Standard, office=office, item=item, version=1, duration_min=45, effective_from=since
    )
    return line, standard


def _home(office: Office) -> tuple[Household, Person]:
    building = kept(Building, office=office, key="3", name="3栋")
    unit = kept(
        Unit, building=building, unit_key="2", room_key="1102", area_x100=8937, status="occupied"
    )
    home = kept(Household, office=office, unit=unit, label="3-2-1102", state="open")
    owner = kept(Person, office=office, name="刘文博")
    kept(Member, household=home, person=owner, relation="owner")
    return home, owner
