from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.foundation.actors import Actor
from teyue.foundation.clock import local_day
from teyue.foundation.lifecycle import Step
from teyue.foundation.refusal import Refused
from teyue.register.calendar.models import CalendarDay
from teyue.register.calendar.quiet import PRESETS
from teyue.register.company.models import Company, Office


def in_the_past(office: Office, actor: Actor, at: datetime, asked: date | None) -> Refused | None:
    """Deadlines that were counted over a day must not move afterwards."""
    if asked is None or asked >= local_day(at):
        return None
    return Refused("day_past", _("过去的日期不能再改，请您选择今天以后的日期。"), field="date")


def no_such_preset(office: Office, actor: Actor, at: datetime, asked: str | None) -> Refused | None:
    if asked is None or asked in PRESETS:
        return None
    offered = _("、").join(str(preset.name) for preset in PRESETS.values())
    text = _("没有这种静音时段，请您从中选择：%(offered)s。")
    return Refused("preset_unknown", text % {"offered": offered}, field="preset")


SEED = Step(
    name="calendar.seed",
    label=gettext_lazy("录入年度日历"),
    clause="4.4.3",
    document=Company,
    source=("open",),
    target=None,
    writes=(CalendarDay,),
)
SET_DAY = Step(
    name="calendar.set_day",
    label=gettext_lazy("修改日历"),
    clause="4.4.3",
    document=Office,
    source=("open",),
    target=None,
    unless=(in_the_past,),
    writes=(CalendarDay,),
)
CLOSE_DAY = Step(
    name="calendar.close_day",
    label=gettext_lazy("登记停业"),
    clause="4.4.3",
    document=Office,
    source=("open",),
    target=None,
    unless=(in_the_past,),
    writes=(CalendarDay,),
)
REOPEN_DAY = Step(
    name="calendar.reopen_day",
    label=gettext_lazy("取消停业"),
    clause="4.4.3",
    document=Office,
    source=("open",),
    target=None,
    unless=(in_the_past,),
    writes=(CalendarDay,),
)
CHOOSE_PRESET = Step(
    name="calendar.choose_preset",
    label=gettext_lazy("选择静音时段"),
    clause="4.4.3",
    document=Office,
    source=("open",),
    target=None,
    unless=(no_such_preset,),
)
