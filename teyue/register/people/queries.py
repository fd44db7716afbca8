"""Who somebody is at a door: one statement from a token or an account to an actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import EVERYWHERE, Actor, Power
from teyue.foundation.clock import local_day
from teyue.foundation.pen import KeptQuerySet
from teyue.register.company.models import Edition
from teyue.register.company.queries import READ, within
from teyue.register.estate.models import Member, Person
from teyue.register.people import access, footing
from teyue.register.people.models import (
    Account,
    Certificate,
    Delegation,
    Leave,
    Post,
    Staff,
    Token,
)
from teyue.register.people.roster import Hand

SYSTEM_ID = 0
ACCOUNTS = Power("people.open_account", _("开通账号"))


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the join of a person, the posts in force and the memberships that last."""

    person: int
    login: str
    name: str
    role: str | None
    office: int | None
    firm: int | None
    delegation: int | None
    is_carried: bool
    staff: int | None
    home: int | None
    household: int | None
    estate: int | None
    can_order: bool | None
    can_confirm: bool | None
    edition: str | None
    powers: str = ""

    @property
    def seat(self) -> tuple[str, int] | None:
        """Return post and office, None where an authorization outlasted what it stands on."""
        stands = self.delegation is None or self.is_carried
        return (self.role, self.office or EVERYWHERE) if self.role and stands else None


def actor_of_token(digest: str, *, at: datetime) -> tuple[Actor, str] | None:
    """Return who a token speaks for and the edition of the register, or None; one statement."""
    tokens = Token.objects.filter(digest=digest, revoked_at=None, expires_at__gt=at)
    tokens = tokens.filter(account__is_active=True)
    rows = _rows(tokens, "account__person", "account__username", at, F("powers"))
    return (_narrowed(_actor(rows, at), rows[0].powers), rows[0].edition or "") if rows else None


def actor_with_edition(account_id: int, *, at: datetime) -> tuple[Actor, str] | None:
    """Return who an open account belongs to and the edition of the register; one statement."""
    accounts = Account.objects.filter(pk=account_id, is_active=True)
    rows = _rows(accounts, "person", "username", at)
    return (_actor(rows, at), rows[0].edition or "") if rows else None


def actor_of_account(account_id: int, *, at: datetime) -> Actor:
    """Return who an open account belongs to; one statement.

    :raises DoesNotExist: when there is no such account, or it is closed.
    """
    found = actor_with_edition(account_id, at=at)
    if found is None:
        raise Account.DoesNotExist(f"no open account {account_id}")
    return found[0]


def actor_of_person(person: Person | int, *, at: datetime) -> Actor:
    """Return a person as actor of what somebody else types; one statement."""
    key = person if isinstance(person, int) else person.pk
    people = Person.objects.filter(pk=key, voided_at=None)
    rows = _rows(people, "", "account__username", at)
    if not rows:
        raise Person.DoesNotExist(f"no person {key}")
    return _actor(rows, at)


def resident(person: Person, *, household: int) -> Actor:
    """Return a member of a household, whose rights the caller has read; no statement."""
    ties = _ties_of_membership(household, orders=True, confirms=True)
    return Actor(
        id=person.pk,
        login="",
        name=person.name,
        posts=frozenset({(access.RESIDENT, person.office_id or EVERYWHERE)}),
        grants=access.grants(access.RESIDENT, person.office_id or EVERYWHERE),
        ties=ties | {("person", person.pk)},
    )


def colleague(hand: Hand, *, office: int, on: date) -> Actor:
    """Return an employee with the posts that the roster holds for a day; no statement."""
    roles = {post.kind for post in hand.posts if post.covers(on)}
    everybody = access.grants(access.ANYBODY, EVERYWHERE)
    home = hand.household
    ties = {"person": hand.person, "staff": hand.staff, "home": home, "household": home}
    return Actor(
        id=hand.person,
        login="",
        name=hand.name,
        posts=frozenset((role, office) for role in roles),
        grants=everybody.union(*(access.grants(role, office) for role in roles)),
        ties=frozenset((kind, number) for kind, number in ties.items() if number),
    )


def legal_person(person: Person) -> Actor:
    """Return the legal person of the company, who appoints the general manager."""
    return Actor(
        id=person.pk,
        login="",
        name=person.name,
        posts=frozenset({(access.LEGAL_PERSON, EVERYWHERE)}),
        grants=access.grants(access.LEGAL_PERSON, EVERYWHERE),
    )


def system() -> Actor:
    """Return the system itself, which waives, lapses and closes by the rules."""
    return _SYSTEM


_SYSTEM = Actor(
    id=SYSTEM_ID,
    login="system",
    name="系统",
    posts=frozenset({(access.SYSTEM, EVERYWHERE)}),
    grants=access.grants(access.SYSTEM, EVERYWHERE),
)


def holders(role: str, *, office: int, at: datetime) -> KeptQuerySet[Person]:
    """Return who holds a post in an office now, posts of the whole company included."""
    posts = Post.objects.filter(Q(office=office) | Q(office=None), role=role)
    posts = posts.filter(footing.in_force(local_day(at)))
    return Person.objects.filter(pk__in=posts.values("person")).order_by("pk")


def staff_seen_by(actor: Actor) -> KeptQuerySet[Staff]:
    """Return the employees that somebody may see: those of the offices, and oneself."""
    scopes = actor.scopes(READ)
    staff = Staff.objects.exclude(state=Staff.State.VOID)
    if EVERYWHERE in scopes:
        return staff
    return staff.filter(Q(office__in=scopes) | Q(person=actor.id))


