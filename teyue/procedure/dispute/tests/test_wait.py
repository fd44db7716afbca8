"""What waits for whom in the four stages, by asking the steps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import MORNING, offer
from tests.stories import AFTERNOON, AUDITED_AT, CONFIRMED_AT, RECORDED_AT, record_of, visit_of
from teyue.desks.demo import course
from teyue.foundation.money import Money
from teyue.procedure.audit import operations as auditing
from teyue.procedure.audit import worklist as audit
from teyue.procedure.audit.facts import Findings
from teyue.procedure.dispatch import operations as dispatching
from teyue.procedure.dispatch import worklist as dispatch
from teyue.procedure.dispatch.facts import Emergency
from teyue.procedure.dispatch.models import Override
from teyue.procedure.dispatch.tests.proof import at_home
from teyue.procedure.dispute import operations, worklist
from teyue.procedure.service import worklist as service

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]


def names(works):
    return [(work.queue, work.allowed) for work in works]


def test_a_paid_order_waits_for_the_dispatcher(paid, rc, ca):
    order = paid()

    works = dispatch.waiting(rc, MORNING)

    assert names(works) == [("dispatch.assign", True)]
    assert (works[0].number, works[0].due_at) == (order.number, order.due_at)
    assert dispatch.waiting(ca, MORNING) == []


def test_who_lives_there_sees_it_grey(paid, rc, household):
    paid()

    works = dispatch.waiting(at_home(rc, household), MORNING)

    assert names(works) == [("dispatch.assign", False)]


def test_a_job_waits_step_by_step(dispatched, st, st2):
    visit = visit_of(dispatched())
    assert names(dispatch.waiting(st, AFTERNOON)) == [("dispatch.accept", True)]

    dispatching.accept(visit, actor=st, at=AFTERNOON)
    assert names(dispatch.waiting(st, AFTERNOON)) == [("dispatch.depart", True)]

    dispatching.depart(visit, actor=st, at=AFTERNOON)
    dispatching.arrive(visit, proof="门口", actor=st, at=AFTERNOON)
    assert names(service.waiting(st, AFTERNOON)) == [("service.start", True)]
    assert dispatch.waiting(st2, AFTERNOON) == service.waiting(st2, AFTERNOON) == []


def test_work_under_way_waits_for_its_record(started, st):
    started()

    assert names(service.waiting(st, RECORDED_AT)) == [("service.record", True)]


def test_a_record_waits_for_the_owner(recorded, rs, neighbor):
    recorded()

    assert names(service.waiting(rs, CONFIRMED_AT)) == [("service.confirm", True)]
    assert service.waiting(neighbor, CONFIRMED_AT) == []


def test_after_a_week_it_waits_for_the_manager(recorded, om):
    recorded()
    week = timedelta(days=7, minutes=1)

    assert service.waiting(om, RECORDED_AT) == []
    assert names(service.waiting(om, RECORDED_AT + week)) == [
        ("service.confirm_alternatively", True)
    ]


def test_a_returned_record_waits_for_the_technician(confirmed, cs, st):
    record = record_of(confirmed())
    back = Findings(digest=record.content_digest, comment="照片不清")
    auditing.send_back(record, findings=back, actor=cs, at=AUDITED_AT)

    assert names(service.waiting(st, AUDITED_AT)) == [("service.revise", True)]


def test_a_no_show_waits_for_the_supervisor(dispatched, cs):
    dispatched()
    late = AFTERNOON + timedelta(hours=2, minutes=30)

    assert names(dispatch.waiting(cs, late - timedelta(minutes=5))) == []
    assert names(dispatch.waiting(cs, late)) == [("dispatch.report_no_show", True)]


def test_a_confirmed_record_waits_for_the_audit(confirmed, cs, household):
    confirmed()

    assert names(audit.waiting(cs, CONFIRMED_AT)) == [("audit.approve", True)]
    assert names(audit.waiting(at_home(cs, household), CONFIRMED_AT)) == [("audit.approve", False)]


def test_a_dispute_waits_for_a_decision(recorded, st, om, rc):
    operations.open(record_of(recorded()), words="滴水", actor=st, at=CONFIRMED_AT)

    assert names(worklist.waiting(om, CONFIRMED_AT)) == [("dispute.resolve", True)]
    assert worklist.waiting(rc, CONFIRMED_AT) == []


def test_an_unpaid_emergency_waits_at_the_till(wished, rc, cs, ca, small_set):
    asked = wished(offer=offer(small_set.office_id, "WX-07"), urgency="urgent")
    order = course.quoted(asked, actor=rc, at=MORNING).order
    need = Emergency(
        category=Override.Category.FLOOD, reason="厨房水管爆裂，水已漫到客厅", estimate=Money(100)
    )
    dispatching.override(order, emergency=need, actor=cs, at=MORNING)

    works = dispatch.waiting(ca, MORNING)

    assert [work.queue for work in works] == ["dispatch.redeem"]
    assert works[0].due_at == MORNING + timedelta(hours=24)
