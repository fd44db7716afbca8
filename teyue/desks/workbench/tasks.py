"""What waits in the register: appointments and values to be signed, households to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from teyue.foundation.actors import EVERYWHERE, Actor
from teyue.foundation.lifecycle import Step
from teyue.foundation.work import Card, Work, queue
from teyue.register.estate import queries as estate
from teyue.register.estate import steps as households
from teyue.register.estate.models import Inquiry
from teyue.register.parameters import queries as values
from teyue.register.parameters import steps as parameters
from teyue.register.parameters.defaults import BY_KEY
from teyue.register.parameters.models import Value
from teyue.register.people import steps as people
from teyue.register.people.models import Post

MOST = 50


@dataclass(frozen=True, slots=True)
class Register:
    """What an administrator keeps an eye on without any business power (I-40)."""

    appointments: list[Post]
    inquiries: int


def waiting(actor: Actor, at: datetime) -> list[Work]:
    """Return the appointments, values and inquiries that wait for this person."""
    return [*_appointments(actor), *_values(actor, at), *_inquiries(actor, at)]


def of_register(actor: Actor) -> Register | None:
    """Return what waits for others in the register, for who administers it; else None."""
    if not actor.may_somewhere(people.OPEN_ACCOUNT.power):
        return None
    asked = Inquiry.objects.filter(state=Inquiry.State.OPEN)
    scopes = actor.scopes(people.OPEN_ACCOUNT.power)
    if EVERYWHERE not in scopes:
        asked = asked.filter(office__in=scopes)
    return Register(_proposed(actor, people.PROPOSE_APPOINTMENT), asked[:MOST].count())


def _appointments(actor: Actor) -> list[Work]:
    step = people.SIGN_APPOINTMENT
    if not actor.may_somewhere(step.power):
        return []
    return [
        Work(
            queue=step.name,
            label=step.label,
            clause=step.clause,
            document_kind=post.kind,
            document_id=post.pk,
            number="",
            since=post.state_since,
            card=_card_of_post(post),
            refusal=None,
        )
        for post in _proposed(actor, step)
        if post.person_id != actor.id
    ]


def _proposed(actor: Actor, step: Step) -> list[Post]:
    posts = Post.objects.filter(state=Post.State.PROPOSED).select_related("person")
    scopes = actor.scopes(step.power)
    if EVERYWHERE not in scopes:
        posts = posts.filter(Q(office__in=scopes) | Q(office=None))
    return list(posts.order_by("pk")[:MOST])


def _card_of_post(post: Post) -> Card:
    facts = {"name": post.person.name, "role": post.get_role_display()}
    return Card(
        household=facts["role"],
        title=facts["name"],
        look_at=_("自 %(day)s 起任职，签发后生效") % {"day": f"{post.from_on:%Y-%m-%d}"},
        url="post",
        url_kwargs={"number": post.pk},
    )


def _values(actor: Actor, at: datetime) -> list[Work]:
    step = parameters.APPROVE
    if not actor.may_somewhere(step.power):
        return []
    proposed = values.seen_by(actor).filter(state=Value.State.PROPOSED)
    papers = proposed.select_related("office").order_by("pk")[:MOST]
    return queue(step, papers, card=_card_of_value, actor=actor, at=at)


def _card_of_value(value: Value) -> Card:
    known = BY_KEY[value.key]
    return Card(
        household=value.office.name if value.office else _("全公司"),
        title=str(known.label),
        look_at=_("拟改为 %(value)s：%(why)s") % {"value": value.value, "why": value.reason},
        url="parameter",
        url_kwargs={"key": value.key},
    )


def _inquiries(actor: Actor, at: datetime) -> list[Work]:
    step = households.ANSWER_INQUIRY
    if not actor.may_somewhere(step.power):
        return []
    asked = estate.inquiries_seen_by(actor).filter(state=Inquiry.State.OPEN)
    papers = asked.select_related("household", "office").order_by("pk")[:MOST]
    return queue(step, papers, card=_card_of_inquiry, actor=actor, at=at)


def _card_of_inquiry(inquiry: Inquiry) -> Card:
    return Card(
        household=inquiry.household.label,
        title=inquiry.subject,
        look_at=_("来电或上门时问住户是否同意记录"),
        url="answer-inquiry",
        url_kwargs={"number": inquiry.pk},
    )
