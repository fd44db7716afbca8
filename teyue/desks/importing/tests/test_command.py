from __future__ import annotations

import re

import pytest
from django.core.management import CommandError, call_command

from teyue.desks.importing.tests.register import alive, rows
from teyue.register.estate.models import Household
from teyue.register.importing.tests import books

pytestmark = pytest.mark.clause("4.2.4")
LISTED = books.SAMPLES / "yunqiyuan_messy.faults.txt"


def test_a_clean_workbook_leaves_with_code_zero(office, capsys):
    run_command(books.SAMPLES / "yunqiyuan.xlsx")

    told = capsys.readouterr()
    assert "房屋与住户：共 1984 行，新增 1984 行，已在册 0 行，有误未导入 0 行" in told.out
    assert "2024/2024 行" in told.err
    assert alive()["Household"] == 1696


def test_left_out_rows_are_told_one_a_line_and_leave_with_code_one(office, capsys):
    code = run_command(books.SAMPLES / "yunqiyuan_messy.xlsx")

    lines = capsys.readouterr().out.splitlines()
    places = re.findall(r"(\S+)\t(第\d+行)\t(?:([A-Z]): )?", LISTED.read_text("utf-8"))
    expected = [" ".join(filter(None, (s, r, f"{c}列" if c else ""))) for s, r, c in places]
    assert code == 1
    assert [line[: len(place)] for line, place in zip(lines, expected, strict=False)] == expected
    assert lines[len(expected)].startswith("房屋与住户：共 2014 行")


def test_a_dry_run_changes_nothing(office, capsys):
    before = rows()

    run_command(books.SAMPLES / "yunqiyuan.xlsx", "--dry-run")

    assert rows() == before
    assert "将新增：楼栋 " in capsys.readouterr().out


def test_a_second_run_changes_nothing(office, tmp_path):
    book = written(tmp_path, books.households({}))
    run_command(book)
    before = rows()

    run_command(book)

    assert rows() == before


def test_a_file_that_is_no_workbook_leaves_with_code_two(office, tmp_path):
    with pytest.raises(CommandError, match="不是可以读取的Excel工作簿") as caught:
        call_command("import", written(tmp_path, b"PK rubbish"))

    assert caught.value.returncode == 2


def test_a_file_that_is_not_there_leaves_with_code_two(office, tmp_path):
    with pytest.raises(CommandError, match="读不到文件") as caught:
        call_command("import", str(tmp_path / "none.xlsx"))

    assert caught.value.returncode == 2


def test_of_several_offices_one_must_be_named(office, second_office, tmp_path):
    book = written(tmp_path, books.households({}))

    with pytest.raises(CommandError, match="--office 指明一个：YQ01 云栖苑管理处、LT02 兰亭管理处"):
        call_command("import", book)

    assert alive()["Household"] == 0


def test_the_named_office_receives_the_rows(office, second_office, tmp_path):
    run_command(written(tmp_path, books.households({})), "--office", "lt02")

    assert Household.objects.get().office == second_office


def written(folder, content: bytes) -> str:
    """Write a workbook to a file and return its path."""
    path = folder / "名册.xlsx"
    path.write_bytes(content)
    return str(path)


def run_command(book, *words: str) -> int:
    """Run the command and return the code it leaves with."""
    try:
        call_command("import", str(book), *words)
    except SystemExit as left:
        return int(left.code or 0)
    return 0
