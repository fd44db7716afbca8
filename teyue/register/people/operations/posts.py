"""Appointments and authorizations: what lets somebody act, where, from when to when."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Step, Turn
from teyue.register.company import edition
from teyue.register.people import footing, separation, steps
from teyue.register.people.facts import Appointment, Authorization, Signature
from teyue.register.people.models import Delegation, Post, Role


def appoint(*, appointment: Appointment, actor: Actor, at: datetime) -> Post:
    """Appoint somebody with effect from a day.

    :raises Refused: ``needs_signature`` for CA, FN, and RC beside CA; ``only_by_legal_person``,
        ``not_a_post``, ``own_appointment``, ``beyond_authority``, ``already_holds``,
        ``incompatible_posts`` (I-32, I-40).
    """
    return _appointed(steps.APPOINT, appointment, actor, at)


def propose_appointment(*, appointment: Appointment, actor: Actor, at: datetime) -> Post:
    """Put an appointment to the general manager; it has no effect before the signature.

    :raises Refused: as :func:`appoint`, except ``needs_signature``.
    """
    return _appointed(steps.PROPOSE_APPOINTMENT, appointment, actor, at)


def appoint_general_manager(*, appointment: Appointment, actor: Actor, at: datetime) -> Post:
    """Record whom the company's legal person, who is the actor, made general manager.

    :raises Refused: ``not_general_manager``, ``not_a_post``, ``already_holds``,
        ``incompatible_posts``, ``may_not_key``.
    """
    post = _post(appointment)
    with steps.APPOINT_GENERAL_MANAGER.take(post, actor=actor, at=at) as turn:
        post.signed_by = actor.id
        turn.note(person=post.person_id, role=post.role)
        edition.replace()
    return post


def sign_appointment(post: Post, *, signature: Signature, actor: Actor, at: datetime) -> Post:
    """Let a proposed appointment take effect (clause 3.5).

    :raises Refused: ``own_appointment``, ``incompatible_posts``, ``needs_decision`` (I-32).
    """
    with steps.SIGN_APPOINTMENT.take(post, actor=actor, at=at, asked=signature) as turn:
        post.signed_by = actor.id
        post.from_on = max(post.from_on, local_day(at))
        if signature.decision:
            post.decision, post.decided_on = signature.decision, local_day(at)
        turn.note(person=post.person_id, role=post.role)
        edition.replace()
    return post


def refuse_appointment(post: Post, *, actor: Actor, at: datetime) -> Post:
    """Decline to sign a proposed appointment."""
    with steps.REFUSE_APPOINTMENT.take(post, actor=actor, at=at) as turn:
        turn.note(person=post.person_id, role=post.role)
    return post


def end_post(post: Post, *, actor: Actor, at: datetime) -> Post:
    """End an appointment at once, and with it what its holder authorized others to do (E-40).

    :raises Refused: ``last_holder`` while a step would be left without anybody who may take it;
        ``delegated``, ``beyond_authority``.
    """
    with steps.END_POST.take(post, actor=actor, at=at) as turn:
        post.to_on = local_day(at)
        turn.note(person=post.person_id, role=post.role)
        fallen = footing.falling_with(post, on=post.to_on)
        _end_delegated(fallen, turn, actor=actor, at=at)
        for delegation in Delegation.objects.locked().filter(pk__in=[d.pk for d in fallen]):
            delegation.touch(Delegation.State.REVOKED, by=actor.id, at=at)
            turn.keep(delegation)
        turn.note(delegations=[delegation.pk for delegation in fallen])
        edition.replace()
    return post


def delegate(*, authorization: Authorization, actor: Actor, at: datetime) -> Delegation:
    """Let a colleague act in one's own post for at most 30 days (E-40).

    A delegated post of CA or FN waits for the general manager's signature like any other.

    :raises Refused: ``not_yours``, ``not_delegable``, ``to_oneself``, ``too_long``,
        ``reason_missing``, ``not_holding``, ``incompatible_posts``, ``under_a_proposer``.
    """
    delegation = Delegation(**_values(authorization))
    with steps.DELEGATE.take(delegation, actor=actor, at=at) as turn:
        signed = delegation.role not in separation.SIGNED_BY_GENERAL_MANAGER
        post = Post(
            person=delegation.grantee,
            role=delegation.role,
            office=delegation.office,
            from_on=delegation.from_on,
            to_on=delegation.to_on,
            delegation=delegation,
        )
        post.touch(Post.State.ACTIVE if signed else Post.State.PROPOSED, by=actor.id, at=at)
        turn.keep(post)
        turn.note(role=delegation.role, grantee=delegation.grantee_id)
        edition.replace()
    return delegation


def revoke_delegation(delegation: Delegation, *, actor: Actor, at: datetime) -> Delegation:
    """Take an authorization back at once.

    :raises Refused: ``not_yours``, ``last_holder``.
    """
    with steps.REVOKE_DELEGATION.take(delegation, actor=actor, at=at) as turn:
        _end_delegated((delegation,), turn, actor=actor, at=at)
        turn.note(role=delegation.role, grantee=delegation.grantee_id)
        edition.replace()
    return delegation


def _appointed(step: Step, appointment: Appointment, actor: Actor, at: datetime) -> Post:
    post = _post(appointment)
    with step.take(post, actor=actor, at=at, asked=appointment) as turn:
        turn.note(person=post.person_id, role=Role(post.role).value)
        edition.replace()
    return post


def _end_delegated(
    delegations: tuple[Delegation, ...], turn: Turn, *, actor: Actor, at: datetime
) -> None:
    for post in footing.held_by(delegations).locked():
        post.to_on = local_day(at)
        post.touch(Post.State.ENDED, by=actor.id, at=at)
        turn.keep(post)


def _post(appointment: Appointment) -> Post:
    return Post(**_values(appointment))


def _values(asked: Appointment | Authorization) -> dict[str, object]:
    return {field.name: getattr(asked, field.name) for field in fields(asked)}
