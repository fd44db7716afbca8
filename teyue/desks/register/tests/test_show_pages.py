from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.cast import MORNING
from teyue.desks.register.tests import setting
from teyue.foundation import pen
from teyue.foundation.clock import local_day
from teyue.register.calendar.models import CalendarDay
from teyue.register.company.models import Company
from teyue.register.estate.models import Household, Member, Person, Unit
from teyue.register.estate.persons import new_person
from teyue.register.people.models import Account, Certificate, Delegation, Post, Staff

ADMINISTRATION = [
    "/people/",
    "/people/hire/",
    "/people/admit/",
    "/posts/",
    "/posts/staffing/",
    "/posts/appoint/",
    "/posts/general-manager/",
    "/grants/",
    "/grants/new/",
    "/calendar/",
    "/calendar/?year=2027",
    "/calendar/?year=2030",
    "/calendar/YXY1/2026-12-24/",
    "/calendar/YXY1/quiet-hours/",
    "/parameters/",
    "/parameters/?q=调查",
    "/parameters/survey.window_d/",
    "/parameters/plan.emergency_item/",
    "/units/",
    "/units/new/",
    "/offices/",
    "/offices/new/",
    "/offices/YXY1/",
    "/offices/YXY1/data/",
    "/offices/YXY1/departments/",
    "/company/legal-person/",
]


@pytest.mark.parametrize("page", ADMINISTRATION)
def test_the_administrator_opens_every_page(page, register, desk):
    assert desk("ad").get(page).status_code == 200


@pytest.mark.parametrize("login", ["gm", "om", "cs", "fn", "au", "ds", "rc"])
def test_who_reads_the_register_opens_the_lists(login, register, desk):
    browser = desk(login)

    for page in ("/people/", "/posts/", "/posts/staffing/", "/grants/", "/calendar/", "/units/"):
        assert browser.get(page).status_code == 200, page


def test_a_technician_reads_none_of_the_lists(register, desk):
    browser = desk("st")

    for page in ("/people/", "/posts/", "/parameters/", "/units/", "/households/", "/offices/"):
        assert browser.get(page).status_code == 403, page


def test_the_administrator_sees_no_household(register, desk):
    home = register.households["3-2-1102"].pk

    assert desk("ad").get("/households/").status_code == 403
    assert desk("ad").get(f"/households/{home}/").status_code == 404


@pytest.mark.parametrize("place", ["", "members/", "note/", "ask/"])
def test_the_desk_opens_the_file_of_a_household(place, register, desk):
    home = register.households["3-2-1102"].pk

    page = desk("rc").get(f"/households/{home}/{place}")

    assert page.status_code == 200
    assert "1102" in page.content.decode()


def test_the_file_of_a_household_warns_of_open_orders(booked, household, desk):
    booked()

    page = desk("cs").get(f"/households/{household.pk}/").content.decode()

    assert "还有 1 张订单没有开工" in page


def test_the_file_of_a_household_warns_of_what_is_in_service(started, household, desk):
    order = started()

    page = desk("cs").get(f"/households/{household.pk}/").content.decode()

    assert "不会自动取消" in page and order.number in page


def test_a_certificate_that_ends_soon_stands_in_red(register, desk):
    staff = register.staff["st"]
    with pen.held(Certificate):
        Certificate.objects.filter(staff=staff).update(valid_to="2026-11-30")

    page = desk("ad").get(f"/people/{staff.person_id}/").content.decode()

    assert "还有 6 天到期" in page and "ty-st ty-late" in page


def test_people_are_found_by_name_sound_number_and_post(register, desk):
    browser = desk("ad")

    for words in ({"q": "王磊"}, {"q": "wl"}, {"role": "CA"}, {"state": "active", "q": "YG0002"}):
        assert browser.get("/people/", words).status_code == 200
    assert "王磊" in browser.get("/people/", {"q": "wanglei"}).content.decode()
    assert "王磊" not in browser.get("/people/", {"role": "CA"}).content.decode()


