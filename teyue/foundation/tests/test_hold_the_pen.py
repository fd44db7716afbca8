from __future__ import annotations

import pytest

from teyue.foundation import pen, sitting
from teyue.foundation.pen import WrittenWithoutPen
from teyue.foundation.tests.cast import AT, LIN
from teyue.foundation.tests.paperwork import steps
from teyue.foundation.tests.paperwork.models import Folder, Leaf, Slip


def change_by_saving(folder: Folder) -> None:
    folder.save()


def change_by_update(folder: Folder) -> None:
    Folder.objects.filter(pk=folder.pk).update(title="改")


def change_by_bulk_update(folder: Folder) -> None:
    Folder.objects.bulk_update([folder], ["title"])


def insert(folder: Folder) -> None:
    Folder.objects.bulk_create([Folder()])


def create(folder: Folder) -> None:
    Folder.objects.create()


@pytest.mark.parametrize(
    "write", [change_by_saving, change_by_update, change_by_bulk_update, insert, create]
)
def test_nothing_is_written_without_the_pen(folder: Folder, write):
    folder.title = "改"

    with pytest.raises(WrittenWithoutPen):
        write(folder)

    assert list(Folder.objects.values_list("title", flat=True)) == ["卷宗"]


def test_nothing_is_deleted_even_with_the_pen(folder: Folder):
    with pen.held(Folder), pytest.raises(WrittenWithoutPen):
        folder.delete()
    with pen.held(Folder), pytest.raises(WrittenWithoutPen):
        Folder.objects.all().delete()

    assert Folder.objects.count() == 1


def test_the_pen_is_held_only_for_the_models_that_are_named(slip: Slip):
    with pen.held(Slip), pytest.raises(WrittenWithoutPen):
        Leaf.objects.create(slip=slip)

    assert not Leaf.objects.exists()


def test_an_inner_operation_does_not_lend_its_pen_to_the_outer_one(folder: Folder):
    with pen.held(Folder):
        with pen.held(Slip):
            pass
        Folder.objects.update(title="外")
        with pytest.raises(WrittenWithoutPen):
            Slip.objects.update(text="里")

    folder.refresh_from_db()
    assert folder.title == "外"


def test_a_turn_keeps_only_rows_that_its_step_names(folder: Folder):
    slip = Slip(folder=folder)

    taking = steps.WRITE.take(slip, on=(folder,), actor=LIN, at=AT)
    with pytest.raises(WrittenWithoutPen), taking as turn:
        turn.keep(Folder())

    assert not Slip.objects.exists()


def test_a_reading_sees_what_was_written_before_it(folder: Folder):
    with sitting.opened() as room, pen.held(Folder):
        room.append(Folder(title="新"))

        found = Folder.objects.filter(title="新").exists()

    assert found
