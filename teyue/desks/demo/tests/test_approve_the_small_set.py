from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import APPROVED, MORNING
from teyue.desks.demo import operations
from teyue.foundation import pen
from teyue.foundation.refusal import Refused
from teyue.procedure.announcement.models import Announcement, Posting
from teyue.procedure.approval.models import Proposal
from teyue.procedure.planning.catalogue import CATALOGUE
from teyue.procedure.planning.models import Item
from teyue.procedure.pricing import queries
from teyue.procedure.pricing.models import PriceLine, Standard
from teyue.procedure.subcontracting.models import FirmItem
from teyue.register.company import edition
from teyue.register.company.models import Company, Edition


def test_all_thirty_items_are_active_and_offered(small_set, office):
    offered = queries.offers(office.pk, at=MORNING)

    codes = {one.item.code for one in offered if one.item.state == Item.State.ACTIVE}
    assert codes == {entry.code for entry in CATALOGUE}


def test_nothing_is_offered_before_the_set_is_in_force(small_set, office):
    earlier = APPROVED - timedelta(minutes=1)

    assert not queries.offers(office.pk, at=earlier)


def test_every_item_has_a_standard_with_three_points_to_check(small_set):
    standards = Standard.objects.filter(state=Standard.State.IN_FORCE)

    assert standards.count() == len(CATALOGUE)
    assert all(len(row.steps) == 3 for row in standards)
    assert all(point["check_required"] for row in standards for point in row.steps)


def test_the_proposal_was_decided_by_the_manager_and_submitted_by_another(small_set, gm, om):
    assert small_set.state == Proposal.State.APPROVED
    assert (small_set.decided_by, small_set.submitted_by) == (gm.id, om.id)
    assert small_set.decided_at < small_set.effective_from


def test_the_notice_hangs_at_the_gate_and_on_the_board(small_set):
    notice = Announcement.objects.get(proposal=small_set)

    assert str(notice).startswith("F06-YXY1-")
    assert {row.channel for row in notice.postings.all()} == {"gate", "board"}


def test_every_item_that_only_firms_do_has_a_firm_that_may(small_set):
    only_firms = Item.objects.filter(provider_kind=Item.Provider.FIRM)

    served = FirmItem.objects.filter(state__in=FirmItem.MAY_SERVE).values("item")
    assert not only_firms.exclude(pk__in=served).exists()


def test_a_small_set_is_written_once(small_set, gm):
    with pytest.raises(Refused) as refused:
        operations.approve_small_set(actor=gm, at=MORNING)

    assert refused.value.code == "small_set_exists"
    assert Item.objects.count() == len(CATALOGUE)


def test_a_real_company_gets_no_small_set(register, gm):
    with pen.held(Company, Edition):
        Company.objects.update(kind_of_company=Company.Kind.REAL)
        edition.replace()

    with pytest.raises(Refused) as refused:
        operations.approve_small_set(actor=gm, at=MORNING)

    assert refused.value.code == "not_a_demo"
    assert not any(kind.objects.exists() for kind in (Item, PriceLine, Proposal, Posting))
