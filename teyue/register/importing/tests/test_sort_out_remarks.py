"""Which words about people may be kept."""

from __future__ import annotations

import pytest

from teyue.register.importing import reading
from teyue.register.importing.remarks import sort_out
from teyue.register.importing.tests.books import households


@pytest.mark.parametrize(
    "typed", ["养狗", "养猫", "有钢琴", "勿按门铃", "请提前电话联系", "有鱼缸"]
)
def test_a_harmless_remark_is_a_visit_note(typed):
    kept = sort_out(typed)

    assert kept.visit_notes == (typed,)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("老人独居", "elderly"), ("残疾人", "disability"), ("有病人卧床", "health"),
        ("怀孕", "health"), ("低保户", "hardship"), ("有小孩", "minor"),
    ],
)  # fmt: skip
def test_a_sensitive_remark_leaves_only_a_kind_of_question(typed, kind):
    kept = sort_out(typed)

    assert kept.visit_notes == ()
    assert kept.tasks_to_ask == (kind,)


def test_a_mixed_remark_is_sorted_piece_by_piece():
    kept = sort_out("老人独居，养狗；欠物业费")

    assert kept.visit_notes == ("养狗",)
    assert kept.tasks_to_ask == ("elderly", "review")


def test_a_harmless_word_beside_a_sensitive_one_is_not_kept():
    assert sort_out("养狗的独居老人").visit_notes == ()


def test_the_words_of_a_sensitive_remark_are_nowhere_in_the_reading():
    found = reading.read(households({"备注": "老人独居"}))

    assert found.households[0].tasks_to_ask == ("elderly",)
    assert "独居" not in repr(found)
