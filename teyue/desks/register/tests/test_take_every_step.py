from __future__ import annotations

import pytest

from teyue.desks.register.tests.deeds import DEEDS
from teyue.foundation.journal.models import Entry

pytestmark = pytest.mark.clause("3.0")


def taken(step: str) -> int:
    """Return how often a step was taken."""
    return Entry.objects.filter(step=step).count()


@pytest.mark.parametrize("step", DEEDS)
def test_every_step_is_taken_on_a_page(step, register, desk):
    deed = DEEDS[step](register)
    before = taken(step)

    answer = desk(deed.login).post(deed.page, deed.form)

    assert answer.status_code in (200, 302), answer.content.decode()[-3000:]
    assert taken(step) == before + 1


@pytest.mark.parametrize("step", DEEDS)
def test_every_step_is_taken_over_the_api(step, register, call):
    deed = DEEDS[step](register)
    before = taken(step)

    answer = call(deed.login, deed.path, deed.body)

    assert answer.status_code in (200, 201), answer.content.decode()
    assert taken(step) == before + 1


@pytest.mark.parametrize("step", DEEDS)
def test_nobody_takes_a_step_without_its_power(step, register, call):
    deed = DEEDS[step](register)
    before = taken(step)

    answer = call("st", deed.path, deed.body)

    assert answer.status_code in (403, 404)
    assert answer.json()["code"] in ("no_power", "not_found")
    assert taken(step) == before
