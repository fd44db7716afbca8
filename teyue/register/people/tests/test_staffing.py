"""The staffing check"""

from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.register.people import operations, staffing
from teyue.register.people.facts import Absence
from teyue.register.people.models import Post
from teyue.register.people.queries import system
from teyue.register.people.tests.conftest import AT

pytestmark = pytest.mark.clause("3.0")
DAY = timedelta(days=1)


@pytest.fixture
def coverage(staffed):
    def of(step):
        return {row.step: row for row in staffing.staffing(staffed.office.pk, AT)}[step]

    return of


def test_names_who_may_take_a_step(staffed, coverage):
    staffed.appointed("任接待", "RC")
    staffed.appointed("程主管", "CS")

    names = {holder.name for holder in coverage("booking.register").people}

    assert names == {"任接待", "程主管"}


def test_finds_a_step_that_nobody_may_take(staffed, coverage):
    staffed.appointed("任接待", "RC")

    assert "无人" in coverage("audit.approve").problem


def test_finds_too_few_people_for_the_separation_of_duties(staffed, coverage):
    staffed.appointed("程主管", "CS")

    assert "I-30" in coverage("audit.approve").problem
    assert "程主管" in coverage("audit.approve").problem


def test_leaves_out_who_is_on_leave(staffed, coverage):
    staffed.appointed("程主管", "CS")
    absence = Absence(AT - DAY, AT + DAY)

    operations.request_leave(staffed.known["程主管"], absence=absence, actor=system(), at=AT)

    assert not coverage("audit.approve").people


def test_warns_with_names_of_a_leave_that_empties_a_step(staffed):
    staffed.appointed("程主管", "CS")
    absence = Absence(AT + DAY, AT + 2 * DAY)

    _leave, missed = operations.request_leave(
        staffed.known["程主管"], absence=absence, actor=system(), at=AT
    )

    assert "audit.approve" in {row.step for row in missed}
    assert {holder.name for row in missed for holder in row.people} == {"程主管"}


def test_says_nothing_of_a_leave_that_a_colleague_covers(staffed):
    staffed.appointed("程主管", "CS")
    staffed.appointed("陈主管", "CS")
    absence = Absence(AT + DAY, AT + 2 * DAY)

    _leave, missed = operations.request_leave(
        staffed.known["程主管"], absence=absence, actor=system(), at=AT
    )

    assert missed == ()
    assert Post.objects.filter(state="active").count() == 2
