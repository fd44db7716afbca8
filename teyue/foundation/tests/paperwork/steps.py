from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

from teyue.foundation.actors import Actor, Power
from teyue.foundation.lifecycle import HoldKind, Step, steps
from teyue.foundation.refusal import Refused
from teyue.foundation.tests.paperwork.models import Folder, Leaf, Slip

TYPE = Power("paperwork.type", "代录")
HOLD = HoldKind("dust", "积灰")


def own_writing(slip: Slip, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """Nobody signs what they wrote."""
    if slip.created_by != actor.id:
        return None
    return Refused("own_writing", "请您找同事签字。")


def signed_before(slip: Slip, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """What is signed already need not be signed again."""
    if slip.state != "signed":
        return None
    return Refused("already_signed", "这张单已签过，不用再签。")


OPEN = Step(
    name="paperwork.open",
    label="立卷",
    clause="4.2.3",
    document=Folder,
    target="open",
    standing=("begun",),
)
WRITE = Step(
    name="paperwork.write",
    label="填写",
    clause="4.2.3",
    document=Slip,
    target="written",
    when=("begun", "written"),
    standing=("written",),
    writes=(Leaf,),
)
SIGN = Step(
    name="paperwork.sign",
    label="签字",
    clause="4.2.4",
    document=Slip,
    source=("written",),
    target="signed",
    standing=("signed", "refused"),
    unless=(own_writing,),
    blocked_by=(HOLD,),
    keyed_by=(TYPE,),
)
ALL = (OPEN, WRITE, SIGN)


def forgotten(step: Step) -> Step:
    """Take a step out of the list of the house: the procedure knows nothing of it."""
    return steps._steps.pop(step.name)


def replaced(step: Step, **changes: Any) -> Step:
    """Return a step like another, with some things changed."""
    return forgotten(dataclasses.replace(step, **changes))


for _step in ALL:
    forgotten(_step)
