"""Every step of the register as it is posted to a page and to an endpoint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.cast import MORNING, Register
from teyue.desks.register.tests.setting import (
    CLOSED,
    account,
    factor,
    fellow,
    given,
    inquiry,
    leave,
    newcomer,
    proposed,
    vacant,
    wish,
)
from teyue.register.calendar import operations as calendar
from teyue.register.company.models import Department
from teyue.register.people import operations as people
from teyue.register.people.models import Certificate, Post


@dataclass(frozen=True, slots=True)
class Deed:
    """Who posts what: to a page as a form, to an endpoint as JSON."""

    login: str
    page: str
    form: dict[str, Any]
    path: str
    body: dict[str, Any] = field(default_factory=dict)


def company_deeds() -> dict[str, Callable[[Register], Deed]]:
    """Return the steps on the company and its offices."""
    paper = {"kind": "licence", "reference": "营业执照 2026-11-20"}
    office = {"name": "云栖苑", "address": "云栖路 1 号", "phone": "0571-88880000"}
    department = {"name": "维修二部", "kind": Department.Kind.ENGINEERING.value}
    return {
        "company.open_office": lambda known: Deed(
            "ad",
            "/offices/new/",
            {"code": "LT02", "name": "兰亭"},
            "/offices",
            {"code": "LT02", "name": "兰亭"},
        ),
        "company.describe_office": lambda known: Deed(
            "ad", "/offices/YXY1/data/", office, "/offices/YXY1/describe_office", office
        ),
        "company.add_department": lambda known: Deed(
            "ad",
            "/offices/YXY1/departments/",
            department,
            "/offices/YXY1/add_department",
            department,
        ),
        "company.change_legal_person": lambda known: Deed(
            "ad",
            "/company/legal-person/",
            {"name": "陆景明", "reference": paper["reference"]},
            "/company/change_legal_person",
            {"name": "陆景明", "evidence": paper},
        ),
    }


def staff_deeds() -> dict[str, Callable[[Register], Deed]]:
    """Return the steps on people and employees."""
    hired = {"name": "高远", "phone": "13900001111", "employee_no": "YG0099"}
    admitted = {"name": "高远", "phone": "13900001111"}
    proof = {"kind": "height", "valid_to": "2028-01-31"}
    return {
        "people.hire": lambda known: Deed(
            "ad", "/people/hire/", {**hired, "office": known.office.pk}, "/staff", hired
        ),
        "people.admit": lambda known: Deed("ad", "/people/admit/", admitted, "/persons", admitted),
        "people.release": lambda known: _released(known),
        "people.add_certificate": lambda known: Deed(
            "ad",
            f"/staff/{known.staff['st'].pk}/certificates/",
            {**proof, "number": "T-1"},
            "/certificates",
            {**proof, "serial": "T-1", "staff": known.staff["st"].pk},
        ),
        "people.void_certificate": lambda known: _numbered(
            "ad", "certificates", Certificate.objects.earliest("pk").pk, "void", "void_certificate"
        ),
    }


def roster_deeds() -> dict[str, Callable[[Register], Deed]]:
    """Return the steps on leave and duty."""
    return {
        "people.request_leave": lambda known: Deed(
            "ad",
            f"/staff/{known.staff['st'].pk}/leaves/",
            {"starts": "2026-11-25T08:00", "ends": "2026-11-25T18:00", "reason": "病假"},
            "/leaves",
            {
                "staff": known.staff["st"].pk,
                "starts": "2026-11-25T08:00:00+08:00",
                "ends": "2026-11-25T18:00:00+08:00",
            },
        ),
        "people.void_leave": lambda known: _numbered(
            "ad", "leaves", leave(known).pk, "void", "void_leave"
        ),
        "people.set_duty": lambda known: Deed(
            "ad",
            f"/staff/{known.staff['st'].pk}/duty/",
            {"from_on": "2026-11-25", "day0": "08:00-12:00 14:00-18:00", "day6": ""},
            "/duties",
            {
                "staff": known.staff["st"].pk,
                "from_on": "2026-11-25",
                "week": [{"weekday": 0, "hours": "08:00-12:00 14:00-18:00"}],
            },
        ),
    }


def account_deeds() -> dict[str, Callable[[Register], Deed]]:
    """Return the steps on accounts."""
    return {
        "people.open_account": lambda known: _opened(known),
        "people.close_account": lambda known: _numbered(
            "ad", "accounts", account("st").pk, "close", "close_account"
        ),
        "people.print_reset_code": lambda known: _numbered(
            "ad", "accounts", account("st").pk, "code", "print_reset_code"
        ),
        "people.remove_second_factor": lambda known: Deed(
            "ad",
            f"/accounts/{factor('fn').pk}/second-factor/",
            {"why": "lost", "seen": "on"},
            f"/accounts/{account('fn').pk}/remove_second_factor",
            {"why": "lost"},
        ),
    }


def post_deeds() -> dict[str, Callable[[Register], Deed]]:
    """Return the steps on posts and authorizations."""
    return {
        "people.appoint": lambda known: _appointed(known, "RC", "people.appoint", "/posts"),
        "people.propose_appointment": lambda known: _appointed(
            known, "CA", "people.propose_appointment", "/posts/propose_appointment"
        ),
        "people.appoint_general_manager": lambda known: _manager(known),
        "people.sign_appointment": lambda known: _numbered(
            "gm", "posts", proposed(known).pk, "sign", "sign_appointment"
        ),
        "people.refuse_appointment": lambda known: _numbered(
            "gm", "posts", proposed(known).pk, "refuse", "refuse_appointment"
        ),
        "people.end_post": lambda known: _numbered(
            "ad", "posts", _post("rc2").pk, "end", "end_post"
        ),
        "people.delegate": lambda known: _delegated(known),
        "people.revoke_delegation": lambda known: _revoked(known),
    }


def calendar_deeds() -> dict[str, Callable[[Register], Deed]]:
    """Return the steps on the calendar and the parameters."""
    day, day_path = {"kind": "restday", "name": "停电"}, "/calendar/YXY1"
    preset = {"preset": "SHANGHAI"}
    proposal = {"value": "20", "reason": "住户要求"}
    return {
        "calendar.seed": lambda known: Deed(
            "ad", "/calendar/seed/", {"year": "2027"}, "/calendar/seed", {"year": 2027}
        ),
        "calendar.set_day": lambda known: Deed(
            "ad", f"{day_path}/{CLOSED}/", day, f"{day_path}/set_day", {**day, "date": f"{CLOSED}"}
        ),
        "calendar.close_day": lambda known: Deed(
            "om",
            f"{day_path}/{CLOSED}/close/",
            {"name": "盘点"},
            f"{day_path}/close_day",
            {"name": "盘点", "date": f"{CLOSED}"},
        ),
        "calendar.reopen_day": lambda known: _reopened(known),
        "calendar.choose_preset": lambda known: Deed(
            "ad", f"{day_path}/quiet-hours/", preset, f"{day_path}/choose_preset", preset
        ),
        "parameters.propose": lambda known: Deed(
            "ad",
            "/parameters/survey.window_d/",
            proposal,
            "/parameters",
            {**proposal, "key": "survey.window_d"},
        ),
        "parameters.approve": lambda known: _numbered(
            "gm", "parameters", wish(known).pk, "approve", "approve"
        ),
        "parameters.reject": lambda known: _numbered(
            "gm", "parameters", wish(known).pk, "reject", "reject"
        ),
    }


def estate_deeds() -> dict[str, Callable[[Register], Deed]]:
    """Return the steps on units and households."""
    person = {"name": "刘小文", "phone": "13900002222", "relation": "family"}
    return {
        "estate.add_unit": lambda known: Deed(
            "rc",
            "/units/new/",
            {"office": known.office.pk, "room": "9-1-101", "area": "89.37", "kind": "residence"},
            "/units",
            {"room": "9-1-101", "area": "89.37"},
        ),
        "estate.add_household": lambda known: _moved_in(known, person),
        "estate.add_member": lambda known: _at_home(known, "members/", person, "members", person),
        "estate.change_member": lambda known: _changed(known),
        "estate.end_member": lambda known: _at_home(
            known,
            f"members/{fellow(known).pk}/end/",
            {},
            f"members/{fellow(known).pk}/end_member",
            {},
        ),
        "estate.annotate": lambda known: _at_home(
            known, "note/", {"note": "养狗"}, "annotate", {"note": "养狗"}
        ),
        "estate.move_out": lambda known: _at_home(known, "move-out/", {}, "move_out", {}, "cs"),
        "estate.void_household": lambda known: _at_home(
            known, "void/", {}, "void_household", {}, "cs"
        ),
        "estate.ask_consent": lambda known: _asked(known),
        "estate.answer_inquiry": lambda known: _answered(known),
    }


DEEDS = {
    **company_deeds(),
    **staff_deeds(),
    **roster_deeds(),
    **account_deeds(),
    **post_deeds(),
    **calendar_deeds(),
    **estate_deeds(),
}


def _numbered(login: str, collection: str, number: int, page: str, operation: str) -> Deed:
    path = f"/{collection}/{number}"
    return Deed(login, f"{path}/{page}/", {}, f"{path}/{operation}")


def _post(login: str) -> Post:
    return Post.objects.get(person__account__username=login)


def _released(known: Register) -> Deed:
    newcomer(known)
    return _numbered("ad", "staff", known.staff["st2"].pk, "release", "release")


def _opened(known: Register) -> Deed:
    one = people.admit(
        known.office.company,
        office=None,
        name="高远",
        phone="",
        actor=known.actor("ad"),
        at=MORNING,
    )
    name = {"username": "gaoyuan"}
    return Deed("ad", f"/people/{one.pk}/account/", name, "/accounts", {"person": one.pk, **name})


def _appointed(known: Register, role: str, way: str, path: str) -> Deed:
    person, office = newcomer(known), known.office
    asked = {"person": person.pk, "role": role, "from_on": "2026-11-24"}
    form = {**asked, "office": office.pk, "way": way}
    return Deed("ad", "/posts/appoint/", form, path, {**asked, "office": office.code})


def _manager(known: Register) -> Deed:
    asked = {"person": newcomer(known).pk, "from_on": "2026-11-24"}
    evidence = {"reference": "云栖〔2026〕8 号"}
    return Deed(
        "ad",
        "/posts/general-manager/",
        {**asked, **evidence},
        "/posts/appoint_general_manager",
        {**asked, "evidence": evidence},
    )


def _delegated(known: Register) -> Deed:
    asked = {
        "grantee": known.people["rc2"].pk,
        "role": "CS",
        "from_on": "2026-11-24",
        "to_on": "2026-11-30",
        "reason": "外出",
    }
    form = {**asked, "office": known.office.pk}
    return Deed("cs", "/grants/new/", form, "/delegations", {**asked, "office": known.office.code})


def _revoked(known: Register) -> Deed:
    number, letter = given(known).pk, {"reference": "收回通知 2026-11-24"}
    body = {"for": known.people["cs"].pk, "evidence": letter}
    path = f"/delegations/{number}/revoke_delegation"
    return Deed("ad", f"/grants/{number}/revoke/", letter, path, body)


def _reopened(known: Register) -> Deed:
    calendar.close_day(known.office, on=CLOSED, name="盘点", actor=known.actor("om"), at=MORNING)
    page, path = f"/calendar/YXY1/{CLOSED}/reopen/", "/calendar/YXY1/reopen_day"
    return Deed("om", page, {}, path, {"date": f"{CLOSED}"})


def _moved_in(known: Register, person: dict[str, Any]) -> Deed:
    unit = vacant(known).pk
    return Deed(
        "rc",
        f"/units/{unit}/household/",
        {**person, "opened_on": "2026-11-24"},
        f"/units/{unit}/households",
        {"opened_on": "2026-11-24", "members": [person]},
    )


def _changed(known: Register) -> Deed:
    one = fellow(known)
    rights = {"relation": one.relation, "can_order": True, "can_confirm": True}
    form = {**rights, "name": one.person.name, "phone": one.person.phone}
    place = f"members/{one.pk}"
    body = {**rights, "is_primary": True}
    return _at_home(known, f"{place}/", form, f"{place}/change_member", body)


def _asked(known: Register) -> Deed:
    home = known.households["3-2-1102"].pk
    subject = {"subject": "health"}
    body = {**subject, "household": home}
    return Deed("rc", f"/households/{home}/ask/", subject, "/inquiries", body)


def _answered(known: Register) -> Deed:
    number = inquiry(known).pk
    said = {"member": fellow(known).pk, "method": "counter", "purposes": ["sensitive_health"]}
    path = f"/inquiries/{number}"
    return Deed("rc", f"{path}/", said, f"{path}/answer_inquiry", said)


def _at_home(
    known: Register,
    page: str,
    form: dict[str, Any],
    path: str,
    body: dict[str, Any],
    login: str = "rc",
) -> Deed:
    home = f"/households/{known.households['3-2-1102'].pk}"
    return Deed(login, f"{home}/{page}", form, f"{home}/{path}", body)
