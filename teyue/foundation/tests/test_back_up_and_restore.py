from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from teyue.foundation.files import shelf
from teyue.foundation.journal.models import Entry
from teyue.foundation.journal.verifying import verify
from teyue.foundation.refusal import Refused
from teyue.foundation.tests.cast import AT, LATER, LIN
from teyue.foundation.tests.certain import seal_all
from teyue.foundation.tests.paperwork import operations
from teyue.foundation.tests.paperwork.models import Slip
from teyue.foundation.tests.test_store_a_file import keep, picture
from teyue.foundation.upkeep import archive, backup, engines
from teyue.foundation.upkeep.restore import restore


@pytest.fixture(autouse=True)
def place(settings, tmp_path: Path) -> Path:
    """An installation of its own, with a copy of the keys."""
    data = tmp_path / "data"
    shutil.copytree(settings.DATA_DIR / "keys", data / "keys")
    settings.DATA_DIR, settings.MEDIA_ROOT = data, data / "files"
    return data


@pytest.fixture
def empty(transactional_db: None, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Give a way to empty the database, which only its owner can, and act as the owner."""
    pristine = tmp_path / "pristine.sqlite3"
    if connection.vendor == "sqlite":
        engines.copy_sqlite(pristine, lambda done, total: None)
        yield lambda: engines.replace_sqlite(pristine)
        return
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        names = ", ".join(map(connection.ops.quote_name, engines.tables()))
        yield lambda: cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        cursor.execute("RESET ROLE")


@pytest.fixture
def copy(empty: Callable[[], None], tmp_path: Path) -> Path:
    """A backup of one sealed, one unsealed entry and a file; the installation itself is gone."""
    folder = operations.begin(actor=LIN, at=AT)
    seal_all(at=AT)
    operations.write(folder, actor=LIN, at=AT)
    keep(picture())
    file = tmp_path / "copy.tar"
    backup.make(file, at=LATER)
    empty()
    return file


def refused(code: str, copy: Path) -> None:
    with pytest.raises(Refused) as caught:
        restore(copy)
    assert caught.value.code == code


def test_what_was_backed_up_stands_there_again(copy: Path, place: Path):
    shutil.rmtree(place / "files")

    restore(copy)

    assert Slip.objects.select_related("folder").get().folder.title == "卷宗"
    assert shelf.is_whole(next((place / "files").glob("*/*")).name)


def test_the_restored_journal_verifies_and_goes_on(copy: Path):
    restore(copy)
    restored = verify()

    operations.begin(actor=LIN, at=LATER)
    seal_all(at=LATER)

    assert (restored.sealed, restored.unsealed, restored.findings) == (1, 1, ())
    assert (verify().sealed, verify().unsealed, verify().findings) == (3, 0, ())
    assert len(set(Entry.objects.values_list("pk", flat=True))) == 3


def test_numbers_go_on_where_they_were(copy: Path):
    restore(copy)

    operations.write(Slip.objects.get().folder, actor=LIN, at=LATER)

    numbers = Slip.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == ["SLIP-0001", "SLIP-0002"]


def test_an_installation_with_data_is_not_overwritten(copy: Path):
    operations.begin(actor=LIN, at=AT)

    refused("not_empty", copy)

    assert not Slip.objects.exists()


def retold(copy: Path, **told: Any) -> Path:
    """Return a backup whose manifest says something else."""
    other = copy.with_name("other.tar")
    with archive.written(other, replace(archive.read(copy), members={}, **told)):
        pass
    return other


def test_a_backup_of_the_other_engine_is_refused(copy: Path, place: Path):
    foreign = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    files = sorted(place.rglob("*"))

    with pytest.raises(Refused) as caught:
        restore(retold(copy, engine=foreign))

    assert caught.value.code == "other_engine"
    assert f"备份来自 {foreign}，这里是 {connection.vendor}" in str(caught.value)
    assert engines.is_empty() and sorted(place.rglob("*")) == files


@pytest.mark.postgresql
def test_a_backup_of_another_version_is_refused(copy: Path, place: Path):
    later = [*archive.read(copy).migrations, ["people", "9999_later"]]
    files = sorted(place.rglob("*"))

    refused("other_version", retold(copy, migrations=later))

    assert engines.is_empty() and sorted(place.rglob("*")) == files


def test_a_damaged_backup_is_refused(copy: Path):
    content = copy.read_bytes()
    copy.write_bytes(content.replace("卷宗".encode(), "伪造".encode()))

    refused("backup_unreadable", copy)

    assert engines.is_empty()


@pytest.mark.parametrize("size", [0, 700, 20_000])
def test_half_a_backup_is_refused(copy: Path, size: int):
    copy.write_bytes(copy.read_bytes()[:size])

    refused("backup_unreadable", copy)

    assert engines.is_empty()


def test_a_backup_without_keys_needs_the_keys_it_was_made_with(copy: Path, place: Path):
    (place / "keys" / "index").write_text("other", encoding="ascii")

    refused("keys_missing", copy)

    assert engines.is_empty()


def test_a_backup_leaves_the_keys_out_unless_asked(empty, place: Path, tmp_path: Path):
    backup.make(tmp_path / "without.tar", at=AT)
    backup.make_with_keys(tmp_path / "with.tar", at=AT)

    without, whole = (archive.read(tmp_path / name) for name in ("without.tar", "with.tar"))
    assert not [name for name in without.members if name.startswith("keys/")]
    assert {"keys/fields", "keys/index"} <= set(whole.members)


def test_keys_that_are_in_the_backup_come_back(empty, place: Path, tmp_path: Path):
    operations.begin(actor=LIN, at=AT)
    backup.make_with_keys(tmp_path / "copy.tar", at=AT)
    key = (place / "keys" / "index").read_text(encoding="ascii")
    empty()
    (place / "keys" / "index").write_text("other", encoding="ascii")

    restore(tmp_path / "copy.tar")

    assert (place / "keys" / "index").read_text(encoding="ascii") == key
    assert (place / "keys" / "index").stat().st_mode & 0o777 == 0o600


def test_an_interrupted_backup_leaves_no_file_of_its_name(empty, monkeypatch, tmp_path: Path):
    def break_off(writer: archive.Writer) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(backup, "_add_files", break_off)

    with pytest.raises(KeyboardInterrupt):
        backup.make(tmp_path / "copy.tar", at=AT)

    assert not (tmp_path / "copy.tar").exists()


def test_a_name_that_leads_out_of_the_folder_is_refused(copy: Path, tmp_path: Path, monkeypatch):
    manifest = archive.read(copy)
    manifest.members["../outside"] = ""
    with archive.written(tmp_path / "evil.tar", manifest):
        pass

    with pytest.raises(Refused):
        archive.unpacked(tmp_path / "evil.tar", tmp_path / "into", lambda done: None)

    assert not (tmp_path / "outside").exists()
