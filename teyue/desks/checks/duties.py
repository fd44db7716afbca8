"""Separation of duties (domain model 4.4): who may not have done two things."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from teyue.procedure.audit.models import Audit
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.cashier.models import Receipt, Shift
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.pricing.models import PriceLine
from teyue.procedure.refund.models import Refund
from teyue.procedure.settlement.models import Settlement
from teyue.register.estate.models import Member
from teyue.register.people.models import Post
from teyue.register.people.separation import APART_FROM_CASHIER, LIFTED_BY_DECISION

# Who did the work, not who was once asked to.
WORKED = Q(visits__started_at__isnull=False)
# What staff do as staff: the paper, who did it, and the household it was done for.
AS_STAFF: tuple[tuple[type[Any], str, str], ...] = (
    (Visit, "performer", "order__household"),
    (Visit, "assigned_by", "order__household"),
    (Override, "approved_by", "order__household"),
    (Receipt, "issued_by", "household"),
    (Refund, "approved_by", "order__household"),
    (Refund, "paid_by", "order__household"),
    (Audit, "auditor", "order__household"),
    (Settlement, "settled_by", "order__household"),
)


def two_duties() -> Iterator[str]:
    """Yield orders on which one person registered, performed, audited or settled twice (I-30)."""
    passed = Q(audits__state=Audit.State.PASSED)
    settled = Q(settlements__state=Settlement.State.SETTLED)
    registrar, performer = F("registered_by"), F("visits__performer")
    pairs = (
        WORKED & Q(visits__performer=registrar),
        passed & Q(audits__auditor=registrar),
        settled & Q(settlements__settled_by=registrar),
        WORKED & passed & Q(audits__auditor=performer),
        WORKED & settled & Q(settlements__settled_by=performer),
        passed & settled & Q(settlements__settled_by=F("audits__auditor")),
    )
    found = {number for pair in pairs for number in _numbers(Order.objects.filter(pair))}
    for number in sorted(found):
        yield _("订单 %(number)s 的登记、服务、审核、结算中有两步由同一人办理") % {"number": number}


def cashiers_with_another_post() -> Iterator[str]:
    """Yield people who are cashier and something that may not stand beside it (I-32)."""
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in Post.objects.filter(state=Post.State.ACTIVE).order_by("pk").iterator():
        posts[post.person_id].append(post)
    for person, held in posts.items():
        if any(_apart(one, other) for one, other in combinations(held, 2)):
            yield _("人员 %(person)s 兼任收银员与不相容的岗位") % {"person": person}


def audited_by_party() -> Iterator[str]:
    """Yield audits by who took part: performed, registered, quoted on site, received (I-33)."""
    quoted = Quote.objects.filter(
        order=OuterRef("order"),
        quoted_by=OuterRef("auditor"),
        state=Quote.State.ACCEPTED,
        order__line__price_mode=PriceLine.Mode.RANGE,
    )
    received = Receipt.objects.filter(order=OuterRef("order"), issued_by=OuterRef("auditor"))
    took_part = (
        Q(auditor=F("record__visit__performer"))
        | Q(auditor=F("order__registered_by"))
        | Exists(quoted)
        | Exists(received)
    )
    audits = Audit.objects.filter(took_part, state=Audit.State.PASSED)
    for number in audits.values_list("record__number", flat=True):
        yield _("服务记录 %(number)s 由经手人审核") % {"number": number}


def acted_for_own_household() -> Iterator[str]:
    """Yield papers on which staff acted for the household they belong to (I-35)."""
    for model, person, household in AS_STAFF:
        kin = Member.objects.filter(
            household=OuterRef(household), person=OuterRef(person), voided_at=None
        )
        for pk in model.objects.filter(Exists(kin)).values_list("pk", flat=True):
            yield _("%(kind)s %(pk)s 由住户自己家的员工办理（%(person)s）") % {
                "kind": model._meta.label_lower,
                "pk": pk,
                "person": person,
            }


def refunds_by_too_few() -> Iterator[str]:
    """Yield refunds that one person saw through more than one signature (I-36)."""
    paid = Refund.objects.filter(state__in=(Refund.State.PAID, Refund.State.CLOSED))
    signed = ("requested_by", "reviewed_by", "approved_by", "cosigned_by", "corrected_by")
    same = Q(approved_by=None)
    for name in signed:
        same |= Q(paid_by=F(name))
    for number in paid.filter(same | Q(cosigned_by=F("approved_by"))).values_list(
        "number", flat=True
    ):
        yield _("退款单 %(number)s 的申请、批准、付款不是由不同的人办理") % {"number": number}


def voided_by_issuer() -> Iterator[str]:
    """Yield receipts taken back by who issued them, or by nobody (I-37)."""
    back = Receipt.objects.exclude(state=Receipt.State.ISSUED)
    wrong = Q(void_approved_by=None) | Q(void_approved_by=F("issued_by"))
    for number in back.filter(wrong).values_list("number", flat=True):
        yield _("收据 %(number)s 的作废或红冲没有由财务另一人批准") % {"number": number}


def verified_by_cashier() -> Iterator[str]:
    """Yield day closes that their own cashier verified, or nobody (I-38)."""
    verified = Shift.objects.filter(state=Shift.State.VERIFIED)
    wrong = Q(verified_by=None) | Q(verified_by=F("cashier"))
    for number in verified.filter(wrong).values_list("number", flat=True):
        yield _("日结单 %(number)s 没有由财务另一人核对") % {"number": number}


def _numbers(orders: Any) -> Iterator[str]:
    return iter(orders.distinct().values_list("number", flat=True))


def _apart(one: Post, other: Post) -> bool:
    pair = {one.role, other.role}
    others = pair - {"CA"}
    if "CA" not in pair or not others <= APART_FROM_CASHIER:
        return False
    if pair == LIFTED_BY_DECISION and (one.decided_on or other.decided_on):
        return False
    return _meet(one, other)


def _meet(one: Post, other: Post) -> bool:
    somewhere = None in (one.office_id, other.office_id) or one.office_id == other.office_id
    last = [post.to_on for post in (one, other) if post.to_on is not None]
    return somewhere and (not last or max(one.from_on, other.from_on) <= min(last))
