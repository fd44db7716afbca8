from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.desks.register import fields
from teyue.foundation.actors import Actor
from teyue.foundation.money import NOTHING
from teyue.foundation.money.fields import MoneyInput
from teyue.register.company import queries as company
from teyue.register.estate.models import Household
from teyue.register.estate.naming import parse_room, plain
from teyue.register.people import steps
from teyue.register.people.facts import Absence, Employment, Proof, Shift
from teyue.register.people.models import CertificateKind, Duty

WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
UNREADABLE = _("请写成 08:00-18:00，一天几段用空格隔开。")
STRETCH = re.compile(r"(\d{1,2}):(\d{2})\s*[-–—~至]\s*(\d{1,2}):(\d{2})")


class HireForm(forms.Form):
    """Who is hired, and as what."""

    office = fields.OfficeField()
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("手机号码"), max_length=20, required=False)
    employee_no = forms.CharField(label=_("工号"), max_length=16)
    department = fields.DepartmentField()
    active_from = fields.day(_("入职日期"), required=False)
    cost_rate = MoneyInput(label=_("工时成本（元/小时）"), required=False)
    home = forms.CharField(
        label=_("住在本小区的房号"),
        max_length=20,
        required=False,
        help_text=_("住在小区里的员工不接自己家的单，不住的不填。"),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].offer(actor, steps.HIRE.power)  # type: ignore[attr-defined]
        offices = company.offices_where(actor, steps.HIRE.power)
        self.fields["department"].offer(offices)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        office, department = facts.get("office"), facts.get("department")
        if office and department and department.office_id != office.pk:
            self.add_error("department", _("这个部门不在所选的管理处，请您重新选择。"))
        if office and facts.get("home"):
            facts["household"] = _household(office.pk, facts["home"])
            if facts["household"] is None:
                self.add_error("home", _("没有这个房号的在住住户，请您核对，例如 3-2-1102。"))
        return facts

    def employment(self) -> Employment:
        """Return what was filled in."""
        facts = self.cleaned_data
        names = ("name", "phone", "employee_no", "department", "active_from")
        return Employment(
            **{name: facts[name] for name in names},
            cost_rate=facts["cost_rate"] or NOTHING,
            household=facts.get("household"),
        )


class AdmitForm(forms.Form):
    """Somebody who acts here without being staff or resident."""

    office = fields.OfficeField(required=False, empty_label=_("全公司"))
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("手机号码"), max_length=20, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].offer(actor, steps.ADMIT.power)  # type: ignore[attr-defined]


class CertificateForm(forms.Form):
    """A certificate as it lies on the table."""

    kind = forms.ChoiceField(label=_("证书种类"), choices=CertificateKind.choices)
    number = forms.CharField(label=_("证书编号"), max_length=40, required=False)
    valid_from = fields.day(_("发证日期"), required=False)
    valid_to = fields.day(_("有效期至"), required=False, help_text=_("长期有效的不填。"))

    def proof(self) -> Proof:
        """Return what was filled in."""
        facts = self.cleaned_data
        return Proof(**{**facts, "kind": CertificateKind(facts["kind"])})


class LeaveForm(forms.Form):
    """When somebody is not there."""

    starts = fields.moment(_("开始"))
    ends = fields.moment(_("结束"))
    reason = forms.CharField(label=_("事由"), max_length=40, required=False)

    def absence(self) -> Absence:
        """Return what was filled in."""
        return Absence(**self.cleaned_data)


class DutyForm(forms.Form):
    """A weekly pattern of duty: for each day one or more stretches, or nothing."""

    from_on = fields.day(_("自何日起"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, label in enumerate(WEEKDAYS):
            self.fields[f"day{weekday}"] = forms.CharField(
                label=label,
                required=False,
                max_length=60,
                widget=forms.TextInput(attrs={"placeholder": _("休息")}),
            )

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or {}
        facts["shifts"] = [
            shift
            for weekday in range(7)
            for shift in self._read(weekday, facts.get(f"day{weekday}", ""))
        ]
        return facts

    def _read(self, weekday: int, text: str) -> list[Shift]:
        try:
            return stretches(weekday, text)
        except ValueError:
            self.add_error(f"day{weekday}", UNREADABLE)
            return []


def stretches(weekday: int, text: str) -> list[Shift]:
    """Read the stretches of a day as people write them: ``08:00-12:00 14:00-18:00``.

    :raises ValueError: when something else stands there.
    """
    bare = plain(text)
    if STRETCH.sub("", bare).strip(" ,，、;；"):
        raise ValueError(text)
    return [
        Shift(weekday, *(int(hour) * 60 + int(minute) for hour, minute in _pairs(found)))
        for found in STRETCH.finditer(bare)
    ]


def written(duties: list[Duty], day: date) -> dict[str, str]:
    """Return the pattern in force as the form shows it."""
    return {
        f"day{weekday}": " ".join(
            f"{clock(duty.opens)}-{clock(duty.closes)}"
            for duty in sorted(duties, key=lambda duty: duty.opens)
            if duty.weekday == weekday and (duty.to_on is None or duty.to_on >= day)
        )
        for weekday in range(7)
    }


def clock(minute: int) -> str:
    """Write a minute of the day: ``08:30``."""
    return f"{minute // 60:02}:{minute % 60:02}"


def _pairs(found: re.Match[str]) -> list[tuple[str, str]]:
    return [(found[1], found[2]), (found[3], found[4])]


def _household(office: int, text: str) -> Household | None:
    room = parse_room(text)
    if room is None:
        return None
    homes = Household.objects.filter(office=office, state=Household.State.OPEN)
    return homes.filter(label=room.short).first()
