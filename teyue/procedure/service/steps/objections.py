"""What can be said against the steps of the service."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.money import NOTHING, total
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.steps import not_of_household, own_household
from teyue.procedure.cashier import queries as cashier
from teyue.procedure.dispatch import queries as dispatch
from teyue.procedure.dispatch.facts import Opening
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.steps import KEY
from teyue.procedure.dispatch.steps.objections import not_performer
from teyue.procedure.pricing.formulas import Material, Unit
from teyue.procedure.pricing.models import point_text
from teyue.procedure.service.facts import (
    Broken,
    Cause,
    Consent,
    Ending,
    Extra,
    Report,
    SignedRecord,
    Word,
)
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.procedure.service.queries import records as queries
from teyue.register.parameters.queries import value

ADULT = 18


def identity_hidden(
    visit: Visit, actor: Actor, at: datetime, asked: Opening | None
) -> Refused | None:
    """O8: whoever comes shows the badge first."""
    if asked is None or asked.identity_shown:
        return None
    return Refused("identity_hidden", _("请先出示工牌、穿好鞋套，再开工。"), field="identity_shown")


def not_by_performer(record: Record, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """The record is of whom the visit was given to."""
    return not_performer(record.visit, actor, at, asked) if record.visit_id else None


def record_incomplete(
    record: Record, actor: Actor, at: datetime, asked: Report | None
) -> Refused | None:
    """O9: every point of the standard that must be checked, the photos, the words."""
    if asked is None:
        return None
    if not asked.work_done.strip():
        return Refused("work_missing", _("请写明做了什么。"), field="work_done")
    if _nothing_done(record, asked):
        return Refused("quantity_missing", _("请填写用时和数量。"), field="quantity")
    return _unchecked(record, asked) or _unproven(asked)


def above_agreed(
    record: Record, actor: Actor, at: datetime, asked: Sequence[Record] | None
) -> Refused | None:
    """I-17: all records together are never more than the accepted quote and changes.

    An emergency that nobody could quote, whose price the owner's word accepts: the cap.
    """
    if asked is None:
        return None
    order = record.order
    most = dispatch.cap(order, at=at) if order.accepted_at is None else order.agreed
    amount = record.amount + total(one.amount for one in asked)
    if amount <= most:
        return None
    text = _("实际费用 %(sum)s 超过住户已接受的 %(cap)s。请先做增项确认，或按已接受的金额登记。")
    if asked:
        text = _(
            "各次上门的实际费用合计 %(sum)s，超过住户已接受的 %(cap)s。"
            "请先做增项确认，或按已接受的金额登记。"
        )
    return Refused("above_agreed", text % {"sum": amount.shown, "cap": most.shown}, field="amount")


def change_unanswered(record: Record, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-17: a change is accepted or refused before the work is recorded."""
    if asked is None or not record.visit.change_count:
        return None
    if not queries.open_changes(record.order).exists():
        return None
    return Refused("change_unanswered", _("还有增项未经住户确认，请先请住户确认或删去增项。"))


def shown_differently(
    record: Record, actor: Actor, at: datetime, asked: Word | None
) -> Refused | None:
    """O10: the word is bound to what was shown."""
    if asked is None or hmac.compare_digest(asked.digest, record.content_digest):
        return None
    text = _("服务记录在出示后有改动，请让住户看过最新内容后再确认。")
    return Refused("shown_differently", text)


def may_not_confirm(
    record: Record, actor: Actor, at: datetime, asked: Word | None
) -> Refused | None:
    """I-19, E-21: an adult member with that right, or the payer by code; never the performer."""
    refusal = not_of_household(record.order, actor, at, asked)
    if refusal or asked is None:
        return refusal
    if actor.id == record.visit.performer_id:
        return Refused("performer_confirms", _("服务人员不能替住户确认，请住户本人确认。"))
    if asked.method == Confirmation.Method.CODE and actor.id == record.order.payer_id:
        return None
    member = asked.member
    if member is None or member.person_id != actor.id or not member.can_confirm:
        text = _("这位不能代表本户确认。请业主、租户或有授权的家属确认，或用收据上的确认码。")
        return Refused("may_not_confirm", text, field="confirmer")
    born = member.person.birth_year
    if born is not None and local_day(at).year - born < ADULT:
        text = _("确认人须年满 18 岁，请改由成年家人确认，或用收据上的确认码。")
        return Refused("minor_confirms", text, field="confirmer")
    return None


