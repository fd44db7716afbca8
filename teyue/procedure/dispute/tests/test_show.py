"""What may be done next is shown at every standing, to everybody."""

from __future__ import annotations

import pytest

from tests.stories import SETTLED_AT, record_of, visit_of
from teyue.web.allowed import allowed_steps

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
EVERYBODY = ("gm", "om", "ds", "cs", "rc", "ca", "fn", "st", "rs", "au")
BUILDERS = ("paid", "dispatched", "started", "recorded", "confirmed", "audited", "settled")


@pytest.mark.parametrize("builder", BUILDERS)
def test_everybody_sees_what_may_be_done_with_an_order(request, builder, at_now):
    order = request.getfixturevalue(builder)()

    for who in EVERYBODY:
        allowed_steps(order, actor=request.getfixturevalue(who), at=at_now)


@pytest.mark.parametrize("builder", BUILDERS[1:])
def test_everybody_sees_what_may_be_done_with_a_visit(request, builder, at_now):
    visit = visit_of(request.getfixturevalue(builder)())

    for who in EVERYBODY:
        allowed_steps(visit, actor=request.getfixturevalue(who), at=at_now)


@pytest.mark.parametrize("builder", BUILDERS[3:])
def test_everybody_sees_what_may_be_done_with_a_record(request, builder, at_now):
    record = record_of(request.getfixturevalue(builder)())

    for who in EVERYBODY:
        allowed_steps(record, actor=request.getfixturevalue(who), at=at_now)


@pytest.fixture
def at_now():
    return SETTLED_AT
