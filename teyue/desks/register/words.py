"""How the papers of the register stand, in words and tones."""

from __future__ import annotations

from typing import Any

from teyue.foundation.lifecycle import Document

TONES = {
    "active": "done",
    "open": "done",
    "approved": "done",
    "answered": "done",
    "proposed": "run",
}


def word_of(paper: Document) -> str:
    """Say in which state a paper is."""
    kind: Any = type(paper)
    return str(kind.State(paper.state).label)


def tone_of(paper: Document) -> str:
    """Return the tone of that state: gray for what is over."""
    return TONES.get(paper.state, "wait")
