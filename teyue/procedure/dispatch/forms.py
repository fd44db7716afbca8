"""What dispatchers and technicians fill in, and the words that the list of visits understands."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.actors import Actor
from teyue.foundation.clock import HOUSE, read_day, read_moment
from teyue.foundation.money import MoneyInput
from teyue.procedure.booking.forms import ReasonForm, SlotField, VersionedForm
from teyue.procedure.dispatch.models import Override, Visit
from teyue.web.paging import Listing, Order


class AssignForm(forms.Form):
    """Whom to send, and when; ``who`` is ``staff-7`` or ``worker-7``."""

    who = forms.RegexField(
        r"^(staff|worker)-\d{1,18}$",
        label=_("派给谁"),
        error_messages={"required": _("请您选择一位服务人员。")},
    )
    starts = SlotField(
        label=_("预约开始"), error_messages={"required": _("请您选择预约开始时间。")}
    )
    minutes = forms.TypedChoiceField(
        label=_("预约时段"),
        coerce=int,
        choices=[(0, _("准点")), (60, _("1 小时")), (120, _("2 小时"))],
    )

    def named(self) -> dict[str, int]:
        """Return who was chosen, as :func:`queries.sendable` is asked."""
        kind, _bar, number = self.cleaned_data["who"].partition("-")
        return {kind: int(number)}

    def appointment(self) -> dict[str, datetime]:
        """Return from when to when the household was told."""
        starts = self.cleaned_data["starts"]
        return {
            "appoint_from": starts,
            "appoint_to": starts + timedelta(minutes=self.cleaned_data["minutes"]),
        }


class RescheduleForm(ReasonForm):
    """A new appointment."""

    starts = SlotField(label=_("改到"))
    by_household = forms.TypedChoiceField(
        label=_("谁提出"),
        coerce=lambda word: word == "yes",
        choices=[("yes", _("住户")), ("no", _("我方"))],
    )


class AbsentForm(VersionedForm):
    """What was tried before the visit was given up."""

    rings = forms.IntegerField(label=_("按门铃次数"), min_value=0, max_value=99)
    calls = forms.IntegerField(label=_("打电话次数"), min_value=0, max_value=99)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
    photo = forms.FileField(label=_("未遇卡照片"), required=False)


class OverrideForm(VersionedForm):
    """Why an emergency is served before it is paid (F-28)."""

    category = forms.ChoiceField(label=_("类别"), choices=Override.Category.choices)
    reason = forms.CharField(label=_("应急先行理由"), max_length=200)
    estimate = MoneyInput(label=_("估价"))


def listing(*, actor: Actor) -> Listing:
    """Return how visits are listed to somebody: the soonest first, or the newest."""
    return Listing(
        title=_("上门"),
        orders={
            "time": Order(_("预约时间"), "appoint_from"),
            "newest": Order(_("最新派工"), descending=True),
        },
        filters={
            "state": _state,
            "day": _on_day,
            "mine": lambda word: Q(performer=actor.id) if word else Q(),
        },
        search=_search,
    )


def day_of(word: str) -> date:
    """Return the day that a word of the address names; :raises ValueError: for no day."""
    return read_day(word)


def slot_of(typed: str) -> datetime | None:
    """Return the begin that was typed, None where it is no time."""
    try:
        return read_moment(typed) if typed else None
    except ValueError:
        return None


def _state(word: str) -> Q:
    if word not in Visit.State.values:
        raise ValueError(word)
    return Q(state=word)


def _on_day(word: str) -> Q:
    begins = datetime.combine(day_of(word), time(), HOUSE)
    return Q(appoint_from__gte=begins, appoint_from__lt=begins + timedelta(days=1))


def _search(typed: str) -> Q:
    word = typed.strip()
    return (
        Q(number__endswith=word.upper())
        | Q(order__household__label__startswith=word)
        | Q(performer__name__startswith=word)
    )
