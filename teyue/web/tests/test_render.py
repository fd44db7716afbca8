"""Components say why a button is grey, keep what was typed, and let no text become markup."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory, override_settings

from teyue.foundation.money import Money
from teyue.foundation.refusal import Refused
from teyue.web import states
from teyue.web.gallery import AT, KINDS, SampleForm, gallery


def _render(source: str, query: str = "", **context: Any) -> str:
    request = RequestFactory().get("/orders/" + query)
    request.at = AT  # type: ignore[attr-defined]
    return str(engines["django"].from_string(source).render(context, request))


def test_an_allowed_step_is_a_form_that_posts_once() -> None:
    page = _render('{% cotton step label="审核" url="/audit/" :refusal="no" / %}', no=None)

    assert '<form method="post" action="/audit/" data-ty-once>' in page
    assert re.search(r'name="idempotency_key" value="[0-9a-f]{32}"', page)
    assert 'name="csrfmiddlewaretoken"' in page


def test_a_refused_step_is_grey_and_says_why() -> None:
    no = Refused("own_work", "本单由您登记，请由管理处经理审核")

    page = _render('{% cotton step label="审核" url="/audit/" :refusal="no" / %}', no=no)

    (why,) = re.findall(r'aria-disabled="true" aria-describedby="(why-\w+)"', page)
    assert f'<span class="ty-why" id="{why}">' in page
    assert "本单由您登记" in page
    assert "<form" not in page


def test_every_step_of_a_page_has_its_own_key() -> None:
    page = _render('{% cotton step url="/a/" / %}{% cotton step url="/b/" / %}')

    first, second = re.findall(r'name="idempotency_key" value="(\w+)"', page)
    assert first != second


def test_a_wrong_field_keeps_its_value_and_points_to_its_error() -> None:
    form = SampleForm({"what": "装窗帘杆", "count": "0", "urgency": "1"})

    page = _render('{% cotton field :field="form.count" unit="件" / %}', form=form)

    assert 'value="0"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_count-error"' in page
    assert "数量（件）" in page


def test_a_wrong_field_with_a_hint_points_to_both() -> None:
    form = SampleForm({"what": "装窗帘杆", "count": "0", "urgency": "1"})

    page = _render('{% cotton field :field="form.count" hint="至少 1 件" / %}', form=form)

    assert 'aria-describedby="id_count-error id_count_helptext"' in page
    assert 'id="id_count_helptext"' in page


def test_a_late_deadline_is_red_with_a_word() -> None:
    page = _render('{% cotton due :until="until" / %}', until=AT - timedelta(hours=2))

    assert "ty-late" in page
    assert "逾期 2 小时" in page


def test_a_missing_deadline_shows_nothing() -> None:
    assert _render('{% cotton due :until="until" / %}', until=None).strip() == ""


def test_money_keeps_its_form() -> None:
    page = _render('{% cotton money :of="paid" form="signed" / %}', paid=Money.yuan("-1234.5"))

    assert "−1,234.50" in page


def test_text_from_people_never_becomes_markup() -> None:
    evil = "<script>alert(1)</script>"
    parts = (
        '{% cotton card :title="evil" note="{{ evil }}" / %}{% cotton empty :text="evil" / %}'
        '{% cotton person :name="evil" :note="evil" / %}{% cotton step :label="evil" / %}'
    )

    page = _render(parts, evil=evil)

    assert "<script>" not in page
    assert page.count("&lt;script&gt;") == 6


def test_the_pager_keeps_the_filter_and_drops_the_old_place() -> None:
    page = _render('{% cotton pager shown="20" next="c9" / %}', "?state=late&after=c1")

    assert 'href="?state=late&amp;after=c9"' in page
    assert "已显示 20 项" in page


def test_a_chosen_filter_is_marked() -> None:
    page = _render('{% cotton chip name="state" value="late" label="逾期" / %}', "?state=late")

    assert 'aria-current="true"' in page


def test_an_unknown_state_still_shows_its_code() -> None:
    assert states.badge_of("strange", "order") == states.Badge("strange", "circle", "wait")


@pytest.mark.parametrize("kind", sorted(states.STATES))
def test_no_state_is_red_or_amber(kind: str) -> None:
    tones = {badge.tone for badge in states.STATES[kind].values()}

    assert tones <= {"wait", "run", "done", "disp"}


@override_settings(DEBUG=True)
def test_the_gallery_shows_every_sample_state() -> None:
    page = gallery(RequestFactory().get("/gallery/")).content.decode()

    for kind, codes in KINDS.items():
        assert all(str(states.badge_of(code, kind).word) in page for code in codes)
    assert ' style="--days: 5"' in page
    assert not re.search(r"<script(?![^>]*(src|json))", page)


def test_a_sample_time_is_aware() -> None:
    assert datetime.utcoffset(AT) == timedelta(hours=8)
