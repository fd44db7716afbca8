"""What must come before what: payment before work, and times in order (clause 4.3.1)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from teyue.foundation.clock import local_day
from teyue.foundation.money import NOTHING, MoneyField
from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.cashier.models import Receipt
from teyue.procedure.cashier.queries import REMAINS
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.settlement.models import Settlement
from teyue.register.people.models import Certificate

PREPAID = (Receipt.Purpose.PREPAYMENT, Receipt.Purpose.DEPOSIT)
COURSE = ("assigned_at", "accepted_at", "departed_at", "arrived_at", "started_at", "finished_at")
IDLE = (Visit.State.SCHEDULED, Visit.State.CANCELLED, Visit.State.FAILED)
NIL = Value(NOTHING, output_field=MoneyField())


def begun_unpaid() -> Iterator[str]:
    """Yield visits on which work began before it was paid, covered, excused or free (I-14)."""
    began = Q(issued_at__lte=OuterRef("started_at")) & (
        Q(state=Receipt.State.ISSUED) | Q(state_since__gt=OuterRef("started_at"))
    )
    paid = Receipt.objects.filter(began, order=OuterRef("order"), purpose__in=PREPAID)
    quotes = Quote.objects.filter(order=OuterRef("order"), state=Quote.State.ACCEPTED)
    leave = Override.objects.filter(
        order=OuterRef("order"), approved_at__lte=OuterRef("started_at")
    )
    sums = paid.order_by().values("order").annotate(sum=Sum(REMAINS)).values("sum")
    begun = Visit.objects.exclude(started_at=None).exclude(order__coverage=Order.Coverage.FULL)
    weighed = begun.exclude(Exists(leave)).annotate(
        paid=Coalesce(Subquery(sums), NIL),
        due=Subquery(quotes.values("prepay")[:1]),
    )
    short = weighed.filter(Q(due=None) | Q(paid__lt=F("due")))
    for number in short.values_list("number", flat=True):
        yield _("上门 %(number)s 未收足预交款就已开工") % {"number": number}


def sent_without_certificate() -> Iterator[str]:
    """Yield visits of employees who lack a certificate that the item requires on that day."""
    held: dict[int, list[Certificate]] = {}
    for certificate in Certificate.objects.order_by("pk").iterator():
        held.setdefault(certificate.staff_id, []).append(certificate)
    visits = Visit.objects.exclude(staff=None).exclude(state__in=IDLE)
    for visit in visits.select_related("order__item").iterator():
        mine = held.get(visit.staff_id or 0, [])
        valid = {one.kind for one in mine if _valid(one, visit)}
        if missing := set(visit.order.item.certificates) - valid:
            yield _("上门 %(number)s 的服务人员缺证件 %(certificates)s") % {
                "number": visit.number,
                "certificates": _("、").join(sorted(missing)),
            }


def emergencies_unsound() -> Iterator[str]:
    """Yield overrides that break I-63: urgency, reason, approver, cap, time to pay, one unpaid."""
    papers = Override.objects.select_related("order")
    performed = Visit.objects.filter(order=OuterRef("order"), performer=OuterRef("approved_by"))
    asked = Q(approved_by=F("order__requester")) | Q(approved_by=F("order__registered_by"))
    wrong = (
        ~Q(order__urgency=Order.Urgency.URGENT)
        | Q(category="")
        | Q(reason="")
        | Q(estimate__gt=F("cap"))
        | asked
        | Exists(performed.exclude(state__in=IDLE))
    )
    for number in papers.filter(wrong).values_list("number", flat=True):
        yield _("应急单 %(number)s 不符合应急先行的条件") % {"number": number}
    unpaid = Q(state=Override.State.APPROVED, order__in_arrears=True)
    others = Override.objects.filter(unpaid, order__household=OuterRef("order__household"))
    twice = papers.filter(unpaid).filter(Exists(others.filter(pk__lt=OuterRef("pk"))))
    for number in twice.values_list("number", flat=True):
        yield _("应急单 %(number)s 的住户还有另一张应急单未补交") % {"number": number}
    settled = papers.filter(unpaid, order__standing__in=(Standing.SETTLED, Standing.CLOSED))
    for number in settled.values_list("number", flat=True):
        yield _("应急单 %(number)s 已结算，却仍记着欠款") % {"number": number}


def times_out_of_order() -> Iterator[str]:
    """Yield papers whose times contradict the order of the procedure (I-70)."""
    for number in Visit.objects.filter(_reversed()).values_list("number", flat=True):
        yield _("上门 %(number)s 的时间先后不对") % {"number": number}
    accepted = Order.objects.filter(accepted_at__lt=F("registered_at"))
    for number in accepted.values_list("number", flat=True):
        yield _("订单 %(number)s 的接受时间早于登记时间") % {"number": number}
    paid = Receipt.objects.filter(purpose__in=PREPAID, issued_at__lt=F("order__accepted_at"))
    for number in paid.values_list("number", flat=True):
        yield _("收据 %(number)s 早于住户接受报价") % {"number": number}
    later = Audit.objects.filter(record=OuterRef("record"), pk__gt=OuterRef("pk"))
    audited = Audit.objects.filter(
        state=Audit.State.PASSED, at__lt=F("record__visit__confirmed_at")
    ).exclude(Exists(later))
    for number in audited.values_list("record__number", flat=True):
        yield _("服务记录 %(number)s 的审核早于业主确认") % {"number": number}
    settled = Settlement.objects.filter(settled_at__lt=F("audited_at"))
    for number in settled.values_list("number", flat=True):
        yield _("结算单 %(number)s 的结算早于审核") % {"number": number}


def _reversed() -> Q:
    found = Q(confirmed_at__lt=F("finished_at")) | Q(assigned_at__lt=F("order__registered_at"))
    for before, after in pairwise(COURSE):
        found |= Q(**{f"{after}__lt": F(before)})
    emergency = Override.objects.filter(order=OuterRef("order"))
    late = Q(assigned_at__lt=F("order__accepted_at"))
    return found | (late & Q(~Exists(emergency)))


def _valid(certificate: Certificate, visit: Visit) -> bool:
    day = local_day(visit.appoint_from)
    begun = certificate.valid_from is None or certificate.valid_from <= day
    lasts = certificate.valid_to is None or certificate.valid_to >= day
    voided = certificate.voided_at is not None and certificate.voided_at <= visit.appoint_from
    return begun and lasts and not voided
