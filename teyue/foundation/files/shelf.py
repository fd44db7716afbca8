"""The folder in which the bytes lie, each file under its digest."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def put(content: bytes) -> str:
    """Write bytes so that a power cut cannot halve them, and return their SHA-256."""
    digest = hashlib.sha256(content).hexdigest()
    place = where(digest)
    if place.exists():
        return digest
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(place)
    return digest


def where(digest: str) -> Path:
    """Return where the bytes of a digest lie."""
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def read(digest: str) -> bytes | None:
    """Return the bytes of a digest, None when they are not there any more."""
    place = where(digest)
    return place.read_bytes() if place.exists() else None


def is_whole(digest: str) -> bool:
    """Tell whether the bytes of a digest are there, and unchanged."""
    place = where(digest)
    if not place.exists():
        return False
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == digest


def throw_away(digest: str) -> None:
    """Remove the bytes of a digest, if they are there."""
    where(digest).unlink(missing_ok=True)
