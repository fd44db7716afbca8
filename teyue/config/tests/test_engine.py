from __future__ import annotations

from pathlib import Path

from teyue.config import engine

APART = {
    "TEYUE_DATABASE": "postgresql://app@%2Frun%2Fpg/teyue?sslmode=disable",
    "TEYUE_DATABASE_OWNER": "postgresql://owner@%2Frun%2Fpg/teyue",
}


def test_without_an_address_the_rows_stand_in_the_data_folder(tmp_path: Path):
    found = engine.database({}, tmp_path)

    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == str(tmp_path / "teyue.sqlite3")


def test_a_commit_on_sqlite_waits_for_the_disk_and_begins_as_a_writer(tmp_path: Path):
    options = engine.database({}, tmp_path)["OPTIONS"]

    assert "synchronous=FULL" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"


def test_postgresql_keeps_the_options_of_its_address(tmp_path: Path):
    found = engine.database(APART, tmp_path)

    assert (found["USER"], found["HOST"]) == ("app", "/run/pg")
    assert found["OPTIONS"]["sslmode"] == "disable"
    assert "lock_timeout=20s" in found["OPTIONS"]["options"]


def test_tables_are_made_under_the_address_of_the_owner(tmp_path: Path):
    found = engine.database(APART | {"TEYUE_CONNECT_AS": "owner"}, tmp_path)

    assert found["USER"] == "owner"


def test_the_serving_role_is_named_only_where_it_is_not_the_owner():
    alone = engine.serving_role({"TEYUE_DATABASE": APART["TEYUE_DATABASE"]})

    assert (engine.serving_role(APART), alone) == ("app", "")
