"""What every endpoint says of itself: which step it takes, by which clause, and how it says no."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from pydantic import BaseModel

from teyue.foundation.lifecycle import Step
from teyue.web.shapes import Problem

REFUSALS = frozenset({401, 403, 404, 409, 422})
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": gettext_noop("同一防重号、同一内容得到同一答复；内容不同则为 409。"),
    "schema": {"type": "string", "maxLength": 80, "examples": ["5f0c1c9e-5f0c"]},
}


def begins(step: Step, shape: type[BaseModel]) -> dict[str, Any]:
    """Describe the endpoint whose step begins a paper: ``router.post(path, **begins(…))``."""
    return _writes(step, shape, 201)


def takes(step: Step, shape: type[BaseModel]) -> dict[str, Any]:
    """Describe the endpoint whose step moves a paper: ``router.post(path, **takes(…))``."""
    return _writes(step, shape, 200)


def reads(name: str, label: str, shape: Any) -> dict[str, Any]:
    """Describe an endpoint that only shows: ``router.get(path, **reads("booking.orders", …))``.

    ``label`` is marked by ``gettext_noop``; the description translates it for each reader.
    """
    answers = {200: shape} | dict.fromkeys((401, 403, 404, 422), Problem)
    return {"operation_id": name, "summary": label, "response": answers, "by_alias": True}


def _writes(step: Step, shape: type[BaseModel], status: int) -> dict[str, Any]:
    return {
        "operation_id": step.name,
        "summary": step.label,
        "description": format_lazy(_("程序 {clause}"), clause=step.clause),
        "response": {status: shape, REFUSALS: Problem},
        "openapi_extra": {"x-clause": step.clause, "parameters": [_KEY]},
    }
