"""An appointment that cannot be"""

from __future__ import annotations

import pytest

from teyue.foundation.actors import Evidence
from teyue.foundation.refusal import Refused
from teyue.register.people import operations
from teyue.register.people.models import Post
from teyue.register.people.queries import legal_person, system
from teyue.register.people.tests.conftest import AT, LATER, TODAY

pytestmark = pytest.mark.clause("3.0")


@pytest.fixture
def refused_appointment(staffed):
    def refused(wish):
        with pytest.raises(Refused) as refused:
            operations.appoint(appointment=wish, actor=system(), at=LATER)
        return refused.value.code

    return refused


def test_to_what_is_no_post_is_refused(staffed, refused_appointment):
    code = refused_appointment(staffed.wish("住户", "RS"))

    assert code == "not_a_post"
    assert not Post.objects.exists()


def test_to_a_post_that_is_held_already_is_refused(staffed, refused_appointment):
    staffed.appointed("任接待", "RC")

    code = refused_appointment(staffed.wish("任接待", "RC"))

    assert code == "already_holds"
    assert Post.objects.get().from_on == TODAY


def test_by_the_legal_person_to_another_post_is_refused(staffed):
    signer = operations.admit(
        staffed.company, office=None, name="钱法人", phone="", actor=system(), at=AT
    )
    by = legal_person(signer).typed_by(system(), Evidence("appointment", "1"))

    with pytest.raises(Refused) as refused:
        operations.appoint_general_manager(appointment=staffed.wish("丁", "DS"), actor=by, at=AT)

    assert refused.value.code == "not_general_manager"
    assert not Post.objects.exists()


def test_that_an_authorization_gave_is_not_ended_like_a_post(staffed, authorized):
    post, manager = Post.objects.get(delegation=authorized), staffed.general_manager()

    with pytest.raises(Refused) as refused:
        operations.end_post(post, actor=manager, at=LATER)

    assert refused.value.code == "delegated"
    assert staffed.actor("丁主管").roles == {"CS"}


def test_keeps_an_employee_from_leaving(staffed):
    staffed.appointed("任接待", "RC")
    staffed.appointed("安管理", "AD")

    with pytest.raises(Refused) as refused:
        operations.release(staffed.known["任接待"], actor=staffed.actor("安管理"), at=LATER)

    assert refused.value.code == "still_in_office"
    assert staffed.known["任接待"].active_to is None