def word_unproven(record: Record, actor: Actor, at: datetime, asked: Word | None) -> Refused | None:
    """O10: a signature, the code, or the number of the recorded call."""
    if asked is None:
        return None
    if asked.method == Confirmation.Method.CODE:
        right = queries.confirmation_code(record.order)
        if hmac.compare_digest(asked.evidence.encode(), right.encode()):
            return None
        return Refused("wrong_code", _("确认码不对。请看预交款收据上的 6 位确认码。"), field="code")
    if asked.evidence:
        return None
    return Refused("signature_missing", _("请住户签名后再确认。"), field="signature")


def rating_out_of_range(
    record: Record, actor: Actor, at: datetime, asked: Word | None
) -> Refused | None:
    """Stars go from one to five."""
    if asked is None or asked.rating is None or 1 <= asked.rating <= 5:
        return None
    return Refused("rating_out_of_range", _("满意度请选 1 到 5 星。"), field="rating")


def not_reminded(record: Record, actor: Actor, at: datetime, asked: Word | None) -> Refused | None:
    """O11, E-14: seven days, evidence, and never above what was prepaid and accepted."""
    wait = timedelta(days=value("confirm.alt_d", office=record.office_id, at=at))
    if at < record.recorded_at + wait:
        text = _("完工满 %(n)d 天、提醒三次仍联系不上住户，才能替代确认。")
        return Refused("too_early", text % {"n": wait.days})
    if asked is not None and not asked.evidence.strip():
        text = _("请填写证据：照片、门禁记录、表读数等。")
        return Refused("evidence_missing", text, field="evidence")
    amount = record.amount + total(one.amount for one in queries.others_of(record))
    if amount > min(record.order.agreed, cashier.held(record.order)):
        text = _("替代确认的金额不能超过已预交和已接受的金额。")
        return Refused("above_prepaid", text)
    return None


def extra_unsound(
    change: Change, actor: Actor, at: datetime, asked: Extra | None
) -> Refused | None:
    """E-10: a change has a reason and adds something."""
    if asked is None:
        return None
    if not asked.reason.strip():
        return Refused("reason_missing", _("请写明增项原因。"), field="reason")
    if asked.labor < NOTHING or (asked.labor == NOTHING and not asked.materials):
        return Refused("change_empty", _("请填写增加的人工或材料。"), field="labor")
    return _materials_unsound(asked.materials)


