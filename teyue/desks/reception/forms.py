from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.procedure.booking.facts import Acceptance, Wish
from teyue.procedure.booking.forms import RegisterForm, VersionedForm
from teyue.procedure.booking.models import Order, Quote
from teyue.procedure.planning.models import Category
from teyue.procedure.pricing.queries import Offer
from teyue.register.estate.models import Member
from teyue.register.estate.naming import pinyin_keys

_AND = re.compile("[与和及]")
BESIDE = {"form": "register"}


class OfferSelect(forms.Select):
    """A select of offers that is searched by code, name and pinyin initials."""

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kw: Any) -> Any:
        option = super().create_option(name, value, label, *args, **kw)
        if value:
            option["attrs"]["data-sound"] = sound(str(label))
        return option


def named(member: Member) -> str:
    """Return how a member stands in a list: name and relation."""
    return f"{member.person.name} {member.get_relation_display()}"


def reached(member: Member) -> str:
    """Return how a member is told from others of the name: by the last four digits."""
    return f"{member.person.name} {member.person.phone[-4:]}".strip()


def grouped(offers: Iterable[Offer]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return offers as choices under their categories, in one statement."""
    under: dict[int, list[tuple[str, str]]] = {}
    for offer in offers:
        under.setdefault(offer.item.category_id, []).append(choice(offer))
    headings = Category.objects.filter(pk__in=under).order_by("sort", "code")
    return [(heading.name, under[heading.pk]) for heading in headings]


def choice(offer: Offer) -> tuple[str, str]:
    """Return value and label of one offer."""
    item, variant = offer.item, offer.line.variant
    return f"{item.code}|{variant}", f"{item.code} {item.name} {variant}".strip()


@lru_cache(maxsize=512)
def sound(label: str) -> str:
    """Return the code without its dash and the pinyin initials, with and without an "and"."""
    code, _blank, name = label.partition(" ")
    keys = (pinyin_keys(name)[1], pinyin_keys(_AND.sub("", name))[1])
    return " ".join((code.replace("-", ""), *dict.fromkeys(keys)))


class OnlineForm(RegisterForm):
    """What a resident fills in on the telephone; the rest is known from the account."""

    BLANK = {"urgency": Order.Urgency.NORMAL, "channel": Order.Channel.WECHAT, "quantity": "1"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("urgency", "channel", "requester"):
            self.fields[name].required = False
        self.fields["quantity"].widget.attrs |= {"inputmode": "decimal", "style": "width: 84px"}

    def wish(self) -> Wish:
        """Return what was asked, by the resident alone."""
        return replace(
            super().wish(),
            requester=None,
            payer=None,
            contact=None,
            channel=Order.Channel.WECHAT,
            urgency=Order.Urgency.NORMAL,
        )


class AnswerForm(VersionedForm):
    """A resident's yes to exactly what was shown."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=_("我已看过报价、预交和取消的约定，同意按此办理"),
        error_messages={"required": _("请您看过报价后勾选同意，再提交。")},
    )


class GiveUpForm(VersionedForm):
    """A resident gives an order up, knowing what it costs."""

    fee = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("取消原因"), max_length=200)


class BookForm(RegisterForm):
    """The form of the desk: the wish, and how the caller answered the price."""

    ANSWERS = (
        (Quote.Method.CALL, _("电话里同意")),
        (Quote.Method.SIGN, _("当面签字同意")),
        (Quote.Method.WECHAT, _("微信里同意")),
        ("", _("先不答复")),
    )

    answer = forms.ChoiceField(label=_("住户答复"), choices=ANSWERS, required=False)
    evidence = forms.CharField(
        label=_("录音号或凭据"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"data-ty-next": "", "autocomplete": "off"}),
    )
    duplicate_reason = forms.CharField(
        label=_("再登记的理由"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=BESIDE),
    )
    owner_consent = forms.CharField(
        label=_("业主怎样同意"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=BESIDE),
    )

    def __init__(
        self,
        *args: Any,
        members: Sequence[Member] = (),
        offers: Iterable[Offer] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members, self.offers = tuple(members), tuple(offers)
        for name, said in (("requester", named), ("payer", named), ("contact", reached)):
            people = [(member.person_id, said(member)) for member in self.members]
            self.fields[name].widget = forms.Select(choices=people)
        self.fields["item"].widget = OfferSelect(choices=[("", ""), *grouped(self.offers)])
        self.fields["quantity"].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def again(self) -> BookForm:
        """Return the same form, read afresh, without what was refused."""
        return BookForm(self.data, members=self.members, offers=self.offers, auto_id=self.auto_id)

    def chosen(self) -> Offer | None:
        """Return the offer that is asked for."""
        code, _bar, variant = str(self["item"].value() or "").partition("|")
        same = (one for one in self.offers if (one.item.code, one.line.variant) == (code, variant))
        return next(same, None)

    def acceptance(self) -> Acceptance | None:
        """Return how the household said yes, None while it has not answered."""
        method = self.cleaned_data["answer"]
        if not method:
            return None
        return Acceptance(method=Quote.Method(method), evidence=self.cleaned_data["evidence"])
