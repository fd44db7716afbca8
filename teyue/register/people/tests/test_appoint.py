"""An appointment"""

from __future__ import annotations

import pytest

from teyue.foundation.refusal import Refused
from teyue.register.people import operations
from teyue.register.people.facts import Signature
from teyue.register.people.models import Post
from teyue.register.people.queries import actor_of_person, system
from teyue.register.people.tests.conftest import AT

pytestmark = pytest.mark.clause("3.0")
REGISTER = ("booking.register", 1)


def test_grants_the_powers_of_the_role_in_its_office(staffed):
    staffed.appointed("任接待", "RC")

    actor = staffed.actor("任接待")

    assert ("booking.register", staffed.office.pk) in actor.grants
    assert ("cashier.receive", staffed.office.pk) not in actor.grants


def test_of_a_cashier_has_no_effect_before_the_signature(staffed):
    post = staffed.appointed("蔡收银", "CA")

    actor = staffed.actor("蔡收银")

    assert post.state == Post.State.PROPOSED
    assert not actor.roles


def test_of_a_cashier_takes_effect_with_the_general_managers_signature(staffed):
    post, manager = staffed.appointed("蔡收银", "CA"), staffed.general_manager()

    operations.sign_appointment(post, signature=Signature(), actor=manager, at=AT)

    assert staffed.actor("蔡收银").roles == {"CA"}
    assert post.signed_by == manager.id


def test_of_finance_is_not_signed_by_the_administrator(staffed):
    post = staffed.appointed("方财务", "FN")
    staffed.appointed("安管理", "AD")

    with pytest.raises(Refused) as refused:
        operations.sign_appointment(
            post, signature=Signature(), actor=staffed.actor("安管理"), at=AT
        )

    assert refused.value.code == "no_power"
    assert not staffed.actor("方财务").roles


@pytest.mark.parametrize("role", ["CS", "DS", "OM", "ST", "FN"])
def test_of_a_cashier_to_another_post_of_the_office_is_refused(staffed, role):
    staffed.appointed("蔡收银", "CA")

    with pytest.raises(Refused) as refused:
        staffed.appointed("蔡收银", role)

    assert refused.value.code == "incompatible_posts"
    assert Post.objects.count() == 1


def test_of_a_receptionist_as_cashier_needs_a_dated_decision(staffed):
    staffed.appointed("任接待", "RC")
    post, manager = staffed.appointed("任接待", "CA"), staffed.general_manager()

    with pytest.raises(Refused) as refused:
        operations.sign_appointment(post, signature=Signature(), actor=manager, at=AT)

    assert refused.value.code == "needs_decision"
    assert staffed.actor("任接待").roles == {"RC"}


def test_of_a_receptionist_as_cashier_holds_by_a_dated_decision(staffed):
    staffed.appointed("任接待", "RC")
    post, manager = staffed.appointed("任接待", "CA"), staffed.general_manager()

    signature = Signature(decision="总字〔2026〕1 号")
    operations.sign_appointment(post, signature=signature, actor=manager, at=AT)

    assert staffed.actor("任接待").roles == {"RC", "CA"}
    assert post.decided_on is not None


def test_of_an_administrator_to_a_business_post_is_refused(staffed):
    staffed.appointed("安管理", "AD")

    with pytest.raises(Refused) as refused:
        staffed.appointed("安管理", "CS")

    assert refused.value.code == "incompatible_posts"
    assert staffed.actor("安管理").roles == {"AD"}


def test_of_oneself_is_refused(staffed):
    staffed.appointed("欧经理", "OM")

    with pytest.raises(Refused) as refused:
        operations.appoint(
            appointment=staffed.wish("欧经理", "DS"), actor=staffed.actor("欧经理"), at=AT
        )

    assert refused.value.code == "own_appointment"
    assert Post.objects.count() == 1


def test_of_a_peer_is_refused(staffed):
    staffed.appointed("欧经理", "OM")

    with pytest.raises(Refused) as refused:
        operations.appoint(
            appointment=staffed.wish("新经理", "OM"), actor=staffed.actor("欧经理"), at=AT
        )

    assert refused.value.code == "beyond_authority"
    assert Post.objects.count() == 1


def test_of_a_general_manager_is_left_to_the_legal_person(staffed):
    wish = staffed.wish("高总", "GM", everywhere=True)

    with pytest.raises(Refused) as refused:
        operations.appoint(appointment=wish, actor=system(), at=AT)

    assert refused.value.code == "only_by_legal_person"
    assert not Post.objects.exists()


def test_of_a_general_manager_is_recorded_with_who_signed(staffed):
    manager = staffed.general_manager()

    post = Post.objects.get(person=manager.id)

    assert actor_of_person(post.signed_by or 0, at=AT).name == "钱法人"
    assert ("parameters.approve", 0) in manager.grants
