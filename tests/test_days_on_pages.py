"""A day that cannot be read is named beside its field, on every page that asks for one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from teyue.desks.register.tests import setting
from teyue.desks.register.tests.conftest import _morning, desk
from teyue.procedure.booking.forms import SlotField
from teyue.web.days import DayField, MomentField

__all__ = ["_morning", "desk"]

READ = (DayField, MomentField, SlotField)
WRONG = ["0001-01-01", "9999-12-31T00:00", "31.02.", "2026-11-24T99:99"]
SENTENCE = re.compile(r"请您.*。$")
INPUT = re.compile(r'<input type="(?:date|datetime-local)" name="(\w+)"')
PAGES = {
    "/people/hire/": "ad",
    "/posts/appoint/": "ad",
    "/posts/general-manager/": "ad",
    "/grants/new/": "ad",
    "/parameters/survey.window_d/": "ad",
    "/staff/{staff}/certificates/": "ad",
    "/staff/{staff}/leaves/": "ad",
    "/staff/{staff}/duty/": "ad",
    "/units/{unit}/household/": "rc",
}


def forms_below(kind: type[forms.Form]) -> Iterator[type[forms.Form]]:
    for one in kind.__subclasses__():
        yield one
        yield from forms_below(one)


def dated() -> list[tuple[str, forms.Field]]:
    """Return each field of a form of ours that takes a day or an instant, with its name."""
    assert get_resolver().url_patterns
    ours = {one for one in forms_below(forms.Form) if one.__module__.startswith("teyue.")}
    kinds = (forms.DateField, forms.DateTimeField, SlotField)
    return [
        (f"{form.__qualname__}.{name}", field)
        for form in sorted(ours, key=lambda one: (one.__module__, one.__qualname__))
        for name, field in form.base_fields.items()
        if isinstance(field, kinds)
    ]


def said(field: forms.Field, typed: str) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return refused.value.messages


@pytest.mark.parametrize(("name", "field"), dated())
def test_a_field_says_in_a_sentence_what_it_could_not_read(name, field):
    wrong = WRONG + [""] * field.required

    assert isinstance(field, READ)
    assert all(SENTENCE.search(said(field, typed)[0]) for typed in wrong)


def test_the_days_of_forms_are_found():
    assert len(dated()) >= 20


def beside(shown: str, name: str) -> str:
    """Return what a page shows between a field and the next label."""
    return shown.partition(f'name="{name}"')[2].partition("<label")[0]


@pytest.mark.parametrize("typed", WRONG)
@pytest.mark.parametrize("place", PAGES)
def test_a_page_says_it_beside_the_field(register, desk, place, typed):
    unit = setting.vacant(register).pk if "{unit}" in place else 0
    address = place.format(staff=register.staff["st"].pk, unit=unit)
    browser = desk(PAGES[place])
    names = INPUT.findall(browser.get(address).content.decode())

    answer = browser.post(address, dict.fromkeys(names, typed))

    shown, errors = answer.content.decode(), answer.context["form"].errors
    assert answer.status_code == 422
    assert names
    assert all(SENTENCE.search(errors[name][0]) for name in names)
    assert all(errors[name][0] in beside(shown, name) for name in names)
