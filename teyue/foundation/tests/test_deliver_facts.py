from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

import pytest
from django.db import connection

from teyue.foundation.outbox.facts import Fact
from teyue.foundation.outbox.models import Message
from teyue.foundation.outbox.operations import (
    LEASE,
    MOST_ATTEMPTS,
    Wiring,
    dead,
    deliver,
    revive,
    tell,
)
from teyue.foundation.refusal import Refused
from teyue.foundation.tests.cast import AT, GUEST, LIN
from teyue.foundation.tests.paperwork import steps
from teyue.foundation.tests.paperwork.models import Folder


@dataclass(frozen=True)
class Opened(Fact):
    name: ClassVar[str] = "paperwork.opened"

    folder: int


def opened(actor=LIN) -> Folder:
    folder = Folder()
    with steps.OPEN.take(folder, actor=actor, at=AT) as turn:
        tell(turn, lambda: Opened(folder=folder.pk))
    return folder


def break_down(fact: Opened, at: datetime) -> None:
    raise KeyError("林静")


def test_a_fact_reaches_its_reactions_with_the_id_of_a_new_paper(db: None):
    heard: list[Opened] = []
    folder = opened()

    arrived = deliver({Opened: (lambda fact, at: heard.append(fact),)}, at=AT)

    assert arrived == 1
    assert heard == [Opened(folder=folder.pk)]
    assert Message.objects.get().done_at == AT


def test_a_fact_is_delivered_once_when_all_goes_well(db: None):
    heard: list[Opened] = []
    opened()

    for _ in range(3):
        deliver({Opened: (lambda fact, at: heard.append(fact),)}, at=AT + LEASE)

    assert len(heard) == 1


def test_a_refused_step_tells_nothing(db: None):
    with pytest.raises(Refused):
        opened(actor=GUEST)

    assert not Message.objects.exists()


def test_a_fact_that_holds_more_than_ids_is_refused(db: None):
    folder = Folder()

    with pytest.raises(TypeError), steps.OPEN.take(folder, actor=LIN, at=AT) as turn:
        tell(turn, Opened(folder="林静"))  # type: ignore[arg-type]

    assert not Folder.objects.exists()


def test_a_failed_delivery_rests_and_is_tried_again(db: None):
    heard: list[Opened] = []
    opened()
    deliver({Opened: (break_down,)}, at=AT)
    failed = Message.objects.get()

    deliver({Opened: (lambda fact, at: heard.append(fact),)}, at=AT + timedelta(seconds=4))
    early = list(heard)
    deliver({Opened: (lambda fact, at: heard.append(fact),)}, at=AT + timedelta(seconds=10))

    assert (failed.last_error, failed.attempts) == ("KeyError", 1)
    assert (len(early), len(heard)) == (0, 1)


def test_what_a_dead_deliverer_had_claimed_comes_round_when_its_lease_ends(db: None):
    heard: list[Opened] = []
    opened()

    def die(fact: Opened, at: datetime) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        deliver({Opened: (die,)}, at=AT)
    wiring: Wiring = {Opened: (lambda fact, at: heard.append(fact),)}
    deliver(wiring, at=AT + LEASE / 2)
    early = list(heard)
    deliver(wiring, at=AT + LEASE)

    assert (len(early), len(heard)) == (0, 1)


def test_a_fact_that_fails_ten_times_waits_for_a_person(db: None):
    heard: list[Opened] = []
    opened()
    for day in range(MOST_ATTEMPTS + 2):
        deliver({Opened: (break_down,)}, at=AT + timedelta(days=day))
    given_up = dead().count()

    revived = revive(at=AT)
    deliver({Opened: (lambda fact, at: heard.append(fact),)}, at=AT)

    assert (given_up, revived, len(heard)) == (1, 1, 1)


def test_a_fact_that_nothing_is_wired_to_is_not_lost(db: None):
    opened()

    deliver({}, at=AT)

    assert Message.objects.get().last_error == "LookupError"


def test_two_deliverers_do_not_share_a_message(transactional_db: None):
    heard: list[int] = []
    for _ in range(30):
        opened()

    def work() -> None:
        deliver({Opened: (lambda fact, at: heard.append(fact.folder),)}, at=AT)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(heard) == sorted(Folder.objects.values_list("pk", flat=True))
