"""Drafts: what is being written, and what somebody who died left behind."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = "teyue-{}-"
SUFFIX = ".teyue-partial"


@contextmanager
def folder(kind: str, place: Path) -> Iterator[Path]:
    """Have a folder for a while, and remove those of the same kind whose owners died."""
    prefix = FOLDER.format(kind)
    clear(place.glob(f"{prefix}*"))
    with TemporaryDirectory(prefix=prefix, dir=place) as name:
        handle = os.open(name, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield Path(name)
        finally:
            os.close(handle)


def clear(found: Iterable[Path]) -> None:
    """Remove the drafts that nobody holds any more."""
    for draft in found:
        handle = os.open(draft, os.O_RDONLY)
        try:
            if is_free(handle):
                shutil.rmtree(draft) if draft.is_dir() else draft.unlink()
        finally:
            os.close(handle)


def is_free(handle: int) -> bool:
    """Take an open draft, unless another process holds it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
