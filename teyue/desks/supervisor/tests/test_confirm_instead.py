from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories import RECORDED_AT, record_of
from teyue.procedure.audit.models import Audit
from teyue.procedure.service.models import Confirmation, Record

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
WEEK = RECORDED_AT + timedelta(days=7)


def test_the_manager_confirms_on_evidence(recorded, signed_in, at_time):
    record = record_of(recorded())
    at_time(WEEK)
    form = {"digest": record.content_digest, "evidence": "门禁与照片，提醒三次"}

    answer = signed_in("om").post(f"/records/{record.number}/instead/", form)

    assert answer.status_code == 302
    assert Confirmation.objects.get().result == Confirmation.Result.ALTERNATIVE


def test_before_a_week_the_page_is_grey(recorded, signed_in, at_time):
    record = record_of(recorded())
    at_time(RECORDED_AT)

    page = signed_in("om").get(f"/records/{record.number}/instead/").content.decode()

    assert "完工满 7 天" in page and 'name="evidence"' not in page


def test_an_audit_page_sends_back_and_readmits(confirmed, signed_in, at_time):
    record = record_of(confirmed())
    at_time(RECORDED_AT + timedelta(hours=1))
    client, page = signed_in("cs"), f"/audits/{record.number}/"
    said = {"digest": record.content_digest, "comment": "照片不清"}

    client.post(page, said | {"verdict": "back"})
    client.post(page, said | {"verdict": "readmit"})

    assert list(Audit.objects.order_by("pk").values_list("state", flat=True)) == [
        "returned",
        "readmitted",
    ]
    assert Record.objects.get().state == Record.State.CONFIRMED
