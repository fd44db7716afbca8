from __future__ import annotations

import subprocess
from datetime import timedelta

import pytest

from tests.cast import offer
from tests.stories import fresh, record_of
from teyue.desks.casefile.tests.seats import EVENING, MORNING
from teyue.desks.demo import course, desk
from teyue.desks.prints.sheets import money, work
from teyue.desks.prints.sheets.heads import Printer
from teyue.foundation.files import operations as storing
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier.facts import Count, Transferring
from teyue.procedure.cashier.models import Printing, Transfer
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.facts import Emergency
from teyue.procedure.dispatch.models import Override
from teyue.procedure.refund import operations as refund
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

NUMBERS = {
    "F-07": lambda order: order.number,
    "F-07-day": lambda order: "2026-11-24",
    "quote": lambda order: f"{order.number}-1",
    "F-10": lambda order: order.visits.get().number,
    "F-12": lambda order: order.records.get().number,
    "F-13": lambda order: order.settlements.get().number,
}
SAYS = {
    "F-07": ("特约服务登记表", "刘文博（业主）", "138****5207", "第1版"),
    "F-07-day": ("特约服务日登记表", "3-2-1102", "已结算"),
    "quote": ("特约服务报价条", "叁拾元整", "电话录音"),
    "F-10": ("派工单", "王磊", "工程部", "夜间静音"),
    "F-12": ("特约服务记录单", "试水3分钟无渗漏", "屏幕签名", "周敏"),
    "F-13": ("服务费用结算单", "两清", "No.0000001", "陈静"),
}
SAYS_IN_ENGLISH = {
    "F-07": ("ServiceRegistration", "Tapor"),
    "F-07-day": ("DailyServiceRegister",),
    "quote": ("Quotation", "3-2-1102"),
    "F-10": ("WorkOrder", "Closethevalve"),
    "F-12": ("ServiceRecord", "Recordedby"),
    "F-13": ("SettlementStatement", "Actualcost"),
}


BURST = "厨房主管接头爆裂，水已流入楼下客厅"


def words_of(answer) -> str:
    assert answer.headers["Content-Type"] == "application/pdf"
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=answer.content, capture_output=True
    )
    return "".join(read.stdout.decode().split())


def sheet(seat, form: str, number: str | None, **told):
    return seat.get(f"/prints/{form}/{number}.pdf", told)


@pytest.mark.parametrize("form", NUMBERS)
def test_a_form_says_what_its_paper_says(settled, seated, form):
    number = NUMBERS[form](settled())

    said = words_of(sheet(seated("cs"), form, number))

    assert [text for text in SAYS[form] if text not in said] == []


@pytest.mark.parametrize("form", NUMBERS)
def test_a_form_speaks_the_language_of_the_reader(settled, seated, form):
    number = NUMBERS[form](settled())
    desk = seated("cs")

    answer = desk.get(f"/prints/{form}/{number}.pdf", headers={"accept-language": "en"})

    said = words_of(answer)
    assert [text for text in SAYS_IN_ENGLISH[form] if text not in said] == []


@pytest.mark.parametrize("form", NUMBERS)
def test_nobody_prints_what_is_not_theirs(settled, seated, form):
    number = NUMBERS[form](settled())

    answer = sheet(seated("neighbor"), form, number)

    assert answer.status_code == 404
    assert not Printing.objects.exists()


def test_every_print_is_remembered(settled, seated, cs):
    order = settled()

    for _ in range(2):
        sheet(seated("cs"), "F-07", order.number)

    logged = Printing.objects.filter(document_kind=order.kind, document_id=order.pk)
    assert list(logged.values_list("n", "by")) == [(1, cs.id), (2, cs.id)]


def test_a_form_that_nobody_knows_is_not_found(seated):
    assert sheet(seated("cs"), "F-99", "1").status_code == 404


@pytest.mark.parametrize("number", ["yesterday", "2026-13-01"])
def test_a_register_of_no_day_is_not_found(seated, number):
    assert sheet(seated("cs"), "F-07-day", number).status_code == 404


def test_a_refund_shows_every_hand(paid, seated, cs):
    order = paid()
    cancellation = Cancellation(reason="家里有事")
    settlement.cancel(order, cancellation=cancellation, actor=cs, at=MORNING)

    said = words_of(sheet(seated("cs"), "F-14", order.refunds.get().number))

    assert [text for text in ("退款申请", "叁拾元整", "取消退款") if text not in said] == []


@pytest.mark.clause("3.5")
def test_a_day_close_is_printed_after_the_count(settled, open_shift, ca, seated):
    settled()
    counted = Count(pieces={10_000: 5, 1_000: 3})
    cashier.count(open_shift, counted=counted, actor=ca, at=EVENING)

    said = words_of(sheet(seated("ca"), "F-25", open_shift.number))

    assert [text for text in ("一号收银台", "100元", "530.00") if text not in said] == []


