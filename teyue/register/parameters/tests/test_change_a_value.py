"""A business value"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from teyue.foundation.actors import Actor
from teyue.foundation.journal.models import Entry
from teyue.foundation.refusal import Refused
from teyue.register.parameters import operations
from teyue.register.parameters.models import Value
from teyue.register.parameters.operations import Proposal
from teyue.register.parameters.queries import value

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.0")]
AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
LATER = AT + timedelta(days=2)
KEY = "order.dup_window_h"
MANAGER = Actor(
    id=7,
    login="om",
    grants=frozenset({("parameters.propose", 0), ("parameters.approve", 0)}),
)
GENERAL = Actor(id=8, login="gm", grants=frozenset({("parameters.approve", 0)}))


def proposed(text="48", from_at=LATER):
    proposal = Proposal(KEY, text, None, from_at, "重复单多")
    return operations.propose(proposal, actor=MANAGER, at=AT)


def test_is_the_default_of_the_procedure():
    assert value(KEY, office=1, at=AT) == 24


def test_holds_from_its_day_once_approved():
    operations.approve(proposed(), actor=GENERAL, at=AT)

    assert value(KEY, office=1, at=AT) == 24
    assert value(KEY, office=1, at=LATER) == 48


def test_has_no_effect_while_it_is_only_proposed():
    proposed(from_at=AT)

    assert value(KEY, office=1, at=LATER) == 24


def test_is_logged_with_what_it_was():
    operations.approve(proposed(), actor=GENERAL, at=AT)

    note = Entry.objects.get(step="parameters.approve").note
    assert (note["old"], note["new"]) == ("24", "48")


def test_is_not_approved_by_who_proposed_it():
    waiting = proposed(from_at=AT)

    with pytest.raises(Refused) as refused:
        operations.approve(waiting, actor=MANAGER, at=AT)

    assert refused.value.code == "own_proposal"
    assert value(KEY, office=1, at=LATER) == 24


def test_is_refused_when_it_cannot_be_read():
    with pytest.raises(Refused) as refused:
        proposed(text="许久")

    assert refused.value.code == "parameter_unreadable"
    assert not Value.objects.exists()


def test_that_nobody_knows_is_not_proposed():
    unknown = Proposal("order.no_such_value", "48", None, LATER, "重复单多")

    with pytest.raises(Refused) as refused:
        operations.propose(unknown, actor=MANAGER, at=AT)

    assert (refused.value.code, refused.value.field) == ("parameter_unknown", "key")
    assert not Value.objects.exists()
