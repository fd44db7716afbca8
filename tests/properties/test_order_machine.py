"""Random steps, legal and illegal, in random order, by anybody: no invariant ever breaks."""

from __future__ import annotations

import json
import os
from collections import Counter
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import ClassVar

import pytest
from django.db import connection, transaction
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.cast import MORNING, offer
from tests.properties import at_the_till, proofs
from tests.properties.moves import MOVES
from tests.properties.world import Move, NothingThere, Scene, World
from tests.register import let_in
from teyue.desks.demo.people import FIRM_LOGIN
from teyue.foundation.clock import HOUSE
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import ENDED, Order, Standing
from teyue.procedure.cashier import operations as cashier
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service.models import Change
from teyue.procedure.subcontracting.models import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]

# Of these only the second may be urgent, so it is offered more often.
CODES = ("WX-01", "WX-04", "WX-04", "BJ-02", "SW-01", "DB-01")
LATEST = datetime(2027, 3, 1, tzinfo=HOUSE)
# What is broken stays broken, so the whole list need not be asked after each step.
EVERY = int(os.environ.get("TEYUE_PROVE_EVERY", "4"))
HOUR, DAY = 60, 24 * 60
# Mostly minutes; now and then so long that quotes expire, orders lapse and come to rest.
PAUSES = (0, 1, 1, 2, 3, 3, 5, 10, 10, 20, 30, 30, 2 * HOUR, 26 * HOUR, 8 * DAY)
BY_NAME = {move.name: move for move in MOVES}
BEGIN = ("register", "book", "book", "book")
BACK = ("review", "decide", "cosign", "pay", "reconcile")
ONWARD: dict[str, tuple[str, ...]] = {
    Standing.REGISTERED: ("quote", "quote_on_site"),
    Standing.QUOTED: ("accept",),
    Standing.AWAITING_PAYMENT: ("receive",),
    Standing.READY: ("assign",),
    Standing.TO_CONFIRM: (*("confirm",) * 6, "revise", "readmit", "open_dispute"),
    Standing.TO_AUDIT: (*("approve",) * 6, "send_back"),
    Standing.TO_SETTLE: ("settle",),
    Standing.DISPUTED: ("resolve",),
    Standing.SETTLED: (*BACK, "close"),
    Standing.CLOSED: (*BACK, "rework"),
    Standing.CANCELLED: BACK,
    Standing.VOID: BACK,
}
BEFORE_PAYMENT = (Standing.REGISTERED, Standing.QUOTED, Standing.AWAITING_PAYMENT)
BEFORE_WORK = (*BEFORE_PAYMENT, Standing.READY, Standing.DISPATCHED)
ON_THE_WAY: dict[str, str] = {
    Visit.State.ASSIGNED: "take_job",
    Visit.State.ACCEPTED: "depart",
    Visit.State.EN_ROUTE: "arrive",
    Visit.State.ARRIVED: "start",
}


