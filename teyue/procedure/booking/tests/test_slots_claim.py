from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teyue.foundation import sitting
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Reservation
from teyue.procedure.booking.queries import slots
from teyue.procedure.booking.tests.roster import HOUR, TUESDAY, at, change, estate, kept
from teyue.procedure.planning.models import Item
from teyue.procedure.subcontracting.models import FirmItem
from teyue.register.calendar.models import CalendarDay
from teyue.register.company import edition

pytestmark = [pytest.mark.clause("4.2.4"), pytest.mark.django_db]

WEDNESDAY = date(2026, 11, 25)
BOTH, FIRM = Item.Provider.BOTH, Item.Provider.FIRM


def claimed(place, starts="14:00", *, day=TUESDAY, now="10:42", urgent=False, **more):
    begin = at(starts, day)
    with sitting.opened():
        return slots.claim(
            place.item,
            office=place.office.pk,
            starts=begin,
            ends=begin + HOUR,
            at=at(now),
            urgent=urgent,
            **more,
        )


def refused(place, *args, **more):
    with pytest.raises(Refused) as caught:
        claimed(place, *args, **more)
    return caught.value


def test_a_free_electrician_gives_the_department():
    place = estate()
    place.staff("王磊", "low_voltage")

    found = claimed(place)

    assert (found.department, found.firm) == (place.department, None)
    assert found.certificates == ("low_voltage",)


def test_a_department_is_claimed_in_two_statements():
    place = estate()
    place.staff("王磊", "low_voltage")
    edition.replace()
    claimed(place)

    with edition.known(edition.current()), CaptureQueriesContext(connection) as asked:
        claimed(place)

    sent = [query["sql"] for query in asked if query["sql"].lstrip("( ").startswith("SELECT")]
    assert len(sent) == 2


def test_the_last_electrician_is_booked_once():
    place = estate()
    place.staff("王磊", "low_voltage")
    place.staff("赵明")
    place.reserve(at("14:30"), at("15:30"), certificates=["low_voltage"])

    assert refused(place).code == "slot_full"


def test_a_job_without_certificate_leaves_the_electrician_free():
    place = estate()
    place.staff("王磊", "low_voltage")
    place.staff("赵明")
    place.reserve(at("14:00"), at("16:00"))

    assert claimed(place).department == place.department


def test_freed_capacity_can_be_claimed_again():
    place = estate()
    place.staff("王磊", "low_voltage")
    change(place.reserve(at("14:00"), at("16:00")), freed_at=at("10:00"))

    assert claimed(place).department == place.department


def test_who_was_lent_to_another_department_is_not_free():
    place = estate()
    lent = place.staff("王磊", "low_voltage")
    place.reserve(at("14:00"), at("16:00"), department=None, staff=lent)

    assert refused(place).code == "slot_full"


def test_nobody_on_leave_is_counted():
    place = estate()
    place.away(place.staff("王磊", "low_voltage"), at("08:00"), at("14:15"))

    assert refused(place).code == "slot_full"


def test_nobody_is_counted_after_the_shift():
    place = estate()
    place.staff("王磊", "low_voltage", hours="8-14")

    assert refused(place).code == "slot_full"


def test_a_night_shift_reaches_into_the_morning():
    place = estate()
    place.staff("王磊", "low_voltage", hours="20-9")

    assert claimed(place, "08:00", day=WEDNESDAY).department == place.department


@pytest.mark.clause("4.4.1")
def test_an_expired_certificate_is_no_capacity():
    place = estate()
    change(place.staff("王磊", "low_voltage").certificates.get(), valid_to=date(2026, 11, 23))

    assert refused(place).code == "no_capacity"


def test_who_left_is_no_capacity():
    place = estate()
    change(place.staff("王磊", "low_voltage"), active_to=date(2026, 11, 20), state="left")

    assert refused(place).code == "no_capacity"


@pytest.mark.clause("4.4.3")
def test_drilling_into_noon_is_refused_with_the_next_time():
    place = estate()
    place.staff("王磊", "low_voltage")

    found = refused(place, "12:05")

    assert found.code == "quiet_hours"
    assert str(found) == "不能约 12:05。12:00–14:00 静音，打孔安装不能施工。可约 14:00。"


