"""The house as the cast reaches it over the API: signed in by password, on a clock on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.cast import MORNING, PASSWORD
from teyue.foundation import clock
from teyue.procedure.audit.models import CHECKS
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.tests.doors import API, Caller
from teyue.procedure.service.queries.records import confirmation_code

AFTERNOON = MORNING.replace(hour=14, minute=0)
CALL = {"kind": "call_recorded", "reference": "录音 0571-1042"}
Shown = dict[str, Any]


@dataclass(slots=True)
class House:
    """Say who does what; ``answers`` keeps the papers that were answered."""

    at: datetime = MORNING
    callers: dict[str, Caller] = field(default_factory=dict)
    answers: list[Shown] = field(default_factory=list)

    def caller(self, login: str) -> Caller:
        """Return somebody of the cast, who signs in the first time."""
        if login not in self.callers:
            body = {"username": login, "password": PASSWORD}
            answer = Client().post(f"{API}/tokens", body, content_type="application/json")
            self.callers[login] = Caller(answer.json()["token"])
        return self.callers[login]

    def get(self, login: str, path: str, **words: Any) -> Shown:
        """Read."""
        answer = self.caller(login).get(path, **words)
        assert answer.status_code == 200, answer.content.decode()
        shown: Shown = answer.json()
        return shown

    def post(self, login: str, path: str, **body: Any) -> Shown:
        """Take a step that succeeds."""
        answer = self.caller(login).post(path, **body)
        assert answer.status_code in (200, 201), answer.content.decode()
        self.answers.append(answer.json())
        return self.answers[-1]

    def photo(self, login: str, visit: str) -> int:
        """Hand a photo in."""
        out = BytesIO()
        Image.new("RGB", (64, 48), "green").save(out, "JPEG")
        body = {"file": SimpleUploadedFile("work.jpg", out.getvalue()), "kind": "service.photo"}
        headers = {"Authorization": f"Bearer {self.caller(login).token}"}
        answer = Client().post(f"{API}/visits/{visit}/files", body, headers=headers)
        assert answer.status_code == 201, answer.content.decode()
        return int(answer.json()["id"])


@pytest.fixture
def house(register: Any, small_set: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """The API in the morning of the cast."""
    known = House()
    monkeypatch.setattr(clock, "now", lambda: known.at)
    yield known


def registered(house: House, household: int, **told: Any) -> Shown:
    """Register what the household asks for on the telephone (O1)."""
    wish = {"item": "WX-01", "wish_from": AFTERNOON.isoformat()} | told
    return house.post("rc", "/orders", household=household, **wish)


def quoted(house: House, household: int, **told: Any) -> Shown:
    """Register and quote (O1, O2)."""
    order = registered(house, household, **told)
    return house.post("rc", f"/orders/{order['number']}/quote", row_version=order["row_version"])


def booked(house: House, household: int, **told: Any) -> Shown:
    """Register, quote and accept for the household by its recorded call (O1 to O3)."""
    order = quoted(house, household, **told)
    said = {"for": "requester", "evidence": CALL, "method": "call_recorded"}
    return house.post("rc", f"/orders/{order['number']}/accept", **said)


def paid(house: House, household: int, **told: Any) -> Shown:
    """Prepay in cash in a shift of ``ca`` (O5)."""
    order = booked(house, household, **told)
    drawer = house.get("ca", "/shifts")["items"]
    if not drawer:
        desks = house.caller("ca").get("/drawers").json()
        house.post("ca", "/shifts", drawer=desks[0]["id"], float="500.00")
    house.post("ca", "/receipts", order=order["number"], method="cash")
    return order


def sent(house: House, order: str, staff: int, *, starts: datetime = AFTERNOON) -> Shown:
    """Send one of the staff (O7)."""
    ends = starts + timedelta(hours=2)
    window = {"appoint_from": starts.isoformat(), "appoint_to": ends.isoformat()}
    return house.post("rc", "/visits", order=order, staff=staff, **window)


def begun(house: House, visit: str, *, by: str = "st", starts: datetime = AFTERNOON) -> Shown:
    """Take the job, set off, arrive and begin (O8)."""
    house.post(by, f"/visits/{visit}/accept")
    house.at = max(house.at, starts - timedelta(minutes=10))
    house.post(by, f"/visits/{visit}/depart")
    house.at = max(house.at, starts)
    house.post(by, f"/visits/{visit}/arrive", proof="门口二维码")
    return house.post(by, f"/visits/{visit}/start", identity_shown=True)


def work(order: str, **more: Any) -> Shown:
    """Return a report with every point of the standard checked."""
    steps = Order.objects.select_related("standard").get(number=order).standard.steps
    checklist = {str(point["no"]): True for point in steps}
    done = {"work_done": "更换龙头，试水 3 分钟无渗漏", "minutes": 30, "quantity": "1"}
    return {**done, "checklist": checklist, **more}


def recorded(house: House, order: str, visit: str, *, by: str = "st", **more: Any) -> Shown:
    """Record the work with a photo (O9)."""
    house.at += timedelta(minutes=30)
    worked = work(order, photos=[house.photo(by, visit)], **more)
    return house.post(by, "/records", visit=visit, worked=worked)


def confirmed(house: House, order: str, record: Shown) -> Shown:
    """Let the owner confirm by the code that stands on the receipt (O10)."""
    code = confirmation_code(Order.objects.get(number=order))
    said = {"digest": record["digest"], "method": "sms_otp", "code": code}
    return house.post("rs", f"/records/{record['number']}/confirm", **said)


def audited(house: House, record: Shown, *, by: str = "cs") -> Shown:
    """Pass the record (O13)."""
    checks = dict.fromkeys(CHECKS, True)
    return house.post(
        by, "/audits", record=record["number"], digest=record["digest"], checks=checks
    )


def served(house: House, household: int, staff: int, **told: Any) -> Shown:
    """Carry an order from the call to the audit, each step by itself."""
    by, done = told.pop("by", "st"), told.pop("done", told.get("quantity", "1"))
    order = paid(house, household, **told)
    visit = sent(house, order["number"], staff)
    begun(house, visit["number"], by=by)
    record = recorded(house, order["number"], visit["number"], by=by, quantity=done)
    confirmed(house, order["number"], record)
    audited(house, record)
    return order


def settled(house: House, order: str) -> Shown:
    """Settle with the list shown first (O15)."""
    return house.post("ca", "/settlements", order=order, itemized=True)
