from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Step
from teyue.foundation.refusal import Refused
from teyue.register.parameters.defaults import BY_KEY
from teyue.register.parameters.models import Value


def no_such_key(document: Value, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if document.key in BY_KEY:
        return None
    text = _("没有名为 %(key)s 的参数，请您从参数表中选择。")
    return Refused("parameter_unknown", text % {"key": document.key}, field="key")


def unreasoned(document: Value, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if document.reason.strip():
        return None
    return Refused("reason_missing", _("请您写明修改参数的理由。"), field="reason")


def own_proposal(document: Value, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-31: who proposes does not approve."""
    if actor.id != document.created_by:
        return None
    return Refused("own_proposal", _("提议人不能批准自己的提议，请总经理或其受权人批准。"))


PROPOSE = Step(
    name="parameters.propose",
    label=gettext_lazy("提议修改参数"),
    clause="3.0",
    document=Value,
    target="proposed",
    unless=(no_such_key, unreasoned),
)
APPROVE = Step(
    name="parameters.approve",
    label=gettext_lazy("批准参数"),
    clause="3.0",
    document=Value,
    source=("proposed",),
    target="approved",
    unless=(own_proposal,),
)
REJECT = Step(
    name="parameters.reject",
    label=gettext_lazy("不批准参数"),
    clause="3.0",
    document=Value,
    source=("proposed",),
    target="rejected",
)
