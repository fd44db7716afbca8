from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.desks.register import fields
from teyue.foundation.actors import Actor
from teyue.register.parameters import steps
from teyue.register.parameters.kinds import Kind, Parameter


class ProposeForm(forms.Form):
    """A new value, from when on, and why."""

    value = forms.CharField(label=_("新值"), max_length=40)
    office = fields.OfficeField(required=False, empty_label=_("全公司"))
    from_at = fields.moment(_("自何时起"), required=False, help_text=_("不填则批准后立即生效。"))
    reason = forms.CharField(label=_("理由"), max_length=120)

    def __init__(self, *args: Any, actor: Actor, parameter: Parameter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].offer(actor, steps.PROPOSE.power)  # type: ignore[attr-defined]
        if parameter.kind is Kind.CHOICE:
            self.fields["value"] = forms.ChoiceField(label=_("新值"), choices=parameter.choices)
