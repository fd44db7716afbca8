"""Settlement, disputes, and how orders end."""

from __future__ import annotations

from tests.properties.world import Move, Scene
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.cashier.models import Method
from teyue.procedure.dispute import operations as dispute
from teyue.procedure.dispute.facts import Decision, Redo
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Closing
from teyue.procedure.settlement.models import Settlement


def settle(scene: Scene) -> object:
    world = scene.world
    world.payments += 1
    method = scene.pick(Method.CASH, Method.WECHAT)
    reference = "" if method == Method.CASH else f"4300{world.payments:08d}"
    closing = Closing(itemized=scene.mostly(True, False), method=method, channel_ref=reference)
    return settlement.settle(
        scene.the_order(), closing=closing, shift=scene.shift(), actor=scene.actor, at=scene.at
    )


def settle_free(scene: Scene) -> object:
    return settlement.settle_free(scene.the_order(), at=scene.at)


def request_reversal(scene: Scene) -> object:
    slip, words = scene.last(Settlement, "refund"), scene.words("算错")
    return settlement.request_reversal(slip, reason=words, actor=scene.actor, at=scene.at)


def reverse(scene: Scene) -> object:
    slip = scene.last(Settlement, "refund")
    return settlement.reverse(slip, actor=scene.actor, at=scene.at)


def decline_reversal(scene: Scene) -> object:
    slip, words = scene.last(Settlement, "refund"), scene.words("金额无误")
    return settlement.decline_reversal(slip, reason=words, actor=scene.actor, at=scene.at)


def open_dispute(scene: Scene) -> object:
    words = scene.words("龙头还在滴水")
    return dispute.open(scene.record(), words=words, actor=scene.actor, at=scene.at)


def resolve(scene: Scene) -> object:
    paper = scene.last(Dispute, "record__visit__performer", "record__visit__office")
    recorded = paper.record.amount
    decision = Decision(
        outcome=scene.pick(*Dispute.Outcome),
        text=scene.words("双方同意"),
        agreed_amount=scene.mostly(Money(recorded.fen // 2), Money(0), recorded + Money(1), None),
        household_agreed=scene.mostly(True, False),
        evidence="书面同意",
    )
    return dispute.resolve(paper, decision=decision, actor=scene.actor, at=scene.at)


def close(scene: Scene) -> object:
    return dispute.close(scene.the_order(), actor=scene.actor, at=scene.at)


def rework(scene: Scene) -> object:
    redo = Redo(reason=scene.words("质保期内又漏水"))
    return dispute.rework(scene.the_order(), redo=redo, actor=scene.actor, at=scene.at)


_S = Standing

MOVES = (
    Move("settle", ("ca", "ca2"), (_S.TO_SETTLE,), settle),
    Move("settle_free", ("system",), (_S.TO_SETTLE,), settle_free),
    Move("request_reversal", ("fn",), (_S.SETTLED,), request_reversal),
    Move("reverse", ("om", "fn"), (_S.SETTLED,), reverse),
    Move("decline_reversal", ("om",), (_S.SETTLED,), decline_reversal),
    Move("open_dispute", ("rc", "household", "st"), (_S.TO_CONFIRM,), open_dispute),
    Move("resolve", ("om", "cs"), (_S.DISPUTED,), resolve),
    Move("close", ("system",), (_S.SETTLED,), close),
    Move("rework", ("cs",), (_S.SETTLED, _S.CLOSED), rework),
)
