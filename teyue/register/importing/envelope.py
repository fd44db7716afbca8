"""Look at a file before it is unpacked: is it a workbook, how far does it reach, what is broken.

The reader of cells fills every place up to the furthest one, so a single stray cell in the last
row would cost gigabytes; and it shows a cell with #REF! as empty. Both can be seen beforehand.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from html import unescape
from io import BytesIO

from django.utils.translation import gettext as _

from teyue.foundation.refusal import Refused

BYTES = 10 * 1024 * 1024
UNPACKED = 200 * 1024 * 1024
ROWS = 20_000
ROWS_ABOVE = 20
COLUMNS = 200

_OLD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*["\']([^"\']*)["\']')
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>")
_ROW_START = re.compile(rb"<(?:\w+:)?row\s([^>]*)>\s*<(?:\w+:)?c(?![^>]*\sr=)[\s>]")
_PLACE = re.compile(rb'(?:^|\s)r=["\']([A-Z]*)(\d+)["\']')
_EMPTY_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*[^/>])>\s*<(?:\w+:)?f(?:/>|\s[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)

# zipfile raises RuntimeError for encrypted parts, NotImplementedError for unknown compression.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outline:
    """A sheet seen from outside; places are (row, column) from 0."""

    name: str
    broken: frozenset[tuple[int, int]]


def look(workbook: bytes) -> dict[str, Outline]:
    """Return the outline of each sheet by its name.

    :raises Refused: workbook_unreadable, workbook_encrypted, workbook_too_large,
        workbook_too_long.
    """
    _recognize(workbook)
    try:
        return _outlines(workbook)
    except _DAMAGE as error:
        raise unreadable() from error


def unreadable() -> Refused:
    """Return the refusal of a file that is no readable workbook."""
    return Refused(
        "workbook_unreadable",
        _("这个文件不是可以读取的Excel工作簿，请您在Excel中打开它，另存为.xlsx后重新上传。"),
        field="workbook",
    )


def too_long(sheet: str) -> Refused:
    """Return the refusal of a sheet with too much on it."""
    told = {"sheet": sheet, "rows": ROWS}
    sentence = _(
        "工作表“%(sheet)s”的内容超过%(rows)d行或200列，"
        "请您删去远处多余的内容，或拆成几个文件分别导入。"
    )
    return Refused("workbook_too_long", sentence % told, field="workbook")


def _recognize(workbook: bytes) -> None:
    if workbook.startswith(_OLD) and _ENCRYPTED in workbook:
        sentence = _("这个工作簿设有打开密码，请您去掉密码，另存后重新上传。")
        raise Refused("workbook_encrypted", sentence, field="workbook")
    if len(workbook) > BYTES:
        raise _too_large()
    if not workbook.startswith(b"PK"):
        raise unreadable()


def _too_large() -> Refused:
    sentence = _("这个工作簿太大（上限10 MB），请您删去图片等多余内容，或拆成几个文件分别导入。")
    return Refused("workbook_too_large", sentence, field="workbook")


def _outlines(workbook: bytes) -> dict[str, Outline]:
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        if sum(part.file_size for part in package.infolist()) > UNPACKED:
            raise _too_large()
        targets = _targets(package.read("xl/_rels/workbook.xml.rels"))
        outlines: dict[str, Outline] = {}
        for tag in _SHEET.findall(package.read("xl/workbook.xml")):
            name, link = _named(tag)
            part = targets.get(link, "")
            if "worksheets/" in part:
                outlines[name] = _outline(name, package.read(part))
        return outlines


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode().rpartition(":")[2].lower(): unescape(value.decode())
        for key, value in _ATTRIBUTE.findall(tag)
    }


def _named(tag: bytes) -> tuple[str, str]:
    found = _attributes(tag)
    return found.get("name", ""), found.get("id", "")


def _targets(links: bytes) -> dict[str, str]:
    found = (_attributes(tag) for tag in _LINK.findall(links))
    return {link.get("id", ""): _absolute(link.get("target", "")) for link in found}


def _absolute(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _outline(name: str, xml: bytes) -> Outline:
    broken = {place for tag in _EMPTY_FORMULA.findall(xml) if (place := _place(tag))}
    for tag in _CELL.findall(xml):
        if place := _place(tag):
            _within(name, place)
            if b't="e"' in tag:
                broken.add(place)
    for tag in _ROW_START.findall(xml):
        if place := _place(tag):
            _within(name, place)
    return Outline(name, frozenset(broken))


def _within(name: str, place: tuple[int, int]) -> None:
    if place[0] > ROWS + ROWS_ABOVE or place[1] > COLUMNS:
        raise too_long(name)


def _place(tag: bytes) -> tuple[int, int] | None:
    match = _PLACE.search(tag)
    return (int(match[2]) - 1, column_number(match[1].decode())) if match else None


def column_number(letters: str) -> int:
    """Return the number of a column from 0; A is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def column_letters(number: int) -> str:
    """Return the letters of a column counted from 0; 0 is A."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