def posts_seen_by(actor: Actor) -> KeptQuerySet[Post]:
    """Return the appointments that somebody may see: of the offices, of the company, the own."""
    posts = Post.objects.select_related("person", "office")
    own = Q(person=actor.id)
    if not actor.may_somewhere(READ):
        return posts.filter(own)
    return posts.filter(within(actor, READ) | Q(office=None) | own)


def delegations_seen_by(actor: Actor) -> KeptQuerySet[Delegation]:
    """Return the authorizations that somebody may see: of the offices, given or received."""
    given = Delegation.objects.select_related("grantor", "grantee", "office")
    own = Q(grantor=actor.id) | Q(grantee=actor.id)
    if not actor.may_somewhere(READ):
        return given.filter(own)
    return given.filter(within(actor, READ) | Q(office=None) | own)


def accounts_seen_by(actor: Actor) -> KeptQuerySet[Account]:
    """Return the accounts that somebody keeps: of the people of the offices."""
    accounts: KeptQuerySet[Account] = KeptQuerySet(Account)
    accounts = accounts.select_related("person__office")
    if not actor.may_somewhere(ACCOUNTS):
        return accounts.none()
    return accounts.filter(within(actor, ACCOUNTS, "person__office"))


def people_seen_by(actor: Actor) -> KeptQuerySet[Person]:
    """Return who works here, or holds a post, an account or (for who opens accounts) may get one.

    Residents without an account are not among them: their names belong to their household.
    """
    staff = Exists(staff_seen_by(actor).filter(person=OuterRef("pk")))
    posts = Exists(posts_seen_by(actor).filter(person=OuterRef("pk")).order_by())
    accounts = Exists(accounts_seen_by(actor).filter(person=OuterRef("pk")).order_by())
    people = Person.objects.filter(voided_at=None)
    return people.filter(staff | posts | accounts | _unattached(actor))


def leaves_seen_by(actor: Actor) -> KeptQuerySet[Leave]:
    """Return the absences of the employees that somebody may see."""
    leaves = Leave.objects.filter(staff__in=staff_seen_by(actor))
    return leaves.select_related("staff__person")


def certificates_seen_by(actor: Actor) -> KeptQuerySet[Certificate]:
    """Return the certificates of the employees that somebody may see."""
    certificates = Certificate.objects.filter(staff__in=staff_seen_by(actor))
    return certificates.select_related("staff__person", "staff__office")


def _unattached(actor: Actor) -> Q:
    """Return who was admitted and has neither post nor household yet, for the administrator."""
    if not actor.may_somewhere(ACCOUNTS):
        return Q(pk=None)
    attached = (
        Exists(kind.objects.filter(person=OuterRef("pk"))) for kind in (Staff, Post, Member)
    )
    return Q(within(actor, ACCOUNTS), *(~found for found in attached))


def _rows(source: QuerySet[Any], person: str, login: str, at: datetime, *more: F) -> list[_Row]:
    """Join a person to what is in force, however the person was reached."""
    prefix = f"{person}__" if person else ""
    day = local_day(at)
    posts, memberships = f"{prefix}posts", f"{prefix}memberships"
    joined = source.annotate(
        post_now=FilteredRelation(posts, condition=footing.active(day, f"{posts}__")),
        member_now=FilteredRelation(memberships, condition=_lasting(f"{memberships}__")),
    )
    rows = joined.order_by().values_list(
        person or "pk",
        login,
        f"{prefix}name",
        "post_now__role",
        "post_now__office",
        "post_now__firm",
        "post_now__delegation",
        footing.carried(day, "post_now__"),
        f"{prefix}staff__pk",
        f"{prefix}staff__household",
        "member_now__household",
        "member_now__household__office",
        "member_now__can_order",
        "member_now__can_confirm",
        Subquery(Edition.objects.values("value")[:1]),
        *more,
    )
    return [_Row(*row) for row in rows]


def _lasting(prefix: str) -> Q:
    return Q(**{f"{prefix}to_on": None, f"{prefix}voided_at": None})


def _actor(rows: list[_Row], at: datetime) -> Actor:
    first = rows[0]
    seats = {row.seat for row in rows if row.seat}
    seats |= {(access.RESIDENT, row.estate) for row in rows if row.estate}
    everybody = access.grants(access.ANYBODY, EVERYWHERE)
    return Actor(
        id=first.person,
        login=first.login or "",
        name=first.name,
        posts=frozenset(seats),
        grants=everybody.union(*(access.grants(role, scope) for role, scope in seats)),
        ties=_ties(rows),
        as_of=at,
    )


def _ties(rows: Iterable[_Row]) -> frozenset[tuple[str, int]]:
    ties: set[tuple[str, int]] = set()
    for row in rows:
        single = {
            "person": row.person,
            "staff": row.staff,
            "home": row.home,
            "household": row.home,
            "firm": row.firm,
        }
        ties |= {(kind, number) for kind, number in single.items() if number}
        if row.household:
            ties |= _ties_of_membership(
                row.household, orders=bool(row.can_order), confirms=bool(row.can_confirm)
            )
    return frozenset(ties)


def _ties_of_membership(
    household: int, *, orders: bool, confirms: bool
) -> frozenset[tuple[str, int]]:
    rights = {"household": True, "orders_for": orders, "confirms_for": confirms}
    return frozenset((kind, household) for kind, has in rights.items() if has)


def _narrowed(actor: Actor, powers: str) -> Actor:
    """Return the actor with no more than the powers of a token; empty means all."""
    if not powers:
        return actor
    allowed = frozenset(powers.split())
    grants = frozenset(grant for grant in actor.grants if grant[0] in allowed)
    return replace(actor, grants=grants)
