"""The list of the staff"""

from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.people import operations
from teyue.register.people.facts import Absence, Employment, Proof, Shift
from teyue.register.people.models import Certificate, CertificateKind, Duty, Leave, Staff
from teyue.register.people.queries import system
from teyue.register.people.tests.conftest import AT, TODAY

pytestmark = pytest.mark.clause("3.4")


@pytest.fixture
def technician(staffed):
    staffed.person("师傅")
    return staffed.known["师傅"]


def test_gives_each_number_to_one_employee(technician, office):
    wish = Employment("另一位", "13900009999", technician.employee_no)

    with pytest.raises(Refused) as refused:
        operations.hire(office, employment=wish, actor=system(), at=AT)

    assert refused.value.code == "employee_no_taken"
    assert Staff.objects.get() == technician


def test_takes_only_a_mobile_number(office):
    wish = Employment("师傅", "8765-4321", "E900")

    with pytest.raises(Refused) as refused:
        operations.hire(office, employment=wish, actor=system(), at=AT)

    assert (refused.value.code, refused.value.field) == ("phone_unreadable", "phone")
    assert not Staff.objects.exists()


def test_knows_no_absence_that_ends_before_it_starts(technician):
    absence = Absence(AT, AT - timedelta(hours=1))

    with pytest.raises(Refused) as refused:
        operations.request_leave(technician, absence=absence, actor=system(), at=AT)

    assert refused.value.code == "ends_before_start"
    assert not Leave.objects.exists()


@pytest.mark.parametrize("shift", [Shift(7, 480, 960), Shift(0, 960, 480), Shift(0, 480, 1441)])
def test_knows_no_duty_outside_of_the_week(technician, shift):
    with pytest.raises(Refused) as refused:
        operations.set_duty(technician, shifts=[shift], from_on=TODAY, actor=system(), at=AT)

    assert refused.value.code == "duty_unreadable"
    assert not Duty.objects.exists()


@pytest.mark.clause("4.4.1")
def test_takes_no_certificate_that_has_run_out(technician):
    proof = Proof(CertificateKind.LOW_VOLTAGE, "D-1", valid_to=TODAY - timedelta(days=1))

    with pytest.raises(Refused) as refused:
        operations.add_certificate(technician, proof=proof, actor=system(), at=AT)

    assert refused.value.code == "certificate_expired"
    assert not Certificate.objects.exists()
