"""Which posts one person may not hold together (I-32, I-40), and who stands under whom (E-40)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from teyue.register.people.models import Post, Role

BUSINESS = frozenset(Role) - {Role.AD, Role.AU, Role.RS}
APART_FROM_CASHIER = frozenset({Role.RC, Role.CS, Role.DS, Role.OM, Role.ST, Role.FN})
LIFTED_BY_DECISION = frozenset({Role.RC, Role.CA})
SIGNED_BY_GENERAL_MANAGER = frozenset({Role.CA, Role.FN})
UNDER_A_PROPOSER = frozenset({Role.OM, Role.DS, Role.CS, Role.RC, Role.ST, Role.SU})
DELEGABLE = frozenset({Role.GM, Role.OM, Role.DS, Role.CS, Role.RC, Role.CA, Role.FN})
LIVE = (Post.State.PROPOSED, Post.State.ACTIVE)


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds somewhere; office None is the whole company."""

    role: Role
    office: int | None

    def meets(self, office: int | None) -> bool:
        """Tell whether it reaches into an office (None: into any)."""
        return self.office is None or office is None or self.office == office


def held(person: int, *, from_on: date, to_on: date | None, but: int | None) -> tuple[Held, ...]:
    """Return what somebody holds or is to hold in a stretch of time, except one post."""
    posts = Post.objects.filter(person=person, state__in=LIVE)
    posts = posts.filter(Q(to_on=None) | Q(to_on__gte=from_on))
    if to_on is not None:
        posts = posts.filter(from_on__lte=to_on)
    rows = posts.values_list("pk", "role", "office")
    return tuple(Held(Role(role), office) for post, role, office in rows if post != but)


def clashing(role: Role, office: int | None, others: Iterable[Held]) -> tuple[Role, ...]:
    """Return the roles of a person that do not bear this one beside them."""
    return tuple(other.role for other in others if _apart(role, office, other))


def needs_signature(role: Role, office: int | None, others: Iterable[Held]) -> bool:
    """Tell whether an appointment waits for the general manager: CA, FN, and RC beside CA."""
    return role in SIGNED_BY_GENERAL_MANAGER or _beside_cashier(role, office, others)


def needs_decision(role: Role, office: int | None, others: Iterable[Held]) -> bool:
    """Tell whether RC and CA would meet in one person, which only a dated decision allows."""
    return any({role, other.role} == LIFTED_BY_DECISION and other.meets(office) for other in others)


def _beside_cashier(role: Role, office: int | None, others: Iterable[Held]) -> bool:
    return role == Role.RC and needs_decision(role, office, others)


def _apart(role: Role, office: int | None, other: Held) -> bool:
    pair = {role, other.role}
    if Role.AD in pair:
        return bool(pair & BUSINESS)
    if pair == LIFTED_BY_DECISION or Role.CA not in pair:
        return False
    return bool(pair & APART_FROM_CASHIER) and other.meets(office)
