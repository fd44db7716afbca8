"""The gallery of components, for those who build pages: only where DEBUG is on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_default_timezone

from teyue.foundation.money import Money
from teyue.foundation.refusal import Refused

AT = datetime(2026, 11, 24, 10, 42, tzinfo=get_default_timezone())
LONG_NAME = "欧阳司徒·阿卜杜热合曼·买买提江"
KINDS = {
    "order": ("registered", "quoted", "awaiting_payment", "ready", "dispatched", "in_service")
    + ("to_confirm", "to_audit", "to_settle", "settled", "closed", "disputed", "cancelled", "void"),
    "visit": ("assigned", "working", "failed", "confirmed"),
    "receipt": ("issued", "voided", "reversed"),
    "refund": ("requested", "approved", "paid"),
    "shift": ("open", "closed", "verified"),
    "dispute": ("open", "resolved"),
}


class SampleForm(forms.Form):
    """A form with one wrong field, to show where its message stands."""

    what = forms.CharField(label="具体需求", max_length=200)
    count = forms.IntegerField(label="数量", min_value=1)
    urgency = forms.ChoiceField(label="紧急程度", choices=[("1", "一般"), ("2", "加急")])
    agreed = forms.BooleanField(label="不是承重墙", required=False)


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component with lifelike data.

    :raises Http404: outside development.
    """
    if not settings.DEBUG:
        raise Http404
    form = SampleForm({"what": "客厅、主卧装窗帘杆，混凝土墙", "count": "0", "urgency": "1"})
    facts = {"at": AT, "form": form, "rows": _rows(), "kinds": KINDS, "long_name": LONG_NAME}
    return render(request, "web/gallery.html", facts | _parts())


def _rows() -> list[dict[str, Any]]:
    own = Refused("own_work", "本单由您登记，请由管理处经理审核")
    return [
        _row("3-1-0602", "马桶疏通", -2, Money.yuan("60"), Money.yuan("0")),
        _row("5-1-0803", "水龙头更换 ×2", 1, Money.yuan("151.60"), Money.yuan("40")),
        _row("2-1-1304", "深度保洁 87.50 ㎡", 29, Money.yuan("12170"), Money.yuan("-45")),
        _row("别墅 12", "Deep cleaning, four rooms", 300, Money.yuan("68"), Money.yuan("0"))
        | {"refusal": own},
    ]


def _row(room: str, item: str, hours: int, paid: Money, balance: Money) -> dict[str, Any]:
    until = AT + timedelta(hours=hours)
    since = AT - timedelta(hours=22)
    row = {"room": room, "item": item, "until": until, "since": since}
    return row | {"paid": paid, "balance": balance, "refusal": None}


def _parts() -> dict[str, Any]:
    words = ("登记", "报价", "预交", "派工", "服务", "业主确认", "主管审核", "结算", "回访")
    states = ("on",) * 6 + ("now", "", "")
    steps = [
        {"label": word, "state": state, "note": "11-22"}
        for word, state in zip(words, states, strict=True)
    ]
    return {
        "steps": steps,
        "mini": steps[:6],
        "refusal": Refused("quiet", "12:00–14:00 静音，打孔不能施工。可派 14:00。", clause="4.4.3"),
        "lines": [
            {"tone": "run", "text": "周敏打开审核", "note": "今日 10:40"},
            {"tone": "done", "text": "陈立群签字确认 ¥191.60", "note": "昨日 12:00 · 现场平板"},
            {"tone": "near", "text": "增项 ¥40.00，住户先签字", "note": "昨日 10:31"},
        ],
        "total": Money.yuan("129"),
        "labor": Money.yuan("120"),
        "bolts": Money.yuan("9"),
        "days": [
            {"label": f"周{day}", "note": f"11-2{n}"} for n, day in enumerate("二三四五六", 4)
        ],
        "slots": _slots(),
    }


def _slots() -> list[dict[str, Any]]:
    def cell(day: int, hour: int) -> dict[str, str]:
        if (day + hour) % 4 == 0:
            return {"text": "约满"}
        value = f"2026-11-2{day + 4}T{hour:02d}"
        return {"value": value, "text": "2 人空", "title": f"11-2{day + 4} {hour} 点"}

    open_rows = [
        {"label": f"{hour}–{hour + 2}", "cells": [cell(day, hour) for day in range(5)]}
        for hour in (8, 10, 14, 16)
    ]
    quiet = {"label": "12–14", "quiet": "午间静音，不能打孔（杭州：12:00–14:00）"}
    return [*open_rows[:2], quiet, *open_rows[2:]]
