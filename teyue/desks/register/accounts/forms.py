from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.register.people.facts import FactorLoss


class OpenForm(forms.Form):
    """The name that somebody will sign in with."""

    username = forms.RegexField(
        r"^[A-Za-z0-9_.\-]{2,40}$",
        label=_("用户名"),
        max_length=40,
        help_text=_("2 至 40 个字母、数字、点、横线或下划线，不分大小写。"),
        error_messages={"invalid": _("用户名只能用字母、数字、点、横线和下划线，请您修改。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class FactorForm(forms.Form):
    """Why a second factor is removed."""

    why = forms.ChoiceField(label=_("原因"), choices=FactorLoss.choices)
    seen = forms.BooleanField(
        label=_("我已当面核对本人的身份证件"),
        error_messages={"required": _("请您核对本人的身份证件后再办理。")},
    )

    def reason(self) -> FactorLoss:
        """Return the reason as a code."""
        return FactorLoss(self.cleaned_data["why"])
