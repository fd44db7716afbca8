"""Ending a post"""

from __future__ import annotations

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.people import operations
from teyue.register.people.models import Post
from teyue.register.people.queries import system
from teyue.register.people.tests.conftest import LATER

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
