"""F-11: copies, marks and the code that belongs to the household alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from teyue.web.prints.engine import render
from teyue.web.prints.tests.samples import RECEIPT
from teyue.web.prints.tests.test_render import pages_of, text_of, words_of

pytestmark = pytest.mark.clause("4.3.1")


def test_one_copy_on_demand_is_one_page():
    pdf = render("F-11", replace(RECEIPT, copies=("finance",)))

    assert pages_of(pdf) == 1
    assert "第 1/1 页" in text_of(pdf)


def test_only_the_copy_of_the_household_tells_the_code():
    home = words_of(render("F-11", replace(RECEIPT, copies=("household",))))
    office = words_of(render("F-11", replace(RECEIPT, copies=("finance", "file"))))

    assert "482913" in home
    assert "482913" not in office


def test_a_reprint_says_so_and_keeps_its_number():
    said = words_of(render("F-11", replace(RECEIPT, reprint=2, copies=("household",))))

    assert "补打第2次仅供查询" in said
    assert "No.0028417" in said


def test_an_original_carries_no_mark():
    said = words_of(render("F-11", RECEIPT))

    assert "仅供查询" not in said
    assert "作废" not in said


def test_a_voided_receipt_says_why():
    data = replace(RECEIPT, state="voided", state_note="金额录错，原件已收回。", copies=("file",))

    said = text_of(render("F-11", data))

    assert "金额录错，原件已收回。" in said


@pytest.mark.parametrize(
    ("purpose", "title", "term"),
    [
        ("deposit", "押金收据", "余额全部退还"),
        ("topup", "补交款收据", "补足实际费用与预交款的差额"),
        ("pass_through", "代收款收据", "不是本公司收入"),
    ],
)
def test_the_purpose_gives_title_and_terms(purpose, title, term):
    said = words_of(render("F-11", replace(RECEIPT, purpose=purpose)))

    assert title in said
    assert term in said