class OrderMachine(RuleBasedStateMachine):
    """A few orders in two households, walked through the procedure and stumbled across it."""

    world: ClassVar[World]
    told: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.at = MORNING
        self.until_the_end = ExitStack()
        self.until_the_end.enter_context(transaction.atomic())
        self.before, self.entry, self.looked = proofs.digest(), 0, 0

    def teardown(self) -> None:
        with self.until_the_end:
            try:
                if not connection.needs_rollback:
                    proofs.assert_sound()
                    proofs.assert_kernel()
            finally:
                transaction.set_rollback(True)
        self.told["sequences"] += 1

    @initialize(chance=st.randoms(use_true_random=True), tries=st.sampled_from((0, 40)))
    def begin(self, chance: Random, tries: int) -> None:
        """Open the till; half of the walks begin where somebody has come as far as the home."""
        drawer = self.world.register.drawers[0]
        actor = self.world.actors["ca"]
        cashier.open_shift(drawer, float_amount=at_the_till.FLOAT, actor=actor, at=self.at)
        for _ in range(tries):
            order = Order.objects.order_by("pk").last()
            if order is None or order.standing in BEFORE_WORK:
                self._go_on(order, chance)
        self._look()

    def _go_on(self, order: Order | None, chance: Random) -> None:
        """Take a step that leads on, without looking at what it left."""
        move = BY_NAME[chance.choice(self._onward(order) if order else BEGIN)]
        scene = Scene(self.world, chance, self.world.actors["system"], self.at, order)
        with suppress(NothingThere, Refused):
            scene.actor = self._actor(scene, chance.choice(move.who))
            move.play(scene)
            self.at += timedelta(minutes=3)

    @rule(
        chance=st.randoms(use_true_random=True),
        pause=st.sampled_from(PAUSES),
        sensible=st.sampled_from((True, True, True, False)),
    )
    def act(self, chance: Random, pause: int, sensible: bool) -> None:
        """After some minutes somebody goes on, or anybody stumbles into anything."""
        self.at = min(self.at + timedelta(minutes=pause), LATEST)
        order = self._order(chance)
        if sensible:
            move = chance.choice(self._sensible(order, chance))
            who = chance.choice(move.who)
        else:
            move = chance.choice(MOVES)
            who = chance.choice((*self.world.actors, "performer", "household", *move.who))
        self._try(move, order, who, chance)

    def _order(self, chance: Random) -> Order | None:
        orders = list(Order.objects.order_by("-pk"))
        under_way = [order for order in orders if order.standing not in ENDED]
        if not under_way or (len(under_way) < 4 and chance.randrange(8) == 0):
            return None if chance.randrange(4) else next(iter(orders), None)
        return chance.choice(orders[:3]) if chance.randrange(4) == 0 else under_way[0]

    def _sensible(self, order: Order | None, chance: Random) -> list[Move]:
        if order is None:
            return [BY_NAME[name] for name in BEGIN]
        if chance.randrange(10) < 9 and (names := self._onward(order)):
            return [BY_NAME[name] for name in names]
        return [move for move in MOVES if not move.when or order.standing in move.when]

    def _onward(self, order: Order) -> tuple[str, ...]:
        visit = order.visits.order_by("no").last()
        if order.standing == Standing.DISPATCHED and visit:
            return (ON_THE_WAY.get(visit.state, "take_job"),)
        if order.standing == Standing.IN_SERVICE and visit:
            return _at_home(order, visit)
        onward = ONWARD.get(order.standing, ())
        if order.in_arrears:
            return (*onward, "redeem") if order.required else onward
        urgent = order.urgency == Order.Urgency.URGENT and order.standing in BEFORE_PAYMENT
        return (*onward, "override") if urgent else onward

    def _try(self, move: Move, order: Order | None, who: str, chance: Random) -> None:
        scene = Scene(self.world, chance, self.world.actors["system"], self.at, order)
        try:
            scene.actor = self._actor(scene, who)
            move.play(scene)
        except NothingThere:
            return
        except Refused as refusal:
            note(f"{self.at:%m-%d %H:%M} {who} {move.name} {order}: {refusal.code}")
            self.told["refused"] += 1
            self.told[f"{move.name}:{refusal.code}"] += 1
            assert proofs.digest() == self.before, f"{move.name} was refused, but moved something"
            return
        note(f"{self.at:%m-%d %H:%M} {who} {move.name} {order}: taken")
        self.told["taken"] += 1
        self.told[f"{move.name}:taken"] += 1
        self._look()

    def _actor(self, scene: Scene, who: str):
        if who == "performer":
            performer = scene.visit().performer_id
            known = (one for one in self.world.actors.values() if one.id == performer)
            return next(known, self.world.actors["st"])
        if who.startswith("household"):
            return scene.household(typist=who.partition(":")[2])
        return self.world.actors[who]

    def _look(self) -> None:
        self.entry = proofs.assert_journal(self.entry)
        proofs.assert_standing()
        proofs.assert_settled()
        self.looked += 1
        if self.looked % EVERY == 0:
            proofs.assert_sound()
        self.before = proofs.digest()


def _at_home(order: Order, visit: Visit) -> tuple[str, ...]:
    """Return what leads on in the home: the work and its changes, or another visit."""
    if visit.state != Visit.State.WORKING:
        return (*("continue_order",) * 5, "conclude")
    if order.changes.filter(state=Change.State.OFFERED).exists():
        return ("accept_change", "refuse_change")
    late = ("quote_late", "accept_late") if order.in_arrears and not order.accepted_at else ()
    return ("record", "record", "record", "offer_change", *late)


@pytest.fixture
def world(register, small_set) -> World:
    worker = Worker.objects.filter(firm__items__item__code="SW-01", firm__items__state="qualified")
    sent = worker.select_related("person", "firm").earliest("pk")
    let_in(register, FIRM_LOGIN, sent.person, firm=sent.firm_id)
    offers = [offer(small_set.office_id, code) for code in CODES]
    return World(register, offers, sent, register.actor(FIRM_LOGIN), MORNING)


def test_no_walk_breaks_an_invariant(world):
    OrderMachine.world = world

    try:
        run_state_machine_as_test(OrderMachine)
    finally:
        _tell(OrderMachine.told)

    assert OrderMachine.told["taken"] > OrderMachine.told["sequences"]


def _tell(told: Counter[str]) -> None:
    if place := os.environ.get("TEYUE_PROVE_FIGURES"):
        Path(place).write_text(json.dumps(told), encoding="utf-8")
