"""What is asked before a receipt is printed again."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReprintForm(forms.Form):
    """Why a receipt is printed again."""

    reason = forms.CharField(
        label=_("补打原因"),
        max_length=120,
        help_text=_("例如：卡纸、住户遗失。补打的收据会印上“补打”和次数。"),
    )
