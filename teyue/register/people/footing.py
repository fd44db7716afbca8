"""What an authorization stands on: a post of the grantor's own that lasts as long as it does."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q

from teyue.foundation.pen import KeptQuerySet
from teyue.register.people import separation
from teyue.register.people.models import Delegation, Post


def in_force(on: date) -> Q:
    """Return the condition that a post gives its powers on a day.

    Who holds it for somebody has no more than an own post of that person still carries.
    """
    return active(on) & (Q(delegation=None) | Q(carried(on)))


def active(on: date, prefix: str = "") -> Q:
    """Return the condition that a post lasts on a day; ``prefix`` leads to the post."""
    ends = Q(**{f"{prefix}to_on": None}) | Q(**{f"{prefix}to_on__gte": on})
    begun = Q(**{f"{prefix}state": Post.State.ACTIVE, f"{prefix}from_on__lte": on})
    return begun & ends


def carried(on: date, prefix: str = "") -> Exists:
    """Tell whether the person for whom a post is held has such a post on a day."""
    grantor, role = OuterRef(f"{prefix}delegation__grantor"), OuterRef(f"{prefix}role")
    here = Q(office=None) | Q(office=OuterRef(f"{prefix}office"))
    own = Post.objects.filter(here, active(on), person=grantor, role=role, delegation=None)
    return Exists(own)


def footing(delegation: Delegation, *, on: date) -> KeptQuerySet[Post]:
    """Return the grantor's own posts that carry an authorization from a day on to its end.

    Nobody may pass on what was given, so posts held for somebody else are not among them.
    """
    own = Post.objects.filter(person=delegation.grantor_id, role=delegation.role)
    own = own.filter(state=Post.State.ACTIVE, delegation=None)
    here = Q(office=None) | Q(office=delegation.office_id)
    lasts = Q(to_on=None) | Q(to_on__gte=delegation.to_on)
    return own.filter(here, lasts, from_on__lte=max(delegation.from_on, on))


def falling_with(post: Post, *, on: date) -> tuple[Delegation, ...]:
    """Return the live authorizations that no other post of the grantor carries."""
    given = Delegation.objects.filter(grantor=post.person_id, role=post.role, to_on__gte=on)
    given = given.filter(state=Delegation.State.ACTIVE)
    if post.delegation_id is not None:
        return ()
    if post.office_id is not None:
        given = given.filter(office=post.office_id)
    rows = given.order_by("pk")
    return tuple(one for one in rows if not footing(one, on=on).exclude(pk=post.pk).exists())


def held_by(delegations: tuple[Delegation, ...]) -> KeptQuerySet[Post]:
    """Return the live posts that delegates hold by authorizations."""
    return Post.objects.filter(delegation__in=delegations, state__in=separation.LIVE)
