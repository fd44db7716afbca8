"""The choices that several forms of the register offer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor, Power
from teyue.foundation.pen import KeptQuerySet
from teyue.register.company import queries as company
from teyue.register.company.models import Department, Office
from teyue.register.estate.models import Person
from teyue.register.people import queries as people
from teyue.web import formats
from teyue.web.days import DayField, MomentField

if TYPE_CHECKING:
    Choice = forms.ModelChoiceField
else:

    class Choice(forms.ModelChoiceField):
        """A choice among rows of one model, which is named in brackets."""

        def __class_getitem__(cls, model):
            return cls


class OfficeField(Choice[Office]):
    """An office in which somebody holds a power; the only one need not be chosen."""

    def __init__(self, **more: Any) -> None:
        offered: dict[str, Any] = {"label": _("管理处"), "empty_label": _("请您选择")} | more
        super().__init__(Office.objects.none(), **offered)

    def offer(self, actor: Actor, power: Power) -> None:
        """Offer the offices in which the power is held."""
        self.queryset = company.offices_where(actor, power)
        if self.required:
            offices = list(self.queryset)
            self.initial = offices[0] if len(offices) == 1 else None

    def label_from_instance(self, office: Office) -> str:
        return office.name


class DepartmentField(Choice[Department]):
    """A department, said with its office where there are several."""

    def __init__(self, **more: Any) -> None:
        offered: dict[str, Any] = {
            "label": _("部门"),
            "empty_label": _("不分部门"),
            "required": False,
        } | more
        super().__init__(Department.objects.none(), **offered)

    def offer(self, offices: Iterable[Office]) -> None:
        """Offer the departments of some offices."""
        rows = Department.objects.filter(office__in=offices).select_related("office")
        self.queryset = rows.order_by("office", "pk")

    def label_from_instance(self, department: Department) -> str:
        return formats.in_brackets(department.name, department.office.name)


class PersonField(Choice[Person]):
    """Somebody whom the actor may see among those who work here."""

    def __init__(self, label: Any, **more: Any) -> None:
        widget = forms.Select(attrs={"data-ty-pick": True})
        empty = _("请您选择")
        super().__init__(
            Person.objects.none(), label=label, widget=widget, empty_label=empty, **more
        )

    def offer(self, actor: Actor) -> None:
        """Offer who works here, in the order of names."""
        self.queryset = _named(people.people_seen_by(actor))

    def label_from_instance(self, person: Person) -> str:
        staff = getattr(person, "staff", None)
        return formats.in_brackets(person.name, staff.employee_no) if staff else person.name


class DayInput(forms.DateInput):
    """A day as browsers pick one."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and a time as browsers pick them."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def day(label: Any, **more: Any) -> DayField:
    """Return a field for a day."""
    return DayField(label=label, widget=DayInput(), **more)


def moment(label: Any, **more: Any) -> MomentField:
    """Return a field for a day and a time."""
    return MomentField(label=label, widget=MomentInput(), **more)


def _named(people: KeptQuerySet[Person]) -> KeptQuerySet[Person]:
    return people.select_related("staff").order_by("pinyin", "pk")
