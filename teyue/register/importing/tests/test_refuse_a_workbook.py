"""Files that are no workbook for us."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter

from teyue.foundation.refusal import Refused
from teyue.register.importing import envelope, reading
from teyue.register.importing.tests.books import HOUSEHOLDS, LIU, book, households, rows


def refusal(workbook):
    with pytest.raises(Refused) as refused:
        reading.read(workbook)
    assert str(refused.value).endswith("。")
    return refused.value.code


def zipped(**parts):
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"name,phone\n", b"PK\x03\x04garbage", b"\xd0\xcf\x11\xe0 an old xls", b"%PDF-1.7"],
)
def test_other_files_are_unreadable(content):
    assert refusal(content) == "workbook_unreadable"


def test_a_truncated_workbook_is_unreadable():
    assert refusal(households({})[:-100]) == "workbook_unreadable"


def test_an_archive_of_something_else_is_unreadable():
    assert refusal(zipped(letter="hello")) == "workbook_unreadable"


def test_a_workbook_with_a_password_is_refused_as_such():
    sealed = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")

    assert refusal(sealed) == "workbook_encrypted"


def test_a_workbook_of_other_sheets_is_unknown():
    assert refusal(book(草稿=[["随便"]])) == "workbook_unknown"


def test_a_workbook_of_headers_only_is_empty():
    assert refusal(book(房屋与住户=rows(HOUSEHOLDS))) == "workbook_empty"


def test_more_than_20000_rows_are_too_long(monkeypatch):
    monkeypatch.setattr(envelope, "ROWS", 3)

    assert refusal(households({}, {}, {}, {})) == "workbook_too_long"


def test_a_stray_cell_in_the_last_corner_is_too_long():
    buffer = BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = workbook.add_worksheet("房屋与住户")
    sheet.write_row(0, 0, rows(HOUSEHOLDS, LIU)[0])
    sheet.write(1_048_575, 16_383, "x")
    workbook.close()

    assert refusal(buffer.getvalue()) == "workbook_too_long"


def test_a_file_beyond_ten_megabytes_is_too_large():
    assert refusal(b"PK" + bytes(envelope.BYTES)) == "workbook_too_large"
