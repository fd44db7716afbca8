from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teyue.foundation.journal.models import Entry
from teyue.foundation.lifecycle import Turn, bulk
from teyue.foundation.refusal import Refused
from teyue.foundation.tests.cast import AT, LATER, LIN, ZHAO
from teyue.foundation.tests.paperwork import steps
from teyue.foundation.tests.paperwork.models import Folder, Leaf, Slip


def slips(folder: Folder, count: int) -> list[Slip]:
    return [Slip(folder=folder, text=str(number)) for number in range(count)]


def refuse_odd(slip: Slip, turn: Turn) -> None:
    if int(slip.text) % 2:
        raise Refused("odd", "请您只填双数。")
    turn.keep(Leaf(slip=slip, text=slip.text))


def test_bad_rows_are_set_aside_and_good_ones_kept(folder: Folder):
    outcome = bulk.take_many(steps.WRITE, slips(folder, 5), actor=LIN, at=AT, work=refuse_odd)

    assert [refusal.code for _, refusal in outcome.refused] == ["odd", "odd"]
    assert [slip.text for slip in Slip.objects.order_by("pk")] == ["0", "2", "4"]
    assert Leaf.objects.count() == 3


def test_new_papers_take_their_numbers_from_one_range(folder: Folder):
    bulk.take_many(steps.WRITE, slips(folder, 3), actor=LIN, at=AT)

    numbers = list(Slip.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == ["SLIP-0001", "SLIP-0002", "SLIP-0003"]


def test_a_chunk_leaves_one_entry_with_the_digest_of_its_rows(folder: Folder, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 2)

    bulk.take_many(steps.WRITE, slips(folder, 3), actor=LIN, at=AT)

    notes = [entry.note for entry in Entry.objects.filter(step="paperwork.write").order_by("pk")]
    assert [note["count"] for note in notes] == ["2", "1"]
    assert all(len(note["rows"]) == 64 for note in notes)


def test_the_case_stands_where_the_step_leaves_it(folder: Folder):
    bulk.take_many(steps.WRITE, slips(folder, 2), actor=LIN, at=LATER)

    assert Folder.objects.get().standing == "written"


def test_old_papers_move_in_few_statements(db: None):
    folders = bulk.take_many(steps.OPEN, [Folder() for _ in range(60)], actor=LIN, at=AT).taken
    closing = steps.replaced(steps.OPEN, source=("open",), target="shut", standing=("done",))

    with CaptureQueriesContext(connection) as statements:
        outcome = bulk.take_many(closing, folders, actor=ZHAO, at=LATER)

    assert len(outcome.taken) == 60
    assert set(Folder.objects.values_list("state", "standing", "row_version")) == {
        ("shut", "done", 2)
    }
    assert len(statements) < 12


def test_a_failure_keeps_nothing_of_its_chunk(folder: Folder):
    def break_down(slip: Slip, turn: Turn) -> None:
        if slip.text == "2":
            raise KeyError

    with pytest.raises(KeyError):
        bulk.take_many(steps.WRITE, slips(folder, 3), actor=LIN, at=AT, work=break_down)

    assert not Slip.objects.exists()
