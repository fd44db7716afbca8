"""Two records of one order in the queue, on the page, in the case file and on the statement."""

from __future__ import annotations

import pytest

from tests.stories import AUDITED_TWICE_AT, CONFIRMED_AGAIN_AT, fresh, records_of
from teyue.desks.casefile.dossier import opened
from teyue.desks.demo import course
from teyue.desks.prints.sheets import money
from teyue.desks.prints.sheets.heads import Printer
from teyue.foundation.money import Money
from teyue.procedure.audit import operations, worklist
from teyue.procedure.audit.facts import Findings
from teyue.procedure.audit.models import CHECKS
from teyue.procedure.booking.models import Standing
from teyue.procedure.service.models import Record

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]


def form(record: Record) -> dict[str, object]:
    """Return what the page sends when everything was found right."""
    return {"digest": record.content_digest, "checks": list(CHECKS), "verdict": "pass"}


def test_the_queue_shows_both_with_the_sum_of_the_order(done_in_two, signed_in, at_time, cs):
    done_in_two()
    at_time(CONFIRMED_AGAIN_AT)

    page = signed_in("cs").get("/audits/").content.decode()

    assert "等您审核 2 件" in page and "60.00" in page and "30.00" in page
    assert len(worklist.waiting(cs, CONFIRMED_AGAIN_AT)) == 2


def test_who_may_only_look_is_told_who_audits(done_in_two, signed_in, at_time):
    done_in_two()
    at_time(CONFIRMED_AGAIN_AT)

    page = signed_in("ca").get("/audits/").content.decode()

    assert "待主管审核 2 件" in page and "由客服主管审核" in page
    assert "等您审核" not in page


def test_the_page_passes_one_and_says_that_another_waits(done_in_two, signed_in, at_time, cs):
    order = done_in_two()
    first, second = records_of(order)
    at_time(CONFIRMED_AGAIN_AT)
    supervisor = signed_in("cs")

    page = supervisor.post(f"/audits/{first.number}/", form(first), follow=True)

    assert "请继续审核本单其他各次上门" in page.content.decode()
    assert fresh(order).standing == Standing.TO_AUDIT
    by_order = supervisor.get(f"/audits/{order.number}/").content.decode()
    assert second.number in by_order and "各次上门合计" in by_order
    done = supervisor.get(f"/audits/{first.number}/").content.decode()
    assert 'value="pass"' not in done


def test_the_page_passes_the_last_one_on_to_the_cashier(done_in_two, signed_in, at_time, cs):
    order = done_in_two()
    first, second = records_of(order)
    course.audited(first, actor=cs, at=CONFIRMED_AGAIN_AT)
    at_time(CONFIRMED_AGAIN_AT)

    page = signed_in("cs").post(f"/audits/{second.number}/", form(second), follow=True)

    assert "转收银员结算" in page.content.decode()
    assert fresh(order).standing == Standing.TO_SETTLE


def test_the_case_file_acts_on_the_record_that_waits(done_in_two, cs):
    order = done_in_two()
    first, second = records_of(order)
    course.audited(second, actor=cs, at=AUDITED_TWICE_AT)
    assert first in opened(cs, order.number).current()

    findings = Findings(digest=second.content_digest, comment="照片不清")
    operations.send_back(second, findings=findings, actor=cs, at=AUDITED_TWICE_AT)

    assert second in opened(cs, order.number).current()


def test_the_statement_names_both_records_and_their_lines(done_in_two, cs, ca, open_shift):
    order = done_in_two()
    for record in records_of(order):
        course.audited(record, actor=cs, at=AUDITED_TWICE_AT)
    slip = course.settled(fresh(order), shift=open_shift, actor=ca, at=AUDITED_TWICE_AT)

    sheet = money.settlement_sheet(slip, Printer(actor=ca, at=AUDITED_TWICE_AT))

    assert all(str(record) in sheet.records for record in records_of(order))
    assert [one.amount for one in sheet.lines] == [Money(3000), Money(3000)]
    assert sheet.lines[1].text.startswith("第 2 次上门：")
