from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teyue.desks.register.offices import operations as offices
from teyue.desks.register.posts import forms, pages
from teyue.desks.register.sheets import Sheet, closed, entitled, filled, office_shown, told
from teyue.foundation.actors import Actor, Evidence
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import seek
from teyue.register.company import queries as company
from teyue.register.company.models import Company
from teyue.register.people import operations, queries, staffing, steps
from teyue.register.people.models import Delegation, Post
from teyue.register.people.queries import actor_of_person
from teyue.web.acts import act
from teyue.web.people import ActedRequest

either = require_http_methods(["GET", "POST"])


@require_GET
def posts(request: ActedRequest) -> HttpResponse:
    """Show who holds which post, what is wrong with that, and what waits for a signature."""
    office, choice = office_shown(request, company.READ)
    found = staffing.staffing(office.pk, request.at) if office else ()
    actor = request.actor
    facts = {
        "office_shown": office,
        "offices": choice,
        "troubles": pages.troubles(found),
        "covered": len(found),
        "unsigned": pages.unsigned(actor),
        "seats": pages.seats(actor, office, request.at),
        "may_sign": actor.may_somewhere(steps.SIGN_APPOINTMENT.power),
        "may_appoint": actor.may_somewhere(steps.APPOINT.power),
        "may_key": actor.may_somewhere(steps.KEY),
        "today": local_day(request.at),
    }
    return render(request, "register/posts.html", facts)


@require_GET
def covered(request: ActedRequest) -> HttpResponse:
    """Show for each step who may take it."""
    office, choice = office_shown(request, company.READ)
    found = staffing.staffing(office.pk, request.at) if office else ()
    facts = {
        "office_shown": office,
        "offices": choice,
        "stages": pages.by_stage(found),
        "wanting": sum(bool(one.problem) for one in found),
    }
    return render(request, "register/staffing.html", facts)


@require_GET
def post(request: ActedRequest, number: int) -> HttpResponse:
    """Show one appointment and what may be done with it."""
    one = queries.posts_seen_by(request.actor).get(pk=number)
    facts = {
        "post": one,
        "form": forms.SignForm(),
        "is_proposed": one.state == Post.State.PROPOSED,
        "is_live": one.state in (Post.State.PROPOSED, Post.State.ACTIVE),
        **_closings(request, one),
    }
    return render(request, "register/post.html", facts)


@either
def appoint(request: ActedRequest) -> HttpResponse:
    """Appoint somebody, or put it to the general manager."""
    entitled(request, steps.APPOINT.power)
    first = {"person": request.GET.get("person"), "from_on": local_day(request.at)}
    form = forms.AppointForm(request.POST or None, actor=request.actor, initial=first)
    proposed = request.POST.get("way") == steps.PROPOSE_APPOINTMENT.name
    take = operations.propose_appointment if proposed else operations.appoint
    note = _("收银员、财务主管须经总经理签发后生效，请您用“提请签发任命”。")
    sheet = Sheet(
        step=steps.APPOINT, also=steps.PROPOSE_APPOINTMENT, back=reverse("posts"), note=note
    )

    def work(filled_in: forms.AppointForm) -> Post:
        return take(appointment=filled_in.appointment(), actor=request.actor, at=request.at)

    return filled(request, form, sheet, work=work, show=_to_post)


@either
def appoint_general_manager(request: ActedRequest) -> HttpResponse:
    """Record whom the company's legal person made general manager."""
    entitled(request, steps.KEY)
    first = {"from_on": local_day(request.at)}
    form = forms.GeneralManagerForm(request.POST or None, actor=request.actor, initial=first)
    owner = company.company()
    note = _("总经理由法定代表人（%(name)s）任命，系统管理员凭任命书登记。")
    told_note = note % {"name": owner.legal_person if owner else ""}
    sheet = Sheet(step=steps.APPOINT_GENERAL_MANAGER, back=reverse("posts"), note=told_note)

    def work(filled_in: forms.GeneralManagerForm) -> Post:
        return offices.appoint_general_manager(
            seek(Company.objects.all()),
            appointment=filled_in.appointment(),
            evidence=filled_in.evidence(),
            actor=request.actor,
            at=request.at,
        )

    return filled(request, form, sheet, work=work, show=_to_post)


@require_POST
def sign_appointment(request: ActedRequest, number: int) -> HttpResponse:
    """Let a proposed appointment take effect."""
    one = queries.posts_seen_by(request.actor).get(pk=number)
    form = forms.SignForm(request.POST)
    facts = {"post": one, "is_proposed": True, "is_live": True, **_closings(request, one)}
    sheet = Sheet(step=steps.SIGN_APPOINTMENT, back="", page="register/post.html", facts=facts)

    def work(filled_in: forms.SignForm) -> Post:
        locked = seek(queries.posts_seen_by(request.actor), pk=number)
        signature = filled_in.signature()
        return operations.sign_appointment(
            locked, signature=signature, actor=request.actor, at=request.at
        )

    return filled(request, form, sheet, work=work, show=_to_post)


