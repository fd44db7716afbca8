"""What people fill in, and the words that the list of orders understands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation import clock
from teyue.foundation.actors import Actor
from teyue.foundation.money import Money, MoneyInput
from teyue.procedure.booking.facts import Wish, hundredths
from teyue.procedure.booking.models import ENDED, Order, Quote, Standing
from teyue.procedure.pricing.formulas import worded
from teyue.register.estate.naming import QueryKind, parse_room, plain, query_kind
from teyue.register.estate.persons import phone_keys
from teyue.web.paging import Listing, one_of
from teyue.web.paging import Order as Sorted

UNTOUCHED = (Standing.REGISTERED, Standing.QUOTED, Standing.AWAITING_PAYMENT)


class QuantityField(forms.CharField):
    """A quantity as people type it; hundredths when it is clean."""

    def clean(self, value: str | None) -> int:
        typed: str = super().clean(value)
        try:
            return hundredths(typed)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class SlotField(forms.CharField):
    """The begin of a slot, as the grid writes it: 2026-11-25T14:00 on the clock of the house."""

    default_error_messages = {"required": _("请您选择时间。")}

    def clean(self, value: str | None) -> datetime | None:
        typed: str = super().clean(value)
        try:
            return clock.read_moment(typed) if typed else None
        except ValueError as error:
            raise ValidationError(_("时段没有看懂，请您在表中重新选择。")) from error


class RegisterForm(forms.Form):
    """What is asked when a household wants a service (F-07)."""

    household = forms.IntegerField(widget=forms.HiddenInput)
    item = forms.CharField(label=_("服务项目"), max_length=40)
    quantity = QuantityField(label=_("数量"), max_length=12)
    urgency = forms.ChoiceField(label=_("紧急程度"), choices=Order.Urgency.choices)
    channel = forms.ChoiceField(label=_("受理渠道"), choices=Order.Channel.choices[:4])
    requester = forms.IntegerField(label=_("来电人"))
    payer = forms.IntegerField(label=_("付款人"), required=False)
    contact = forms.IntegerField(label=_("现场联系人"), required=False)
    description = forms.CharField(label=_("具体需求"), max_length=200, required=False)
    wish_from = SlotField(label=_("期望时间"), max_length=32, required=False)
    duplicate_reason = forms.CharField(label=_("再登记的理由"), max_length=120, required=False)
    owner_consent = forms.CharField(label=_("业主怎样同意"), max_length=120, required=False)

    def wish(self) -> Wish:
        """Return what was asked."""
        said = dict(self.cleaned_data)
        said["item"], _bar, said["variant"] = said["item"].partition("|")
        said["qty_x100"] = said.pop("quantity")
        return Wish(**{name: said[name] for name in Wish.__slots__ if name in said})


class VersionedForm(forms.Form):
    """What every form about a paper carries: which version was shown."""

    row_version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReasonForm(VersionedForm):
    """A step that needs a reason."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class SiteQuoteForm(VersionedForm):
    """The unit price that a supervisor names on site."""

    on_site_price = MoneyInput(label=_("现场单价"))


class CorrectForm(ReasonForm):
    """To which household an order really belongs."""

    room = forms.CharField(label=_("正确的房号"), max_length=32)


class AcceptForm(VersionedForm):
    """How a household said yes to somebody who writes it down."""

    person = forms.IntegerField(label=_("谁同意"))
    method = forms.ChoiceField(label=_("怎样同意"), choices=Quote.Method.choices)
    reference = forms.CharField(label=_("凭据号"), max_length=120)


def written(qty_x100: int) -> str:
    """Write hundredths as a quantity: ``6``, ``1.5``, ``87.50`` as ``87.5``."""
    whole, parts = divmod(qty_x100, 100)
    return f"{whole}.{parts:02d}".rstrip("0").rstrip(".")


def shown_line(line: Mapping[str, Any]) -> dict[str, str]:
    """Return one line of a quote as it goes out: amounts in yuan, the quantity as people write."""
    return {
        "kind": line["kind"],
        "text": worded(line["text"]),
        "quantity": written(line["qty_x100"]),
        "unit_price": str(Money(line["unit_price"])),
        "amount": str(Money(line["amount"])),
    }


def listing(*, actor: Actor, at: datetime) -> Listing:
    """Return how orders are listed to somebody: soonest due first, or newest first."""

    def overdue(word: str) -> Q:
        late = Q(due_at__lt=at) & ~Q(standing__in=ENDED)
        return {"yes": late, "no": ~late}[one_of(word, ("yes", "no"))]

    return Listing(
        title=_("订单"),
        orders={
            "due": Sorted(_("期限"), "due_at"),
            "newest": Sorted(_("最新登记"), descending=True),
        },
        filters={
            "standing": lambda word: Q(standing=one_of(word, Standing.values)),
            "item": lambda word: Q(item__code=word),
            "household": _household,
            "overdue": overdue,
            "mine": lambda word: Q(registered_by=actor.id) if word else Q(),
        },
        search=_search,
    )


def _household(word: str) -> Q:
    return Q(household=int(word)) if word.isascii() and word.isdigit() else Q(household__label=word)


def _search(typed: str) -> Q:
    word = plain(typed).upper()
    kind = query_kind(typed)
    if kind == QueryKind.ORDER_NUMBER:
        return Q(number__endswith=word)
    if room := parse_room(word):
        return Q(household__label=room.short)
    found = Q(number__endswith=word) | Q(household__label__startswith=word)
    if kind == QueryKind.PHONE_TAIL:
        return found | Q(requester__tail_index=phone_keys(word)[1])
    return found | Q(requester__name__startswith=plain(typed))


def of_order(typed: str, *, person: str) -> Q:
    """Return the condition that a paper of an order is meant: by room, number, or a name.

    ``person`` names the relation in which the paper has that name.
    """
    word = plain(typed).upper()
    if room := parse_room(word):
        return Q(order__household__label=room.short)
    found = Q(number__endswith=word) | Q(order__number__endswith=word)
    found |= Q(order__household__label__startswith=word)
    return found | Q(**{f"{person}__name__startswith": plain(typed)})
