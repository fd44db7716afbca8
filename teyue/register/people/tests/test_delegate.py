"""An authorization"""

from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.foundation import pen
from teyue.foundation.refusal import Refused
from teyue.register.people import operations, staffing
from teyue.register.people.facts import Appointment
from teyue.register.people.models import Delegation, Post, Role
from teyue.register.people.queries import actor_of_person, holders, system
from teyue.register.people.tests.conftest import AT, LATER, TODAY

pytestmark = pytest.mark.clause("3.0")


def test_lets_a_colleague_act_in_the_post(staffed, given):
    staffed.appointed("程主管", "CS")

    given("程主管", "丁主管", "CS", office=staffed.office)

    assert ("audit.approve", staffed.office.pk) in staffed.actor("丁主管").grants


def test_ends_by_itself_after_thirty_days(staffed, given):
    staffed.appointed("程主管", "CS")

    with pytest.raises(Refused) as refused:
        given("程主管", "丁主管", "CS", office=staffed.office, days=31)

    assert refused.value.code == "too_long"
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("role", ["OM", "DS", "CS", "RC", "ST"])
def test_of_the_general_manager_never_goes_to_a_proposer_or_below(staffed, given, role):
    staffed.general_manager()
    staffed.appointed("某下属", role)

    with pytest.raises(Refused) as refused:
        given("高总", "某下属", "GM")

    assert refused.value.code == "under_a_proposer"
    assert staffed.actor("某下属").roles == {role}


def test_keeps_the_separation_of_duties(staffed, given):
    staffed.appointed("程主管", "CS")
    staffed.appointed("蔡收银", "CA")

    with pytest.raises(Refused) as refused:
        given("程主管", "蔡收银", "CS", office=staffed.office)

    assert refused.value.code == "incompatible_posts"
    assert not Delegation.objects.exists()


def test_is_not_passed_on(staffed, given):
    staffed.appointed("程主管", "CS")
    given("程主管", "丁主管", "CS", office=staffed.office)

    with pytest.raises(Refused) as refused:
        given("丁主管", "任接待", "CS", office=staffed.office)

    assert refused.value.code == "not_holding"
    assert Delegation.objects.count() == 1


def test_that_is_revoked_ends_at_once(staffed, given):
    staffed.appointed("程主管", "CS")
    delegation = given("程主管", "丁主管", "CS", office=staffed.office)

    operations.revoke_delegation(delegation, actor=staffed.actor("程主管"), at=LATER)

    assert not staffed.actor("丁主管").roles
    assert Post.objects.get(delegation=delegation).state == Post.State.ENDED


def test_by_somebody_to_the_own_person_is_refused(staffed, given):
    staffed.appointed("程主管", "CS")

    with pytest.raises(Refused) as refused:
        given("程主管", "程主管", "CS", office=staffed.office)

    assert refused.value.code == "to_oneself"
    assert not Delegation.objects.exists()


def test_of_a_post_that_cannot_be_given_away_is_refused(staffed, given):
    staffed.appointed("任接待", "RC")

    with pytest.raises(Refused) as refused:
        given("任接待", "丁主管", "ST", office=staffed.office)

    assert refused.value.code == "not_delegable"
    assert not Delegation.objects.exists()


def _appointed_for(staffed, days):
    last = TODAY + timedelta(days=days - 1)
    wish = Appointment(staffed.person("程主管"), Role.CS, staffed.office, TODAY, last)
    return operations.appoint(appointment=wish, actor=system(), at=AT)


def test_beyond_the_end_of_the_post_is_refused(staffed, given):
    _appointed_for(staffed, days=5)

    with pytest.raises(Refused) as refused:
        given("程主管", "丁主管", "CS", office=staffed.office, days=6)

    assert refused.value.code == "not_holding"
    assert not Delegation.objects.exists()


def test_ends_with_the_days_of_the_post(staffed, given):
    _appointed_for(staffed, days=5)
    given("程主管", "丁主管", "CS", office=staffed.office, days=5)
    deputy = staffed.person("丁主管")

    last, after = (actor_of_person(deputy, at=AT + timedelta(days=d)).roles for d in (4, 5))

    assert last == {"CS"}
    assert not after


def _stored_with(**post):
    """Let the grantor's post be as it was when authorizations still outlasted it."""
    with pen.held(Post):
        Post.objects.filter(delegation=None).update(**post)


@pytest.mark.parametrize("ended", [{"to_on": TODAY - timedelta(days=1)}, {"state": "ended"}])
def test_that_outlasts_the_post_in_the_data_gives_no_powers(staffed, authorized, ended):
    _stored_with(**ended)

    deputy = staffed.actor("丁主管")

    assert authorized.state == Delegation.State.ACTIVE
    assert not deputy.roles
    assert not holders("CS", office=staffed.office.pk, at=AT)


def test_that_outlasts_the_post_in_the_data_covers_no_step(staffed, authorized):
    approve = next(step for step in staffing.staffing(staffed.office.pk, at=AT) if step.people)

    _stored_with(state="ended")
    after = staffing.staffing(staffed.office.pk, at=AT)

    assert not next(step for step in after if step.step == approve.step).people


def test_stands_on_another_post_of_the_same_kind(staffed, authorized):
    wish = Appointment(staffed.person("程主管"), Role.CS, None, TODAY)
    _stored_with(state="ended")

    operations.appoint(appointment=wish, actor=system(), at=AT)

    assert staffed.actor("丁主管").roles == {"CS"}
