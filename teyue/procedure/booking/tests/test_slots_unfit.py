from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teyue.procedure.booking.queries import slots
from teyue.procedure.booking.tests.roster import HOUR, at, change, estate, kept
from teyue.procedure.planning.models import Item
from teyue.register.company import edition
from teyue.register.estate.models import Member

pytestmark = [pytest.mark.clause("4.2.5"), pytest.mark.django_db]

BOTH = Item.Provider.BOTH


def unfit(order, who, starts="14:00", **more):
    begin = at(starts)
    return slots.unfit(order=order, starts=begin, ends=begin + HOUR, at=at("10:42"), **who, **more)


def test_a_free_electrician_may_be_sent():
    place = estate()
    electrician = place.staff("王磊", "low_voltage")

    assert unfit(place.order(), {"staff": electrician}) is None


def candidates(order, starts="14:00"):
    begin = at(starts)
    return slots.candidates(order, starts=begin, ends=begin + HOUR, at=at("10:42"))


@pytest.mark.clause("4.4.1")
def test_nobody_is_sent_without_the_certificate():
    place = estate()

    found = unfit(place.order(), {"staff": place.staff("赵明")})

    assert found.code == "not_certified"
    assert "赵明 缺有效证件（低压电工）" in str(found)


@pytest.mark.clause("4.4.1")
def test_a_certificate_must_be_valid_on_the_day():
    place = estate()
    electrician = place.staff("王磊", "low_voltage")
    change(electrician.certificates.get(), valid_to=date(2026, 11, 23))

    assert unfit(place.order(), {"staff": electrician}).code == "not_certified"


def test_nobody_on_leave_is_sent():
    place = estate()
    electrician = place.staff("王磊", "low_voltage")
    place.away(electrician, at("14:30"), at("18:00"))

    assert unfit(place.order(), {"staff": electrician}).code == "not_on_duty"


def test_nobody_is_sent_off_shift():
    place = estate()
    electrician = place.staff("王磊", "low_voltage", hours="8-14")

    assert unfit(place.order(), {"staff": electrician}).code == "not_on_duty"


def test_who_left_is_not_sent():
    place = estate()
    electrician = place.staff("王磊", "low_voltage")
    change(electrician, state="left")

    assert unfit(place.order(), {"staff": electrician}).code == "not_on_duty"


def test_nobody_is_sent_to_two_homes_at_once():
    place = estate()
    electrician = place.staff("王磊", "low_voltage")
    place.reserve(at("13:30"), at("14:30"), staff=electrician)

    assert unfit(place.order(), {"staff": electrician}).code == "person_busy"


def test_the_own_reservation_of_an_order_does_not_stand_in_its_way():
    place = estate()
    electrician = place.staff("王磊", "low_voltage")
    reservation = place.reserve(at("13:30"), at("14:30"), staff=electrician)

    assert unfit(reservation.order, {"staff": electrician}) is None


@pytest.mark.clause("4.3.1")
def test_nobody_is_sent_home():
    place = estate()
    neighbor = place.staff("王磊", "low_voltage", household=place.household)
    family = place.staff("赵明", "low_voltage")
    kept(Member, household=place.household, person=family.person, relation="family")

    found = [unfit(place.order(), {"staff": who}).code for who in (neighbor, family)]

    assert found == ["own_household", "own_household"]


@pytest.mark.clause("4.2.6")
@pytest.mark.parametrize(
    ("state", "insured"),
    [("suspended", date(2027, 1, 1)), ("qualified", date(2026, 11, 23)), ("qualified", None)],
)
def test_a_firm_off_the_list_or_without_insurance_is_not_sent(state, insured):
    place = estate(provider_kind=BOTH)
    firm = place.firm("安达", state, insured_to=insured)
    worker = place.worker(firm, "钱五", "low_voltage")

    assert unfit(place.order(), {"worker": worker}).code == "firm_not_listed"


@pytest.mark.clause("4.2.6")
def test_a_worker_of_a_listed_firm_may_be_sent():
    place = estate(provider_kind=BOTH)
    worker = place.worker(place.firm("安达"), "钱五", "low_voltage")

    assert unfit(place.order(), {"worker": worker}) is None


@pytest.mark.clause("4.4.3")
def test_nobody_is_sent_into_the_quiet_hours_but_in_an_emergency():
    place = estate()
    order, electrician = place.order(), {"staff": place.staff("王磊", "low_voltage")}

    found = unfit(order, electrician, "12:05")

    assert str(found) == "不能派到 12:05。12:00–14:00 静音，打孔安装不能施工。可派 14:00。"
    assert unfit(order, electrician, "12:05", exempt=True) is None


@pytest.mark.parametrize("kind", ["staff", "worker"])
def test_one_statement_tells_whether_somebody_may_be_sent(kind):
    place = estate(provider_kind=BOTH)
    order, firm = place.order(), place.firm("安达")
    who = {"staff": place.staff("王磊"), "worker": place.worker(firm, "钱五")}
    edition.replace()
    unfit(order, {kind: who[kind]})

    with edition.known(edition.current()), CaptureQueriesContext(connection) as asked:
        unfit(order, {kind: who[kind]})

    assert len(asked) == 1


def test_candidates_are_told_with_the_reason_against_them():
    place = estate(provider_kind=BOTH)
    place.staff("赵明")
    place.staff("王磊", "low_voltage")
    place.worker(place.firm("安达"), "钱五", "low_voltage")
    place.worker(place.firm("停用", "suspended"), "孙六", "low_voltage")

    found = candidates(place.order())

    told = {person.name: person.refusal and person.refusal.code for person in found}
    assert told == {"王磊": None, "钱五": None, "赵明": "not_certified", "孙六": "firm_not_listed"}
    assert [person.refusal is None for person in found] == [True, True, False, False]


def test_no_candidate_may_break_the_quiet_hours():
    place = estate()
    place.staff("王磊", "low_voltage")

    found = candidates(place.order(), "12:05")

    assert [person.refusal.code for person in found] == ["quiet_hours"]


def test_candidates_cost_three_statements():
    place = estate(provider_kind=BOTH)
    order = place.order()
    for name in ("王磊", "赵明", "孙强"):
        place.staff(name, "low_voltage")
    place.worker(place.firm("安达"), "钱五", "low_voltage")
    edition.replace()
    candidates(order)

    with edition.known(edition.current()), CaptureQueriesContext(connection) as asked:
        candidates(order)

    assert len(asked) == 3
