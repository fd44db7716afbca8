"""F-10, the job card, and F-12, the record of a visit."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from teyue.desks.casefile.wording import item_name, quantity, state_of
from teyue.desks.prints.sheets.heads import (
    Printer,
    charges,
    head,
    language,
    names_of,
    place,
    signed,
    unit_of,
)
from teyue.foundation.clock import local_day
from teyue.foundation.files import shelf
from teyue.foundation.files.serving import may_open
from teyue.foundation.money import Money
from teyue.procedure.audit.queries import audits_of
from teyue.procedure.booking.models import Order
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.pricing.models import PriceLine
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.service.queries import files, records
from teyue.register.calendar.queries import calendar_of, preset_of
from teyue.register.calendar.quiet import Disturbance, quiet_windows
from teyue.register.people.models import CertificateKind
from teyue.register.people.roster import Dated, hands
from teyue.web.prints import parts
from teyue.web.prints.sheets import JobSheet, RecordSheet

ZH = "zh-hans"
OURS = "company"


def job_sheet(visit: Visit, printer: Printer) -> JobSheet:
    """Return F-10: the card that the technician carries."""
    order = visit.order
    names = names_of(visit.assigned_by)
    return JobSheet(
        **head(printer, visit.office, visit.number or ""),
        order_number=order.number or "",
        visit=visit.no,
        place=place(order),
        item=item_name(order.item),
        variant=order.line.variant,
        quantity=quantity(order.qty_x100),
        unit=unit_of(order),
        appoint_from=visit.appoint_from,
        appoint_to=visit.appoint_to,
        provider=_provider(visit),
        performer=visit.performer.name if visit.performer else "",
        certificate=_certificates(visit, order),
        assigned=parts.Signed(names.get(visit.assigned_by, ""), visit.assigned_at),
        urgency=order.get_urgency_display(),
        rework_of=order.rework_of.number or "" if order.rework_of else "",
        disturbance=_quiet(visit, order),
        visit_note=order.household.visit_note,
        accepted_quote=order.agreed or None,
        checklist=tuple(_text(point) for point in order.standard.steps),
    )


def record_sheet(record: Record, printer: Printer) -> RecordSheet:
    """Return F-12: one visit as done, as confirmed, as audited."""
    order, visit = record.order, record.visit
    photos = [number for number in record.photos if isinstance(number, int)]
    return RecordSheet(
        **head(printer, record.office, record.number or ""),
        order_number=order.number or "",
        visit=visit.no,
        place=place(order),
        item=item_name(order.item),
        variant=order.line.variant,
        provider=_provider(visit),
        performer=visit.performer.name if visit.performer else "",
        appoint_from=visit.appoint_from,
        appoint_to=visit.appoint_to,
        arrived_at=visit.arrived_at,
        started_at=visit.started_at,
        finished_at=visit.finished_at,
        minutes=record.minutes,
        quantity=quantity(record.qty_x100),
        unit=unit_of(order),
        work_done=record.work_done,
        checklist=_checked(record, order),
        materials=tuple(_material(one) for one in record.materials),
        charges=charges(record.lines, order),
        amount=record.amount,
        photos_after=len(photos),
        site_cleaned=record.site_cleaned,
        remarks=record.remarks,
        recorded=signed(record.recorded_by, record.recorded_at),
        confirmation=_word(record, order, printer),
        audit=_audit(record, order),
    )


def _provider(visit: Visit) -> str:
    if visit.firm:
        return visit.firm.name
    department = visit.order.item.department
    return department.name if department else ""


def _certificates(visit: Visit, order: Order) -> str:
    if not order.item.certificates:
        return _("本项目不要求持证")
    hand = next((one for one in hands(visit.office_id) if one.staff == visit.staff_id), None)
    wanted = set(order.item.certificates)
    held = [one for one in hand.certificates if one.kind in wanted] if hand else []
    return _("、").join(_certificate(one) for one in held)


def _certificate(one: Dated) -> str:
    label = str(CertificateKind(one.kind).label)
    if one.to_on is None:
        return label
    return _("%(label)s 至 %(day)s") % {"label": label, "day": f"{one.to_on:%Y-%m-%d}"}


def _quiet(visit: Visit, order: Order) -> str:
    """Say in which hours of that day this work must rest (4.4.3)."""
    level = Disturbance(order.item.disturbance)
    day = local_day(visit.appoint_from)
    office = visit.office_id
    windows = quiet_windows(preset_of(office), level, day, calendar_of(office))
    return _("、").join(str(window) for window in windows)


def _text(point: dict[str, Any]) -> str:
    return str(point["text_zh"] if language() == ZH else point.get("text_en") or point["text_zh"])


def _checked(record: Record, order: Order) -> tuple[parts.Point, ...]:
    return tuple(
        parts.Point(text=_text(point), done=record.checklist.get(str(point["no"])))
        for point in order.standard.steps
    )


def _material(one: dict[str, Any]) -> parts.Material:
    if one["supplied_by"] != OURS:
        return parts.Material(name=one["name"], quantity="", unit="", supplied_by=_("住户"))
    each = Money(one["unit_cost"])
    return parts.Material(
        name=one["name"],
        quantity=quantity(one["qty_x100"]),
        unit=str(PriceLine.Unit.PIECE.label),
        supplied_by=_("公司"),
        unit_price=each,
        amount=each.times(Fraction(one["qty_x100"], 100)),
    )


def _word(record: Record, order: Order, printer: Printer) -> parts.OwnerWord | None:
    said = Confirmation.objects.filter(record=record).select_related("person")
    word = said.order_by("-pk").first()
    if word is None:
        return None
    members = {member.person_id: member for member in records.confirmers(order)}
    member = members.get(word.person_id or 0)
    return parts.OwnerWord(
        result=word.get_result_display(),
        person=word.person.name if word.person else "",
        relation=member.get_relation_display() if member else "",
        method=word.get_method_display(),
        at=word.at,
        rating=word.rating,
        remark=word.remark,
        content_hash=word.content_digest,
        signature=_signature(record.visit, word, printer),
    )


def _signature(visit: Visit, word: Confirmation, printer: Printer) -> bytes | None:
    """Return the picture of the signature for who may open it, as long as it is kept."""
    drawn = files.signature_among(files.files_of(visit), word.evidence)
    if drawn is None or not may_open(drawn, printer.actor):
        return None
    return shelf.read(drawn.sha256)


def _audit(record: Record, order: Order) -> parts.AuditWord | None:
    audit = audits_of(order).filter(record=record).last()
    if audit is None:
        return None
    result = state_of(audit)
    return parts.AuditWord(
        result=result, auditor=audit.auditor.name, at=audit.at, comment=audit.comment
    )
