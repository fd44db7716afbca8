"""What is filled in about a refund, and the words that its list understands."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import MoneyInput
from teyue.procedure.booking.forms import VersionedForm, of_order
from teyue.procedure.cashier.models import Method, Receipt, Shift
from teyue.procedure.refund.facts import Payout
from teyue.procedure.refund.models import Refund
from teyue.web.paging import Listing, Order, one_of

RETURNED, LOST = "returned", "lost"


class ReviewForm(VersionedForm):
    """What a reviewer adds: the account, where money must be transferred."""

    payee_account = forms.CharField(label=_("收款账号"), max_length=60, required=False)


class RetryForm(VersionedForm):
    """The account that is right."""

    payee_account = forms.CharField(label=_("更正后的收款账号"), max_length=60)


class PayForm(VersionedForm):
    """What is handed over for the money: the original receipt, or a declaration of its loss."""

    original = forms.ChoiceField(
        label=_("原收据"),
        choices=((RETURNED, _("已收回原收据（补打件不算）")), (LOST, _("收款人已签遗失声明"))),
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": _("请您先收回原收据，或请收款人填写遗失声明，再勾选。")},
    )
    authorization = forms.CharField(
        label=_("委托书编号（他人代领时）"), max_length=40, required=False
    )
    channel_ref = forms.CharField(label=_("退款流水号"), max_length=64, required=False)

    def payout(self, shift: Shift) -> Payout:
        """Return the money that is handed over."""
        said = self.cleaned_data
        return Payout(
            shift=shift,
            original_returned=said["original"] == RETURNED,
            loss_declared=said["original"] == LOST,
            authorization=said["authorization"],
            channel_ref=said["channel_ref"],
        )


class RequestForm(VersionedForm):
    """Why money goes back, how much, and on which receipt."""

    SOURCES = tuple(
        (source.value, source.label)
        for source in Refund.Source
        if source != Refund.Source.SETTLEMENT_EXCESS
    )

    source = forms.ChoiceField(label=_("退款原因"), choices=SOURCES)
    amount = MoneyInput(label=_("退款金额"))
    receipt: forms.ModelChoiceField[Receipt] = forms.ModelChoiceField(
        None, label=_("原收据"), required=False, empty_label=_("由系统选定")
    )
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, receipts: Iterable[Receipt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receipt"].queryset = receipts  # type: ignore[attr-defined]

    def wish(self) -> dict[str, Any]:
        """Return what was asked."""
        said = dict(self.cleaned_data)
        said["source"] = Refund.Source(said["source"])
        said["original_receipt"] = said.pop("receipt")
        said.pop("row_version")
        return said


LIST = Listing(
    title=_("退款单"),
    orders={"newest": Order(_("最新"), descending=True), "oldest": Order(_("最早"))},
    filters={
        "state": lambda word: Q(
            state__in=[one_of(one, Refund.State.values) for one in word.split(",")]
        ),
        "source": lambda word: Q(source=one_of(word, Refund.Source.values)),
        "method": lambda word: Q(method=one_of(word, Method.values)),
        "order": lambda word: Q(order__number=word),
    },
    search=partial(of_order, person="payee"),
)
