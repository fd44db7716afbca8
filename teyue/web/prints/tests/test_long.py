"""Long lists and long names break well."""

from __future__ import annotations

from dataclasses import replace

import pytest

from teyue.web.prints.engine import render
from teyue.web.prints.tests import samples
from teyue.web.prints.tests.test_render import pages_of, text_of

LONG = {
    "F-13": replace(samples.SETTLEMENT, lines=samples.charges(40)),
    "F-12": replace(samples.RECORD, charges=samples.charges(40)),
    "quote": replace(samples.QUOTE, lines=samples.charges(40)),
    "F-07-day": samples.register(40),
}


@pytest.mark.parametrize("form", LONG)
def test_forty_lines_take_more_pages_and_lose_none(form):
    pdf = render(form, LONG[form])

    said = text_of(pdf)
    assert pages_of(pdf) >= 2
    assert f"第 1/{pages_of(pdf)} 页" in said
    assert all(f" {n} " in said for n in range(1, 41))


def test_the_head_of_the_list_repeats_on_every_page():
    said = text_of(render("F-13", LONG["F-13"]))

    assert said.count("单价（元）") == 2


def test_a_long_story_runs_on_to_the_next_page():
    story = "厨房水槽下方角阀接头滴水，已关户内总阀。" * 120

    pdf = render("F-12", replace(samples.RECORD, work_done=story))

    assert pages_of(pdf) >= 2
    assert text_of(pdf).count("角阀接头") > 100


def test_a_long_name_keeps_a_receipt_on_one_page():
    data = replace(
        samples.RECEIPT, payer=samples.LONG.name * 2, room=samples.LONG.room, copies=("household",)
    )

    assert pages_of(render("F-11", data)) == 1
