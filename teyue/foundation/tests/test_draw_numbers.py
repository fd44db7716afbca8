from __future__ import annotations

import threading

import pytest
from django.db import connection

from teyue.foundation.numbering.models import Series
from teyue.foundation.numbering.operations import draw
from teyue.foundation.refusal import Refused
from teyue.foundation.tests.cast import AT, GUEST, LIN
from teyue.foundation.tests.paperwork import operations
from teyue.foundation.tests.paperwork.models import Folder, Slip


def test_serials_follow_one_another_in_each_series(db: None):
    first = draw(["A", "B", "A"])
    second = draw(["A"])

    assert first == {"A": [1, 2], "B": [1]}
    assert second == {"A": [3]}


def test_a_step_that_fails_leaves_no_gap(folder: Folder):
    operations.write(folder, actor=LIN, at=AT)
    with pytest.raises(Refused):
        operations.write(folder, actor=GUEST, at=AT)
    operations.write(folder, actor=LIN, at=AT)

    assert list(Slip.objects.order_by("pk").values_list("number", flat=True)) == [
        "SLIP-0001",
        "SLIP-0002",
    ]
    assert Series.objects.get().last == 2


def test_eight_writers_draw_without_gap_or_duplicate(transactional_db: None):
    def work() -> None:
        for _ in range(5):
            folder = operations.begin(actor=LIN, at=AT)
            operations.write(folder, actor=LIN, at=AT)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    numbers = Slip.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"SLIP-{serial:04d}" for serial in range(1, 41)]
