"""What is filled in at the door of a home, and the words that the list of records understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from teyue.foundation.money import NOTHING, Money, MoneyInput
from teyue.procedure.booking.forms import QuantityField, VersionedForm, written
from teyue.procedure.pricing.formulas import Material, worded
from teyue.procedure.pricing.models import point_text
from teyue.procedure.service.facts import Extra, Report, hundredths_done
from teyue.procedure.service.models import Confirmation, Record
from teyue.web.paging import Listing, Order


class MaterialForm(forms.Form):
    """A material of the company, at cost; an empty row is no material."""

    name = forms.CharField(label=_("材料"), max_length=60, required=False)
    quantity = QuantityField(label=_("数量"), max_length=12, required=False)
    unit_cost = MoneyInput(label=_("成本单价"), required=False)

    def clean(self) -> dict[str, Any]:
        """A row is either empty or whole."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("name") and not (found.get("quantity") and found.get("unit_cost")):
            raise forms.ValidationError(_("请填写这种材料的数量和单价。"))
        return found


Materials = formset_factory(MaterialForm, extra=3, max_num=6)


class DoneField(QuantityField):
    """How much was done; on a visit of several it may be nothing."""

    def clean(self, value: str | None) -> int:
        typed: str = forms.CharField.clean(self, value)
        try:
            return hundredths_done(typed)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class ReportForm(VersionedForm):
    """What was done in the home (F-12); ``points`` are the numbers of the standard."""

    points = forms.MultipleChoiceField(label=_("服务标准"), required=False)
    work_done = forms.CharField(
        label=_("做了什么"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    quantity = DoneField(label=_("实际数量"), max_length=12)
    minutes = forms.IntegerField(label=_("用时（分钟）"), min_value=0, max_value=10_000)
    household_materials = forms.CharField(label=_("住户自备材料"), max_length=200, required=False)
    site_cleaned = forms.BooleanField(label=_("工完场清"), required=False)
    more_visits = forms.BooleanField(label=_("还须再次上门"), required=False)
    remarks = forms.CharField(label=_("备注"), max_length=200, required=False)

    def __init__(self, *args: Any, steps: Iterable[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(point["no"]), point_text(point)) for point in steps]
        self.fields["points"].choices = choices  # type: ignore[attr-defined]

    def report(
        self, used: tuple[Material, ...], *, photos: tuple[int, ...], invoices: tuple[int, ...]
    ) -> Report:
        """Return what was reported, with the files that lie with the visit."""
        said = self.cleaned_data
        same = ("work_done", "minutes", "site_cleaned", "more_visits", "remarks")
        theirs = said["household_materials"].replace("，", "、").replace(",", "、").split("、")
        return Report(
            **{name: said[name] for name in same},
            qty_x100=said["quantity"],
            checklist=dict.fromkeys(said["points"], True),
            materials=used,
            household_materials=tuple(name.strip() for name in theirs if name.strip()),
            photos=photos,
            invoices=invoices,
        )


class ChangeForm(VersionedForm):
    """Work beyond the quote, before it starts (E-10)."""

    reason = forms.CharField(label=_("增项原因"), max_length=200)
    labor_text = forms.CharField(label=_("增加的人工"), max_length=60, required=False)
    labor = MoneyInput(label=_("人工金额"), required=False)

    def asked(self, used: tuple[Material, ...]) -> Extra:
        """Return what is offered."""
        said = self.cleaned_data
        labor: Money = said["labor"] or NOTHING
        return Extra(
            reason=said["reason"], labor=labor, labor_text=said["labor_text"], materials=used
        )


class WordForm(VersionedForm):
    """The owner's word: a drawn signature, or the code of the receipt."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    person = forms.IntegerField(label=_("谁确认"), required=False)
    method = forms.ChoiceField(
        label=_("怎样确认"),
        choices=[
            (Confirmation.Method.DEVICE, _("手写签名")),
            (Confirmation.Method.CODE, _("收据上的确认码")),
        ],
    )
    signature = forms.CharField(required=False, max_length=700_000)
    code = forms.CharField(label=_("确认码"), max_length=6, required=False)
    rating = forms.TypedChoiceField(
        label=_("满意度"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "")] + [(str(n), str(n)) for n in range(1, 6)],
    )
    remark = forms.CharField(label=_("意见"), max_length=200, required=False)

    @property
    def is_by_code(self) -> bool:
        """Tell whether the code of the receipt is used."""
        return bool(self.cleaned_data["method"] == Confirmation.Method.CODE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a record or change as a page shows it."""

    text: str
    note: str
    amount: Money


def lines_of(lines: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return what is charged, line by line: text, quantity × price, amount."""
    return [
        Line(
            worded(one["text"]),
            f"{written(one['qty_x100'])} × {Money(one['unit_price']).plain}",
            Money(one["amount"]),
        )
        for one in lines
    ]


def used_of(rows: BaseFormSet[Any]) -> tuple[Material, ...]:
    """Return the materials of valid rows."""
    said = [row.cleaned_data for row in rows if row.cleaned_data.get("name")]
    return tuple(Material(one["name"], one["quantity"], one["unit_cost"]) for one in said)


def _state(word: str) -> Q:
    if word not in Record.State.values:
        raise ValueError(word)
    return Q(state=word)


LIST = Listing(
    title=_("服务记录"),
    orders={"newest": Order(_("最新登记"), descending=True)},
    filters={"state": _state, "order": lambda word: Q(order__number=word)},
    search=lambda typed: (
        Q(number__endswith=typed.upper()) | Q(order__household__label__startswith=typed)
    ),
)
