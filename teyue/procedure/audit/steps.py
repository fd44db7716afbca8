"""The audit of clause 4.3.1, and who may make it."""

from __future__ import annotations

import hmac
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Objection, Step
from teyue.foundation.refusal import Refused
from teyue.procedure.audit.facts import Findings
from teyue.procedure.audit.models import CHECKS, Audit
from teyue.procedure.booking.models import Standing
from teyue.procedure.booking.steps import own_household
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.service.queries import records


def took_part(record: Record, actor: Actor, at: datetime, asked: Findings | None) -> Refused | None:
    """I-30, I-33: the auditor neither performed a visit nor registered the order nor took money."""
    others = asked.performers if asked else frozenset()
    if actor.id in {record.visit.performer_id, record.recorded_by_id, *others}:
        return Refused("performer_audits", _("这单由您服务，请由未经手的主管审核。"))
    if asked is not None and asked.took_money:
        return Refused("cashier_audits", _("这单由您收过款，请由未经手的主管审核。"))
    if actor.id == record.order.registered_by_id:
        text = _(
            "这单由您登记，请由另一位客服中心主管审核；没有另一位的，"
            "请您在“授权”页书面授权管理处经理代行客服中心主管，再由经理审核。"
        )
        return Refused("registrar_audits", text)
    return None


def quoted_on_site(record: Record, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-33: whoever named a range price does not audit it."""
    if record.order.line.price_mode != "range":
        return None
    quotes = record.order.quotes.all()
    if not any(one.state == "accepted" and one.quoted_by_id == actor.id for one in quotes):
        return None
    text = _(
        "这单由您现场报价，请由另一位客服中心主管审核；没有另一位的，"
        "请您在“授权”页书面授权管理处经理代行客服中心主管，再由经理审核。"
    )
    return Refused("quoter_audits", text)


def home_of_auditor(record: Record, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-35: not for the own household."""
    return own_household(record.order, actor, at, asked)


def confirmed_alternatively(
    record: Record, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    """I-30: the manager who confirmed for the owner does not audit."""
    if not actor.holds("OM", record.office_id):
        return None
    word = records.latest_word(record)
    if word is None or word.result != Confirmation.Result.ALTERNATIVE or word.taken_by != actor.id:
        return None
    return Refused("confirmer_audits", _("这单由您替代确认，请由客服中心主管审核。"))


def looked_at_another(
    record: Record, actor: Actor, at: datetime, asked: Findings | None
) -> Refused | None:
    """I-21: confirmation and audit rest on the same content."""
    if asked is None or hmac.compare_digest(asked.digest, record.content_digest):
        return None
    return Refused("content_changed", _("服务记录已有改动，请看过最新内容后再审核。"))


def checks_open(
    record: Record, actor: Actor, at: datetime, asked: Findings | None
) -> Refused | None:
    """O13: all six checks are true."""
    if asked is None:
        return None
    open_ones = [label for code, label in CHECKS.items() if not asked.checks.get(code)]
    if not open_ones:
        return None
    text = _("还有 %(n)d 项未核对：%(first)s。有问题请退回并写明原因。")
    return Refused(
        "checks_open", text % {"n": len(open_ones), "first": open_ones[0]}, field="checks"
    )


def comment_missing(
    record: Record, actor: Actor, at: datetime, asked: Findings | None
) -> Refused | None:
    """O14: a return says why."""
    if asked is None or asked.comment.strip():
        return None
    return Refused("reason_missing", _("请写明退回原因，服务人员会看到。"), field="comment")


def facts_changed(
    record: Record, actor: Actor, at: datetime, asked: Findings | None
) -> Refused | None:
    """O14: only an unchanged record that the owner confirmed goes back without a new word."""
    word = records.latest_word(record)
    if word is None or word.result == Confirmation.Result.REFUSED:
        return Refused("not_confirmed", _("住户还没有确认这份记录，请先请住户确认。"))
    if word.content_digest == record.content_digest:
        return None
    return Refused("facts_changed", _("服务记录已改动，须请住户重新确认。"))


def of_record(objection: Objection) -> Objection:
    """Let an objection that is about the record be raised against its audit, once it is known."""

    def raised(audit: Audit, actor: Actor, at: datetime, asked: Findings | None) -> Refused | None:
        return objection(audit.record, actor, at, asked) if audit.record_id else None

    return raised


def nothing_confirmed(audit: Audit, actor: Actor, at: datetime, asked: object) -> Refused | None:
    """I-21: first the owner, then the audit."""
    if not audit.record_id or audit.record.state == Record.State.CONFIRMED:
        return None
    return Refused("not_confirmed", _("业主还没有确认，不能审核。"))


def already_passed(
    record: Record, actor: Actor, at: datetime, asked: Findings | None
) -> Refused | None:
    """O13: a record is passed once as it is; what was sent back is looked at anew."""
    if asked is None or asked.unpassed is None or record.pk in asked.unpassed:
        return None
    text = _("这张记录已审核通过，不用再审。请审核本单其他各次上门的记录。")
    return Refused("already_passed", text)


PART = (took_part, home_of_auditor, quoted_on_site)
JUDGED = (*PART, confirmed_alternatively, looked_at_another, checks_open, already_passed)

APPROVE = Step(
    name="audit.approve",
    label=gettext_lazy("审核通过"),
    clause="4.3.1",
    event="O13",
    document=Audit,
    target=Audit.State.PASSED,
    when=(Standing.TO_AUDIT,),
    standing=(Standing.TO_SETTLE, Standing.TO_AUDIT),
    unless=(nothing_confirmed, *map(of_record, JUDGED)),
)

SEND_BACK = Step(
    name="audit.send_back",
    label=gettext_lazy("审核退回"),
    clause="4.3.1",
    event="O14",
    document=Record,
    source=(Record.State.CONFIRMED,),
    target=Record.State.RECORDED,
    when=(Standing.TO_AUDIT,),
    standing=(Standing.TO_CONFIRM,),
    unless=(*PART, looked_at_another, comment_missing),
    writes=(Audit,),
)

READMIT = Step(
    name="audit.readmit",
    label=gettext_lazy("未变更，重新送审"),
    clause="4.3.1",
    event="O14",
    document=Record,
    source=(Record.State.RECORDED,),
    target=Record.State.CONFIRMED,
    when=(Standing.TO_CONFIRM,),
    standing=(Standing.TO_AUDIT,),
    unless=(took_part, home_of_auditor, comment_missing, facts_changed),
    writes=(Audit,),
)
