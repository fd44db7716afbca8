from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.stories import AFTERNOON, fresh, record_of, visit_of
from teyue.foundation.journal.models import Entry
from teyue.procedure.booking.models import Standing
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.tests.proof import refused, said_no
from teyue.procedure.service import operations
from teyue.procedure.service.facts import Report, SignedRecord
from teyue.procedure.service.models import Confirmation

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
TYPED_AT = AFTERNOON + timedelta(hours=3)
STEPS = [
    "dispatch.accept",
    "dispatch.depart",
    "dispatch.arrive",
    "service.start",
    "service.finish",
    "service.record",
    "service.confirm",
    "service.close_visit",
]


@pytest.fixture
def order(dispatched):
    return dispatched()


@pytest.fixture
def paper(order, members):
    """The paper that 王磊 and 刘文博 signed."""
    points = {str(point["no"]): True for point in order.standard.steps}
    minutes = (0, 5, 15, 16, 50, 55)
    names = ("accepted", "departed", "arrived", "started", "finished", "confirmed")
    times: dict[str, Any] = {
        f"{name}_at": AFTERNOON + timedelta(minutes=n)
        for name, n in zip(names, minutes, strict=True)
    }
    report = Report(work_done="更换龙头", minutes=34, qty_x100=100, checklist=points)
    return SignedRecord(
        **times, report=report, signer=members["owner"], scan="F12-0007 扫描", rating=5
    )


def test_a_signed_paper_takes_every_step_at_its_time(order, paper, rc):
    operations.key_signed_record(order, paper=paper, typist=rc, at=TYPED_AT)

    visit = visit_of(order)
    assert fresh(order).standing == Standing.TO_AUDIT
    assert (visit.arrived_at, visit.finished_at) == (paper.arrived_at, paper.finished_at)
    entries = Entry.objects.filter(case_id=order.pk).order_by("pk")
    assert list(entries.values_list("step", flat=True))[-len(STEPS) :] == STEPS


def test_who_did_it_and_who_typed_it_are_both_known(order, paper, rc, st):
    operations.key_signed_record(order, paper=paper, typist=rc, at=TYPED_AT)

    recorded = Entry.objects.get(step="service.record")
    said = Confirmation.objects.get()
    assert (recorded.actor, recorded.keyed_by) == (st.id, rc.id)
    assert (said.method, said.taken_by, said.evidence) == ("paper_sign", rc.id, paper.scan)


def test_what_the_phone_has_said_is_not_said_again(order, paper, rc, st):
    dispatch.accept(visit_of(order), actor=st, at=AFTERNOON)

    operations.key_signed_record(order, paper=paper, typist=rc, at=TYPED_AT)

    assert Entry.objects.filter(step="dispatch.accept").count() == 1
    assert record_of(order).state == "confirmed"


@pytest.mark.parametrize(
    "told",
    [
        {"accepted_at": AFTERNOON - timedelta(days=1)},
        {"arrived_at": AFTERNOON + timedelta(minutes=51)},
        {"confirmed_at": AFTERNOON + timedelta(minutes=49)},
        {"confirmed_at": TYPED_AT + timedelta(minutes=1)},
    ],
)
def test_the_times_of_a_paper_do_not_run_backwards(order, paper, rc, told):
    with refused("times_reversed"):
        wrong = replace(paper, **told)
        operations.key_signed_record(order, paper=wrong, typist=rc, at=TYPED_AT)


def test_a_paper_is_for_an_order_that_was_dispatched(paid, paper, rc, neighbors):
    other = paid(household=neighbors)

    with refused("wrong_state"):
        operations.key_signed_record(other, paper=paper, typist=rc, at=TYPED_AT)


def test_one_refusal_undoes_the_whole_paper(order, paper, rc):
    with refused("checklist_incomplete"):
        bare = replace(paper, report=replace(paper.report, checklist={}))
        operations.key_signed_record(order, paper=bare, typist=rc, at=TYPED_AT)


def test_the_signer_has_the_right_to_confirm(order, paper, rc, members):
    with refused("may_not_confirm"):
        by_helper = replace(paper, signer=members["helper"])
        operations.key_signed_record(order, paper=by_helper, typist=rc, at=TYPED_AT)


def test_only_the_reception_types_papers(order, paper, ca):
    with refused("may_not_key"):
        operations.key_signed_record(order, paper=paper, typist=ca, at=TYPED_AT)


def test_the_api_refuses_times_that_run_backwards(order, calling, at_time):
    at_time(TYPED_AT)
    worked = {"work_done": "好", "minutes": 1, "quantity": "1"}

    answer = calling("rc").post(
        "/records/keyed",
        order=order.number,
        worked=worked,
        evidence={"reference": "F12-0007"},
        arrived_at="2026-11-24T15:00:00+08:00",
        finished_at="2026-11-24T14:30:00+08:00",
    )

    assert said_no(answer, 422, "times_reversed")
    assert fresh(order).standing == Standing.DISPATCHED
