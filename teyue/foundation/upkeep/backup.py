"""Make a copy of the whole installation while it goes on working."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from teyue.foundation import progress
from teyue.foundation.upkeep import archive, drafts, engines, keyring


def keys_folder() -> Path:
    """Return where the keys lie."""
    return Path(settings.DATA_DIR) / "keys"


def migrations() -> list[list[str]]:
    """Return which migrations the tables have gone through."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def make(place: Path, *, at: datetime) -> None:
    """Write a backup without keys: whoever finds it cannot read phones in it."""
    _make(place, at, [])


def make_with_keys(place: Path, *, at: datetime) -> None:
    """Write a backup that can be restored with nothing else at hand, and read by whoever has it."""
    _make(place, at, sorted(file for file in keys_folder().iterdir() if file.is_file()))


def _make(place: Path, at: datetime, keys: list[Path]) -> None:
    manifest = archive.Manifest(
        engine=connection.vendor,
        made_at=at.isoformat(),
        migrations=migrations(),
        keys=keyring.marks(keys_folder()),
    )
    place.parent.mkdir(parents=True, exist_ok=True)
    with (
        archive.written(place, manifest) as writer,
        drafts.folder("backup", Path(settings.DATA_DIR)) as folder,
    ):
        add_rows = _add_sqlite if connection.vendor == "sqlite" else _add_postgresql
        add_rows(writer, folder)
        _add_files(writer)
        for key in keys:
            writer.add(f"keys/{key.name}", key)


def _add_sqlite(writer: archive.Writer, folder: Path) -> None:
    copied = folder / engines.SQLITE_FILE
    with progress.shown(_("数据库"), 100) as show:
        engines.copy_sqlite(copied, lambda done, total: show(100 * done // total))
    writer.add(f"rows/{engines.SQLITE_FILE}", copied)


def _add_postgresql(writer: archive.Writer, folder: Path) -> None:
    with engines.one_moment():
        writer.manifest.columns = engines.tables()
        with progress.shown(_("数据表"), len(writer.manifest.columns)) as show:
            for done, (table, columns) in enumerate(writer.manifest.columns.items(), 1):
                copied = folder / table
                engines.copy_out(table, columns, copied)
                writer.add(f"rows/{table}", copied)
                copied.unlink()
                show(done)


def _add_files(writer: archive.Writer) -> None:
    folder = Path(settings.MEDIA_ROOT)
    # What begins with a point is still being written.
    found = sorted(path for path in folder.glob("*/*") if not path.name.startswith("."))
    with progress.shown(_("附件"), len(found)) as show:
        for done, path in enumerate(found, 1):
            # A file whose retention ends in this very moment may be gone.
            if path.exists():
                writer.add(f"files/{path.parent.name}/{path.name}", path)
            show(done)
