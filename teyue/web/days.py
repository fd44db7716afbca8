"""Days and instants as people type them: none so far off that no days can be counted from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation import clock


class DayField(forms.DateField):
    """A day in reach."""

    default_error_messages = {
        "required": gettext_lazy("请您选择日期。"),
        "invalid": gettext_lazy("日期没有看懂，请您在日历上重新选择。"),
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"validators": [in_reach], **more})


class MomentField(forms.DateTimeField):
    """An instant in reach, on the clock of the house."""

    default_error_messages = {
        "required": gettext_lazy("请您选择时间。"),
        "invalid": gettext_lazy("时间没有看懂，请您在日历上重新选择。"),
    }

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"validators": [in_reach], **more})


def in_reach(when: date) -> None:
    """Refuse a day or an instant at the edges of the calendar; :raises ValidationError:."""
    if not clock.is_in_reach(when):
        raise ValidationError(out_of_reach(), "out_of_reach")


def out_of_reach() -> str:
    """Say between which days something must lie."""
    text = _("日期要在 %(first)s 至 %(last)s 之间，请您核对年份后再提交。")
    return text % {"first": clock.FIRST_DAY, "last": clock.LAST_DAY}
