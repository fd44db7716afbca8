"""What is filled in at the till, and the words that its lists understand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.clock import HOUSE, read_day
from teyue.foundation.money import Money, MoneyInput
from teyue.procedure.booking.forms import VersionedForm
from teyue.procedure.booking.models import Order as ServiceOrder
from teyue.procedure.cashier.facts import Closing, Count, Payment, Transferring
from teyue.procedure.cashier.models import FACES, Drawer, Method, Receipt, Shift, Transfer
from teyue.procedure.cashier.queries import VOID_ASKED
from teyue.register.estate.models import Person
from teyue.register.estate.naming import parse_room, plain
from teyue.web.paging import Listing, Order, one_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ICONS = {
    Method.CASH: "cash-stack",
    Method.WECHAT: "wechat",
    Method.ALIPAY: "alipay",
    Method.POS: "credit-card-2-front",
    Method.TRANSFER: "bank",
}
MOST_PIECES = 100_000


def ways() -> list[tuple[str, StrOrPromise, str]]:
    """Return the methods of payment, each with its word and its icon."""
    return [(way.value, way.label, ICONS[way]) for way in Method]


def change(receipt: Receipt) -> Money | None:
    """Return what went back over the counter, None where no cash was handed over."""
    return receipt.tendered - receipt.amount if receipt.tendered is not None else None


def face_name(worth: int) -> str:
    """Write what a note or coin is worth: ``100``, ``0.5``."""
    return f"{worth / 100:g}"


class ReasonForm(VersionedForm):
    """A step that needs a reason."""

    reason = forms.CharField(label=_("原因"), max_length=120)


class VoidForm(ReasonForm):
    """What a cashier says when a receipt is void."""

    original_returned = forms.BooleanField(label=_("原收据已收回"), required=False)


class TransferForm(forms.Form):
    """To which order money belongs, why, and which receipt; without one all that is held."""

    target = forms.CharField(label=_("应归入的单号"), max_length=48)
    reason = forms.ChoiceField(label=_("转移原因"), choices=Transfer.Reason.choices)
    receipt: forms.ModelChoiceField[Receipt] = forms.ModelChoiceField(
        None, label=_("转哪张收据"), required=False, empty_label=_("本单留存的全部款项")
    )
    note = forms.CharField(label=_("说明"), max_length=120, required=False)

    def __init__(self, *args: Any, receipts: Iterable[Receipt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receipt"].queryset = receipts  # type: ignore[attr-defined]

    def clean_target(self) -> str:
        """Read a number as people type it."""
        return plain(self.cleaned_data["target"]).upper()

    def transferring(self, target: ServiceOrder) -> Transferring:
        """Return what is asked."""
        said = self.cleaned_data
        return Transferring(
            target=target,
            reason=Transfer.Reason(said["reason"]),
            receipt=said["receipt"],
            note=said["note"],
        )


class PaymentForm(VersionedForm):
    """How money is handed over. How much it must be is never asked."""

    method = forms.ChoiceField(label=_("收款方式"), choices=Method.choices, initial=Method.CASH)
    tendered = MoneyInput(label=_("实收现金"), required=False)
    channel_ref = forms.CharField(label=_("支付流水号"), max_length=64, required=False)
    checked = forms.BooleanField(
        label=_("已核对姓名和房号"),
        error_messages={"required": _("请您先核对姓名和房号，再勾选。")},
    )

    def payment(self, amount: Money, purpose: Receipt.Purpose) -> Payment:
        """Return the payment of an amount that the house computed."""
        said = self.cleaned_data
        cash = said["method"] == Method.CASH
        return Payment(
            amount=amount,
            method=Method(said["method"]),
            tendered=said["tendered"] if cash else None,
            channel_ref="" if cash else said["channel_ref"],
            purpose=purpose,
        )


class PiecesForm(VersionedForm):
    """Notes and coins, counted by denomination; an empty field is none, an empty form no count."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for worth in FACES:
            self.fields[f"face_{worth}"] = forms.IntegerField(
                label=face_name(worth),
                required=False,
                min_value=0,
                max_value=MOST_PIECES,
                widget=forms.TextInput(
                    attrs={"inputmode": "numeric", "data-till-face": worth, "autocomplete": "off"}
                ),
                error_messages={
                    "invalid": _("张数请您只填写整数。"),
                    "min_value": _("张数不能为负，请您重新盘点。"),
                },
            )

    def clean(self) -> dict[str, Any]:
        """Let an empty drawer be said: a form that nobody filled in counts nothing."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not self.count().pieces:
            text = _("请您按面额填写张数；钱箱是空的，请在任意一行填 0。")
            raise forms.ValidationError(text, "count_missing")
        return said

    def faces(self) -> Iterator[tuple[str, forms.BoundField]]:
        """Yield what each denomination is called, with its field."""
        for worth in FACES:
            yield face_name(worth), self[f"face_{worth}"]

    def count(self) -> Count:
        """Return what was counted."""
        said = self.cleaned_data
        filled = {worth: said.get(f"face_{worth}") for worth in FACES}
        return Count(pieces={worth: n for worth, n in filled.items() if n is not None})


class OpenForm(PiecesForm):
    """At which cash desk a shift is opened, what was counted in it, and why it differs."""

    drawer: forms.ModelChoiceField[Drawer] = forms.ModelChoiceField(
        None, label=_("收银点"), empty_label=None
    )
    reason = forms.CharField(label=_("接班差额原因"), max_length=120, required=False)

    def __init__(self, *args: Any, drawers: Iterable[Drawer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drawer"].queryset = drawers  # type: ignore[attr-defined]


class CloseForm(VersionedForm):
    """Why the count differs, and what goes to the bank."""

    banked = MoneyInput(label=_("交存银行"), required=False)
    bank_slip = forms.CharField(label=_("缴款单号"), max_length=40, required=False)
    reason = forms.CharField(label=_("长短款原因"), max_length=120, required=False)

    def closing(self) -> Closing:
        """Return how the shift is closed."""
        said = self.cleaned_data
        banked = said["banked"] or Money(0)
        return Closing(reason=said["reason"], banked=banked, bank_slip=said["bank_slip"])


class ForceForm(PiecesForm):
    """A count in the place of the cashier: with whom, and why."""

    witness: forms.ModelChoiceField[Person] = forms.ModelChoiceField(
        None,
        label=_("一同盘点的人"),
        error_messages={"required": _("请您填写在场的另一位盘点人。")},
    )
    reason = forms.CharField(label=_("代结原因"), max_length=120)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["witness"].queryset = people  # type: ignore[attr-defined]
        self.fields["witness"].label_from_instance = _name  # type: ignore[attr-defined]


def _name(person: Person) -> str:
    return person.name


def on_day(column: str, word: str) -> Q:
    """Return the condition that something happened on a day of the house."""
    begins = datetime.combine(read_day(word), time(), HOUSE)
    return Q(**{f"{column}__gte": begins, f"{column}__lt": begins + timedelta(days=1)})


def _search(typed: str) -> Q:
    word = plain(typed).upper()
    if word.isascii() and word.isdigit():
        found = Q(order__number__endswith=word) | Q(household__label__endswith=f"-{word}")
        return found | Q(serial=int(word)) if len(word) < 9 else found
    if room := parse_room(word):
        return Q(household__label=room.short)
    found = Q(number=word) | Q(order__number__endswith=word) | Q(channel_ref=typed)
    return found | Q(household__label__startswith=word) | Q(payer__name__startswith=plain(typed))


def _asked(word: str) -> Q:
    return {"yes": VOID_ASKED, "no": ~VOID_ASKED}[one_of(word, ("yes", "no"))]


SHIFTS = Listing(
    title=_("收银班次"),
    orders={"newest": Order(_("最新"), descending=True)},
    filters={
        "state": lambda word: Q(state=one_of(word, Shift.State.values)),
        "cashier": lambda word: Q(cashier=int(word)),
        "day": lambda word: on_day("opened_at", word),
    },
)

RECEIPTS = Listing(
    title=_("收据"),
    orders={"newest": Order(_("最新"), descending=True)},
    filters={
        "state": lambda word: Q(state=one_of(word, Receipt.State.values)),
        "method": lambda word: Q(method=one_of(word, Method.values)),
        "purpose": lambda word: Q(purpose=one_of(word, Receipt.Purpose.values)),
        "order": lambda word: Q(order__number=word),
        "shift": lambda word: Q(shift__number=word),
        "day": lambda word: on_day("issued_at", word),
        "asked": _asked,
    },
    search=_search,
)

TRANSFERS = Listing(
    title=_("款项转移单"),
    orders={"newest": Order(_("最新"), descending=True)},
    filters={
        "state": lambda word: Q(state=one_of(word, Transfer.State.values)),
        "reason": lambda word: Q(reason=one_of(word, Transfer.Reason.values)),
        "order": lambda word: Q(order__number=word) | Q(target__number=word),
    },
)
