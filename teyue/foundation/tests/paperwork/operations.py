from __future__ import annotations

from datetime import datetime

from teyue.foundation.actors import Actor
from teyue.foundation.tests.paperwork import steps
from teyue.foundation.tests.paperwork.models import Folder, Slip


def begin(*, actor: Actor, at: datetime) -> Folder:
    folder = Folder(title="卷宗")
    with steps.OPEN.take(folder, actor=actor, at=at):
        pass
    return folder


def write(folder: Folder, *, actor: Actor, at: datetime, text: str = "") -> Slip:
    slip = Slip(folder=folder)
    with steps.WRITE.take(slip, on=(folder,), actor=actor, at=at) as turn:
        slip.text = text
        turn.note(slip=slip)
    return slip


def sign(slip: Slip, *, actor: Actor, at: datetime, leaving: str = "signed") -> Slip:
    with steps.SIGN.take(slip, actor=actor, at=at) as turn:
        turn.leave(leaving)
    return slip
