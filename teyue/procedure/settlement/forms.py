"""What is filled in at a settlement, and the words that its list understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import Money, MoneyInput
from teyue.procedure.booking.forms import ReasonForm, VersionedForm, of_order, written
from teyue.procedure.cashier.forms import on_day
from teyue.procedure.cashier.models import Method
from teyue.procedure.pricing.formulas import worded
from teyue.procedure.settlement.facts import Cancellation, Closing, Mistake
from teyue.procedure.settlement.models import Settlement
from teyue.web.paging import Listing, Order, one_of

MISTAKES = (
    (Mistake.WRONG_HOUSEHOLD, _("登记错住户")),
    (Mistake.DUPLICATE, _("重复登记")),
    (Mistake.TEST, _("测试单")),
)


class SettleForm(VersionedForm):
    """How the difference changes hands; what it is, the house computes."""

    itemized = forms.BooleanField(label=_("已把结算清单打印或出示给住户核对"), required=False)
    method = forms.ChoiceField(
        label=_("收款方式"), choices=Method.choices, initial=Method.CASH, required=False
    )
    tendered = MoneyInput(label=_("实收现金"), required=False)
    channel_ref = forms.CharField(label=_("支付流水号"), max_length=64, required=False)

    def closing(self) -> Closing:
        """Return how the account is closed."""
        said = self.cleaned_data
        method = Method(said["method"] or Method.CASH)
        cash = method == Method.CASH
        return Closing(
            itemized=said["itemized"],
            method=method,
            tendered=said["tendered"] if cash else None,
            channel_ref="" if cash else said["channel_ref"],
        )


class GiveUpForm(ReasonForm):
    """Why the household gives an order up."""

    special_material = MoneyInput(label=_("专为本单购买的材料（按成本）"), required=False)

    def cancellation(self) -> Cancellation:
        """Return what was asked."""
        said = self.cleaned_data
        return Cancellation(
            reason=said["reason"], special_material=said["special_material"] or Money(0)
        )


class VoidForm(ReasonForm):
    """What was wrong with an order."""

    mistake = forms.ChoiceField(label=_("作废原因"), choices=MISTAKES)
    duplicate_of = forms.CharField(label=_("保留的单号"), max_length=48, required=False)


def shown_lines(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the lines of an account as they go out: amounts in yuan, quantities as written."""
    return [
        {
            "text": worded(line["text"]),
            "quantity": written(line["qty_x100"]),
            "unit_price": str(Money(line["unit_price"])),
            "amount": str(Money(line["amount"])),
        }
        for line in lines
    ]


LIST = Listing(
    title=_("结算单"),
    orders={"newest": Order(_("最新"), descending=True)},
    filters={
        "state": lambda word: Q(state=one_of(word, Settlement.State.values)),
        "result": lambda word: Q(result=one_of(word, Settlement.Kind.values)),
        "order": lambda word: Q(order__number=word),
        "day": lambda word: on_day("settled_at", word),
    },
    search=partial(of_order, person="order__payer"),
)
