"""What is known of the company and its offices."""

from __future__ import annotations

from teyue.register.company import edition
from teyue.register.company.models import Company, Office


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
