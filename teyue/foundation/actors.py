"""Who acts: one person, with the powers that posts grant at this moment, and where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EVERYWHERE = 0


@dataclass(frozen=True, slots=True)
class Power:
    """Leave to do one thing."""

    code: str
    label: StrOrPromise


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows that the actor did it although somebody else typed it."""

    kind: str
    reference: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at a door.

    ``posts`` are pairs of role and scope (:data:`EVERYWHERE` for all scopes), ``grants`` pairs of
    power code and scope, ``ties`` pairs of kind and id of what the person belongs to, such as
    ``("household", 7)``.
    ``keyed_by`` is who typed what this actor did, on the strength of ``evidence``.
    ``as_of`` is the moment at which the posts were read.
    """

    id: int
    login: str
    name: str = ""
    posts: frozenset[tuple[str, int]] = frozenset()
    grants: frozenset[tuple[str, int]] = frozenset()
    ties: frozenset[tuple[str, int]] = frozenset()
    keyed_by: Actor | None = None
    evidence: Evidence | None = None
    as_of: datetime | None = field(default=None, compare=False)

    @property
    def hands(self) -> int:
        """Return the person whose hands did it: who typed it, else the actor."""
        return self.keyed_by.id if self.keyed_by else self.id

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles of all posts, wherever they hold."""
        return frozenset(role for role, _scope in self.posts)

    def holds(self, role: str, scope: int) -> bool:
        """Tell whether somebody holds a post in a scope."""
        return (role, scope) in self.posts or (role, EVERYWHERE) in self.posts

    def may(self, power: Power, scope: int) -> bool:
        """Tell whether a power is granted in a scope."""
        return (power.code, scope) in self.grants or (power.code, EVERYWHERE) in self.grants

    def may_somewhere(self, power: Power) -> bool:
        """Tell whether a power is granted in any scope."""
        return any(code == power.code for code, _ in self.grants)

    def scopes(self, power: Power) -> frozenset[int]:
        """Return the scopes in which a power is granted."""
        return frozenset(scope for code, scope in self.grants if code == power.code)

    def tied(self, kind: str) -> frozenset[int]:
        """Return the ids of one kind that this person belongs to."""
        return frozenset(number for tie, number in self.ties if tie == kind)

    def typed_by(self, typist: Actor, evidence: Evidence) -> Actor:
        """Return this actor as keyed by somebody else on the strength of evidence."""
        return replace(self, keyed_by=typist, evidence=evidence)
