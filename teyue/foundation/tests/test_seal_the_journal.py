from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from teyue.foundation.journal import sealing
from teyue.foundation.journal.models import Entry, Seal
from teyue.foundation.journal.sealing import seal
from teyue.foundation.journal.verifying import verify
from teyue.foundation.tests.cast import AT, LATER, LIN
from teyue.foundation.tests.certain import seal_all, wait_until_certain
from teyue.foundation.tests.paperwork import operations
from teyue.foundation.tests.paperwork.models import Folder


@pytest.fixture
def journal(transactional_db: None) -> list[Entry]:
    folder = operations.begin(actor=LIN, at=AT)
    for _ in range(3):
        operations.write(folder, actor=LIN, at=AT)
    return list(Entry.objects.order_by("pk"))


def tampered(statement: str) -> None:
    """Change the journal as somebody could who owns the machine."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_entry_no_update")
            cursor.execute("DROP TRIGGER journal_entry_no_delete")
        else:
            cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(statement)


def test_a_seal_covers_what_is_certain_and_verifies(journal: list[Entry]):
    assert seal_all(at=LATER) == 4

    verdict = verify()
    assert (verdict.sealed, verdict.unsealed, verdict.findings) == (4, 0, ())
    assert Seal.objects.get().spans == f"{journal[0].pk}-{journal[-1].pk}"


def test_nothing_new_makes_no_link(journal: list[Entry]):
    seal_all(at=LATER)

    assert seal(at=LATER) == 0
    assert Seal.objects.count() == 1


def test_links_hang_on_one_another(journal: list[Entry]):
    seal_all(at=LATER)
    operations.begin(actor=LIN, at=LATER)
    seal_all(at=LATER)

    first, second = Seal.objects.order_by("number")
    assert (second.number, second.previous) == (2, first.digest)
    assert verify().sealed == 5


def test_each_scope_has_a_chain_of_its_own(journal: list[Entry], monkeypatch):
    monkeypatch.setattr(Folder, "scope", 2)
    operations.begin(actor=LIN, at=AT)

    seal_all(at=LATER)

    assert list(Seal.objects.order_by("scope").values_list("scope", "number")) == [(1, 1), (2, 1)]
    assert verify().findings == ()


def test_a_small_batch_leaves_no_entry_behind(journal: list[Entry], monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 2)

    seal_all(at=LATER)

    verdict = verify()
    assert (verdict.sealed, verdict.unsealed, verdict.findings) == (4, 0, ())


def test_an_entry_that_was_changed_is_found(journal: list[Entry]):
    seal_all(at=LATER)

    tampered(f"UPDATE journal_entry SET actor = 9 WHERE id = {journal[1].pk}")

    assert [finding.place for finding in verify().findings] == [f"记录 {journal[1].pk}"]


def test_an_unsealed_entry_that_was_changed_is_found(journal: list[Entry]):
    tampered(f"UPDATE journal_entry SET clause = '9.9' WHERE id = {journal[0].pk}")

    assert [finding.text for finding in verify().findings] == ["内容与摘要不符"]


def test_an_entry_that_was_taken_out_is_found(journal: list[Entry]):
    seal_all(at=LATER)

    tampered(f"DELETE FROM journal_entry WHERE id = {journal[1].pk}")

    assert [finding.place for finding in verify().findings] == ["封存 1"]


def test_an_entry_that_was_slipped_beneath_the_chain_is_found(journal: list[Entry]):
    seal_all(at=LATER)
    columns = [field.attname for field in Entry._meta.concrete_fields if field.attname != "id"]
    listed = ", ".join(map(connection.ops.quote_name, columns))

    tampered(
        f"INSERT INTO journal_entry (id, {listed}) SELECT 0, {listed} FROM journal_entry LIMIT 1"
    )

    assert [finding.text for finding in verify().findings] == ["在封存之后被插入"]


@pytest.mark.postgresql
def test_an_entry_still_being_written_is_sealed_later(journal: list[Entry]):
    begun, go_on = threading.Event(), threading.Event()
    wait_until_certain()

    def write_slowly() -> None:
        with transaction.atomic():
            operations.begin(actor=LIN, at=AT)
            begun.set()
            go_on.wait(10)
        connection.close()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    begun.wait(10)
    operations.begin(actor=LIN, at=AT)
    sealing.seal_all(at=LATER)
    early = verify()
    go_on.set()
    slow.join()

    seal_all(at=LATER)

    assert (early.sealed, early.unsealed, early.findings) == (4, 1, ())
    assert (verify().sealed, verify().unsealed, verify().findings) == (6, 0, ())


@pytest.mark.postgresql
def test_a_transaction_that_failed_hinders_no_seal(journal: list[Entry]):
    with pytest.raises(KeyError), transaction.atomic():
        operations.begin(actor=LIN, at=AT)
        raise KeyError
    operations.begin(actor=LIN, at=AT)

    seal_all(at=LATER)

    assert (verify().sealed, verify().unsealed) == (5, 0)
