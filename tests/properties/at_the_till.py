"""Shifts, receipts and refunds."""

from __future__ import annotations

from tests.properties.world import Move, NothingThere, Scene
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.cashier import queries as till
from teyue.procedure.cashier.facts import Closing, Count, Payment, Transferring
from teyue.procedure.cashier.models import Method, Receipt, Transfer
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.models import Override
from teyue.procedure.refund import operations as refund
from teyue.procedure.refund.facts import Payout
from teyue.procedure.refund.models import Refund

FLOAT = Money(50_000)
FACES = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)


def open_shift(scene: Scene) -> object:
    drawer = scene.pick(*scene.world.register.drawers)
    amount = scene.mostly(FLOAT, Money(-100))
    return cashier.open_shift(drawer, float_amount=amount, actor=scene.actor, at=scene.at)


def count(scene: Scene) -> object:
    shift = scene.shift()
    return cashier.count(
        shift, counted=_counted(scene, till.cash_in_drawer(shift)), actor=scene.actor, at=scene.at
    )


def close_shift(scene: Scene) -> object:
    shift = scene.shift()
    banked = scene.mostly(max(shift.counted or FLOAT, FLOAT) - FLOAT, Money(9_999_900))
    closing = Closing(
        reason=scene.words("找零差错"), banked=banked, bank_slip=scene.words("缴款单 7")
    )
    return cashier.close_shift(shift, closing=closing, actor=scene.actor, at=scene.at)


def force_close(scene: Scene) -> object:
    shift = scene.shift()
    counted = _counted(scene, till.cash_in_drawer(shift))
    witness = scene.world.actors[scene.mostly("rc", "fn")].id
    return cashier.force_close(
        shift, counted=counted, witness=witness, reason="代结", actor=scene.actor, at=scene.at
    )


def verify(scene: Scene) -> object:
    return cashier.verify(scene.shift(), actor=scene.actor, at=scene.at)


