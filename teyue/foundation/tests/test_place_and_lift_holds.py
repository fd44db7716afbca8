from __future__ import annotations

from dataclasses import replace

import pytest

from teyue.foundation.actors import EVERYWHERE
from teyue.foundation.holds.models import Hold
from teyue.foundation.holds.operations import lift, place
from teyue.foundation.refusal import Refused
from teyue.foundation.tests.cast import AT, LATER, LIN, ZHAO
from teyue.foundation.tests.paperwork import operations, steps
from teyue.foundation.tests.paperwork.models import Folder, Slip

LOOK = steps.replaced(
    steps.SIGN, name="paperwork.look", target=None, standing=(), unless=(), blocked_by=()
)


LOOKER = replace(ZHAO, grants=frozenset({(LOOK.power.code, EVERYWHERE)}))


def placed(slip: Slip) -> None:
    with LOOK.take(slip, actor=LOOKER, at=AT):
        place(steps.HOLD, on=slip.folder, by=slip, at=AT)


def lifted(slip: Slip) -> None:
    with LOOK.take(slip, actor=LOOKER, at=LATER):
        lift(steps.HOLD, on=slip.folder, by=slip, at=LATER)


def test_a_held_case_refuses_the_steps_that_the_hold_blocks(slip: Slip):
    placed(slip)

    with pytest.raises(Refused) as caught:
        operations.sign(slip, actor=ZHAO, at=AT)

    assert caught.value.code == "held"
    assert "积灰" in str(caught.value)
    assert Slip.objects.get().state == "written"


def test_a_lifted_hold_lets_the_case_go_on(slip: Slip):
    placed(slip)
    lifted(slip)

    operations.sign(slip, actor=ZHAO, at=LATER)

    assert Hold.objects.get().lifted_at == LATER
    assert Folder.objects.get().held == ""


def test_a_case_stays_held_while_another_paper_holds_it(folder: Folder, slip: Slip):
    other = operations.write(folder, actor=LIN, at=AT)
    placed(slip)
    placed(other)

    lifted(slip)

    assert Folder.objects.get().held == steps.HOLD.code


def test_a_new_paper_may_hold_its_case(folder: Folder):
    slip = Slip(folder=folder)

    with steps.WRITE.take(slip, on=(folder,), actor=LIN, at=AT):
        place(steps.HOLD, on=slip.folder, by=slip, at=AT)

    assert Hold.objects.get().placed_by_id == slip.pk


def test_a_case_that_no_step_has_locked_is_not_held(slip: Slip):
    with pytest.raises(RuntimeError), LOOK.take(slip, actor=LOOKER, at=AT):
        place(steps.HOLD, on=Folder(pk=slip.folder_id + 1), by=slip, at=AT)

    assert not Hold.objects.exists()
