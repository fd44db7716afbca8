from __future__ import annotations

from datetime import date

import pytest

from teyue.desks.casefile.tests.seats import EVENING, MORNING, copied, statements, words
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation
from teyue.register.estate import operations as estate
from teyue.register.parameters import operations as parameters
from teyue.register.parameters.operations import Proposal
from teyue.register.people import operations as people
from teyue.register.people.facts import Appointment
from teyue.register.people.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

WORKBENCH = "/workbench/"
ROLES = ("gm", "om", "ds", "cs", "rc", "ca", "fn", "au", "ad", "st", "rs")
EMPTY = {
    "cs": "业主确认后，服务记录会出现在这里",
    "rc": "登记后还没有报价的订单会出现在这里",
    "ds": "住户预交后，等派人的订单会出现在这里",
    "om": "住户拒绝确认的订单会出现在这里",
    "gm": "收银员、财务的任命会出现在这里",
    "ca": "主管审核通过后，订单会出现在这里",
    "fn": "收银员日结后，班次会出现在这里",
    "st": "派给您的上门服务会出现在这里",
    "rs": "您还没有预约",
    "ad": "没有等签发的任命",
    "au": "近 90 天没有订单",
}


@pytest.mark.parametrize(("login", "said"), EMPTY.items())
def test_an_empty_workbench_says_what_would_appear(seated, login, said):
    answer = seated(login).get(WORKBENCH)

    assert answer.status_code == 200
    assert "今天没有等您处理的事" in words(answer)
    assert said in words(answer)


def test_a_firm_sees_its_workbench(seated, su):
    assert seated("su").get(WORKBENCH).status_code == 200


def test_the_first_page_is_the_workbench(seated):
    answer = seated("cs").get("/")

    assert answer.headers["Location"] == WORKBENCH


WAITS = {
    ("quoted", "rs"): "待您接受报价",
    ("booked", "ca"): "待预交",
    ("paid", "ds"): "待派工",
    ("dispatched", "st"): "待接单",
    ("recorded", "rs"): "待业主确认",
    ("confirmed", "cs"): "待审核",
    ("audited", "ca"): "待结算",
}


@pytest.mark.parametrize(("story", "title"), WAITS.items(), ids=str)
def test_work_waits_for_who_does_it(request, seated, story, title):
    builder, login = story
    request.getfixturevalue(builder)()

    said = words(seated(login, at=MORNING).get(WORKBENCH))

    assert title in said.partition("现在没有")[0]
    assert "3-2-1102" in said


def test_only_the_first_button_is_filled(confirmed, quoted, seated):
    confirmed()

    page = seated("cs").get(WORKBENCH).content.decode()

    assert page.partition("<main")[2].count("btn-primary") == 1


def test_late_work_comes_first_and_is_counted(paid, confirmed, seated):
    order = confirmed()

    answer = seated("cs", at=EVENING.replace(day=30)).get(WORKBENCH)

    assert answer.context["today"].late == answer.context["today"].total == 1
    assert "审核逾期" in words(answer)
    assert order.household.label in words(answer)


@pytest.mark.parametrize("login", ROLES)
def test_more_orders_cost_no_more_statements(quoted, seated, login):
    order, desk = quoted(), seated(login, at=MORNING)
    copied(order, 2)
    few = statements(desk, WORKBENCH)

    copied(order, 27, begin=10)

    assert statements(desk, WORKBENCH) == few


def test_the_pipeline_counts_where_orders_stand(quoted, seated):
    copied(quoted(), 4)

    pipeline = seated("om").get(WORKBENCH).context["pipeline"]

    assert {str(one.standing): str(one.tally) for one in pipeline.places}["quoted"] == "5"
    assert pipeline.total.n == 5


def test_a_late_order_says_for_whom_it_waits(paid, seated):
    paid()

    answer = seated("om", at=EVENING.replace(day=26)).get(WORKBENCH)

    late = answer.context["pipeline"].late
    assert [one.waits_for for one in late] == ["周敏等 4 人"]


def test_who_sees_no_orders_sees_no_pipeline(quoted, seated):
    quoted()

    assert seated("ad").get(WORKBENCH).context["pipeline"] is None


def test_the_menu_counts_what_waits(confirmed, paid, seated, cs):
    confirmed()

    page = seated("cs").get(WORKBENCH)

    assert page.wsgi_request.waiting["audits"] == 1
    assert page.wsgi_request.waiting["workbench"] == 1


def test_the_supervisor_finds_the_refund_to_review(paid, seated, cs):
    order = paid()
    cancellation = Cancellation(reason="家里有事")
    settlement.cancel(order, cancellation=cancellation, actor=cs, at=MORNING)

    said = words(seated("cs", at=MORNING).get(WORKBENCH))

    assert "退款待复核" in said.partition("现在没有")[0]
    assert "取消退款" in said


def test_the_shell_says_where_and_when(small_set, seated):
    page = seated("cs", at=MORNING).get(WORKBENCH).content.decode()

    assert "静音时段 12:00–14:00、20:00–次日 08:00" in page
    assert "价目表第 1 版 · 在用" in page
    assert "已入住 2 户" in page
    assert "客服中心主管" in page


@pytest.mark.clause("3.0")
@pytest.mark.parametrize("login", ["gm", "ad"])
def test_an_appointment_waits_for_the_signature(register, office, ad, seated, login):
    person = register.people["ds"]
    appointment = Appointment(person, Role.FN, office, from_on=date(2026, 12, 1))
    people.propose_appointment(appointment=appointment, actor=ad, at=MORNING)

    said = words(seated(login).get(WORKBENCH))

    assert "任命待签发 1" in said
    assert person.name in said


@pytest.mark.clause("4.2.4")
@pytest.mark.parametrize(("login", "shown"), [("rc", True), ("ad", False)])
def test_an_inquiry_names_the_home_only_to_who_may_ask(household, ad, seated, login, shown):
    estate.ask_consent(household, subject="老人独居", actor=ad, at=MORNING)

    said = words(seated(login).get(WORKBENCH))

    assert "待征询住户 1" in said
    assert (household.label in said) is shown


@pytest.mark.clause("3.0")
def test_a_parameter_waits_for_the_signature(office, om, seated):
    asked = Proposal("order.dispatch.normal_min", "20", office, MORNING, "周末人手少")
    parameters.propose(asked, actor=om, at=MORNING)

    page = seated("gm", at=MORNING).get(WORKBENCH)

    assert "拟改为 20：周末人手少" in words(page)
    assert page.wsgi_request.waiting["parameters"] == 1
    assert page.context["today"].first[0].url == "/parameters/order.dispatch.normal_min/"


def test_a_place_where_nothing_stands_is_not_marked_as_mine(quoted, seated):
    quoted()

    page = seated("om").get(WORKBENCH).content.decode()

    assert 'class="mine"' not in page
