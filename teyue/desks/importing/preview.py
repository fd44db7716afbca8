"""The first rows of each sheet as they were understood, for whoever confirms them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from teyue.foundation.money import Money
from teyue.register.estate.models import Member, Unit
from teyue.register.importing import batches
from teyue.register.importing.firms import FirmRow
from teyue.register.importing.households import HouseholdRow
from teyue.register.importing.models import ImportRun
from teyue.register.importing.staff import StaffRow
from teyue.register.people.models import CertificateKind, Role
from teyue.web import formats

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """Rows of one kind: the headings, and the cells of the first rows."""

    kind: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def samples(run: ImportRun) -> list[Sample]:
    """Return the first rows of each kind that are still to go in."""
    found: dict[str, Sample] = {}
    for batch in run.batches.filter(done_at=None).order_by("position").defer("rows"):
        if batch.kind not in found:
            heads, cells = SHAPES[batch.kind]
            rows = batches.rows_of(batch)[:SHOWN]
            found[batch.kind] = Sample(batch.kind, heads(), tuple(cells(row) for row in rows))
    return list(found.values())


def _household_heads() -> tuple[str, ...]:
    return (_("行"), _("房号"), _("面积"), _("状态"), _("住户"), _("上门提示"), _("待询问"))


def _household(row: HouseholdRow) -> tuple[str, ...]:
    people = _("；").join(
        f"{member.name} {Member.Relation(member.relation).label} {formats.masked(member.phone)}"
        for member in row.members
    )
    return (
        str(row.row),
        row.place.short,
        f"{row.area_x100 / 100:.2f} ㎡",
        str(Unit.Status(row.status).label),
        people,
        _("、").join(row.visit_notes) or "—",
        _("%(count)d 项") % {"count": len(row.tasks_to_ask)} if row.tasks_to_ask else "—",
    )


def _staff_heads() -> tuple[str, ...]:
    return (_("行"), _("工号"), _("姓名"), _("部门"), _("岗位"), _("电话"), _("持证"))


def _staff(row: StaffRow) -> tuple[str, ...]:
    proofs = (
        formats.in_brackets(CertificateKind(proof.kind).label, proof.valid_to)
        for proof in row.certificates
    )
    return (
        str(row.row),
        row.employee_no,
        row.name,
        row.department,
        str(Role(row.role).label),
        formats.masked(row.phone),
        _("、").join(proofs) or "—",
    )


def _firm_heads() -> tuple[str, ...]:
    return (_("行"), _("公司名称"), _("统一社会信用代码"), _("联系人"), _("项目"), _("结算单价"))


def _firm(row: FirmRow) -> tuple[str, ...]:
    rate = str(Money(row.unit_rate_fen).shown) if row.unit_rate_fen else "—"
    return (str(row.row), row.name, row.uscc, row.contact, _("、").join(row.items), rate)


Heads = Callable[[], tuple[str, ...]]
SHAPES: dict[str, tuple[Heads, Callable[[Any], tuple[str, ...]]]] = {
    "households": (_household_heads, _household),
    "staff": (_staff_heads, _staff),
    "firms": (_firm_heads, _firm),
}


def matching(findings: Iterable[list[Any]], *, sheet: str, text: str) -> list[list[Any]]:
    """Return the findings on a sheet ('' for all) whose place or sentence holds a text."""
    return [
        found
        for found in findings
        if sheet in ("", found[0])
        and (not text or text in f"第{found[1]}行 {found[2]}列 {found[3]}")
    ]
