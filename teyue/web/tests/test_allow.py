from __future__ import annotations

import pytest

from teyue.foundation import clock
from teyue.procedure.booking.models import Order
from teyue.register.people import queries
from teyue.web.allowed import allowed_steps, next_steps


def by_name(paper, account):
    at = clock.now()
    actor = queries.actor_of_account(account.pk, at=at)
    return {seen.step.name: seen for seen in next_steps(paper, actor=actor, at=at)}


def test_a_step_that_fits_is_open_to_who_has_the_power(receptionist, administrator):
    seen = by_name(receptionist, administrator)

    assert seen["people.close_account"].refusal is None
    assert "people.open_account" not in seen


def test_a_step_that_fits_is_closed_with_a_reason_to_others(receptionist):
    refusal = by_name(receptionist, receptionist)["people.close_account"].refusal

    assert refusal is not None
    assert (refusal.code, refusal.clause) == ("no_power", "3.0")


def test_over_the_api_a_closed_step_says_why(administrator):
    at = clock.now()
    actor = queries.actor_of_account(administrator.pk, at=at)

    shapes = {step.operation: step for step in allowed_steps(administrator, actor=actor, at=at)}

    closed = shapes["people.close_account"]
    assert (closed.allowed, closed.clause, closed.label) == (False, "3.0", "停用账号")
    assert closed.reason and closed.reason.endswith("。")


@pytest.mark.django_db
def test_a_case_is_asked_without_being_kept(office, receptionist):
    order = Order(office=office, state="open", standing="nowhere")

    assert all(not seen.step.when for seen in by_name(order, receptionist).values())
