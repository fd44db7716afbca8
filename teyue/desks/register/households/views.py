from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teyue.desks.register.households import forms, pages
from teyue.desks.register.sheets import Sheet, closed, entitled, filled
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Step, seek
from teyue.procedure.booking.queries import orders
from teyue.procedure.settlement.queries import ends_with_occupancy
from teyue.register.estate import operations, queries, steps
from teyue.register.estate.models import Consent, Household, Inquiry, Member
from teyue.web.acts import act
from teyue.web.exports import workbook
from teyue.web.people import ActedRequest

either = require_http_methods(["GET", "POST"])
ON_THE_PAGE = (
    steps.ADD_MEMBER,
    steps.CHANGE_MEMBER,
    steps.END_MEMBER,
    steps.ANNOTATE,
    steps.MOVE_OUT,
    steps.VOID_HOUSEHOLD,
)


@require_GET
def households(request: ActedRequest) -> HttpResponse:
    """List the households."""
    entitled(request, queries.READ)
    page = pages.HOUSEHOLDS.page(pages.households(request.actor), request.GET.dict())
    may_add = request.actor.may_somewhere(steps.ADD_HOUSEHOLD.power)
    return render(request, "register/households.html", {"page": page, "may_add": may_add})


@require_GET
def households_book(request: ActedRequest) -> FileResponse:
    """Give the list as a workbook."""
    entitled(request, queries.READ)
    words = request.GET.dict()
    rows = pages.HOUSEHOLDS.narrow(pages.households(request.actor), words)
    return workbook(
        pages.HOUSEHOLDS.sorted(rows, words).iterator(500),
        pages.HOUSEHOLD_COLUMNS,
        title=_("住户档案"),
        narrowed=" ".join(filter(None, words.values())),
        actor=request.actor,
        at=request.at,
    )


@require_GET
def household(request: ActedRequest, number: int) -> HttpResponse:
    """Show the file of a household: members and what each may do, notes, what to ask."""
    return render(request, "register/household.html", _file(request, number))


@either
def add_household(request: ActedRequest, unit: int) -> HttpResponse:
    """Let a household move into a unit."""
    home = queries.units_seen_by(request.actor).select_related("building__office").get(pk=unit)
    blank = Household(office=home.building.office, unit=home, label=str(home))
    form = forms.HouseholdForm(
        request.POST or None, initial={"opened_on": local_day(request.at), "is_primary": True}
    )
    sheet = Sheet(
        step=steps.ADD_HOUSEHOLD,
        back=reverse("units"),
        about=str(home),
        note=_("先登记主要联系人，其他成员登记后再添加。"),
        refusal=closed(steps.ADD_HOUSEHOLD, blank, request),
    )

    def work(filled_in: forms.HouseholdForm) -> Household:
        return operations.add_household(
            queries.units_seen_by(request.actor).select_related("building__office").get(pk=unit),
            occupancy=filled_in.occupancy(),
            members=[filled_in.first()],
            actor=request.actor,
            at=request.at,
        )

    return filled(request, form, sheet, work=work, show=_moved_in)


@either
def add_member(request: ActedRequest, number: int) -> HttpResponse:
    """Register a member."""
    form = forms.MemberForm(request.POST or None)
    sheet = _sheet(request, steps.ADD_MEMBER, number)

    def work(filled_in: forms.MemberForm) -> Member:
        locked = seek(queries.seen_by(request.actor), pk=number)
        facts = filled_in.facts()
        return operations.add_member(locked, facts=facts, actor=request.actor, at=request.at)

    return filled(request, form, sheet, work=work, show=_told(_("成员已登记。"), number))


@either
def change_member(request: ActedRequest, number: int, member: int) -> HttpResponse:
    """Change what a member is and may do; correct name and phone where they were wrong."""
    one = _member(request, number, member)
    names = ("relation", "can_order", "can_confirm", "is_primary")
    before = {name: getattr(one, name) for name in names}
    before |= {"name": one.person.name, "phone": one.person.phone}
    form = forms.MemberForm(request.POST or None, initial=before)
    sheet = _sheet(request, steps.CHANGE_MEMBER, number)

    def work(filled_in: forms.MemberForm) -> Member:
        locked = _locked_member(request, number, member)
        said = {name: filled_in.cleaned_data[name] for name in ("name", "phone")}
        if said != {"name": locked.person.name, "phone": locked.person.phone}:
            operations.correct_person(locked, **said, actor=request.actor, at=request.at)
        rights = filled_in.rights()
        return operations.change_member(locked, rights=rights, actor=request.actor, at=request.at)

    return filled(request, form, sheet, work=work, show=_told(_("成员资料已更新。"), number))


@require_POST
def end_member(request: ActedRequest, number: int, member: int) -> HttpResponse:
    """Let a member leave."""

    def work() -> Member:
        locked = _locked_member(request, number, member)
        return operations.end_member(locked, actor=request.actor, at=request.at)

    return act(request, work, show=_told(_("已登记离开。"), number), status=200)


@either
def annotate(request: ActedRequest, number: int) -> HttpResponse:
    """Write what a visitor must know."""
    one = queries.seen_by(request.actor).get(pk=number)
    form = forms.NoteForm(request.POST or None, initial={"note": one.visit_note})
    sheet = _sheet(request, steps.ANNOTATE, number)

    def work(filled_in: forms.NoteForm) -> Household:
        locked = seek(queries.seen_by(request.actor), pk=number)
        note = filled_in.cleaned_data["note"]
        return operations.annotate(locked, note=note, actor=request.actor, at=request.at)

    return filled(request, form, sheet, work=work, show=_told(_("上门提示已更新。"), number))


