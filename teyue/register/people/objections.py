"""Why an appointment, an authorization or a change of the staff is refused."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.refusal import Refused
from teyue.register.company.queries import office_ids
from teyue.register.people import access, footing, separation, staffing
from teyue.register.people.facts import Absence, Proof, Shift, Signature
from teyue.register.people.models import Delegation, Post, Role, Staff

LONGEST = timedelta(days=30)
ABOVE_EVERYBODY = frozenset({Role.GM.value, Role.AD.value, access.SYSTEM})
BELOW_OFFICE_MANAGER = frozenset({Role.DS, Role.CS, Role.RC, Role.ST, Role.SU, Role.CA})
BELOW_FINANCE = frozenset({Role.CA})


def number_taken(staff: Staff, actor: Actor, at: datetime, asked: object) -> Refused | None:
    others = Staff.objects.filter(office=staff.office, employee_no=staff.employee_no)
    if not others.exclude(state=Staff.State.VOID).exists():
        return None
    text = _("工号 %(no)s 已在使用，请您换一个工号。")
    return Refused("employee_no_taken", text % {"no": staff.employee_no}, field="employee_no")


def still_in_office(staff: Staff, actor: Actor, at: datetime, asked: object) -> Refused | None:
    live = Post.objects.filter(person=staff.person_id, state__in=separation.LIVE)
    if not live.exists():
        return None
    return Refused("still_in_office", _("该员工仍有在任岗位，请您先免去岗位再办理离职。"))


def ends_before_start(
    staff: Staff, actor: Actor, at: datetime, asked: Absence | None
) -> Refused | None:
    if asked is None or asked.starts < asked.ends:
        return None
    return Refused("ends_before_start", _("结束时间须晚于开始时间，请您修改。"), field="ends")


def no_such_hours(
    staff: Staff, actor: Actor, at: datetime, asked: tuple[Shift, ...] | None
) -> Refused | None:
    right = all(s.weekday in range(7) and 0 <= s.opens < s.closes <= 1440 for s in asked or ())
    if right:
        return None
    return Refused("duty_unreadable", _("值班时间有误，请您核对星期和起止时刻。"), field="duty")


def already_expired(
    staff: Staff, actor: Actor, at: datetime, asked: Proof | None
) -> Refused | None:
    if asked is None or asked.valid_to is None or asked.valid_to >= local_day(at):
        return None
    text = _("该证书已过期，不能登记，请您换登有效证书。")
    return Refused("certificate_expired", text, field="valid_to")


def not_a_post(post: Post, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if post.role != Role.RS and (post.role != Role.GM or post.office_id is None):
        return None
    text = _("“%(role)s”不能这样任命，请您核对岗位与管理处。")
    return Refused("not_a_post", text % {"role": Role(post.role).label}, field="role")


def only_by_legal_person(post: Post, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if post.role != Role.GM:
        return None
    text = _("总经理由公司法定代表人任命，请您凭任命书登记。")
    return Refused("only_by_legal_person", text, field="role")


def not_general_manager(post: Post, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if post.role == Role.GM:
        return None
    return Refused("not_general_manager", _("法定代表人在此只任命总经理，其他岗位请另行任命。"))


def already_holds(post: Post, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if not any(h.role == post.role and h.office == post.office_id for h in _others(post)):
        return None
    text = _("该员工在此期间已任“%(role)s”，不必重复任命。")
    return Refused("already_holds", text % {"role": Role(post.role).label}, field="role")


def excluded(post: Post, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-32, I-40: posts that one person may not hold together."""
    found = separation.clashing(Role(post.role), post.office_id, _others(post))
    return _clash(Role(post.role), found[0]) if found else None


