"""The table of access"""

from __future__ import annotations

import pytest

from teyue.foundation.lifecycle import all_steps
from teyue.register.people.access import NOT_POSTS, TABLE, grants, roles_of
from teyue.register.people.models import Role

REGISTER = ("company", "estate", "people", "calendar", "parameters")
BUSINESS = ("booking", "cashier", "refund", "dispatch", "service", "audit", "settlement", "dispute")


def test_knows_only_roles_of_the_procedure():
    named = {role for row in TABLE.values() for role in row.roles}

    assert named <= set(Role.values) | NOT_POSTS


def test_has_a_row_for_each_step_of_the_register():
    steps = {name for name in all_steps() if name.partition(".")[0] in REGISTER}

    assert steps <= set(TABLE)


@pytest.mark.parametrize("stage", BUSINESS)
def test_gives_an_administrator_no_business_power(stage):
    assert not any(code.startswith(f"{stage}.") for code, _office in grants("AD", 7))


def test_lets_an_auditor_only_read():
    assert all(code.endswith(".read") for code, _office in grants("AU", 7))


def test_gives_nobody_a_power_that_it_does_not_name():
    assert roles_of("booking.dream") == frozenset()
