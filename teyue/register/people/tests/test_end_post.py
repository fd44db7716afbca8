"""Ending a post"""

from __future__ import annotations

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.people import operations
from teyue.register.people.models import Delegation, Post
from teyue.register.people.queries import system
from teyue.register.people.tests.conftest import AT, LATER

pytestmark = pytest.mark.clause("3.0")


def test_takes_the_powers_away(staffed):
    post, _ = staffed.appointed("任接待", "RC"), staffed.appointed("梁接待", "RC")

    operations.end_post(post, actor=staffed.general_manager(), at=LATER)

    assert not staffed.actor("任接待").roles
    assert post.state == Post.State.ENDED


def test_is_refused_for_the_last_who_may_take_a_step(staffed):
    staffed.appointed("任接待", "RC")
    post, manager = staffed.appointed("程主管", "CS"), staffed.general_manager()

    with pytest.raises(Refused) as refused:
        operations.end_post(post, actor=manager, at=LATER)

    assert refused.value.code == "last_holder"
    assert "程主管" in str(refused.value)
    assert staffed.actor("程主管").roles == {"CS"}


def test_of_a_superior_is_refused(staffed):
    post = staffed.appointed("欧经理", "OM")
    staffed.appointed("孟经理", "OM")

    with pytest.raises(Refused) as refused:
        operations.end_post(post, actor=staffed.actor("孟经理"), at=LATER)

    assert refused.value.code == "beyond_authority"
    assert staffed.actor("欧经理").roles == {"OM"}


def test_of_the_only_administrator_is_refused(staffed):
    post, manager = staffed.appointed("安管理", "AD"), staffed.general_manager()

    with pytest.raises(Refused) as refused:
        operations.end_post(post, actor=manager, at=LATER)

    assert refused.value.code == "last_holder"
    assert system().id == post.created_by


def test_ends_what_its_holder_authorized(staffed, given):
    post, _ = staffed.appointed("程主管", "CS"), staffed.appointed("陈主管", "CS")
    delegation = given("程主管", "丁主管", "CS", office=staffed.office)

    operations.end_post(post, actor=staffed.general_manager(), at=LATER)

    delegation.refresh_from_db()
    assert delegation.state == Delegation.State.REVOKED
    assert delegation.posts.get().state == Post.State.ENDED
    assert not staffed.actor("丁主管").roles


def test_spares_what_another_post_of_the_holder_carries(staffed, given):
    post = staffed.appointed("程主管", "CS")
    everywhere = staffed.wish("程主管", "CS", everywhere=True)
    operations.appoint(appointment=everywhere, actor=system(), at=AT)
    delegation = given("程主管", "丁主管", "CS", office=staffed.office)

    operations.end_post(post, actor=staffed.general_manager(), at=LATER)

    delegation.refresh_from_db()
    assert delegation.state == Delegation.State.ACTIVE
    assert staffed.actor("丁主管").roles == {"CS"}


def test_does_not_count_a_delegate_as_somebody_left(staffed, given):
    post, manager = staffed.appointed("程主管", "CS"), staffed.general_manager()
    given("程主管", "丁主管", "CS", office=staffed.office)

    with pytest.raises(Refused) as refused:
        operations.end_post(post, actor=manager, at=LATER)

    assert refused.value.code == "last_holder"
    assert staffed.actor("丁主管").roles == {"CS"}


def test_lets_nobody_act_for_who_has_left(staffed, given):
    post, _ = staffed.appointed("程主管", "CS"), staffed.appointed("陈主管", "CS")
    given("程主管", "丁主管", "CS", office=staffed.office)
    operations.end_post(post, actor=staffed.general_manager(), at=LATER)
    staffed.appointed("安管理", "AD")

    operations.release(staffed.known["程主管"], actor=staffed.actor("安管理"), at=LATER)

    assert not staffed.actor("丁主管").roles
