"""Put a backup into an empty installation, all or nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from teyue.foundation import progress
from teyue.foundation.refusal import Refused
from teyue.foundation.upkeep import archive, backup, drafts, engines, keyring


def restore(place: Path) -> None:
    """Restore rows, files and, where the backup has them, keys.

    The rows come last and at once, so an interrupted restoring leaves the installation empty and
    can be begun again.

    :raises Refused: ``backup_unreadable``, ``not_empty``, ``other_engine``, ``other_version``,
        ``keys_missing``.
    """
    _refuse_unfit(archive.read(place))
    data = Path(settings.DATA_DIR)
    with drafts.folder("restore", data) as folder:
        manifest = _unpack(place, folder)
        keys = folder / "keys" if (folder / "keys").exists() else backup.keys_folder()
        if not keyring.opens(keys, manifest.keys):
            text = _("现有密钥不能解开备份中的数据。请您先把原来的 keys 文件夹放回数据文件夹。")
            raise Refused("keys_missing", text)
        _place_files(folder / "files", Path(settings.MEDIA_ROOT))
        _place_files(folder / "keys", backup.keys_folder())
        _place_rows(manifest, folder / "rows")


def _refuse_unfit(manifest: archive.Manifest) -> None:
    if not engines.is_empty():
        text = _("这里已经有数据，不能恢复备份。请您另设一个空的数据文件夹或数据库。")
        raise Refused("not_empty", text)
    if manifest.engine != connection.vendor:
        text = _("备份来自 %(made)s，这里是 %(here)s。请您在同类数据库上恢复。")
        names = {"made": manifest.engine, "here": connection.vendor}
        raise Refused("other_engine", text % names)
    if connection.vendor == "postgresql" and manifest.migrations != backup.migrations():
        text = _("备份的数据结构与本程序不同。请您先安装做备份时的版本并运行 teyue migrate。")
        raise Refused("other_version", text)


def _unpack(place: Path, folder: Path) -> archive.Manifest:
    with progress.shown(_("解包"), len(archive.read(place).members)) as show:
        return archive.unpacked(place, folder, show)


def _place_files(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o600)
            shutil.move(path, place)


def _place_rows(manifest: archive.Manifest, folder: Path) -> None:
    if connection.vendor == "sqlite":
        engines.replace_sqlite(folder / engines.SQLITE_FILE)
        return
    with progress.shown(_("数据表"), len(manifest.columns)) as show:
        engines.copy_in(manifest.columns, folder, lambda done, total: show(done))
