"""Who could take a step: the people whose posts grant its power, remembered until they change."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Step
from teyue.register.company import edition
from teyue.register.people import access
from teyue.register.people.models import Post
from teyue.web import formats
from teyue.web.navigation import ROLE_LABELS

MOST = 3


def in_short(step: Step, office: int, *, at: datetime) -> str:
    """Name one holder of a power, and how many there are: ``何志强等 4 人``."""
    roles = access.roles_of(step.name)
    names = [name for role, name in _posts(office, local_day(at)) if role in roles]
    if len(set(names)) < MOST:
        return _("、").join(dict.fromkeys(names))
    return _("%(name)s等 %(n)s 人") % {"name": names[0], "n": len(set(names))}


def who_may(step: Step, office: int, *, at: datetime) -> str:
    """Name the holders of a power with their post: ``周敏（客服中心主管）``; '' for none."""
    roles = access.roles_of(step.name)
    found: dict[str, list[str]] = {}
    for role, name in _posts(office, local_day(at)):
        if role in roles:
            found.setdefault(role, []).append(name)
    return _("、").join(_named(role, names) for role, names in found.items())


def _named(role: str, names: list[str]) -> str:
    shown = _("、").join(names[:MOST]) + ("…" if len(names) > MOST else "")
    return formats.in_brackets(shown, ROLE_LABELS.get(role, role))


@edition.remembered
def _posts(office: int, day: date) -> tuple[tuple[str, str], ...]:
    """Return role and name of everybody in a post of an office on a day, in one statement."""
    posts = Post.objects.filter(Q(office=office) | Q(office=None), state=Post.State.ACTIVE)
    lasting = posts.filter(Q(to_on=None) | Q(to_on__gte=day), from_on__lte=day)
    return tuple(lasting.order_by("role", "pk").values_list("role", "person__name"))
