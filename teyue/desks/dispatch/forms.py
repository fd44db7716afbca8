"""What is copied from a paper F-12 that technician and owner signed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teyue.procedure.booking.forms import written
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.service.forms import ReportForm
from teyue.procedure.service.queries import records
from teyue.web.days import MomentField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MINUTE = timedelta(minutes=1)
TIMES = (
    "accepted_at",
    "departed_at",
    "arrived_at",
    "started_at",
    "finished_at",
    "confirmed_at",
)


def _time(label: StrOrPromise) -> MomentField:
    return MomentField(
        label=label,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )


class SignedRecordForm(ReportForm):
    """A signed paper F-12; what the telephone has told of the way is not asked again.

    ``kept`` is the id of the scan that came with an earlier try.
    """

    accepted_at = _time(_("接单"))
    departed_at = _time(_("出发"))
    arrived_at = _time(_("到达"))
    started_at = _time(_("开工"))
    finished_at = _time(_("完工"))
    confirmed_at = _time(_("业主确认"))
    identity_shown = forms.BooleanField(label=_("已出示工牌，穿好鞋套"), required=False)
    person = forms.IntegerField(
        label=_("由谁确认"), error_messages={"required": _("请选择是谁在纸单上签的字。")}
    )
    rating = forms.TypedChoiceField(
        label=_("满意度"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "")] + [(str(n), str(n)) for n in range(1, 6)],
    )
    remark = forms.CharField(label=_("住户意见"), max_length=200, required=False)
    scan = forms.FileField(
        label=_("签字纸单扫描件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )
    kept = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, visit: Visit, at: datetime, **kwargs: Any) -> None:
        order = visit.order
        first = {
            **first_times(visit, at=at),
            "identity_shown": True,
            "quantity": written(records.left_x100(order)),
            "minutes": order.standard.duration_min,
            "row_version": order.row_version,
        }
        super().__init__(*args, steps=order.standard.steps, initial=first, **kwargs)
        self.visit = visit
        for name in TIMES:
            self.fields[name].disabled = getattr(visit, name) is not None

    @property
    def moments(self) -> list[forms.BoundField]:
        """Return the times of the paper, in the order of the procedure."""
        return [self[name] for name in TIMES]

    def times(self) -> dict[str, datetime]:
        """Return when everything happened.

        A paper knows no seconds: what it puts into the minute of the step before came after it.
        """
        told: dict[str, datetime] = {}
        last = self.visit.assigned_at
        for name in TIMES:
            said = getattr(self.visit, name) or self.cleaned_data[name]
            last = last if last and said < last < said + MINUTE else said
            told[name] = last
        return told

    def out_of_order(self, *, at: datetime) -> str:
        """Return the field of the first time that is before the one above it, or still to come."""
        told = self.times()
        earlier = (self.visit.assigned_at or at, *told.values())
        pairs = zip(told.items(), earlier, strict=False)
        wrong = (name for (name, said), before in pairs if said < before or said > at)
        return next(wrong, TIMES[-1])


def first_times(visit: Visit, *, at: datetime) -> Mapping[str, datetime]:
    """Return what most likely happened when: the way as told, else as it was appointed."""
    came = max(visit.appoint_from, _next_minute(visit.assigned_at or at))
    left = came + timedelta(minutes=visit.order.standard.duration_min)
    guessed = (came, came, came, came, left, left)
    return {
        name: getattr(visit, name) or min(guess, at)
        for name, guess in zip(TIMES, guessed, strict=True)
    }


def _next_minute(moment: datetime) -> datetime:
    full = moment.replace(second=0, microsecond=0)
    return full if full == moment else full + MINUTE
