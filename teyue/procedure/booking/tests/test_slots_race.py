from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from teyue.foundation import pen, sitting
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Reservation
from teyue.procedure.booking.queries import slots
from teyue.procedure.booking.tests.roster import at, change, estate
from teyue.procedure.planning.models import Item

pytestmark = [
    pytest.mark.clause("4.2.4"),
    pytest.mark.django_db(transaction=True),
]
TWO, THREE = at("14:00"), at("15:00")


def book(place, order, gate):
    """Claim the slot for an order on a connection of its own, and say how it went."""
    try:
        with pen.held(Reservation), sitting.opened() as room:
            gate.wait(10)
            found = slots.claim(
                place.item,
                office=place.office.pk,
                starts=TWO,
                ends=THREE,
                at=at("10:42"),
                urgent=False,
            )
            pool = {"department": found.department, "firm": found.firm}
            needs = list(found.certificates)
            time = {"starts": TWO, "ends": THREE}
            room.write(Reservation(order=order, certificates=needs, **pool, **time))
        return "booked"
    except Refused as refused:
        return refused.code
    finally:
        connection.close()


def race(place, clients):
    gate = Barrier(clients)
    orders = [place.order() for _client in range(clients)]
    with ThreadPoolExecutor(clients) as threads:
        return Counter(threads.map(lambda order: book(place, order, gate), orders))


@pytest.mark.postgresql
@pytest.mark.parametrize("kind", [Item.Provider.DEPARTMENT, Item.Provider.FIRM])
def test_two_receptionists_cannot_give_away_the_last_slot(kind):
    place = estate(provider_kind=kind)
    place.staff("王磊", "low_voltage")
    place.worker(place.firm("安达"), "钱五", "low_voltage")

    outcome = race(place, 2)

    assert outcome == {"booked": 1, "slot_full": 1}
    assert Reservation.objects.count() == 1


@pytest.mark.postgresql
def test_six_receptionists_fill_department_and_firm_and_no_more():
    place = estate(provider_kind=Item.Provider.BOTH)
    for name in ("王磊", "赵明"):
        place.staff(name, "low_voltage")
    place.worker(place.firm("安达"), "钱五", "low_voltage")

    outcome = race(place, 6)

    assert outcome == {"booked": 3, "slot_full": 3}


@pytest.mark.postgresql
def test_the_database_refuses_to_reserve_somebody_twice():
    place = estate()
    electrician = place.staff("王磊", "low_voltage")
    place.reserve(TWO, THREE, staff=electrician)

    with pytest.raises(IntegrityError, match="no_double_booking"), transaction.atomic():
        place.reserve(at("14:30"), at("15:30"), staff=electrician)

    assert Reservation.objects.count() == 1


def test_freed_time_and_the_next_hour_may_be_reserved_again():
    place = estate()
    electrician = place.staff("王磊", "low_voltage")
    freed = place.reserve(TWO, THREE, staff=electrician)
    change(freed, freed_at=at("10:00"))

    place.reserve(TWO, THREE, staff=electrician)
    place.reserve(at("15:00"), at("16:00"), staff=electrician)

    assert Reservation.objects.filter(staff=electrician, freed_at=None).count() == 2
