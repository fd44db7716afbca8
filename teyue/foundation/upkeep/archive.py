"""The file of a backup: a tar with a manifest that says what is in it, and the digest of each."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from teyue.foundation.refusal import Refused
from teyue.foundation.upkeep import drafts

FORMAT = 1
MANIFEST = "manifest.json"
UNREADABLE = (OSError, tarfile.TarError, KeyError, TypeError, ValueError)


@dataclass(slots=True)
class Manifest:
    """What a backup holds. ``keys`` are digests of the keys that its encrypted fields need."""

    engine: str
    made_at: str
    migrations: list[list[str]]
    keys: dict[str, str]
    columns: dict[str, list[str]] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


class Writer:
    """A tar that grows member by member."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self.tar = tar
        self.manifest = manifest

    def add(self, name: str, place: Path) -> None:
        """Put a file into the backup."""
        with place.open("rb") as file:
            self.manifest.members[name] = hashlib.file_digest(file, "sha256").hexdigest()
        self.tar.add(place, name, recursive=False)

    def close(self) -> None:
        """Write the manifest, last, when all digests are known."""
        text = json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size, entry.mode = len(text), 0o600
        self.tar.addfile(entry, BytesIO(text))


@contextmanager
def written(place: Path, manifest: Manifest) -> Iterator[Writer]:
    """Write a backup that has its name only when it is whole and on the disk.

    :raises Refused: ``backup_running`` when another process writes to the same place.
    """
    drafts.clear(place.parent.glob(f"*{drafts.SUFFIX}"))
    draft = place.with_name(f"{place.name}{drafts.SUFFIX}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(handle, "wb") as file:
        if not drafts.is_free(handle):
            text = _("另一次备份正在写入这个文件，请您等它完成后再试。")
            raise Refused("backup_running", text)
        with tarfile.open(fileobj=file, mode="w") as tar:
            writer = Writer(tar, manifest)
            yield writer
            writer.close()
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)


def unpacked(place: Path, into: Path, progress: Callable[[int], None]) -> Manifest:
    """Unpack a backup into an empty folder, checking every digest on the way.

    :raises Refused: ``backup_unreadable``.
    """
    try:
        with tarfile.open(place) as tar:
            manifest = _manifest(tar)
            for done, (name, digest) in enumerate(manifest.members.items(), 1):
                _unpack(tar, name, digest, into)
                progress(done)
    except UNREADABLE as error:
        raise _unreadable() from error
    return manifest


def read(place: Path) -> Manifest:
    """Read what a backup says of itself; refused as :func:`unpacked`."""
    try:
        with tarfile.open(place) as tar:
            return _manifest(tar)
    except UNREADABLE as error:
        raise _unreadable() from error


def _unreadable() -> Refused:
    return Refused("backup_unreadable", _("备份文件不完整或已被改动，请您换一份备份。"))


def _manifest(tar: tarfile.TarFile) -> Manifest:
    file = tar.extractfile(MANIFEST)
    told: dict[str, Any] = json.load(file) if file else {}
    manifest = Manifest(**told)
    if manifest.format != FORMAT:
        raise ValueError(f"format {manifest.format} is not known")
    return manifest


def _unpack(tar: tarfile.TarFile, name: str, digest: str, into: Path) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{name} leads out of the folder")
    source = tar.extractfile(name)
    if source is None:
        raise ValueError(f"{name} is no file")
    place = into / path
    place.parent.mkdir(parents=True, exist_ok=True)
    total = hashlib.sha256()
    with place.open("wb") as out:
        while block := source.read(1 << 20):
            total.update(block)
            out.write(block)
    if total.hexdigest() != digest:
        raise ValueError(f"{name} was changed")