def unsigned(post: Post, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """Clause 3.5: cashier and finance take office after the general manager's signature."""
    if not separation.needs_signature(Role(post.role), post.office_id, _others(post)):
        return None
    text = _("“%(role)s”的任命须经总经理签发，请您提请签发。")
    return Refused("needs_signature", text % {"role": Role(post.role).label}, field="role")


def undecided(post: Post, actor: Actor, at: datetime, asked: Signature | None) -> Refused | None:
    """I-32: only a dated decision lets a receptionist be the cashier."""
    if asked is None or asked.decision:
        return None
    if not separation.needs_decision(Role(post.role), post.office_id, _others(post)):
        return None
    text = _("接待兼任收银须有总经理的书面决定，请您填写决定文号。")
    return Refused("needs_decision", text, field="decision")


def own_appointment(post: Post, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if actor.id != post.person_id:
        return None
    return Refused("own_appointment", _("不能任命自己，请您的上级或另一位同事办理。"))


def beyond_authority(post: Post, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """Nobody appoints, or ends the post of, a peer or a superior."""
    if actor.roles & ABOVE_EVERYBODY:
        return None
    if Role.OM in actor.roles and post.role in BELOW_OFFICE_MANAGER:
        return None
    if Role.FN in actor.roles and post.role in BELOW_FINANCE:
        return None
    text = _("“%(role)s”须由上级任免，请您报总经理办理。")
    return Refused("beyond_authority", text % {"role": Role(post.role).label})


def delegated(post: Post, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if post.delegation_id is None:
        return None
    return Refused("delegated", _("这是授权代行的岗位，请您收回授权。"))


def last_holder(post: Post, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """No step may be left without anybody who may take it."""
    # Delegates go with the grantor.
    delegates = footing.held_by(footing.falling_with(post, on=local_day(at)))
    return _last([post, *delegates], at)


def last_delegate(
    delegation: Delegation, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    return _last(list(delegation.posts.all()), at)


def not_delegable(
    delegation: Delegation, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    if delegation.role in separation.DELEGABLE:
        return None
    return Refused("not_delegable", _("该岗位的权限不能授权他人代行。"), field="role")


def to_oneself(delegation: Delegation, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if delegation.grantor_id != delegation.grantee_id:
        return None
    return Refused("to_oneself", _("不能授权给自己，请您另选一位同事。"), field="grantee")


def not_yours(delegation: Delegation, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if actor.id == delegation.grantor_id:
        return None
    return Refused("not_yours", _("只能由岗位本人授权，请本人办理。"), field="grantor")


def not_given_by_you(
    delegation: Delegation, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    if actor.id == delegation.grantor_id or Role.GM in actor.roles:
        return None
    return Refused("not_yours", _("只有授权人或总经理可以收回授权，请您联系他们。"))


def not_holding(
    delegation: Delegation, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """Only who holds a post may give it away, and nobody may pass on what was given."""
    # Locked, so that the post cannot end between this look and the authorization.
    if list(footing.footing(delegation, on=local_day(at)).locked()):
        return None
    text = _("授权期限内授权人并不一直在任该岗位，请您核对岗位与授权起止日期。")
    return Refused("not_holding", text, field="role")


def too_long(delegation: Delegation, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """E-40: at most 30 days, both ends counted, and not in the past."""
    days = delegation.to_on - delegation.from_on + timedelta(days=1)
    if timedelta(0) < days <= LONGEST and delegation.to_on >= local_day(at):
        return None
    return Refused("too_long", _("授权期限须为今天以后的 1 至 30 天，请您修改。"), field="to_on")


def unreasoned(delegation: Delegation, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if delegation.reason.strip():
        return None
    return Refused("reason_missing", _("请您写明授权事由。"), field="reason")


def excluded_delegate(
    delegation: Delegation, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """E-40: the same separation rules hold, and no decision lifts them."""
    role = Role(delegation.role)
    others = _of_grantee(delegation)
    found = separation.clashing(role, delegation.office_id, others)
    if found:
        return _clash(role, found[0])
    if separation.needs_decision(role, delegation.office_id, others):
        return _clash(role, *(separation.LIFTED_BY_DECISION - {role}))
    return None


def under_a_proposer(
    delegation: Delegation, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """E-40: who proposes, or stands under who proposes, never approves as general manager."""
    if delegation.role != Role.GM:
        return None
    others = _of_grantee(delegation)
    if not any(
        h.role in separation.UNDER_A_PROPOSER and h.meets(delegation.office_id) for h in others
    ):
        return None
    text = _("总经理的权限不能授给提案人或其下属，请您另选一位同事。")
    return Refused("under_a_proposer", text, field="grantee")


def _others(post: Post) -> tuple[separation.Held, ...]:
    return separation.held(post.person_id, from_on=post.from_on, to_on=post.to_on, but=post.pk)


def _of_grantee(delegation: Delegation) -> tuple[separation.Held, ...]:
    return separation.held(
        delegation.grantee_id, from_on=delegation.from_on, to_on=delegation.to_on, but=None
    )


def _clash(role: Role, other: Role) -> Refused:
    text = _("“%(role)s”与“%(other)s”不能由同一人担任，请您另选一位，或先免去原岗位。")
    return Refused("incompatible_posts", text % {"role": role.label, "other": other.label})


def _last(posts: list[Post], at: datetime) -> Refused | None:
    gone = frozenset(post.pk for post in posts)
    left = [c for office in _offices(posts) for c in staffing.emptied(office, posts=gone, at=at)]
    if not left:
        return None
    text = _("免去后将无人可以办理：%(steps)s（现仅有%(people)s）。请您先任命接替的人。")
    steps = _("、").join(dict.fromkeys(str(c.label) for c in left[:3]))
    people = _("、").join(dict.fromkeys(h.name for c in left for h in c.people))
    return Refused("last_holder", text % {"steps": steps, "people": people})


def _offices(posts: list[Post]) -> tuple[int, ...]:
    """Return the offices that posts reach into."""
    named = tuple({post.office_id for post in posts if post.office_id is not None})
    return named if len(named) == len({post.office_id for post in posts}) else office_ids()
