from __future__ import annotations

import pytest
from django.apps import apps

from teyue.foundation import clock
from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Step, steps
from teyue.foundation.refusal import Refused
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


@pytest.fixture
def quoting(monkeypatch) -> Step:
    """The only step of the house: it begins a quote of an order that is registered."""
    monkeypatch.setattr(steps, "_steps", {})
    return Step(
        name="booking.quote",
        label="报价",
        clause="4.2.3",
        document=apps.get_model("booking", "Quote"),
        target="offered",
        when=("registered",),
        unless=(lambda quote, *_: Refused("asked", f"{quote.order.standing} {quote.scope}"),),
    )


@pytest.mark.parametrize(("standing", "count"), [("registered", 1), ("settled", 0)])
def test_a_case_shows_the_papers_that_may_begin_now(
    office, administrator, quoting, standing, count
):
    order = apps.get_model("booking", "Order")(office=office, state="open", standing=standing)

    seen = by_name(order, administrator)

    assert len(seen) == count
    assert all(found.refusal.code == "no_power" for found in seen.values())


def test_a_blank_paper_stands_in_the_case_and_its_office(office, quoting):
    order = apps.get_model("booking", "Order")(office=office, state="open", standing="registered")
    actor = Actor(id=1, login="rc", grants=frozenset({("booking.quote", office.pk)}))

    [seen] = next_steps(order, actor=actor, at=clock.now())

    assert str(seen.refusal) == f"registered {office.pk}"
