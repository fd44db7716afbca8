"""A paper F-12 that technician and owner signed is typed in, all of it or nothing (E-43)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teyue.desks.dispatch.forms import SignedRecordForm
from teyue.foundation import sitting
from teyue.foundation.files import operations as storing
from teyue.foundation.files.models import Attachment
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order
from teyue.procedure.booking.queries import orders
from teyue.procedure.dispatch import queries
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.pricing.models import point_text
from teyue.procedure.service import operations
from teyue.procedure.service.facts import SignedRecord
from teyue.procedure.service.forms import Materials, used_of
from teyue.procedure.service.models import Record
from teyue.procedure.service.queries import files, records
from teyue.procedure.service.steps.objections import nobody_sent, paper_barred
from teyue.web.filling import fill
from teyue.web.people import ActedRequest

PAGE = "dispatch/key_record.html"
# Where the page asks for what a refusal calls by another name.
BESIDE = {"checklist": "points", "confirmer": "person", "photos": "scan", "invoices": "scan"}


@require_http_methods(["GET", "POST"])
def key_record(request: ActedRequest, number: str) -> HttpResponse:
    """Copy a signed paper, from the acceptance to the owner's word, with its scan (I-70)."""
    order = orders.seen_by(request.actor).get(number=number)
    visit = queries.seen_by(request.actor).filter(order=order).order_by("no").last()
    if visit is None:
        raise nobody_sent()
    said = request.POST if request.method == "POST" else None
    form = SignedRecordForm(said, request.FILES or None, visit=visit, at=request.at)
    rows = Materials(said, prefix="used")
    facts = {**_facts(request, visit), "rows": rows}
    if request.method == "GET":
        return render(request, PAGE, {**facts, "form": form})
    if not rows.is_valid():
        form.add_error(None, _("材料有没填完的行，请您补全数量和单价。"))
    scan = None if facts["refusal_now"] else _scan(request, form)

    def work(filled: SignedRecordForm) -> Record:
        locked = seek(orders.seen_by(request.actor), number=number)
        locked.still(filled.cleaned_data["row_version"])
        with _beside_its_field(filled, request):
            paper = _paper(locked, filled, used_of(rows), f"file:{scan.pk}" if scan else "")
            return operations.key_signed_record(
                locked, paper=paper, typist=request.actor, at=request.at
            )

    return fill(request, form, page=PAGE, facts={**facts, "scan": scan}, work=work, show=_keyed)


def _scan(request: ActedRequest, form: SignedRecordForm) -> Attachment | None:
    """Keep the scan although the paper may be refused: no browser fills a file in again."""
    visit, upload = form.visit, request.FILES.get("scan")
    try:
        if upload is None:
            return _kept(form)
        with sitting.opened():
            return storing.store(
                upload,
                kind=files.PAPER,
                owner=files.owner_of(visit),
                actor=request.actor,
                at=request.at,
            )
    except Refused as refusal:
        form.add_error("scan", ValidationError(str(refusal.message), code=refusal.code))
    return None


def _kept(form: SignedRecordForm) -> Attachment:
    form.is_valid()
    lying = files.files_of(form.visit).filter(kind=files.PAPER.code)
    found = lying.filter(pk=form.cleaned_data.get("kept") or 0).first()
    if found is None:
        text = _("请您上传双方签字的纸单：照片或 PDF 都可以。")
        raise Refused("scan_missing", text, field="scan")
    return found


@contextmanager
def _beside_its_field(form: SignedRecordForm, request: ActedRequest) -> Iterator[None]:
    try:
        yield
    except Refused as refusal:
        if refusal.field == "times":
            refusal.field = form.out_of_order(at=request.at)
        refusal.field = BESIDE.get(refusal.field, refusal.field)
        raise


def _paper(order: Order, form: SignedRecordForm, used: Any, scan: str) -> SignedRecord:
    said = form.cleaned_data
    pictures = files.files_of(form.visit).filter(kind=files.PHOTO.code)
    photos = tuple(pictures.values_list("pk", flat=True))
    return SignedRecord(
        **form.times(),
        report=form.report(used, photos=photos, invoices=()),
        signer=orders.confirmer_among(orders.members_of(order.household_id), said["person"]),
        scan=scan,
        identity_shown=said["identity_shown"],
        rating=said["rating"],
        remark=said["remark"],
    )


def _facts(request: ActedRequest, visit: Visit) -> dict[str, Any]:
    order = visit.order
    return {
        "order": order,
        "visit": visit,
        "unit": order.line.get_unit_display(),
        "points": [(str(one["no"]), point_text(one)) for one in order.standard.steps],
        "members": list(records.confirmers(order).order_by("-is_primary", "pk")),
        "refusal_now": paper_barred(visit, request.actor),
    }


def _keyed(request: ActedRequest, record: Record) -> HttpResponse:
    words = {"amount": record.amount.shown}
    messages.success(request, _("已补录签字纸单，实际费用 %(amount)s") % words)
    return redirect("case", number=record.order.number)
