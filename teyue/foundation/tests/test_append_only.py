from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from teyue.foundation import append_only
from teyue.foundation.journal.models import Entry
from teyue.foundation.tests.paperwork.models import Folder

TABLES = ["journal_entry", "journal_seal", "ledger_movement"]


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_journal_seals_and_ledger_are_kept_for_good(db: None):
    assert append_only.tables() == TABLES
    assert append_only.unguarded() == []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET scope = 9", "DELETE FROM {}"])
def test_the_database_refuses_to_change_them(folder: Folder, table: str, statement: str):
    give_each_a_row()

    with pytest.raises(DatabaseError):
        run(statement.format(table))

    assert Entry.objects.get().scope == 1


@pytest.mark.postgresql
def test_nobody_empties_them_at_once(folder: Folder):
    with pytest.raises(DatabaseError):
        run("TRUNCATE journal_entry")

    assert Entry.objects.exists()


@pytest.mark.sqlite
def test_a_table_that_was_built_anew_is_guarded_again(transactional_db: None):
    run("DROP TRIGGER journal_entry_no_update")
    found = append_only.unguarded()

    call_command("migrate", verbosity=0, run_syncdb=True)

    assert (found, append_only.unguarded()) == (["journal_entry"], [])


def give_each_a_row() -> None:
    run(
        "INSERT INTO journal_seal (scope, number, at, spans, count, previous, digest, horizon)"
        " VALUES (1, 1, '2026-11-24', '', 0, '', '', 0)"
    )
    run(
        "INSERT INTO ledger_movement"
        " (at, scope, source, target, amount, document_kind, document_id, case_kind)"
        " VALUES ('2026-11-24', 1, '1001', '2203', 100, 'slip', 1, '')"
    )
