from __future__ import annotations

from pathlib import Path

import pytest

from teyue.foundation.refusal import Refused
from teyue.foundation.tests.cast import AT
from teyue.foundation.upkeep import archive, drafts

MANIFEST = archive.Manifest(engine="sqlite", made_at=AT.isoformat(), migrations=[], keys={})


def test_what_a_killed_backup_left_is_gone_after_the_next(tmp_path: Path):
    left = tmp_path / f"monday.tar{drafts.SUFFIX}"
    left.write_bytes(b"half")

    with archive.written(tmp_path / "tuesday.tar", MANIFEST):
        pass

    assert [path.name for path in tmp_path.iterdir()] == ["tuesday.tar"]


def test_the_folder_of_a_killed_backup_is_gone_after_the_next(tmp_path: Path):
    left = tmp_path / "teyue-backup-left"
    left.mkdir()
    (left / "teyue.sqlite3").write_bytes(b"rows")

    with drafts.folder("backup", tmp_path):
        pass

    assert list(tmp_path.iterdir()) == []


def test_a_draft_that_is_being_written_stays(tmp_path: Path):
    with drafts.folder("backup", tmp_path) as first, drafts.folder("backup", tmp_path):
        assert first.exists()


def test_two_backups_do_not_write_into_one_file(tmp_path: Path):
    place = tmp_path / "copy.tar"

    with (
        archive.written(place, MANIFEST),
        pytest.raises(Refused) as caught,
        archive.written(place, MANIFEST),
    ):
        pass

    assert caught.value.code == "backup_running"
    assert archive.read(place).engine == "sqlite"
