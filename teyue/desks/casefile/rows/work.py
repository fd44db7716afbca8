"""What happened in the home: visits, changes, records, the owner's word, disputes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from teyue.desks.casefile.dossier import Dossier
from teyue.desks.casefile.rows.shapes import Row, Tick, is_before, lives, stands
from teyue.desks.casefile.wording import listed, quantity, state_of, who_comes, window
from teyue.procedure.booking.models import Standing
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.queries import is_early, late_by
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.web import formats

SHORT = 4
ENDED = (Visit.State.FAILED, Visit.State.CANCELLED)
UNDER_WAY = (Standing.DISPATCHED, Standing.IN_SERVICE)


def visits(dossier: Dossier, at: datetime) -> Iterator[Row]:
    """Yield each visit with what was changed, recorded, said and disputed on it (4.2.5, 4.3.1)."""
    for visit in dossier.visits:
        yield _visit(visit, dossier, at)
        yield from (_change(one, at) for one in dossier.changes if one.visit_id == visit.pk)
        for record in dossier.records:
            if record.visit_id == visit.pk:
                yield _record(record)
                yield from _words(record, dossier)
                yield from _disputes(record, dossier)
    yield from _expected(dossier, at)


def _visit(visit: Visit, dossier: Dossier, at: datetime) -> Row:
    name = visit.performer.name if visit.performer else _("未派")
    sent = {
        "who": who_comes(name, visit.firm),
        "when": window(visit.appoint_from, visit.appoint_to, at),
    }
    live = visit.state in Visit.LIVE and stands(dossier, *UNDER_WAY)
    return Row(
        name=_("派工单"),
        form=f"F-10 · {_('第 %(n)s 次') % {'n': visit.no}}" if visit.no > 1 else "F-10",
        clause="4.2.5",
        at=visit.assigned_at,
        state="now" if live else "done",
        tone="wait" if visit.state in ENDED else _tone_of_arrival(visit, at),
        fact=_("派%(who)s，预约 %(when)s。") % sent + _arrival(visit, at),
        small=_course(visit, dossier),
        sheet=("F-10", visit.number or ""),
    )


def _lateness(visit: Visit, at: datetime) -> timedelta:
    arrived = visit.arrived_at
    return late_by(visit, arrived, at=at) if arrived else timedelta()


def _tone_of_arrival(visit: Visit, at: datetime) -> str:
    return "near" if _lateness(visit, at) else ""


def _arrival(visit: Visit, at: datetime) -> str:
    if visit.arrived_at is None:
        return ""
    late = _lateness(visit, at)
    if is_early(visit, visit.arrived_at, at=at):
        return _("%(at)s 到场，早于约定时间。") % {"at": formats.moment(visit.arrived_at, at)}
    facts = {"at": formats.clock(visit.arrived_at), "late": formats.span(late)}
    return (_("%(at)s 到场，迟到 %(late)s。") if late else _("%(at)s 到场，准时。")) % facts


def _course(visit: Visit, dossier: Dossier) -> str:
    if visit.state in ENDED:
        parts = (state_of(visit), visit.get_failure_display(), visit.failure_note)
        return " · ".join(filter(None, parts))
    who = dossier.name(visit.assigned_by)
    steps = [_("%(who)s派工") % {"who": who}] if who else []
    steps.append(state_of(visit))
    return " · ".join(steps)


def _change(change: Change, at: datetime) -> Row:
    accepted = change.state == Change.State.ACCEPTED
    return Row(
        name=_("增项确认"),
        clause="4.3.1",
        at=change.accepted_at or change.created_at,
        state="now" if change.state == Change.State.OFFERED else "done",
        tone="wait" if change.state == Change.State.REFUSED else "",
        fact=_("%(reason)s。") % {"reason": change.reason.rstrip("。")} + listed(change.lines),
        strong=_("增加 %(delta)s") % {"delta": change.delta.shown},
        small=_consent(change, at) if accepted else state_of(change),
    )


def _consent(change: Change, at: datetime) -> str:
    facts = {
        "name": change.accepted_by.name if change.accepted_by else _("住户"),
        "method": change.get_accept_method_display(),
        "at": formats.stamp(change.accepted_at, at) if change.accepted_at else "",
    }
    return _("施工前%(name)s以%(method)s同意，%(at)s") % facts


def _record(record: Record) -> Row:
    facts = {
        "by": record.recorded_by.name,
        "minutes": record.minutes,
        "qty": quantity(record.qty_x100),
    }
    missed = sum(not done for done in record.checklist.values())
    parts = [_("%(by)s登记，用时 %(minutes)s 分钟，数量 %(qty)s") % facts]
    parts += [_("标准有 %(n)s 项未做") % {"n": missed}] if missed else []
    parts += [_("还须再次上门")] if record.more_visits else []
    return Row(
        name=_("服务记录单"),
        form="F-12",
        clause="4.3.1",
        at=record.recorded_at,
        fact=record.work_done,
        strong=_("实际费用 %(amount)s") % {"amount": record.amount.shown},
        small=" · ".join([*parts, *filter(None, (record.remarks,))]),
        photos=[number for number in record.photos if isinstance(number, int)],
        sheet=("F-12", record.number or ""),
    )


def _words(record: Record, dossier: Dossier) -> Iterator[Row]:
    for word in dossier.words:
        if word.record_id == record.pk:
            yield _word(word, record, dossier)


def _word(word: Confirmation, record: Record, dossier: Dossier) -> Row:
    person = word.person.name if word.person else dossier.name(word.taken_by)
    facts = {"name": person, "result": word.get_result_display()}
    same = word.content_digest == record.content_digest
    seal = {"digest": f"{word.content_digest[:SHORT]}…{word.content_digest[-SHORT:]}"}
    known = _("与记录一致") if same else _("记录后来有更正")
    said = _("意见：%(remark)s") % {"remark": word.remark} if word.remark else ""
    return Row(
        name=_("业主确认"),
        form=word.get_method_display(),
        clause="4.3.1",
        at=word.at,
        tone="disp" if word.result == Confirmation.Result.REFUSED else "" if same else "wait",
        fact=_("%(name)s%(result)s。") % facts + said,
        small=_("内容摘要 %(digest)s，%(known)s") % {**seal, "known": known},
        stars=word.rating or 0,
    )


def _disputes(record: Record, dossier: Dossier) -> Iterator[Row]:
    for paper in dossier.disputes:
        if paper.record_id == record.pk:
            yield _dispute(paper, dossier)


def _dispute(paper: Dispute, dossier: Dossier) -> Row:
    resolved = paper.state == Dispute.State.RESOLVED
    decided = {"by": dossier.name(paper.decided_by), "what": paper.decision}
    agreed = paper.agreed_amount
    return Row(
        name=_("争议处理"),
        clause="4.3.1",
        at=paper.opened_at,
        state="done" if resolved else "now",
        tone="" if resolved else "disp",
        fact=_("住户不同意：%(words)s") % {"words": paper.words},
        strong=_("商定金额 %(amount)s") % {"amount": agreed.shown} if agreed else "",
        small=_("%(by)s决定：%(what)s") % decided if resolved else _("等管理处经理决定"),
        ticks=[Tick(_("住户书面同意"), paper.household_agreed)] if resolved else (),
    )


def _expected(dossier: Dossier, at: datetime) -> Iterator[Row]:
    if not lives(dossier):
        return
    order = dossier.order
    if is_before(dossier, Standing.DISPATCHED):
        ready = stands(dossier, Standing.READY)
        due = {"when": formats.until(order.due_at, at)} if order.due_at and ready else None
        yield Row(
            name=_("派工单"),
            form="F-10",
            clause="4.2.5",
            state="now" if ready else "todo",
            fact=_("派给当班、持证、有空的人员，同时通知住户。"),
            small=_("期限 %(when)s") % due if due else "",
        )
    if is_before(dossier, Standing.TO_CONFIRM):
        text = _("完工后当场登记所做内容、用时、材料和照片。")
        yield Row(name=_("服务记录单"), form="F-12", clause="4.3.1", state="todo", fact=text)
    if is_before(dossier, Standing.DISPUTED):
        now = stands(dossier, Standing.TO_CONFIRM)
        text = _("请业主看过记录后签字，或用收据上的确认码确认。")
        state = "now" if now else "todo"
        yield Row(name=_("业主确认"), clause="4.3.1", state=state, fact=text)  # type: ignore[arg-type]
