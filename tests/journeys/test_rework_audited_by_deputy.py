"""A rework that the only supervisor registered: the manager audits on authority (I-33, E-40)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.over_http import audited, begun, confirmed, recorded, sent, served, settled
from teyue.foundation.clock import local_day
from teyue.procedure.audit.models import CHECKS, Audit
from teyue.procedure.booking.models import Order
from teyue.procedure.dispute.jobs import close_rested
from teyue.procedure.settlement.jobs import settle_free
from teyue.register.people import staffing

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.4.1")]


@pytest.fixture
def redone(house, household, technician):
    """Return a rework that is done and confirmed, and its record."""
    source = served(house, household.pk, technician.pk)
    settled(house, source["number"])
    order = house.post("cs", f"/orders/{source['number']}/rework", reason="又滴水了")
    starts = house.at.replace(hour=16, minute=0)
    visit = sent(house, order["number"], technician.pk, starts=starts)
    begun(house, visit["number"], starts=starts)
    record = recorded(house, order["number"], visit["number"])
    confirmed(house, order["number"], record)
    return order, record


def test_the_only_supervisor_is_told_what_to_do(house, redone):
    order, record = redone
    body = {"digest": record["digest"], "checks": dict.fromkeys(CHECKS, True)}

    said = house.caller("cs").post("/audits", record=record["number"], **body)

    assert (said.status_code, said.json()["code"]) == (422, "registrar_audits")
    assert "“授权”页书面授权管理处经理" in said.json()["detail"]
    assert Order.objects.get(number=order["number"]).standing == "to_audit"


def test_the_manager_audits_on_authority_and_the_order_ends(house, redone, register):
    order, record = redone
    today = local_day(house.at).isoformat()
    authority = {"role": "CS", "office": register.office.code, "from_on": today, "to_on": today}
    deputy = register.people["om"].pk

    house.post("cs", "/delegations", grantee=deputy, reason="本人登记的返工", **authority)
    audited(house, record, by="om")
    settle_free(house.at)

    assert Audit.objects.get(record__number=record["number"]).auditor_id == deputy
    assert Order.objects.get(number=order["number"]).standing == "settled"
    assert close_rested(house.at + timedelta(days=8)) == 2
    assert Order.objects.get(number=order["number"]).state == "closed"


def test_without_authority_the_manager_does_not_audit(house, redone):
    _order, record = redone
    body = {"digest": record["digest"], "checks": dict.fromkeys(CHECKS, True)}

    said = house.caller("om").post("/audits", record=record["number"], **body)

    assert (said.status_code, said.json()["code"]) == (403, "no_power")
    assert not Audit.objects.filter(record__number=record["number"]).exists()


def test_an_office_with_one_supervisor_is_warned(register, small_set):
    found = {one.step: one for one in staffing.staffing(register.office.pk, MORNING)}

    assert "I-33" in found["audit.approve"].problem
