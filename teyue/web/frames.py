"""In which frame a page stands: at a desk, or on the telephone of who has none."""

from __future__ import annotations

from teyue.foundation.actors import Actor
from teyue.register.people.models import Role

OUTSIDE = frozenset({Role.ST, Role.SU, Role.RS})


def frame_of(actor: Actor) -> str:
    """Return the frame of a page: that of the telephone for who has no desk."""
    return "phone.html" if actor.roles <= OUTSIDE else "shell.html"
