from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from teyue.foundation.idempotency.models import Answer
from teyue.register.company.models import Office

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
