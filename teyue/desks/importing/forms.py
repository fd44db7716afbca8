from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor
from teyue.register.company.models import Office
from teyue.register.importing import queries


class UploadForm(forms.Form):
    """A workbook, and the office whose register it is for."""

    office: forms.ModelChoiceField[Office] = forms.ModelChoiceField(None, label=_("管理处"))
    workbook = forms.FileField(
        label=_("名册文件"),
        error_messages={"required": _("请您选择一个 Excel 文件（.xlsx）。")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = list(queries.offices_of(actor))
        choice = self.fields["office"]
        choice.queryset = queries.offices_of(actor)  # type: ignore[attr-defined]
        choice.initial = offices[0] if offices else None
        if len(offices) == 1:
            choice.widget = forms.HiddenInput()