@pytest.mark.clause("3.5")
def test_a_day_close_counts_receipts_that_were_issued_anew(
    paid, booked, neighbors, open_shift, ca, fn, seated
):
    wrong, right = paid(), booked(household=neighbors, wish_from=None)
    moving = Transferring(target=right, reason=Transfer.Reason.WRONG_HOUSEHOLD)
    asked = cashier.request_transfer(wrong, transferring=moving, actor=ca, at=EVENING)
    cashier.approve_transfer(asked, actor=fn, at=EVENING)
    cashier.count(open_shift, counted=Count(pieces={10_000: 5}), actor=ca, at=EVENING)

    said = words_of(sheet(seated("ca"), "F-25", open_shift.number))
    page = seated("ca").get(f"/shifts/{open_shift.number}/").content.decode()

    assert "2份，其中换开1份，不计收款" in said
    assert "有效 2 张" in page and "其中换开 1 张，不计收款" in page


@pytest.mark.clause("3.5")
def test_a_day_close_stays_blind_before_the_count(open_shift, seated):
    answer = sheet(seated("ca"), "F-25", open_shift.number)

    said = answer.context["refusal"]
    assert (answer.status_code, said.code, said.clause) == (422, "not_counted", "3.5")
    assert "盘点后才能打印日结单" in answer.content.decode()
    assert not Printing.objects.exists()


@pytest.mark.clause("4.4.2")
def test_an_emergency_is_printed_with_who_let_it(wished, small_set, rc, ds, seated):
    burst = offer(small_set.office_id, "WX-07")
    asked = wished(offer=burst, urgency=Order.Urgency.URGENT)
    order = course.quoted(asked, actor=rc, at=MORNING).order
    emergency = Emergency(category=Override.Category.FLOOD, reason=BURST, estimate=Money(30_000))
    dispatch.override(order, emergency=emergency, actor=ds, at=MORNING)

    said = words_of(sheet(seated("cs"), "F-28", order.overrides.get().number))

    assert [text for text in ("漏水", BURST, "何志强", "¥300.00") if text not in said] == []


@pytest.fixture
def signed(recorded):
    """A record that the household signed with a finger."""

    def build() -> Order:
        order = recorded()
        desk.signed(record_of(order), at=EVENING)
        return fresh(order)

    return build


def pictures_in(answer) -> int:
    listed = subprocess.run(["pdfimages", "-list", "-"], input=answer.content, capture_output=True)
    return len(listed.stdout.decode().splitlines()[2:])


def test_a_record_shows_the_signature_of_the_household(signed, seated):
    number = signed().records.get().number

    shown = sheet(seated("cs"), "F-12", number)

    assert pictures_in(shown) == 1


def test_a_signature_that_is_erased_is_not_shown(signed, seated):
    number = signed().records.get().number
    storing.erase(EVENING + timedelta(days=4 * 365))

    shown = sheet(seated("cs"), "F-12", number)

    assert "屏幕签名" in words_of(shown)
    assert pictures_in(shown) == 0


def test_a_signature_is_shown_only_to_who_may_open_the_file(signed, seated, monkeypatch):
    number = signed().records.get().number
    monkeypatch.setattr(work, "may_open", lambda drawn, actor: False)

    shown = sheet(seated("cs"), "F-12", number)

    assert pictures_in(shown) == 0


def test_an_unpaid_refund_says_nothing_of_the_receipt_and_the_cosigning(paid, cs):
    order = paid()
    cancellation = Cancellation(reason="家里有事")
    settlement.cancel(order, cancellation=cancellation, actor=cs, at=MORNING)

    said = money.refund_sheet(order.refunds.get(), Printer(actor=cs, at=MORNING))

    assert said.original == ""
    assert said.cosigned == said.reviewed == said.paid


def test_a_refund_says_when_each_hand_was_put_to_it(paid, cs):
    order = paid()
    cancellation = Cancellation(reason="家里有事")
    settlement.cancel(order, cancellation=cancellation, actor=cs, at=MORNING)
    asked = order.refunds.get()
    refund.review(asked, actor=cs, at=EVENING)

    said = money.refund_sheet(asked, Printer(actor=cs, at=EVENING))

    assert (said.reviewed.name, said.reviewed.at) == ("周敏", EVENING)


def test_an_office_without_a_telephone_names_its_desk(settled, seated):
    said = words_of(sheet(seated("cs"), "F-13", settled().settlements.get().number))

    assert "请联系管理处前台，我们逐项说明" in said
