"""Booking and dispatch."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.properties.world import Move, Scene
from teyue.desks.demo import course
from teyue.foundation.money import Money
from teyue.procedure.booking import operations as booking
from teyue.procedure.booking.facts import Acceptance, Pricing
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.booking.queries.orders import last_quote
from teyue.procedure.dispatch import operations as dispatch
from teyue.procedure.dispatch.facts import Absence, Assignment, Emergency, Postponement
from teyue.procedure.dispatch.models import Override
from teyue.procedure.settlement import operations as settlement
from teyue.procedure.settlement.facts import Cancellation, Mistake, Voiding

WINDOW = timedelta(hours=2)
QUANTITIES = (100, 100, 300, 1000, 5000)


def _wish(scene: Scene) -> Any:
    household = scene.pick(*scene.world.register.households.values())
    offer = scene.pick(*scene.world.offers)
    urgent = offer.item.urgent_allowed and scene.mostly(True, False)
    asked = course.wish(
        household,
        offer,
        at=scene.at,
        qty_x100=scene.pick(*QUANTITIES),
        wish_from=scene.pick(None, scene.soon()),
        urgency=Order.Urgency.URGENT if urgent else Order.Urgency.NORMAL,
    )
    return replace(asked, duplicate_reason=scene.mostly("另一处", ""))


def register(scene: Scene) -> object:
    return booking.register(_wish(scene), actor=scene.actor, at=scene.at)


def book(scene: Scene) -> object:
    acceptance = Acceptance(method=Quote.Method.CALL, evidence=scene.words("录音 0571"))
    return booking.book(
        _wish(scene), pricing=Pricing(), acceptance=acceptance, actor=scene.actor, at=scene.at
    )


def correct(scene: Scene) -> object:
    household = scene.pick(*scene.world.register.households.values())
    order, reason = scene.the_order(), scene.words()
    return booking.correct(
        order, household=household, reason=reason, actor=scene.actor, at=scene.at
    )


def quote(scene: Scene) -> object:
    return booking.quote(scene.the_order(), pricing=Pricing(), actor=scene.actor, at=scene.at)


def quote_on_site(scene: Scene) -> object:
    pricing = Pricing(on_site_price=Money(scene.pick(30_000, 45_000, 99_900_00)))
    return booking.quote_on_site(scene.the_order(), pricing=pricing, actor=scene.actor, at=scene.at)


def accept(scene: Scene) -> object:
    acceptance = Acceptance(method=Quote.Method.CALL, evidence=scene.words("录音 0571"))
    offered = last_quote(scene.the_order())
    return booking.accept(offered, acceptance=acceptance, actor=scene.actor, at=scene.at)


def waive(scene: Scene) -> object:
    return booking.waive(scene.the_order(), actor=scene.actor, at=scene.at)


def cancel(scene: Scene) -> object:
    return booking.cancel(scene.the_order(), reason=scene.words(), actor=scene.actor, at=scene.at)


def override(scene: Scene) -> object:
    emergency = Emergency(
        category=Override.Category.POWER,
        reason=scene.mostly("全屋停电，老人在家须立即处理", "急"),
        estimate=Money(scene.pick(20_000, 50_000, 90_000)),
    )
    return dispatch.override(scene.the_order(), emergency=emergency, actor=scene.actor, at=scene.at)


def quote_late(scene: Scene) -> object:
    pricing = scene.pick(Pricing(), Pricing(on_site_price=Money(30_000)))
    return dispatch.quote_late(scene.the_order(), pricing=pricing, actor=scene.actor, at=scene.at)


def accept_late(scene: Scene) -> object:
    acceptance = Acceptance(method=Quote.Method.CALL, evidence=scene.words("录音 0571"))
    offered = last_quote(scene.the_order())
    return dispatch.accept_late(offered, acceptance=acceptance, actor=scene.actor, at=scene.at)


def assign(scene: Scene) -> object:
    starts, (staff, worker) = scene.soon(), scene.hands()
    assignment = Assignment(
        appoint_from=starts, appoint_to=starts + WINDOW, staff=staff, worker=worker
    )
    return dispatch.assign(scene.the_order(), assignment=assignment, actor=scene.actor, at=scene.at)


def take_job(scene: Scene) -> object:
    return dispatch.accept(scene.visit(), actor=scene.actor, at=scene.at)


def decline(scene: Scene) -> object:
    return dispatch.decline(scene.visit(), reason=scene.words(), actor=scene.actor, at=scene.at)


def withdraw(scene: Scene) -> object:
    return dispatch.withdraw(scene.visit(), reason=scene.words(), actor=scene.actor, at=scene.at)


def depart(scene: Scene) -> object:
    return dispatch.depart(scene.visit(), actor=scene.actor, at=scene.at)


def arrive(scene: Scene) -> object:
    return dispatch.arrive(scene.visit(), proof="门口二维码", actor=scene.actor, at=scene.at)


def reschedule(scene: Scene) -> object:
    starts = scene.soon()
    to = Postponement(
        appoint_from=starts,
        appoint_to=starts + WINDOW,
        by_household=scene.pick(True, False),
        reason=scene.words(),
    )
    return dispatch.reschedule(scene.visit(), to=to, actor=scene.actor, at=scene.at)


def report_absent(scene: Scene) -> object:
    absence = Absence(rings=2, calls=scene.mostly(2, 0), photo=scene.mostly("未遇卡 1", ""))
    return dispatch.report_absent(scene.visit(), absence=absence, actor=scene.actor, at=scene.at)


def report_no_show(scene: Scene) -> object:
    return dispatch.report_no_show(scene.visit(), note="无人到场", actor=scene.actor, at=scene.at)


def _cancellation(scene: Scene) -> Cancellation:
    return Cancellation(
        reason=scene.words(), special_material=Money(scene.pick(0, 0, 0, 1_500, 40_000))
    )


def cancel_paid(scene: Scene) -> object:
    return settlement.cancel(
        scene.the_order(), cancellation=_cancellation(scene), actor=scene.actor, at=scene.at
    )


def call_off(scene: Scene) -> object:
    return settlement.call_off(
        scene.the_order(), cancellation=_cancellation(scene), actor=scene.actor, at=scene.at
    )


def void(scene: Scene) -> object:
    other = Order.objects.exclude(pk=scene.the_order().pk).order_by("pk").last()
    mistake = scene.pick(*Mistake)
    kept = other if mistake == Mistake.DUPLICATE else None
    voiding = Voiding(mistake=mistake, reason=scene.words(), duplicate_of=kept)
    return settlement.void(scene.the_order(), voiding=voiding, actor=scene.actor, at=scene.at)


_S = Standing
_OPEN = (_S.REGISTERED, _S.QUOTED, _S.AWAITING_PAYMENT, _S.READY, _S.DISPATCHED)
_HANDS = ("performer",)
_EMERGENCY = (_S.READY, _S.DISPATCHED, _S.IN_SERVICE)

MOVES = (
    Move("register", ("rc", "rc2", "rs"), (), register),
    Move("book", ("rc", "rc2"), (), book),
    Move("correct", ("rc",), _OPEN[:3], correct),
    Move("quote", ("rc", "cs"), _OPEN[:2], quote),
    Move("quote_on_site", ("ds", "cs"), _OPEN[:2], quote_on_site),
    Move("accept", ("household", "household:rc"), (_S.QUOTED,), accept),
    Move("waive", ("system",), (_S.AWAITING_PAYMENT,), waive),
    Move("cancel", ("household:rc", "rc"), _OPEN[:2], cancel),
    Move("override", ("ds", "om"), _OPEN[:3], override),
    Move("quote_late", ("rc", "ds"), _EMERGENCY, quote_late),
    Move("accept_late", ("household:rc",), _EMERGENCY, accept_late),
    Move("assign", ("rc", "cs", "ds"), (_S.READY,), assign),
    Move("take_job", _HANDS, (_S.DISPATCHED,), take_job),
    Move("decline", _HANDS, (_S.DISPATCHED,), decline),
    Move("withdraw", ("ds", "cs"), (_S.DISPATCHED,), withdraw),
    Move("depart", _HANDS, (_S.DISPATCHED,), depart),
    Move("arrive", _HANDS, (_S.DISPATCHED,), arrive),
    Move("reschedule", ("rc", "cs"), (_S.DISPATCHED, _S.READY), reschedule),
    Move("report_absent", _HANDS, (_S.DISPATCHED,), report_absent),
    Move("report_no_show", ("ds", "cs"), (_S.DISPATCHED,), report_no_show),
    Move("cancel_paid", ("rc", "household"), _OPEN[2:], cancel_paid),
    Move("call_off", ("om", "cs"), (*_OPEN, _S.IN_SERVICE), call_off),
    Move("void", ("cs",), _OPEN, void),
)
