"""What is wrong with the input of a request, field by field, in sentences for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _


def listed(errors: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return field and message of each error that the schema found."""
    return [{"field": _field(error["loc"]), "message": _sentence(error)} for error in errors]


def _field(place: Iterable[object]) -> str:
    """Write where the error is: ``lines.0.quantity``, without the name of the whole body."""
    where, *words = [str(word) for word in place]
    return ".".join(words[1:] if where in ("body", "form") else words)


def _sentence(error: Mapping[str, Any]) -> str:
    kind, facts = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(facts.get("error", "")) or _("这一项的内容不合要求，请您核对后再提交。")
    if "expected" in facts:
        facts = {**facts, "expected": _in_a_row(str(facts["expected"]))}
    for begin, sentence in _sentences().items():
        if kind.startswith(begin):
            return sentence % facts if facts else sentence
    return _("这一项的内容不合要求，请您核对后再提交。")


def _in_a_row(words: str) -> str:
    """Write ``'a', 'b' or 'c'``, as the schema says it, in the language of the reader."""
    return _("、").join(word.strip("'") for word in re.split(r", | or ", words))


def _sentences() -> dict[str, str]:
    return {
        "missing": _("请您填写这一项。"),
        "extra_forbidden": _("接口没有这一项，请您去掉后再提交。"),
        "json": _("内容不是完整的 JSON，请您核对后再提交。"),
        "string_too_long": _("最多 %(max_length)s 个字，请您缩短。"),
        "string_too_short": _("至少 %(min_length)s 个字，请您补充。"),
        "string_pattern": _("格式不对，请您按接口文档的样式填写。"),
        "string": _("这一项应是文字，请您改正。"),
        "int": _("这一项应是整数，请您改正。"),
        "bool": _("这一项应是 true 或 false，请您改正。"),
        "literal_error": _("只能是 %(expected)s 中的一个，请您改正。"),
        "enum": _("只能是 %(expected)s 中的一个，请您改正。"),
        "timezone": _("时间要带时区，例如 2026-11-24T10:42:00+08:00，请您改正。"),
        "datetime": _("时间请写成 2026-11-24T10:42:00+08:00 的样子。"),
        "date": _("日期请写成 2026-11-24 的样子。"),
        "greater_than_equal": _("不能小于 %(ge)s，请您改正。"),
        "greater_than": _("要大于 %(gt)s，请您改正。"),
        "less_than_equal": _("不能大于 %(le)s，请您改正。"),
        "less_than": _("要小于 %(lt)s，请您改正。"),
        "too_short": _("至少要有 %(min_length)s 项，请您补充。"),
        "too_long": _("最多 %(max_length)s 项，请您减少。"),
    }
