"""The way to the home: accept, decline, depart, arrive."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.stories import AFTERNOON, fresh, visit_of
from teyue.foundation.actors import Evidence
from teyue.procedure.booking.models import Reservation, Standing
from teyue.procedure.dispatch import operations
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import refused, said_no

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.2.5")]
SOON = AFTERNOON - timedelta(minutes=30)
WAY: dict[str, Any] = {
    "accept": operations.accept,
    "depart": operations.depart,
    "arrive": partial(operations.arrive, proof="门口二维码"),
}


def on_the_way(visit, *names, actor):
    for name in names:
        WAY[name](visit, actor=actor, at=SOON)
    return visit


def test_a_technician_accepts_departs_and_arrives(dispatched, st):
    visit = visit_of(dispatched())

    on_the_way(visit, *WAY, actor=st)

    assert visit.state == Visit.State.ARRIVED
    assert visit.accepted_at == visit.departed_at == visit.arrived_at == SOON


@pytest.mark.parametrize("name", WAY)
def test_a_job_is_only_for_whom_it_was_given_to(dispatched, st, st2, name):
    before = list(WAY)[: list(WAY).index(name)]
    visit = on_the_way(visit_of(dispatched()), *before, actor=st)

    with refused("not_performer"):
        WAY[name](visit, actor=st2, at=SOON)


@pytest.mark.parametrize("name", ["depart", "arrive"])
def test_nothing_is_skipped_on_the_way(dispatched, st, name):
    visit = visit_of(dispatched())

    with refused("wrong_state"):
        WAY[name](visit, actor=st, at=SOON)


def test_the_desk_types_what_the_technician_put_on_paper(dispatched, st, rc):
    visit = visit_of(dispatched())

    operations.accept(visit, actor=st.typed_by(rc, Evidence("paper", "F10-7")), at=SOON)

    assert visit.state == Visit.State.ACCEPTED


def test_nobody_else_types_for_a_technician(dispatched, st, ca):
    visit = visit_of(dispatched())

    with refused("may_not_key"):
        operations.accept(visit, actor=st.typed_by(ca, Evidence("paper", "F10-7")), at=SOON)


def test_a_declined_job_waits_to_be_sent_again(dispatched, st):
    order = dispatched()

    operations.decline(visit_of(order), reason="工具坏了", actor=st, at=SOON)

    assert fresh(order).standing == Standing.READY
    assert visit_of(order).state == Visit.State.SCHEDULED
    assert not Reservation.objects.filter(order=order, freed_at=None).exists()


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [
        ("st2", "工具坏了", "not_performer"),
        ("st", "  ", "reason_missing"),
    ],
)
def test_a_job_is_not_declined(request, dispatched, who, reason, code):
    visit = visit_of(dispatched())

    with refused(code):
        operations.decline(visit, reason=reason, actor=request.getfixturevalue(who), at=SOON)


def test_page_and_endpoint_take_the_same_steps(dispatched, calling, signed_in):
    visit = visit_of(dispatched())

    answer = calling("st").post(f"/visits/{visit.number}/accept")
    page = signed_in("st").post(f"/jobs/{visit.number}/depart/")

    assert (answer.status_code, page.status_code) == (200, 302)
    assert visit_of(visit.order).state == Visit.State.EN_ROUTE


def test_others_do_not_even_see_the_job(dispatched, calling, signed_in):
    visit = visit_of(dispatched())

    answer = calling("st2").post(f"/visits/{visit.number}/accept")

    assert said_no(answer, 404, "not_found")
    assert signed_in("st2").get(f"/jobs/{visit.number}/").status_code == 404


def test_the_phone_shows_one_next_action(dispatched, signed_in):
    visit = visit_of(dispatched())

    page = signed_in("st").get(f"/jobs/{visit.number}/").content.decode()

    assert "3 栋 2 单元 1102" in page and "不收现金，不收小费" in page
    assert f"/jobs/{visit.number}/accept/" in page and f"/jobs/{visit.number}/depart/" not in page
