from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from teyue.foundation.files import shelf
from teyue.foundation.numbering.operations import draw
from teyue.foundation.tests.cast import AT, LIN
from teyue.foundation.tests.paperwork import operations
from teyue.foundation.tests.paperwork.models import Folder, Slip
from teyue.foundation.tests.test_store_a_file import keep, picture
from teyue.foundation.upkeep.checks import Check, run
from teyue.foundation.upkeep.invariants import CHECKS


def found() -> list[str]:
    return [finding.check.number for finding in run(CHECKS, lambda done: None)]


def test_sound_data_show_nothing(slip: Slip):
    assert found() == []


def test_a_serial_that_no_paper_bears_is_found(slip: Slip):
    draw(["SLIP"])

    assert found() == ["I-60"]


def test_a_number_that_nobody_drew_is_found(slip: Slip):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE paperwork_slip SET number = 'SLIP-0009'")

    assert found() == ["I-60"]


def test_a_file_that_was_changed_is_found(slip: Slip, settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path
    shelf.where(keep(picture()).sha256).write_bytes(b"other")

    assert found() == ["H-05"]


def test_a_finding_says_what_is_wrong_with_its_clause():
    check = Check("I-60", "3.5", "收据号连续", lambda: ["少 7 号"])

    (finding,) = run([check], lambda done: None)

    assert str(finding) == "I-60 3.5 收据号连续：少 7 号"


def test_the_command_ends_with_one_when_something_is_found(slip: Slip, capsys):
    call_command("check")
    draw(["SLIP"])

    with pytest.raises(SystemExit) as caught:
        call_command("check")

    assert caught.value.code == 1
    assert "号段 SLIP 已发到 2 号，单据却有 1 张" in capsys.readouterr().out


def test_the_journal_is_counted_for_who_asks(folder: Folder, capsys):
    operations.write(folder, actor=LIN, at=AT)

    call_command("verify")

    assert "已封存 0 条，未封存 2 条" in capsys.readouterr().out
