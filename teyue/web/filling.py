"""A form that acts: what was typed stays, and what is wrong stands beside its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from teyue.foundation.refusal import Refused
from teyue.web.acts import act
from teyue.web.people import ActedRequest
from teyue.web.problems import status_of
from teyue.web.refusals import refusal_of

F = TypeVar("F", bound=BaseForm)
T = TypeVar("T")


def fill(
    request: ActedRequest,
    form: F,
    *,
    page: str,
    facts: Mapping[str, Any],
    work: Callable[[F], T],
    show: Callable[[ActedRequest, T], HttpResponse],
) -> HttpResponse:
    """Do ``work`` with a valid form, or show ``page`` again with all that was typed.

    ``page`` is a template, or a part of one for htmx (``booking/register.html#form``). It gets
    ``facts``, ``form`` and, when the refusal is not about one field of the form, ``refusal``.
    """
    if not form.is_valid():
        return _again(request, page, facts, form, 422)
    try:
        return act(request, partial(work, form), show=show, status=200)
    except (Refused, OperationalError) as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        more = {} if _beside_field(form, refusal) else {"refusal": refusal}
        return _again(request, page, {**facts, **more}, form, status_of(refusal.code))


def _beside_field(form: BaseForm, refusal: Refused) -> bool:
    if refusal.field not in form.fields:
        return False
    form.add_error(refusal.field, ValidationError(str(refusal.message), refusal.code))
    return True


def _again(
    request: ActedRequest, page: str, facts: Mapping[str, Any], form: BaseForm, status: int
) -> HttpResponse:
    return render(request, page, {**facts, "form": form}, status=status)
