"""What an import made, and whether something rests on it by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import F, Field, Model, Q
from django.utils.translation import gettext_lazy as _

from teyue.foundation.journal import spans
from teyue.foundation.lifecycle import Document
from teyue.register.importing.models import ImportRun

# The database takes only so many conditions at once.
RUNS_AT_ONCE = 200
GONE = ("void", "ended")
CAPTIONS = {
    "estate.building": _("楼栋"),
    "estate.unit": _("房屋"),
    "estate.household": _("住户"),
    "estate.person": _("人员"),
    "estate.member": _("住户成员"),
    "estate.inquiry": _("待询问事项"),
    "company.department": _("部门"),
    "people.staff": _("员工"),
    "people.certificate": _("证书"),
    "people.duty": _("值班"),
    "people.post": _("岗位"),
    "subcontracting.firm": _("分包方"),
    "subcontracting.firmitem": _("分包项目"),
}
# These stay when an import is undone, so it does not matter what rests on them.
LASTING = frozenset({"estate.building", "company.department"})
Made = Mapping[str, Sequence[range]]


def made(run: ImportRun) -> dict[str, list[range]]:
    """Return the ids that a run made, by the label of their model such as ``estate.unit``."""
    rows: dict[str, list[range]] = {}
    for batch in run.batches.exclude(done_at=None).order_by("position"):
        for label, text in batch.made.items():
            rows.setdefault(label, []).extend(spans.read(text))
    return rows


def within(field: str, runs: Sequence[range]) -> Iterator[Q]:
    """Yield conditions that together say that a field is one of these ids."""
    for begin in range(0, len(runs), RUNS_AT_ONCE):
        some = runs[begin : begin + RUNS_AT_ONCE]
        yield reduce(or_, (_between(field, run) for run in some))


def _between(field: str, run: range) -> Q:
    return Q(**{f"{field}__gte": run[0], f"{field}__lte": run[-1]})


def found(run: ImportRun) -> str:
    """Return the caption of something made by the run on which other papers rest, '' for none.

    Looks at every table that refers to what was made. Rows that are void, and those that the run
    made itself, do not count; a paper that was moved by another step rests on itself.
    """
    rows = made(run)
    for label in rows.keys() - LASTING:
        model = apps.get_model(label)
        if _moved(model, rows[label]) or _referred_to(model, rows):
            return str(CAPTIONS[label])
    return ""


def _moved(model: type[Model], runs: Sequence[range]) -> bool:
    if not issubclass(model, Document):
        return False
    touched = ~Q(state_since=F("created_at")) & ~Q(state__in=GONE)
    return any(model.objects.filter(some & touched).exists() for some in within("pk", runs))


def _referred_to(model: type[Model], rows: Made) -> bool:
    runs = rows[model._meta.label_lower]
    return any(
        _rests(relation.related_model, relation.field, runs, rows)
        for relation in model._meta.related_objects
        if not relation.many_to_many
    )


def _rests(other: Any, field: Field[Any, Any], runs: Sequence[range], rows: Made) -> bool:
    own = list(within("pk", rows.get(other._meta.label_lower, ())))
    living = _living(other) & ~reduce(or_, own, Q(pk=None))
    return any(other.objects.filter(some & living).exists() for some in within(field.name, runs))


def _living(model: Any) -> Q:
    if issubclass(model, Document):
        return ~Q(state__in=GONE)
    return Q(voided_at=None) if hasattr(model, "voided_at") else Q()