def receive(scene: Scene) -> object:
    order = scene.the_order()
    due = till.still_due(order, Receipt.Purpose.PREPAYMENT)
    payment = _payment(scene, due, scene.pick(due, due, Money(due.fen // 2)))
    return cashier.receive(
        order, payment=payment, shift=scene.shift(), actor=scene.actor, at=scene.at
    )


def redeem(scene: Scene) -> object:
    paper = scene.last(Override)
    due = till.still_due(paper.order, Receipt.Purpose.ARREARS)
    payment = _payment(scene, due, due, purpose=Receipt.Purpose.ARREARS)
    return dispatch.redeem(
        paper, payment=payment, shift=scene.shift(), actor=scene.actor, at=scene.at
    )


def request_void(scene: Scene) -> object:
    return cashier.request_void(
        _receipt(scene),
        reason=scene.words("开错金额"),
        original_returned=scene.mostly(True, False),
        actor=scene.actor,
        at=scene.at,
    )


def void_receipt(scene: Scene) -> object:
    return cashier.void(_receipt(scene), actor=scene.actor, at=scene.at)


def reverse_receipt(scene: Scene) -> object:
    return cashier.reverse(
        _receipt(scene), reason=scene.words("红冲"), actor=scene.actor, at=scene.at
    )


def request_transfer(scene: Scene) -> object:
    order = scene.the_order()
    others = Order.along_with().exclude(pk=order.pk)
    waiting = others.filter(standing=Standing.AWAITING_PAYMENT).order_by("pk").last()
    target = scene.mostly(waiting, others.order_by("pk").first())
    if target is None:
        raise NothingThere
    asked = Transferring(
        target=target,
        reason=scene.pick(*Transfer.Reason),
        receipt=scene.pick(None, till.movable(order).first()),
    )
    return cashier.request_transfer(order, transferring=asked, actor=scene.actor, at=scene.at)


def approve_transfer(scene: Scene) -> object:
    transfer = scene.last(Transfer, "target__office", "target__line")
    return cashier.approve_transfer(transfer, actor=scene.actor, at=scene.at)


def reject_transfer(scene: Scene) -> object:
    return cashier.reject_transfer(
        scene.last(Transfer), reason=scene.words("查无此款"), actor=scene.actor, at=scene.at
    )


def request_refund(scene: Scene) -> object:
    order = scene.the_order()
    amount = scene.pick(till.held(order), Money(100), Money(0), till.held(order) + Money(1))
    source = Refund.Source.OVERPAYMENT
    return refund.request(order, source=source, amount=amount, actor=scene.actor, at=scene.at)


def review(scene: Scene) -> object:
    return refund.review(_refund(scene), payee_account="6222 0000", actor=scene.actor, at=scene.at)


def decide(scene: Scene) -> object:
    return refund.decide(_refund(scene), actor=scene.actor, at=scene.at)


def cosign(scene: Scene) -> object:
    return refund.cosign(_refund(scene), actor=scene.actor, at=scene.at)


def reject(scene: Scene) -> object:
    return refund.reject(_refund(scene), reason=scene.words(), actor=scene.actor, at=scene.at)


def pay(scene: Scene) -> object:
    payout = Payout(
        shift=scene.shift(),
        original_returned=scene.mostly(True, False),
        channel_ref=scene.words("退款流水 9"),
    )
    return refund.pay(_refund(scene), payout=payout, actor=scene.actor, at=scene.at)


def fail(scene: Scene) -> object:
    return refund.fail(
        _refund(scene), reason=scene.words("账户错误"), actor=scene.actor, at=scene.at
    )


def retry(scene: Scene) -> object:
    account = scene.words("6222 0001")
    return refund.retry(_refund(scene), payee_account=account, actor=scene.actor, at=scene.at)


def reconcile(scene: Scene) -> object:
    return refund.reconcile(_refund(scene), actor=scene.actor, at=scene.at)


def lapse(scene: Scene) -> object:
    return refund.lapse(scene.the_order(), actor=scene.actor, at=scene.at)


def _payment(
    scene: Scene,
    due: Money,
    amount: Money,
    *,
    purpose: Receipt.Purpose = Receipt.Purpose.PREPAYMENT,
) -> Payment:
    world = scene.world
    method = scene.pick(Method.CASH, Method.WECHAT)
    world.payments += scene.mostly(1, 0)
    reference = "" if method == Method.CASH else scene.mostly(f"4200{world.payments:08d}", "")
    wrong = (due + Money(1), Money(0), Money(-500))
    return Payment(
        amount=scene.mostly(amount, *wrong), method=method, channel_ref=reference, purpose=purpose
    )


def _counted(scene: Scene, expected: Money) -> Count:
    pieces, left = {}, max(expected.fen, 0)
    for face in FACES:
        pieces[face], left = divmod(left, face)
    pieces[100] = max(pieces[100] + scene.mostly(0, 1, -1), 0)
    return Count(pieces=scene.mostly(pieces, {100: -1}))


def _receipt(scene: Scene) -> Receipt:
    return scene.last(Receipt, "shift", "issued_by", "shift__cashier")


def _refund(scene: Scene) -> Refund:
    found = scene.the_order().refunds.order_by("pk").last()
    if found is None:
        raise NothingThere
    return scene.last(Refund, "original_receipt", "payee")


_S = Standing
_PAID = (_S.READY, _S.DISPATCHED, _S.SETTLED, _S.CANCELLED, _S.VOID)
_BACK = (*_PAID, _S.CLOSED, _S.TO_CONFIRM, _S.TO_AUDIT, _S.AWAITING_PAYMENT, _S.TO_SETTLE)

MOVES = (
    Move("open_shift", ("ca", "ca2"), (), open_shift),
    Move("count", ("ca", "ca2"), ("rarely",), count),
    Move("close_shift", ("ca", "ca2"), (), close_shift),
    Move("force_close", ("fn",), ("rarely",), force_close),
    Move("verify", ("fn",), (), verify),
    Move("receive", ("ca", "ca2"), (_S.AWAITING_PAYMENT,), receive),
    Move("redeem", ("ca", "ca2"), _BACK, redeem),
    Move("request_void", ("ca", "ca2"), _PAID[:1], request_void),
    Move("void_receipt", ("fn",), _PAID[:1], void_receipt),
    Move("reverse_receipt", ("fn",), _PAID[:1], reverse_receipt),
    Move("request_transfer", ("ca", "ca2"), (_S.READY, _S.AWAITING_PAYMENT), request_transfer),
    Move("approve_transfer", ("fn",), (_S.READY, _S.AWAITING_PAYMENT), approve_transfer),
    Move("reject_transfer", ("fn",), ("rarely",), reject_transfer),
    Move("request_refund", ("rc", "cs"), ("rarely",), request_refund),
    Move("review", ("cs",), _BACK, review),
    Move("decide", ("cs", "om", "gm"), _BACK, decide),
    Move("cosign", ("fn",), _BACK, cosign),
    Move("reject", ("cs", "om"), ("rarely",), reject),
    Move("pay", ("ca", "ca2"), _BACK, pay),
    Move("fail", ("ca",), ("rarely",), fail),
    Move("retry", ("fn", "cs"), _BACK, retry),
    Move("reconcile", ("fn",), _BACK, reconcile),
    Move("lapse", ("system",), (_S.AWAITING_PAYMENT,), lapse),
)