def test_an_empty_answer_says_what_to_do(register, desk):
    browser = desk("rc")

    assert "没有这样的住户" in browser.get("/households/", {"q": "99-9-999"}).content.decode()
    assert "没有这样的人员" in browser.get("/people/", {"q": "没有此人"}).content.decode()
    assert "没有这样的房屋" in browser.get("/units/", {"q": "99-9-999"}).content.decode()


@pytest.mark.parametrize("book", ["people.xlsx", "households.xlsx", "units.xlsx"])
def test_a_list_is_given_as_a_workbook(book, register, desk):
    answer = desk("cs").get(f"/{book}")

    lines = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    assert len(lines.get_sheet_by_index(0).to_python()) > 5


def test_a_problem_of_staffing_stands_on_top_with_names(register, desk):
    with pen.held(Post):
        Post.objects.filter(person=register.people["fn"]).update(state="ended")

    page = desk("ad").get("/posts/").content.decode()

    assert "无人可以办理" in page and "核对日结" in page


def test_the_manager_finds_what_waits_for_him(register, desk):
    setting.wish(register)
    setting.proposed(register)

    assert "待我批准" in desk("gm").get("/parameters/").content.decode()
    assert "待您签发" in desk("gm").get("/posts/").content.decode()


def test_a_revocation_and_an_answer_can_be_opened(register, desk):
    given, asked = setting.given(register), setting.inquiry(register)

    assert desk("ad").get(f"/grants/{given.pk}/revoke/").status_code == 200
    assert desk("cs").get(f"/grants/{given.pk}/revoke/").status_code == 200
    assert desk("rc").get(f"/inquiries/{asked.pk}/").status_code == 200
    assert Delegation.objects.get().state == Delegation.State.ACTIVE


@pytest.mark.parametrize("page", ["/people/", "/households/", "/units/"])
def test_five_hundred_rows_come_page_by_page(page, register, desk):
    write_many(register, 500)

    first = desk("cs").get(page).content.decode()

    assert "已显示 50 项" in first and 'rel="next"' in first


def write_many(register, count: int, start: int = 0) -> None:
    """Write many employees, units and households."""
    office, building = register.office, Unit.objects.earliest("pk").building
    with pen.held(Person, Staff, Unit, Household, Member):
        people = Person.objects.bulk_create(
            new_person(office, f"员工{n}", f"137{n:08}") for n in range(start, start + count)
        )
        Staff.objects.bulk_create(
            Staff(office=office, person=one, employee_no=f"X{n:05}", state="active")
            for n, one in enumerate(people, start)
        )
        units = Unit.objects.bulk_create(
            Unit(building=building, unit_key="9", room_key=str(n), area_x100=9000, status="let")
            for n in range(start, start + count)
        )
        homes = Household.objects.bulk_create(
            Household(office=office, unit=unit, label=f"3-9-{unit.room_key}", state="open")
            for unit in units
        )
        Member.objects.bulk_create(
            Member(household=home, person=one, relation="owner")
            for home, one in zip(homes, people, strict=True)
        )


def test_an_official_day_stands_once(register):
    day = CalendarDay.objects.filter(office=None).earliest("pk")

    with pen.held(CalendarDay), pytest.raises(Exception, match="(?i)unique"):
        CalendarDay.objects.create(office=None, date=day.date, kind=day.kind)


def test_the_company_says_that_it_is_a_demo(register, desk):
    page = desk("ad").get("/offices/").content.decode()

    assert Company.objects.get().name in page and "演示公司的资料是编造的" in page
    assert Account.objects.exists()


@pytest.mark.parametrize(("days", "shown"), [(1, "自 11-25 起"), (0, "在任")])
def test_a_post_that_begins_tomorrow_says_so(register, desk, days, shown):
    post = Post.objects.filter(state=Post.State.ACTIVE, person__isnull=False).latest("pk")
    with pen.held(Post):
        Post.objects.filter(pk=post.pk).update(from_on=local_day(MORNING) + timedelta(days=days))

    page = desk("ad").get(reverse("post", args=(post.pk,))).content.decode()

    assert shown in page
