from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cryptography.fernet import Fernet

from teyue.config import keys


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path):
    first = keys.signing_key(tmp_path / "data")

    place = tmp_path / "data" / "keys" / "signing"
    assert keys.signing_key(tmp_path / "data") == first
    assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_processes_that_start_together_agree_on_one_key(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(keys.index_key, [tmp_path] * 32))

    assert len(found) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["index"]


def test_older_field_keys_stand_below_the_one_that_writes(tmp_path: Path):
    writing = keys.field_keys(tmp_path)[0]
    older = Fernet.generate_key().decode()
    (tmp_path / "keys" / "fields").write_text(f"{writing}\n{older}\n", encoding="ascii")

    assert keys.field_keys(tmp_path) == [writing, older]
