from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client

from teyue.foundation.idempotency.models import Answer
from teyue.foundation.journal.models import Entry
from teyue.register.company.models import Company, Office

pytestmark = [
    pytest.mark.urls("teyue.web.tests.addresses"),
    pytest.mark.django_db(transaction=True),
]


def test_two_at_once_with_one_key_do_the_work_once(as_administrator):
    together = Barrier(2)
    headers = as_administrator | {"Idempotency-Key": "k1"}

    def send(_) -> tuple[int, bytes]:
        together.wait()
        body = {"code": "HB", "name": "湖滨"}
        answer = Client().post(
            "/api/v1/offices", body, content_type="application/json", headers=headers
        )
        connections.close_all()
        return answer.status_code, answer.content

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(send, range(2))

    assert first == second and first[0] == 201
    assert Office.objects.filter(code="HB").count() == Answer.objects.count() == 1


@pytest.fixture
def at_the_desk(client, administrator):
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def somebody_else_writes(as_administrator, at_the_desk) -> Iterator[None]:
    """Another connection keeps the company, and ours gives up waiting for it at once."""
    sqlite, other = connection.vendor == "sqlite", connection.copy()
    patience = "PRAGMA busy_timeout = 1" if sqlite else "SET lock_timeout = '1ms'"
    with connection.cursor() as ours, other.cursor() as theirs:
        ours.execute(patience)
        theirs.execute("BEGIN IMMEDIATE" if sqlite else "BEGIN")
        if not sqlite:
            theirs.execute(f"SELECT 1 FROM {Company._meta.db_table} FOR UPDATE")
    yield
    other.close()
    connection.close()


def written() -> tuple[int, int, int]:
    return Office.objects.count(), Entry.objects.count(), Answer.objects.count()


def test_who_waits_too_long_is_told_to_send_it_again(as_administrator, somebody_else_writes):
    headers, before = as_administrator | {"Idempotency-Key": "k1"}, written()

    body = {"code": "HB", "name": "湖滨"}
    answer = Client().post(
        "/api/v1/offices", body, content_type="application/json", headers=headers
    )

    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert "稍等几秒再提交一次" in answer.json()["detail"]
    assert written() == before


def test_a_form_that_waited_too_long_keeps_what_was_typed(
    at_the_desk, somebody_else_writes, settings, tmp_path
):
    (tmp_path / "office.html").write_text("{{ refusal.code }} {{ form.as_p }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    before = written()

    answer = at_the_desk.post("/offices/new/", {"code": "HB", "name": "湖滨"})

    page = answer.content.decode()
    assert (answer.status_code, written()) == (503, before)
    assert "busy" in page and 'value="湖滨"' in page