@require_POST
def move_out(request: ActedRequest, number: int) -> HttpResponse:
    """Close a household."""

    def work() -> Household:
        locked = seek(queries.seen_by(request.actor), pk=number)
        return operations.move_out(locked, actor=request.actor, at=request.at)

    return act(request, work, show=_told(_("已办理迁出，本户档案已封存。"), number), status=200)


@require_POST
def void_household(request: ActedRequest, number: int) -> HttpResponse:
    """Take back a household that was registered by mistake."""

    def work() -> Household:
        locked = seek(queries.seen_by(request.actor), pk=number)
        return operations.void_household(locked, actor=request.actor, at=request.at)

    def show(request: ActedRequest, one: Household) -> HttpResponse:
        messages.success(request, _("%(room)s 的住户登记已作废。") % {"room": one.label})
        return redirect("households")

    return act(request, work, show=show, status=200)


@either
def ask_consent(request: ActedRequest, number: int) -> HttpResponse:
    """Note that a household is to be asked."""
    form = forms.AskForm(request.POST or None)
    sheet = _sheet(request, steps.ASK_CONSENT, number, blank=True)

    def work(filled_in: forms.AskForm) -> Inquiry:
        one = queries.seen_by(request.actor).select_related("office").get(pk=number)
        subject = filled_in.cleaned_data["subject"]
        return operations.ask_consent(one, subject=subject, actor=request.actor, at=request.at)

    return filled(request, form, sheet, work=work, show=_told(_("已列入待询问。"), number))


@either
def answer_inquiry(request: ActedRequest, number: int) -> HttpResponse:
    """Note what a household answered."""
    one = queries.inquiries_seen_by(request.actor).select_related("household").get(pk=number)
    form = forms.AnswerForm(request.POST or None, household=one.household)
    sheet = Sheet(
        step=steps.ANSWER_INQUIRY,
        back=reverse("household", kwargs={"number": one.household_id}),
        about=f"{one.household.label} · {dict(forms.SUBJECTS).get(one.subject, one.subject)}",
        refusal=closed(steps.ANSWER_INQUIRY, one, request),
    )

    def work(filled_in: forms.AnswerForm) -> Inquiry:
        locked = seek(queries.inquiries_seen_by(request.actor), pk=number)
        consents = consents_of(filled_in.cleaned_data, request)
        return operations.answer_inquiry(
            locked, consents=consents, actor=request.actor, at=request.at
        )

    show = _told(_("答复已登记。"), one.household_id)
    return filled(request, form, sheet, work=work, show=show)


def consents_of(answer: dict[str, Any], request: ActedRequest) -> list[Consent]:
    """Return the consents that an answer gives, not kept yet."""
    return [
        operations.given(
            answer["member"], Consent.Purpose(purpose), method=answer["method"], at=request.at
        )
        for purpose in answer["purposes"]
    ]


def _file(request: ActedRequest, number: int) -> dict[str, Any]:
    one = queries.seen_by(request.actor).select_related("office", "unit__building").get(pk=number)
    members = queries.members_seen_by(request.actor).filter(household=one)
    subjects = dict(forms.SUBJECTS)
    inquiries = Inquiry.objects.filter(household=one).exclude(state=Inquiry.State.VOID)
    consents = Consent.objects.filter(person__in=members.values("person"), withdrawn_at=None)
    open_orders = orders.open_orders(one)
    return {
        "household": one,
        "present": [row for row in members.order_by("-is_primary", "pk") if row.to_on is None],
        "gone": [row for row in members.order_by("-to_on") if row.to_on is not None],
        "inquiries": [(row, subjects.get(row.subject, row.subject)) for row in inquiries],
        "consents": consents.select_related("person").order_by("-given_at")[:50],
        "open_orders": open_orders,
        "ending": [order for order in open_orders if ends_with_occupancy(order)],
        "staying": [order for order in open_orders if not ends_with_occupancy(order)],
        "may": {
            step.name.partition(".")[2]: closed(step, one, request) is None for step in ON_THE_PAGE
        },
        "may_ask": request.actor.may(steps.ASK_CONSENT.power, one.office_id),
        "may_answer": request.actor.may(steps.ANSWER_INQUIRY.power, one.office_id),
        "move_out_refusal": closed(steps.MOVE_OUT, one, request),
        "void_refusal": closed(steps.VOID_HOUSEHOLD, one, request),
    }


def _sheet(request: ActedRequest, step: Step, number: int, *, blank: bool = False) -> Sheet:
    one = queries.seen_by(request.actor).select_related("office").get(pk=number)
    paper = Inquiry(office=one.office, household=one) if blank else one
    back = reverse("household", kwargs={"number": number})
    return Sheet(step=step, back=back, about=one.label, refusal=closed(step, paper, request))


def _member(request: ActedRequest, number: int, member: int) -> Member:
    return queries.members_seen_by(request.actor).get(pk=member, household=number, to_on=None)


def _locked_member(request: ActedRequest, number: int, member: int) -> Member:
    household = seek(queries.seen_by(request.actor), pk=number)
    one = _member(request, number, member)
    one.household = household
    return one


def _moved_in(request: ActedRequest, one: Household) -> HttpResponse:
    messages.success(request, _("%(room)s 的住户已登记。") % {"room": one.label})
    seen = queries.seen_by(request.actor).filter(pk=one.pk).exists()
    return redirect("household", number=one.pk) if seen else redirect("units")


def _told(text: str, number: int) -> Any:
    def show(request: ActedRequest, outcome: object) -> HttpResponse:
        messages.success(request, text)
        return redirect("household", number=number)

    return show
