from __future__ import annotations

import pytest

from teyue.desks.casefile.tests.seats import EVENING, MORNING, statements, words
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.facts import Pricing
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation, Mistake, Voiding

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

MOST_STATEMENTS = 25
SAYS = {
    "quoted": ("已报价", "下一步：接受报价", "等 住户刘文博办理"),
    "booked": ("待预交", "下一步：收款", "还应预交 ¥30.00"),
    "paid": ("待派工", "下一步：派工", "叁拾元整"),
    "dispatched": ("已派工", "下一步：接单", "派王磊"),
    "started": ("服务中", "14:00 到场，准时"),
    "recorded": ("待业主确认", "下一步：业主确认", "试水 3 分钟无渗漏"),
    "confirmed": ("待主管审核", "下一步：审核通过", "与记录一致"),
    "audited": ("待结算", "下一步：结算", "等 陈静、冯若兰（收银员）办理"),
    "settled": ("已结算", "两清，不补不退", "自动关闭"),
}


def address(order) -> str:
    return f"/orders/{order.number}/"


@pytest.mark.parametrize(("builder", "said"), SAYS.items())
def test_a_case_says_where_it_stands_and_what_is_next(request, seated, builder, said):
    order = request.getfixturevalue(builder)()

    answer = seated("cs").get(address(order))

    assert [text for text in said if text not in words(answer)] == []


@pytest.mark.parametrize(("login", "calls"), [("cs", True), ("ca", True), ("au", False)])
def test_only_who_has_to_do_with_a_household_calls_it(booked, seated, login, calls):
    order = booked()

    page = seated(login).get(address(order)).content.decode()

    assert (f"tel:{order.contact.phone}" in page) == calls


@pytest.mark.parametrize("builder", SAYS)
def test_a_case_keeps_its_budget(request, seated, builder):
    order = request.getfixturevalue(builder)()

    spent = {login: statements(seated(login), address(order)) for login in ("cs", "ca", "rs")}

    assert max(spent.values()) <= MOST_STATEMENTS


def test_more_papers_cost_no_more_statements(quoted, seated, rc):
    order = quoted()
    desk = seated("cs", at=MORNING)
    few = statements(desk, address(order))

    for _ in range(5):
        booking.quote(order, pricing=Pricing(), actor=rc, at=MORNING)

    assert statements(desk, address(order)) == few
    assert "第 6 次" in words(desk.get(address(order)))


def test_a_cancelled_order_keeps_its_papers_and_has_nothing_ahead(paid, seated, cs):
    order = paid()
    asked = Cancellation(reason="家里有事")
    settlement.cancel(order, cancellation=asked, actor=cs, at=MORNING)

    said = words(seated("cs").get(address(order)))

    assert "已取消：家里有事" in said
    assert "退款单" in said
    assert "结算单" not in said


def test_a_void_order_is_struck_out(quoted, seated, cs):
    order = quoted()
    voiding = Voiding(mistake=Mistake.TEST, reason="试登记")
    settlement.void(order, voiding=voiding, actor=cs, at=MORNING)

    answer = seated("cs").get(address(order))

    assert "本单已办结，没有要办的事" in words(answer)
    assert "<s>" in answer.content.decode()


def test_a_household_sees_its_own_case(settled, seated):
    order = settled()

    said = words(seated("rs").get(address(order)))

    assert "费用" in said
    assert "住户补交" not in said


@pytest.mark.parametrize("login", ["neighbor", "ad", "st2"])
def test_others_do_not_find_a_case(settled, seated, login):
    order = settled()

    answer = seated(login).get(address(order))

    assert answer.status_code == 404


def test_a_firm_does_not_find_what_others_do(settled, seated, su):
    order = settled()

    answer = seated("su").get(address(order))

    assert answer.status_code == 404


@pytest.mark.clause("4.2.5")
def test_a_technician_sees_the_own_visit_and_no_money(settled, seated):
    order = settled()

    said = words(seated("st").get(address(order)))

    assert "派王磊" in said
    assert [text for text in ("收据", "结算单", "费用 单位") if text in said] == []


def test_a_step_of_others_names_who_may_take_it(confirmed, seated):
    order = confirmed()

    said = words(seated("rc").get(address(order)))

    assert "您没有“审核通过”的权限" in said
    assert "等 周敏（客服中心主管）办理" in said


def test_the_story_says_who_typed_for_whom(settled, seated):
    order = settled()

    said = words(seated("cs").get(address(order)))

    assert "全部 15 条" in said
    assert "刘文博 接受报价 ¥30.00" in said
    assert "林小雨代录" in said


def test_an_unknown_number_is_not_found(seated):
    answer = seated("cs", at=EVENING).get("/orders/F07-YXY1-20261124-9999/")

    assert answer.status_code == 404


def test_a_household_reads_no_codes_of_forms_and_no_clauses(settled, seated):
    order = settled()

    said = words(seated("rs").get(address(order)))

    assert "No.0000001" in said
    assert not any(code in said for code in ("F-07", "F-11", "F-12", "F-13", "§"))


def test_a_late_step_is_red_in_the_bar(paid, seated):
    order = paid()

    page = seated("cs", at=EVENING).get(address(order)).content.decode()

    assert page.count('class="now late"') == 1
    assert "bi-alarm-fill" in page.partition('class="now late"')[2][:120]
