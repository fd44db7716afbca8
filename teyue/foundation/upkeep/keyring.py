"""The keys of an installation, as far as a copy of its data must know of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

NAMES = ("fields", "index")


def marks(folder: Path) -> dict[str, str]:
    """Return what tells keys apart without giving them away."""
    return {name: " ".join(_marks_of(folder / name)) for name in NAMES}


def opens(folder: Path, wanted: dict[str, str]) -> bool:
    """Tell whether the keys in a folder open what was encrypted with those that are wanted."""
    return all(
        set(marked.split()) <= set(_marks_of(folder / name)) for name, marked in wanted.items()
    )


def _marks_of(place: Path) -> list[str]:
    lines = place.read_text(encoding="ascii").split() if place.exists() else []
    return [hashlib.sha256(line.encode()).hexdigest()[:16] for line in lines]