def test_an_emergency_may_disturb():
    place = estate()
    place.staff("王磊", "low_voltage")

    assert claimed(place, "12:05", urgent=True).department == place.department


def test_what_is_past_is_refused():
    place = estate()
    place.staff("王磊", "low_voltage")

    assert refused(place, "10:00").code == "slot_past"


def test_a_closed_day_is_refused():
    place = estate()
    place.staff("王磊", "low_voltage")
    kept(CalendarDay, office=place.office, date=TUESDAY, kind="workday", closed=True)

    assert refused(place).code == "office_closed"


def test_a_job_that_ends_after_the_service_hours_is_refused():
    place = estate(disturbance="D0")
    place.staff("王磊", "low_voltage", hours="8-22")

    assert refused(place, "19:30").code == "office_closed"


def test_a_slot_before_the_till_opens_is_refused():
    place = estate(disturbance="D0")
    place.staff("王磊", "low_voltage")

    found = refused(place, "08:30", day=WEDNESDAY, now="20:30")

    assert found.code == "slot_too_early"
    assert "11-25 09:00" in str(found)


def test_a_slot_after_an_hour_of_the_till_is_given():
    place = estate(disturbance="D0")
    place.staff("王磊", "low_voltage")

    assert claimed(place, "09:00", day=WEDNESDAY, now="20:30").department == place.department


def test_closed_days_do_not_open_the_till():
    place = estate(disturbance="D0")
    place.staff("王磊", "low_voltage")
    kept(CalendarDay, office=place.office, date=WEDNESDAY, kind="workday", closed=True)

    found = refused(place, "08:30", day=date(2026, 11, 26), now="20:30")

    assert found.code == "slot_too_early"


def test_a_covered_order_need_not_wait_for_the_till():
    place = estate(disturbance="D0")
    place.staff("王磊", "low_voltage")
    covered = Order.Coverage.FULL

    found = claimed(place, "08:30", day=WEDNESDAY, now="20:30", coverage=covered)

    assert found.department == place.department


def test_neighbors_must_be_told_a_day_before_smells():
    place = estate(disturbance="D4", certificates=[])
    place.staff("王磊")

    found = refused(place, "10:00", day=WEDNESDAY)

    assert found.code == "neighbor_notice_short"
    assert "11-25 10:42" in str(found)


@pytest.mark.clause("4.2.6")
def test_an_item_of_both_kinds_goes_to_a_firm_when_the_department_is_full():
    place = estate(provider_kind=BOTH)
    place.staff("王磊", "low_voltage")
    place.reserve(at("14:00"), at("15:00"))
    firm = place.firm("安达")
    place.worker(firm, "钱五", "low_voltage")

    assert claimed(place).firm == firm


@pytest.mark.clause("4.2.6")
def test_a_qualified_firm_goes_before_one_on_trial():
    place = estate(provider_kind=FIRM, certificates=[])
    place.worker(place.firm("新来", FirmItem.State.TRIAL), "钱五")
    trusted = place.firm("老牌")
    place.worker(trusted, "孙六")

    assert claimed(place).firm == trusted


@pytest.mark.clause("4.2.6")
@pytest.mark.parametrize(
    ("state", "insured"),
    [("suspended", date(2027, 1, 1)), ("qualified", date(2026, 11, 23)), ("qualified", None)],
)
def test_a_firm_off_the_list_or_without_insurance_gets_nothing(state, insured):
    place = estate(provider_kind=FIRM, certificates=[])
    place.worker(place.firm("安达", state, insured_to=insured), "钱五")

    assert refused(place).code == "no_capacity"


def test_the_people_of_a_firm_are_booked_once():
    place = estate(provider_kind=FIRM, certificates=[])
    firm = place.firm("安达")
    place.worker(firm, "钱五")
    place.reserve(at("13:30"), at("14:30"), firm=firm)

    assert refused(place).code == "slot_full"
    assert Reservation.objects.count() == 1