def change_not_performer(
    change: Change, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """The visit belongs to whom it was given."""
    return not_performer(change.visit, actor, at, asked) if change.visit_id else None


def visit_over(change: Change, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-17: extra work belongs to a visit that goes on, and is accepted before it starts."""
    if not change.visit_id or change.visit.state in Visit.LIVE:
        return None
    text = _("这次上门已经结束，不能再办增项。需要另做的，请在下次上门时报价。")
    return Refused("visit_over", text)


def change_of_strangers(
    change: Change, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """Residents answer for their own household only."""
    return not_of_household(change.order, actor, at, asked)


def consent_unproven(
    change: Change, actor: Actor, at: datetime, asked: Consent | None
) -> Refused | None:
    """What somebody else typed needs the signature or the number of the call."""
    if asked is None or actor.keyed_by is None or asked.evidence:
        return None
    return Refused("evidence_missing", _("请住户签名，或填写通话录音号。"), field="evidence")


def broken_unsound(
    record: Record, actor: Actor, at: datetime, asked: Broken | None
) -> Refused | None:
    """E-16: less than everything was done, on all visits together, and nobody comes again."""
    if asked is None:
        return None
    earlier = sum(one.qty_x100 for one in queries.others_of(record))
    partial = asked.done_x100 >= 0 and earlier + asked.done_x100 < record.order.qty_x100
    if asked.cause == Cause.DONE or not partial:
        text = _("部分完成的数量应少于约定数量；全部完成请做完工登记。")
        return Refused("not_partial", text, field="done")
    return _more_after_end() if asked.report.more_visits else None


def goes_on_after_end(
    record: Record, actor: Actor, at: datetime, asked: Report | None
) -> Refused | None:
    """E-16: a service that was ended does not go on."""
    if asked is None or not (record.partial_cause and asked.more_visits):
        return None
    return _more_after_end()


def nothing_to_conclude(
    record: Record, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """O22: the last record planned another visit, and nobody works on it."""
    last = dispatch.visits_of(record.order).last()
    if not queries.goes_on(record):
        text = _("这张记录之后没有计划再次上门，不用办理。请按当前进度继续。")
        return Refused("nothing_to_conclude", text)
    if last is not None and last.state == Visit.State.WORKING:
        text = _("服务人员正在施工，请改为办理“终止（部分完成）”，登记本次完成的数量。")
        return Refused("work_begun", text)
    return None


def ending_unsound(
    record: Record, actor: Actor, at: datetime, asked: Ending | None
) -> Refused | None:
    """O22: a reason in words."""
    if asked is None or asked.reason.strip():
        return None
    return Refused("reason_missing", _("请填写不再上门的原因。"), field="reason")


def home_of_supervisor(record: Record, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-35: not for the own household."""
    return own_household(record.order, actor, at, asked)


def nothing_left_to_do(visit: Visit, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """O9m: the last visit was recorded and confirmed, and more visits were planned."""
    last = dispatch.visits_of(visit.order).values_list("pk", flat=True).last()
    done = Record.objects.filter(visit=last, more_visits=True, state=Record.State.CONFIRMED)
    if last is not None and done.exists():
        return None
    return Refused("visit_not_confirmed", _("上一次上门还没有登记并经住户确认，不能续作。"))


def photo_missing(
    record: Record, actor: Actor, at: datetime, asked: Report | None
) -> Refused | None:
    """O9: the standard says which points need a photo."""
    if asked is None or asked.photos or asked.paper:
        return None
    if not any(point.get("photo_required") for point in record.order.standard.steps):
        return None
    return Refused("photo_missing", _("请至少拍 1 张完工照片。"), field="photos")


def _nothing_done(record: Record, asked: Report) -> bool:
    """Tell whether nothing was done at all: one visit of several may be for looking only."""
    hourly = record.order.line.unit == Unit.HOUR
    if asked.minutes < 0 or asked.qty_x100 < 0:
        return True
    if asked.qty_x100 > 0 and (asked.minutes or not hourly):
        return False
    return not (asked.more_visits or record.partial_cause or queries.others_of(record))


def _more_after_end() -> Refused:
    text = _("终止以后不再上门，请不要勾选“还须再次上门”。")
    return Refused("more_after_end", text, field="more_visits")


def _unchecked(record: Record, asked: Report) -> Refused | None:
    required = [point for point in record.order.standard.steps if point.get("check_required")]
    missing = [point for point in required if not asked.checklist.get(str(point["no"]))]
    if not missing:
        return None
    text = _("服务标准还没有核对完：%(point)s。请做完并打勾后再登记完工。")
    said = text % {"point": point_text(missing[0])}
    return Refused("checklist_incomplete", said, field="checklist")


def _unproven(asked: Report) -> Refused | None:
    if refusal := _materials_unsound(asked.materials):
        return refusal
    if asked.materials and not (asked.invoices or asked.paper):
        text = _("用了公司材料，请拍下材料票据。")
        return Refused("invoice_missing", text, field="invoices")
    if not asked.site_cleaned:
        return Refused("site_not_cleaned", _("请工完场清后再登记完工。"), field="site_cleaned")
    return None


def nobody_sent() -> Refused:
    """Return what is said when a paper comes in for an order to which nobody was sent."""
    text = _("这单没有派出的上门，不能补录服务记录。请您先派工，或核对单号。")
    return Refused("wrong_state", text, clause="4.2.5")


def paper_barred(visit: Visit, typist: Actor) -> Refused | None:
    """Say why this person cannot copy a signed paper of a visit (E-43, I-30)."""
    if not typist.may(KEY, visit.office_id):
        text = _("签字纸单由客服前台补录，请您把纸单交给前台。")
        return Refused("may_not_key", text, clause="4.3.1")
    under_way = visit.state in (*Visit.BEFORE_WORK, Visit.State.WORKING)
    return None if under_way else nobody_sent()


def _materials_unsound(used: Iterable[Material]) -> Refused | None:
    if all(one.text.strip() and one.qty_x100 > 0 and one.unit_cost > NOTHING for one in used):
        return None
    text = _("请写明每种材料的名称，数量和单价都要大于零。")
    return Refused("material_unsound", text, field="materials")


def times_reversed(
    visit: Visit, actor: Actor, at: datetime, asked: SignedRecord | None
) -> Refused | None:
    """I-70: what a paper says happened in order, after the visit was given and before now."""
    if asked is None:
        return None
    known = (visit.accepted_at, visit.departed_at, visit.arrived_at, visit.started_at, None, None)
    happened = (one or other for one, other in zip(known, asked.times, strict=True))
    told = (visit.assigned_at or at, *happened, at)
    if all(before <= after for before, after in pairwise(told)):
        return None
    text = _(
        "纸单上的时间不对：须依次为接单、出发、到达、开工、完工、确认，都在派工以后、现在以前。"
    )
    return Refused("times_reversed", text, field="times")
