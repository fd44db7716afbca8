"""The other ways of an order in real browsers: broken off, served first, extended, done again."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.seats import DESK, PHONE, draw, look, now, photo, sit_down
from tests.stories import AFTERNOON, RECORDED_AT, SETTLED_AT, Builder, fresh, record_of, visit_of
from teyue.desks.dispatch.tests.stories import SOON, emergency, half_done
from teyue.foundation import pen
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.models import Override
from teyue.procedure.pricing.models import PriceLine
from teyue.procedure.service import operations as service
from teyue.procedure.service.facts import Extra
from teyue.procedure.service.models import Change, Record
from teyue.procedure.service.queries import links

__all__ = ["emergency", "now", "sit_down"]

pytestmark = [pytest.mark.browser, pytest.mark.clause("4.3.1")]


@pytest.fixture
def offered(started: Builder, st: Any) -> Change:
    """Extra work that the household has not answered."""
    visit = visit_of(started(qty_x100=200))
    extra = Extra(reason="墙内角阀锈死，要一并更换", labor=Money(4000), labor_text="更换角阀")
    return service.offer_change(visit, extra=extra, actor=st, at=RECORDED_AT)


def test_a_service_is_broken_off_at_the_desk(started, sit_down, now):
    order = started(qty_x100=300)
    now(RECORDED_AT)
    desk = sit_down("cs", DESK)

    desk.goto(f"/visits/{visit_of(order).number}/")
    expect(desk.get_by_text("服务中").first).to_be_visible()
    look(desk, "other-ways/visit")
    desk.get_by_role("link", name="终止（部分完成）").click()
    break_off(desk)

    expect(desk.get_by_text("已做部分 ¥30.00").first).to_be_visible()
    assert fresh(order).standing == Standing.TO_CONFIRM
    assert record_of(order).amount == Money(3000)


def break_off(desk: Page) -> None:
    """Say how much was done; too much is refused beside the field and nothing is lost."""
    desk.on("dialog", lambda box: box.accept())
    desk.get_by_label("我方原因").check()
    desk.get_by_label("已完成数量").fill("3")
    desk.get_by_label("做了什么").fill("换了一只，其余两只配件不对")
    desk.get_by_role("button", name="终止服务").click()
    expect(desk.get_by_text("部分完成的数量应少于约定数量").first).to_be_visible()
    expect(desk.get_by_label("做了什么")).to_have_value("换了一只，其余两只配件不对")
    look(desk, "other-ways/terminate-refused")
    desk.get_by_label("已完成数量").fill("1")
    desk.get_by_label("用时").focus()
    expect(desk.locator("#due")).to_contain_text("¥30.00")
    desk.get_by_role("button", name="终止服务").click()


def test_an_emergency_is_priced_late_accepted_at_home_and_redeemed(
    emergency, sit_down, now, open_shift
):
    number = emergency.number
    now(SOON + timedelta(minutes=30))

    name_the_price(sit_down("ds", DESK), number)
    accept_at_home(sit_down("rs", PHONE), number)
    assert fresh(emergency).agreed == Money(8000)
    collect(sit_down("ca", DESK), number)

    assert not fresh(emergency).in_arrears
    assert Override.objects.get().state == Override.State.PAID


def name_the_price(desk: Page, number: str) -> None:
    """Open the case, go to the late quote, and offer the listed price."""
    desk.goto(f"/orders/{number}/")
    desk.get_by_role("link", name="应急补报价").click()
    expect(desk.get_by_text("¥80.00").first).to_be_visible()
    look(desk, "other-ways/quote-late")
    desk.get_by_role("button", name="补报价").click()
    expect(desk.get_by_text("已报价 ¥80.00").first).to_be_visible()
    desk.goto(f"/orders/{number}/emergency/accept/")
    look(desk, "other-ways/accept-late")


def accept_at_home(phone: Page, number: str) -> None:
    """Accept the price on the own telephone."""
    phone.goto(f"/my/bookings/{number}/")
    expect(phone.get_by_text("应急服务的报价请您确认").first).to_be_visible()
    phone.get_by_role("checkbox").check()
    look(phone, "other-ways/my-emergency")
    phone.get_by_role("button", name="确认报价").click()
    expect(phone.get_by_role("button", name="确认报价")).to_have_count(0)


def collect(desk: Page, number: str) -> None:
    """Take what is owed at the window."""
    desk.goto(f"/till/{number}/arrears/")
    desk.get_by_label("已核对姓名和房号").check()
    desk.get_by_role("button", name=re.compile("收款")).last.click()
    expect(desk.get_by_text("¥80.00").first).to_be_visible()


def test_extra_work_is_accepted_on_the_telephone_of_the_resident(offered, sit_down, now):
    order = offered.order
    now(RECORDED_AT)
    phone = sit_down("rs", PHONE)

    phone.goto(f"/my/bookings/{order.number}/")
    phone.get_by_role("link", name="看增项、答复").click()
    expect(phone.get_by_text("墙内角阀锈死")).to_be_visible()
    look(phone, "other-ways/my-change")
    phone.get_by_role("button", name=re.compile("同意增项 ¥40.00")).click()

    expect(phone.get_by_text("您已同意增项")).to_be_visible()
    assert Change.objects.get().state == Change.State.ACCEPTED
    assert fresh(order).agreed == Money(10000)


def test_extra_work_is_signed_under_the_link_without_an_account(offered, sit_down, now):
    now(RECORDED_AT)
    phone = sit_down("", PHONE)

    phone.goto(f"/x/{links.token_of_change(offered, at=RECORDED_AT)}/")
    phone.get_by_role("button", name=re.compile("同意增项")).click()
    expect(phone.get_by_text("请您先签名").first).to_be_visible()
    look(phone, "other-ways/linked-change-refused")
    draw(phone)
    phone.get_by_role("button", name=re.compile("同意增项")).click()

    expect(phone.get_by_text("您已同意增项")).to_be_visible()
    look(phone, "other-ways/linked-change-done")
    assert Change.objects.get().evidence.startswith("file:")


def test_a_rework_is_registered_from_the_case(settled, sit_down, now):
    order = settled()
    now(SETTLED_AT + timedelta(days=2))
    desk = sit_down("cs", DESK)

    desk.goto(f"/orders/{order.number}/")
    desk.get_by_role("link", name="返工").click()
    look(desk, "other-ways/rework")
    desk.get_by_label("原因").fill("龙头又滴水")
    desk.get_by_role("button", name="登记返工").click()

    expect(desk.get_by_text("已登记返工").first).to_be_visible()
    again = Order.objects.get(rework_of=order)
    assert (again.standing, again.description) == (Standing.READY, "龙头又滴水")


def test_an_order_of_two_visits_goes_on_or_ends_at_the_desk(started, st, sit_down, now):
    order = half_done(started(qty_x100=200), st)
    now(RECORDED_AT + timedelta(minutes=30))
    desk = sit_down("cs", DESK)

    desk.goto("/board/")
    desk.get_by_role("link", name=re.compile("续作")).click()
    look(desk, "other-ways/continue")
    desk.goto(f"/orders/{order.number}/")
    desk.get_by_role("link", name="不再上门").click()
    desk.get_by_label("住户不再需要").check()
    look(desk, "other-ways/conclude")
    desk.on("dialog", lambda box: box.accept())
    desk.get_by_label("说明").fill("另一只住户自己换了")
    desk.get_by_role("button", name="不再上门").click()

    expect(desk.get_by_text("已登记不再上门").first).to_be_visible()
    assert fresh(order).standing == Standing.TO_CONFIRM


def test_a_signed_paper_is_typed_in_at_the_desk(dispatched, sit_down, now):
    order = dispatched()
    now(AFTERNOON + timedelta(hours=3))
    desk = sit_down("rc", DESK)

    desk.goto(f"/visits/{visit_of(order).number}/")
    expect(desk.get_by_role("link", name="补录签字纸单")).to_be_visible()
    desk.goto(f"/orders/{order.number}/")
    desk.get_by_role("link", name="补录签字纸单").click()
    look(desk, "other-ways/key-record")
    copy_the_paper(desk)

    expect(desk.get_by_text("已补录签字纸单").first).to_be_visible()
    assert fresh(order).standing == Standing.TO_AUDIT
    assert visit_of(order).finished_at == AFTERNOON + timedelta(minutes=50)


def copy_the_paper(desk: Page) -> None:
    """Mistake one time; it is refused beside the field, and neither words nor scan are lost."""
    for point in desk.locator('input[name="points"]').all():
        point.check()
    desk.get_by_label("做了什么").fill("更换龙头，试水不漏")
    desk.get_by_label("工完场清").check()
    desk.get_by_label("开工").fill("2026-11-24T14:55")
    desk.get_by_label("完工", exact=True).fill("2026-11-24T14:50")
    desk.get_by_label("业主确认").fill("2026-11-24T15:00")
    desk.get_by_label("签字纸单扫描件").set_input_files(photo())
    desk.get_by_role("button", name="补录签字纸单").click()
    expect(desk.get_by_label("完工", exact=True)).to_have_class(re.compile("is-invalid"))
    expect(desk.get_by_label("做了什么")).to_have_value("更换龙头，试水不漏")
    expect(desk.get_by_text("扫描件已保存")).to_be_visible()
    look(desk, "other-ways/key-record-refused")
    desk.get_by_label("开工").fill("2026-11-24T14:15")
    desk.get_by_role("button", name="补录签字纸单").click()


def test_an_emergency_in_a_range_is_priced_on_site(emergency, sit_down, now):
    with pen.held(PriceLine):
        line = PriceLine.objects.filter(pk=emergency.line_id)
        line.update(price_mode="range", range_min=Money(8000), range_max=Money(40_000))
    now(SOON + timedelta(minutes=30))
    desk = sit_down("ds", DESK)

    desk.goto(f"/orders/{emergency.number}/emergency/quote/")
    desk.get_by_label("现场单价").fill("900")
    desk.get_by_role("button", name="补报价").click()
    expect(desk.get_by_label("现场单价")).to_have_value("900")
    look(desk, "other-ways/quote-late-range")
    desk.get_by_label("现场单价").fill("120")
    desk.get_by_role("button", name="补报价").click()

    expect(desk.get_by_text("已报价 ¥120.00").first).to_be_visible()


def test_a_step_is_taken_in_the_case_file(dispatched, sit_down, now):
    order = dispatched()
    now(AFTERNOON - timedelta(hours=1))
    desk = sit_down("ds", DESK)

    desk.goto(f"/orders/{order.number}/")
    desk.locator("summary", has_text="收回派工").click()
    desk.get_by_role("button", name="收回派工").click()
    expect(desk.get_by_text("这个字段是必填项").first).to_be_visible()
    look(desk, "other-ways/case-refused")
    desk.get_by_label("原因").fill("人手要去抢修")
    desk.get_by_role("button", name="收回派工").click()

    expect(desk.get_by_text("已办理：收回派工")).to_be_visible()
    expect(desk.get_by_role("heading", name="下一步：派工")).to_be_visible()
    assert fresh(order).standing == Standing.READY


def test_what_somebody_else_moved_is_explained_and_nothing_is_lost(
    dispatched, sit_down, now, rc, st
):
    order = dispatched()
    now(AFTERNOON - timedelta(hours=1))
    desk = sit_down("ds", DESK)
    desk.goto(f"/orders/{order.number}/")
    desk.locator("summary", has_text="收回派工").click()
    desk.get_by_label("原因").fill("人手要去抢修")

    dispatch.accept(visit_of(order), actor=st, at=AFTERNOON - timedelta(hours=2))
    desk.get_by_role("button", name="收回派工").click()

    expect(desk.get_by_role("alert")).to_be_visible()
    expect(desk.get_by_label("原因")).to_have_value("人手要去抢修")
    look(desk, "other-ways/case-conflict")
    assert fresh(order).standing == Standing.DISPATCHED
    desk.get_by_role("button", name="收回派工").click()
    expect(desk.get_by_text("已办理：收回派工")).to_be_visible()


@pytest.mark.parametrize(("login", "path"), [("fn", "drawers"), ("st", "me"), ("cs", "me/tokens")])
def test_the_small_pages_are_open_to_everybody(login, path, sit_down, drawer):
    page = sit_down(login, DESK)

    page.goto(f"/{path}/")

    look(page, f"other-ways/{path.replace('/', '-')}")
    assert not Record.objects.exists()