@require_POST
def refuse_appointment(request: ActedRequest, number: int) -> HttpResponse:
    """Decline to sign."""

    def work() -> Post:
        locked = seek(queries.posts_seen_by(request.actor), pk=number)
        return operations.refuse_appointment(locked, actor=request.actor, at=request.at)

    return act(request, work, show=_to_post, status=200)


@require_POST
def end_post(request: ActedRequest, number: int) -> HttpResponse:
    """End an appointment."""

    def work() -> Post:
        locked = seek(queries.posts_seen_by(request.actor), pk=number)
        return operations.end_post(locked, actor=request.actor, at=request.at)

    return act(request, work, show=_to_post, status=200)


@require_GET
def grants(request: ActedRequest) -> HttpResponse:
    """List the written authorizations."""
    facts = {
        "given": pages.given(request.actor, request.at),
        "may_delegate": _may_delegate(request.actor),
    }
    return render(request, "register/grants.html", facts)


@either
def delegate(request: ActedRequest) -> HttpResponse:
    """Let a colleague act in a post."""
    if not _may_delegate(request.actor):
        entitled(request, steps.DELEGATE.power)
    first = {"from_on": local_day(request.at)}
    form = forms.DelegateForm(request.POST or None, actor=request.actor, initial=first)
    note = _("授权最长 30 天，职责分离的规定照样适用；收银、财务岗位的授权待总经理签发。")
    sheet = Sheet(step=steps.DELEGATE, back=reverse("grants"), note=note)

    def work(filled_in: forms.DelegateForm) -> Delegation:
        asked = filled_in.authorization(request.actor)
        reference = filled_in.cleaned_data.get("reference", "")
        giver = _speaking(request, asked.grantor.pk, reference)
        return operations.delegate(authorization=asked, actor=giver, at=request.at)

    return filled(request, form, sheet, work=work, show=told(_("授权已登记。"), "grants"))


@either
def revoke_delegation(request: ActedRequest, number: int) -> HttpResponse:
    """Take an authorization back."""
    one = queries.delegations_seen_by(request.actor).get(pk=number)
    form = forms.RevokeForm(request.POST or None)
    giver = _speaking(request, one.grantor_id, "—")
    if giver.keyed_by is None:
        del form.fields["reference"]
    sheet = Sheet(
        step=steps.REVOKE_DELEGATION,
        back=reverse("grants"),
        about=str(_("%(a)s 授权 %(b)s") % {"a": one.grantor.name, "b": one.grantee.name}),
        refusal=steps.REVOKE_DELEGATION.objection(one, actor=giver, at=request.at),
    )

    def work(filled_in: forms.RevokeForm) -> Delegation:
        locked = seek(queries.delegations_seen_by(request.actor), pk=number)
        reference = filled_in.cleaned_data.get("reference", "")
        who = _speaking(request, locked.grantor_id, reference)
        return operations.revoke_delegation(locked, actor=who, at=request.at)

    return filled(request, form, sheet, work=work, show=told(_("授权已收回。"), "grants"))


def _may_delegate(actor: Actor) -> bool:
    return actor.may_somewhere(steps.DELEGATE.power) or actor.may_somewhere(steps.KEY)


def _speaking(request: ActedRequest, grantor: int, reference: str) -> Actor:
    """Return who acts: the person at the door, or the giver whom that person types for."""
    actor = request.actor
    if actor.id == grantor or not actor.may_somewhere(steps.KEY):
        return actor
    giver = actor_of_person(grantor, at=request.at)
    return giver.typed_by(actor, Evidence("letter", reference))


def _closings(request: ActedRequest, one: Post) -> dict[str, Any]:
    return {
        "sign_refusal": closed(steps.SIGN_APPOINTMENT, one, request),
        "refuse_refusal": closed(steps.REFUSE_APPOINTMENT, one, request),
        "end_refusal": closed(steps.END_POST, one, request),
    }


def _to_post(request: ActedRequest, one: Post) -> HttpResponse:
    texts = {
        Post.State.PROPOSED: _("已提请总经理签发，签发后生效。"),
        Post.State.ACTIVE: _("任命已生效。"),
        Post.State.ENDED: _("岗位已免去。"),
        Post.State.REFUSED: _("已不予签发。"),
    }
    messages.success(request, texts[Post.State(one.state)])
    return redirect("post", number=one.pk)
