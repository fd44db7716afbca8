from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.register.calendar.days import Day, DayKind
from teyue.register.calendar.quiet import PRESETS


class DayForm(forms.Form):
    """What a day is in an office."""

    kind = forms.ChoiceField(label=_("类别"), choices=DayKind.choices)
    name = forms.CharField(
        label=_("名称"), max_length=40, required=False, help_text=_("例如 调休上班、春节。")
    )

    def day(self, on: date) -> Day:
        """Return what was filled in, as the fact of a day."""
        return Day(on, DayKind(self.cleaned_data["kind"]), self.cleaned_data["name"])


class ClosureForm(forms.Form):
    """Why an office is closed for a day."""

    name = forms.CharField(label=_("停业事由"), max_length=40)


class PresetForm(forms.Form):
    """The quiet hours of a city."""

    preset = forms.ChoiceField(
        label=_("静音时段"),
        choices=[(preset.code, preset.name) for preset in PRESETS.values()],
        widget=forms.RadioSelect,
    )


class YearForm(forms.Form):
    """The year whose official days are entered."""

    year = forms.IntegerField(label=_("年度"), min_value=2020, max_value=2060)
