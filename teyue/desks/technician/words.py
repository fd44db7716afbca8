from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teyue.desks.technician import jobs
from teyue.foundation.actors import Actor, Evidence
from teyue.foundation.files import operations as storing
from teyue.foundation.files.pictures import drawn_signature
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.forms import written
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispatch import queries as visits
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispute import operations as disputes
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.pricing.models import point_text
from teyue.procedure.service import operations
from teyue.procedure.service.facts import Consent, Word
from teyue.procedure.service.forms import ChangeForm, Materials, WordForm, lines_of, used_of
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.procedure.service.queries import files, links, records
from teyue.register.people import queries as people
from teyue.web.acts import act
from teyue.web.filling import fill
from teyue.web.people import ActedRequest
from teyue.web.qr import drawn

WORD, CHANGE = "technician/word.html", "technician/change.html"


@require_http_methods(["GET", "POST"])
def word(request: ActedRequest, number: str) -> HttpResponse:
    """Hand the telephone to the owner, who reads and signs or enters the code (O10)."""
    record = records.seen_by(request.actor).get(visit__number=number)
    form = WordForm(request.POST or None, initial={"method": Confirmation.Method.DEVICE})
    token = links.token_of(record, at=request.at, shown_by=request.actor.id)
    facts = {**_shown(record), **_elsewhere(request, "resident-confirm", token)}
    if request.method == "GET" or record.state != Record.State.RECORDED:
        return render(request, WORD, {**facts, "form": form})

    def work(filled: WordForm) -> Record:
        locked = seek(records.seen_by(request.actor), visit__number=number)
        return _confirmed(request, locked, filled)

    return fill(request, form, page=WORD, facts=facts, work=work, show=_thanked)


@require_http_methods(["GET", "POST"])
def refuse(request: ActedRequest, number: str) -> HttpResponse:
    """Write down in the owner's own words why the owner does not confirm (O12)."""
    words = request.POST.get("words", "")

    def work() -> Dispute:
        record = seek(records.seen_by(request.actor), visit__number=number)
        return disputes.open(record, words=words, actor=request.actor, at=request.at)

    def show(asked: ActedRequest, dispute: Dispute) -> HttpResponse:
        messages.success(asked, _("已如实记下，管理处会与住户联系"))
        return redirect("jobs")

    if request.method == "GET":
        return redirect("job-word", number=number)
    return act(request, work, show=show, status=200)


@require_http_methods(["GET", "POST"])
def offer(request: ActedRequest, number: str) -> HttpResponse:
    """Quote extra work before it starts (E-10)."""
    known = jobs.job_of(request.actor, number, at=request.at)
    form = ChangeForm(request.POST or None)
    rows = Materials(request.POST or None, prefix="used")
    facts = {"job": known, "visit": known.visit, "order": known.visit.order, "rows": rows}
    if request.method == "GET":
        return render(request, CHANGE, {**facts, "form": form})
    if not rows.is_valid():
        form.add_error(None, _("材料有没填完的行，请您补全数量和单价。"))

    def work(filled: ChangeForm) -> Change:
        visit = seek(visits.seen_by(request.actor), number=number)
        extra = filled.asked(used_of(rows))
        return operations.offer_change(visit, extra=extra, actor=request.actor, at=request.at)

    return fill(request, form, page=CHANGE, facts=facts, work=work, show=_to_answer)


@require_http_methods(["GET", "POST"])
def answer(request: ActedRequest, number: str, pk: int) -> HttpResponse:
    """Hand the telephone to the household, which accepts or refuses the extra work."""
    change = records.changes_seen_by(request.actor).get(pk=pk, visit__number=number)
    order = change.order
    token = links.token_of_change(change, at=request.at, shown_by=request.actor.id)
    facts = {
        "change": change,
        "order": order,
        "visit": change.visit,
        "lines": lines_of(change.lines),
        "total": order.agreed + change.delta,
        **_elsewhere(request, "resident-change", token),
        "members": list(records.confirmers(order).order_by("-is_primary", "pk")),
    }
    if request.method == "GET" or change.state != Change.State.OFFERED:
        return render(request, "technician/answer.html", facts)

    def work() -> Change:
        locked = seek(records.changes_seen_by(request.actor), pk=pk)
        if request.POST.get("answer") == "refuse":
            who = _speaking(request, locked.order, request.POST.get("person"), "住户口头")
            return operations.refuse_change(locked, actor=who, at=request.at)
        proof = _signed(request, locked.visit, request.POST.get("signature", ""))
        who = _speaking(request, locked.order, request.POST.get("person"), proof)
        consent = Consent(method=Quote.Method.SIGN, evidence=proof)
        return operations.accept_change(locked, consent=consent, actor=who, at=request.at)

    def show(asked: ActedRequest, answered: Change) -> HttpResponse:
        return redirect("job", number=number)

    try:
        return act(request, work, show=show, status=200)
    except Refused as refusal:
        return render(request, "technician/answer.html", {**facts, "refusal": refusal}, status=422)


def _confirmed(request: ActedRequest, record: Record, filled: WordForm) -> Record:
    order, said = record.order, filled.cleaned_data
    person = order.payer_id if filled.is_by_code else said["person"]
    member = orders.confirmer_among(orders.members_of(order.household_id), person)
    proof = said["code"] if filled.is_by_code else _signed(request, record.visit, said["signature"])
    method = Confirmation.Method(said["method"])
    given = Word(
        digest=said["digest"],
        method=method,
        member=member,
        evidence=proof,
        rating=said["rating"],
        remark=said["remark"],
    )
    told = Evidence(method, "" if filled.is_by_code else proof)
    resident = people.resident(member.person, household=order.household_id)
    who = resident.typed_by(request.actor, told)
    return operations.confirm(record, word=given, actor=who, at=request.at)


def _shown(record: Record) -> dict[str, Any]:
    order = record.order
    return {
        "record": record,
        "order": order,
        "visit": record.visit,
        "much": written(record.qty_x100),
        "points": [
            (point_text(one), record.checklist.get(str(one["no"]), False))
            for one in order.standard.steps
        ],
        "lines": lines_of(record.lines),
        "members": list(records.confirmers(order).order_by("-is_primary", "pk")),
        "photos": record.photos,
    }


def _elsewhere(request: ActedRequest, page: str, token: str) -> dict[str, str]:
    """Return where the household answers on its own telephone, and the picture that leads there."""
    address = request.build_absolute_uri(reverse(page, args=(token,)))
    return {"address": address, "picture": drawn(address)}


def _signed(request: ActedRequest, visit: Visit, drawn: str) -> str:
    if not drawn:
        return ""
    kept = storing.store(
        drawn_signature(drawn),
        kind=files.SIGNATURE,
        owner=files.owner_of(visit),
        actor=request.actor,
        at=request.at,
    )
    return f"file:{kept.pk}"


def _speaking(request: ActedRequest, order: Order, person: object, proof: str) -> Actor:
    member = orders.confirmer_among(orders.members_of(order.household_id), person)
    resident = people.resident(member.person, household=order.household_id)
    return resident.typed_by(request.actor, Evidence(Quote.Method.SIGN, proof))


def _to_answer(request: ActedRequest, change: Change) -> HttpResponse:
    return redirect("job-answer", number=change.visit.number, pk=change.pk)


def _thanked(request: ActedRequest, record: Record) -> HttpResponse:
    messages.success(request, _("业主已确认，本次服务完成"))
    return redirect("job", number=record.visit.number)
