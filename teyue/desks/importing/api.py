from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import File, Form, Query, Router, UploadedFile
from pydantic import Field

from teyue.desks.importing import operations
from teyue.desks.importing.examination import examine
from teyue.foundation.lifecycle import seek
from teyue.foundation.refusal import Refused
from teyue.register.company.models import Office
from teyue.register.importing import queries, steps
from teyue.register.importing.models import ImportRun
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import begins, reads, takes
from teyue.web.paging import Listing, Order
from teyue.web.people import ActedRequest
from teyue.web.shapes import LineOut, ListOut, ListWords, Out, PaperOut, paper

router = Router(tags=[gettext_noop("导入")])
LIST = Listing(title=_("导入"), orders={"newest": Order(_("最新在前"), descending=True)})


class SheetOut(Out):
    """A sheet: its rows, those left out, those that stood already, and those that are new."""

    sheet: str
    kind: str
    rows: int
    stopped: int
    standing: int
    fresh: int


class FindingOut(Out):
    """What is wrong, or was mended, at one place of the workbook."""

    sheet: str
    row: int
    column: str
    text: str


class ImportLine(LineOut):
    """An import in a list."""

    id: int
    office: str
    file_name: str


class ImportOut(PaperOut):
    """An import: what it brings, what is left out, and how far it is."""

    id: int
    office: str
    file_name: str
    sheets: list[SheetOut]
    adds: dict[str, int] = Field(description=gettext_noop("将新增的份数，按种类"))
    faults: list[FindingOut]
    notices: list[FindingOut]
    rows_done: int
    rows_total: int


def import_line(run: ImportRun) -> ImportLine:
    """Show an import in a list."""
    return ImportLine(**_common(run))


def import_out(request: ActedRequest, run: ImportRun) -> ImportOut:
    """Show one import."""
    progress = queries.progress(run)
    return ImportOut(
        **_common(run),
        sheets=[SheetOut(**line) for line in run.counts],
        adds=run.adds,
        faults=[_finding(found) for found in run.faults],
        notices=[_finding(found) for found in run.notices],
        rows_done=progress.done,
        rows_total=progress.total,
        allowed_steps=allowed_steps(run, actor=request.actor, at=request.at),
    )


@router.get("/imports", **reads("importing.imports", gettext_noop("导入记录"), ListOut[ImportLine]))
def imports(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List the imports of the own offices."""
    return LIST.answer(queries.seen_by(request.actor), words, import_line)


@router.get(
    "/imports/{int:number}", **reads("importing.import", gettext_noop("一次导入"), ImportOut)
)
def one(request: ActedRequest, number: int) -> ImportOut:
    """Show one import."""
    return import_out(request, queries.seen_by(request.actor).get(pk=number))


@router.post("/imports", **begins(steps.UPLOAD, ImportOut))
def upload(
    request: ActedRequest,
    workbook: File[UploadedFile],
    office: Form[str] = "",
) -> HttpResponse:
    """Upload a workbook and say what would be imported; nothing of it is in the register yet."""

    def work() -> ImportRun:
        into = _office(request, office)
        found = examine(into, workbook.read(), actor=request.actor, at=request.at)
        name = workbook.name or ""
        return operations.upload(found, name=name, actor=request.actor, at=request.at)

    return act(request, work, show=import_out)


@router.post("/imports/{int:number}/import", **takes(steps.CONFIRM, ImportOut))
def confirm(request: ActedRequest, number: int) -> HttpResponse:
    """Import what was uploaded: all of it or nothing."""

    def work() -> ImportRun:
        run = seek(queries.seen_by(request.actor), pk=number)
        return operations.import_all(run, actor=request.actor, at=request.at)

    return act(request, work, show=import_out, status=200)


@router.post("/imports/{int:number}/undo", **takes(steps.UNDO, ImportOut))
def undo(request: ActedRequest, number: int) -> HttpResponse:
    """Take an import back while nothing rests on it."""

    def work() -> ImportRun:
        run = seek(queries.seen_by(request.actor), pk=number)
        return operations.undo(run, actor=request.actor, at=request.at)

    return act(request, work, show=import_out, status=200)


def _common(run: ImportRun) -> dict[str, Any]:
    return {**paper(run), "id": run.pk, "office": run.office.code, "file_name": run.file_name}


def _finding(found: list[object]) -> FindingOut:
    sheet, row, column, text = found
    return FindingOut.model_validate({"sheet": sheet, "row": row, "column": column, "text": text})


def _office(request: ActedRequest, code: str) -> Office:
    """Return the office that is meant; the only one need not be named.

    :raises Refused: ``no_power``, ``office_unknown``, ``office_missing``.
    """
    offices = list(queries.offices_of(request.actor))
    if not offices:
        raise Refused("no_power", _("您没有导入名册的权限，请找系统管理员或管理处经理办理。"))
    chosen = [office for office in offices if not code or office.code == code.strip().upper()]
    codes = _("、").join(office.code for office in offices)
    if not chosen:
        text = _("没有编号为 %(code)s 的管理处，请您从中选择：%(codes)s。")
        told = {"code": code, "codes": codes}
        raise Refused("office_unknown", text % told, field="office", clause="4.2.4")
    if len(chosen) > 1:
        text = _("有多个管理处，请您指明一个：%(codes)s。")
        raise Refused("office_missing", text % {"codes": codes}, field="office", clause="4.2.4")
    return chosen[0]
