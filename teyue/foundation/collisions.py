"""What a constraint of the database says when two people were faster than the objections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError

from teyue.foundation.refusal import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_known: dict[str, tuple[str, StrOrPromise]] = {}


def say(constraint: str, code: str, message: StrOrPromise) -> None:
    """Let a violated constraint be refused with a code and a sentence."""
    _known[constraint] = (code, message)


def refusal_of(error: IntegrityError) -> Refused | None:
    """Return what a violated constraint means, if somebody said so."""
    text = str(error)
    found = next((said for name, said in _known.items() if f'"{name}"' in text), None)
    return Refused(*found) if found else None
