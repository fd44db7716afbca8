"""A form that was sent, gone back to, changed and sent again."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from tests.cast import MORNING
from teyue.procedure.cashier import operations
from teyue.procedure.cashier.facts import Closing, Count
from teyue.procedure.cashier.models import Shift
from teyue.procedure.cashier.tests.proof import facts

pytestmark = pytest.mark.clause("3.5")
KEY = re.compile(r'name="idempotency_key" value="([^"]+)"')


@pytest.fixture
def opened(signed_in, drawer):
    """A browser that has opened a shift with ¥500.00 by the key ``once``, and what it sent."""
    browser = signed_in("ca")
    form = {"drawer": drawer.pk, "face_10000": "5", "idempotency_key": "once"}
    browser.post(reverse("shift-open"), form)
    return browser, form


def test_a_changed_form_is_told_that_it_was_sent_before(opened):
    browser, form = opened
    before = facts()

    page = browser.post(reverse("shift-open"), {**form, "face_10000": "4"})

    said = page.content.decode()
    assert (page.status_code, facts()) == (409, before)
    assert "已经提交并办成" in said and "防重号" not in said
    assert f'href="{reverse("till")}"' in said


def test_what_was_typed_stays_under_a_fresh_key(signed_in, open_shift):
    browser, address = signed_in("ca"), reverse("shift-close")
    form = {"face_10000": "5", "idempotency_key": "once"}
    browser.post(address, form)
    typed = {"banked": "12.00", "bank_slip": "ICBC-7", "idempotency_key": "once"}

    said = browser.post(address, typed).content.decode()

    assert 'value="ICBC-7"' in said and "已经提交并办成" in said
    assert "once" not in KEY.findall(said)
    assert Shift.objects.get().state == "counting"


def test_a_button_without_a_form_leads_to_what_it_made(signed_in, open_shift, ca):
    counted = Count(pieces={10_000: 5})
    operations.count(open_shift, counted=counted, actor=ca, at=MORNING)
    operations.close_shift(open_shift, closing=Closing(), actor=ca, at=MORNING)
    browser, address = signed_in("fn"), reverse("cashier-verify", args=(open_shift.number,))
    browser.post(address, {"idempotency_key": "once"})
    before = facts()

    page = browser.post(address, {"idempotency_key": "once", "row_version": "1"})

    said = page.content.decode()
    assert (page.status_code, facts()) == (409, before)
    assert "这张表刚才已经提交过" in said and f'href="{reverse("shift-verifications")}"' in said


def test_the_endpoint_still_names_the_key(calling, drawer, open_shift):
    cashier, address = calling("ca"), f"/shifts/{open_shift.number}/count"
    cashier.post(address, key="once", pieces={"100": 5})

    answer = cashier.post(address, key="once", pieces={"100": 4})

    assert (answer.status_code, answer.json()["code"]) == (409, "key_reused")
    assert "防重号" in answer.json()["detail"]
