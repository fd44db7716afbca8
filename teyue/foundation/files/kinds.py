"""What kinds of files there are: what they may hold, how long they stay, who may open them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from teyue.foundation.actors import Actor

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Content(Enum):
    """What a file of a kind may hold."""

    PHOTO = "photo"
    SCAN = "scan"
    SIGNATURE = "signature"


_kinds: dict[str, FileKind] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class FileKind:
    """A kind of file, declared once by the stage that takes it.

    ``opened_by`` is asked with the attachment and the actor; a scan may be a PDF as well as a
    picture.
    """

    code: str
    label: StrOrPromise
    content: Content
    kept: timedelta
    opened_by: Callable[[Any, Actor], bool]

    def __post_init__(self) -> None:
        if self.code in _kinds:
            raise ValueError(f"two kinds of files are called {self.code}")
        _kinds[self.code] = self


def kind_of(code: str) -> FileKind | None:
    """Return a kind by its code, None when no stage declares it any more."""
    return _kinds.get(code)
