"""Invariants of orders, quotes and records (clauses 4.2.4, 4.3.1, 4.4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from teyue.foundation.journal.models import Entry
from teyue.foundation.money import NOTHING, MoneyField
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service.models import Change, Confirmation, Record
from teyue.procedure.service.queries.records import charging
from teyue.procedure.settlement.models import Settlement
from teyue.register.estate.models import Member
from teyue.register.parameters.queries import value

DONE = (Visit.State.FINISHED, Visit.State.CONFIRMED, Visit.State.DISPUTED)
LONGEST_WINDOW = timedelta(days=14)
NIL = Value(NOTHING, output_field=MoneyField())
SAID = (Confirmation.Result.CONFIRMED, Confirmation.Result.WITH_REMARK)
YES = (*SAID, Confirmation.Result.ALTERNATIVE)


def lines_without_standard() -> Iterator[str]:
    """Yield quotes, records and changes with a line that rests on another charge standard."""
    for model, title in ((Quote, _("报价")), (Record, _("服务记录")), (Change, _("增项"))):
        rows = model._default_manager.values_list("pk", "order__number", "order__line", "lines")
        for pk, number, standard, lines in rows.iterator():
            if any(line.get("line") != standard for line in lines):
                yield _("订单 %(number)s 的%(title)s %(pk)s 有一行不在登记时的收费标准之内") % {
                    "number": number,
                    "title": title,
                    "pk": pk,
                }


def orders_without_name() -> Iterator[str]:
    """Yield orders whose household has no address, or whose requester has no name."""
    blank = Q(household__label="") | Q(requester__name="")
    for number in Order.objects.filter(blank).values_list("number", flat=True):
        yield _("订单 %(number)s 没有住户姓名或房号") % {"number": number}


def charged_above_agreed() -> Iterator[str]:
    """Yield orders whose records come to more than was accepted, or that agree on another sum."""
    for order in _agreed().filter(state=Order.State.OPEN, rework_of=None, priced=True):
        if order.agreed != order.quoted + order.added:
            yield _("订单 %(number)s 的已接受金额与报价加增项不符") % {"number": order.number}
    charged = Order.objects.annotate(charged=charging("pk"))
    above = charged.filter(charged__gt=F("agreed"), rework_of=None)
    # The price of an emergency that nobody quoted is accepted with the last record.
    for number in above.exclude(accepted_at=None, state=Order.State.OPEN).values_list(
        "number", flat=True
    ):
        yield _("订单 %(number)s 的服务记录合计超过已接受的报价和增项") % {"number": number}
    early = Change.objects.filter(state=Change.State.ACCEPTED)
    early = early.filter(accepted_at__gt=F("visit__finished_at"))
    for number in early.values_list("order__number", flat=True):
        yield _("订单 %(number)s 的增项在完工之后才确认") % {"number": number}


def visits_without_record() -> Iterator[str]:
    """Yield finished visits without a record, and records of visits that are not finished."""
    missing = Visit.objects.filter(state__in=DONE, record=None)
    for number in missing.values_list("number", flat=True):
        yield _("上门 %(number)s 已完工，但没有服务记录") % {"number": number}
    unfinished = Record.objects.exclude(visit__state__in=DONE)
    for number in unfinished.values_list("number", flat=True):
        yield _("服务记录 %(number)s 的上门并未完工") % {"number": number}


def confirmed_by_strangers() -> Iterator[str]:
    """Yield confirmations by somebody who is no member with that right, or who did the work."""
    members = Member.objects.filter(
        household=OuterRef("record__order__household"), person=OuterRef("person"), voided_at=None
    ).exclude(relation=Member.Relation.HELPER)
    words = Confirmation.objects.filter(result__in=SAID).annotate(known=Exists(members))
    payer = Q(person=F("record__order__payer"))
    wrong = (Q(known=False) & ~payer) | Q(person=F("record__visit__performer"))
    for number in words.filter(wrong).values_list("record__number", flat=True):
        yield _("服务记录 %(number)s 由不能代表住户的人确认") % {"number": number}


def covered_but_charged() -> Iterator[str]:
    """Yield orders that an agreement or a warranty covers, but that were charged."""
    covered = Order.objects.filter(coverage=Order.Coverage.FULL)
    receipts = Q(receipts__state="issued")
    slips = Q(settlements__state="settled", settlements__actual__gt=NOTHING)
    for number in covered.filter(receipts | slips).distinct().values_list("number", flat=True):
        yield _("订单 %(number)s 已由协议或质保覆盖，却另行收费") % {"number": number}


def settled_without_audit() -> Iterator[str]:
    """Yield settlements without records, and records settled without word or audit before it."""
    settled = Settlement.objects.filter(state=Settlement.State.SETTLED)
    for number in settled.filter(order__records=None).values_list("number", flat=True):
        yield _("结算单 %(number)s 没有服务记录") % {"number": number}
    same = {"record": OuterRef("pk"), "content_digest": OuterRef("content_digest")}
    passed = Audit.objects.filter(
        **same, state=Audit.State.PASSED, at__lte=OuterRef("order__settlements__settled_at")
    )
    words = Confirmation.objects.filter(
        **same, result__in=YES, at__lte=OuterRef("order__settlements__settled_at")
    )
    records = Record.objects.filter(order__settlements__state=Settlement.State.SETTLED)
    for number in records.exclude(Exists(passed), Exists(words)).values_list("number", flat=True):
        yield _("服务记录 %(number)s 没有同一内容的确认和审核，却已结算") % {"number": number}


def reworks_charged() -> Iterator[str]:
    """Yield records of a rework that carry an amount."""
    charged = Record.objects.filter(order__rework_of__isnull=False, amount__gt=NOTHING)
    for number in charged.values_list("number", flat=True):
        yield _("返工的服务记录 %(number)s 记了费用") % {"number": number}


def duplicates_unanswered() -> Iterator[str]:
    """Yield orders that hit the duplicate rule without the registrar's reason.

    Orders that were moved to another household afterwards hit no rule when they were registered.
    """
    moved = Entry.objects.filter(step="booking.correct", document_kind=Order._meta.label_lower)
    same = Order.objects.filter(household=OuterRef("household"), item=OuterRef("item"))
    earlier = same.filter(pk__lt=OuterRef("pk")).exclude(
        ~Q(state=Order.State.OPEN) & Q(state_since__lte=OuterRef("registered_at"))
    )
    last = earlier.exclude(Exists(moved.filter(document_id=OuterRef("pk"))))
    orders = Order.objects.filter(rework_of=None, duplicate_reason="")
    orders = orders.exclude(Exists(moved.filter(document_id=OuterRef("pk"))))
    rows = orders.annotate(last=Subquery(last.order_by("-pk").values("registered_at")[:1]))
    for order in rows.filter(last__gt=F("registered_at") - LONGEST_WINDOW).iterator():
        hours = value("order.dup_window_h", office=order.office_id, at=order.registered_at)
        if order.registered_at - order.last <= timedelta(hours=hours):
            yield _("订单 %(number)s 疑似重复登记，却没有登记人的说明") % {"number": order.number}


def _agreed() -> QuerySet[Any]:
    quotes = Quote.objects.filter(order=OuterRef("pk"), state=Quote.State.ACCEPTED)
    changes = Change.objects.filter(order=OuterRef("pk"), state=Change.State.ACCEPTED)
    added = changes.order_by().values("order").annotate(sum=Sum("delta")).values("sum")
    return Order.objects.annotate(
        quoted=Subquery(quotes.values("total")[:1]),
        added=Coalesce(Subquery(added), NIL),
        priced=Exists(quotes),
    )
