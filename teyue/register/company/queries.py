"""What is known of the company and its offices."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import EVERYWHERE, Actor, Power
from teyue.foundation.pen import KeptQuerySet
from teyue.register.company import edition
from teyue.register.company.models import Company, Office

READ = Power("register.read", _("看名册"))


def company() -> Company | None:
    """Return the company, or None in a system that is not set up."""
    return Company.objects.first()


@edition.remembered
def is_demo() -> bool:
    """Tell whether this is a demo, whose data may be invented."""
    return Company.objects.filter(kind_of_company=Company.Kind.DEMO).exists()


@edition.remembered
def office_ids() -> tuple[int, ...]:
    """Return the ids of all offices, oldest first."""
    return tuple(Office.objects.order_by("pk").values_list("pk", flat=True))


def only_office() -> Office | None:
    """Return the office that needs no naming because there is no other."""
    found = list(Office.objects.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def office_by_code(code: str) -> Office | None:
    """Return the office with this code, however it was typed."""
    return Office.objects.filter(code=code.strip().upper()).first()


def offices_where(actor: Actor, power: Power) -> KeptQuerySet[Office]:
    """Return the offices in which somebody holds a power, oldest first."""
    scopes = actor.scopes(power)
    offices = Office.objects.order_by("pk")
    return offices if EVERYWHERE in scopes else offices.filter(pk__in=scopes)


def within(actor: Actor, power: Power, office: str = "office") -> Q:
    """Return the condition that a row belongs to an office in which a power is held."""
    scopes = actor.scopes(power)
    # Not an empty condition: joined with another by "or" it would vanish.
    every = ~Q(pk__in=())
    return every if EVERYWHERE in scopes else Q(**{f"{office}__in": scopes})
