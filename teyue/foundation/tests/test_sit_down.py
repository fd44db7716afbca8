from __future__ import annotations

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from teyue.foundation import pen, sitting
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.foundation.sitting import BrokenSitting
from teyue.foundation.tests.cast import AT, GUEST, LIN, ZHAO
from teyue.foundation.tests.paperwork import operations
from teyue.foundation.tests.paperwork.models import Folder, Leaf, Slip


def test_a_paper_that_moves_twice_in_a_sitting_is_written_once(folder: Folder):
    with (
        CaptureQueriesContext(
            connection,
        ) as statements,
        sitting.opened(),
    ):
        slip = operations.write(folder, actor=LIN, at=AT)
        operations.sign(slip, actor=ZHAO, at=AT)

    written = [one["sql"] for one in statements if "paperwork_slip" in one["sql"]]
    assert [sql.split()[0] for sql in written] == ["INSERT"]
    assert Slip.objects.get().state == "signed"


def test_a_refusal_undoes_the_whole_sitting(folder: Folder):
    with pytest.raises(Refused), sitting.opened():
        operations.write(folder, actor=LIN, at=AT)
        operations.write(folder, actor=GUEST, at=AT)

    assert not Slip.objects.exists()
    assert Folder.objects.get().standing == "begun"


def test_a_swallowed_refusal_keeps_nothing(folder: Folder):
    def swallow() -> None:
        with sitting.opened():
            operations.write(folder, actor=LIN, at=AT)
            with pytest.raises(Refused):
                operations.write(folder, actor=GUEST, at=AT)

    with pytest.raises(BrokenSitting):
        swallow()
    assert not Slip.objects.exists()


def test_a_swallowed_failure_to_write_keeps_nothing(slip: Slip, transactional_db: None):
    def swallow() -> None:
        with sitting.opened() as room, pen.held(Slip):
            room.append(Leaf(slip=slip, text="好"))
            room.append(Leaf(text="坏"))
            with pytest.raises(IntegrityError):
                room.flush()

    with pytest.raises(BrokenSitting):
        swallow()
    assert not Leaf.objects.exists()


def test_two_copies_of_one_paper_are_not_moved_side_by_side(slip: Slip):
    other = Slip.objects.get(pk=slip.pk)

    with pytest.raises(BrokenSitting), sitting.opened():
        operations.sign(slip, actor=ZHAO, at=AT)
        operations.sign(other, actor=ZHAO, at=AT)

    assert Slip.objects.get().state == "written"


def test_a_second_copy_is_not_written_over_one_that_waits(slip: Slip):
    other = Slip.objects.get(pk=slip.pk)

    with pytest.raises(BrokenSitting), sitting.opened() as room:
        operations.sign(slip, actor=ZHAO, at=AT)
        room.write(other)

    assert Slip.objects.get().state == "written"


def test_a_paper_that_is_sought_twice_is_the_same_object(slip: Slip):
    with sitting.opened():
        first = seek(Slip.objects.all(), pk=slip.pk)
        second = seek(Slip.objects.all(), pk=slip.pk)

    assert first is second
    assert first.folder.pk == slip.folder_id


def test_what_is_sought_stands_in_the_locked_copy_of_its_case(slip: Slip):
    with sitting.opened() as room:
        found = seek(Slip.objects.all(), pk=slip.pk)

        assert room.locked[Folder, slip.folder_id] is found.folder


def test_papers_are_sought_only_inside_a_sitting(slip: Slip):
    with pytest.raises(RuntimeError):
        seek(Slip.objects.all(), pk=slip.pk)
