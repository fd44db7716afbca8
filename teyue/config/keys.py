"""The secrets of one installation, made at the first start and kept beside its data."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet


def signing_key(data: Path) -> str:
    """Give the key that signs sessions and links."""
    return _kept(data, "signing", lambda: secrets.token_urlsafe(64))


def field_keys(data: Path) -> list[str]:
    """Give the Fernet keys of encrypted fields, the one that writes first, older ones after it."""
    return _kept(data, "fields", lambda: Fernet.generate_key().decode()).split()


def index_key(data: Path) -> str:
    """Give the key of the blind index by which encrypted fields are looked up."""
    return _kept(data, "index", lambda: secrets.token_urlsafe(32))


def _kept(data: Path, name: str, make: Callable[[], str]) -> str:
    place = data / "keys" / name
    if not place.exists():
        _keep(place, make())
    return place.read_text(encoding="ascii").strip()


def _keep(place: Path, secret: str) -> None:
    for folder in (place.parent.parent, place.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{secret}\n")
        file.flush()
        os.fsync(file.fileno())
    # A link is refused when another process was first: then its key is the one that counts.
    try:
        place.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
