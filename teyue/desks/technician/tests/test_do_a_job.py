from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.stories import AFTERNOON, AUDITED_AT, RECORDED_AT, fresh, record_of, visit_of
from teyue.desks.resident.tests.test_confirm_by_link import drawn
from teyue.foundation import pen
from teyue.foundation.files.models import Attachment
from teyue.foundation.money import Money
from teyue.procedure.audit import operations as audit
from teyue.procedure.audit.facts import Findings
from teyue.procedure.booking.models import Standing
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import everything
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.service.models import Change, Confirmation, Record

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
NO_ROWS = {"used-TOTAL_FORMS": "0", "used-INITIAL_FORMS": "0"}


def photo() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG")
    return SimpleUploadedFile("work.jpg", out.getvalue())


@pytest.fixture
def phone(started, signed_in, at_time):
    """王磊's telephone, while he works at 3-2-1102."""
    order = started()
    at_time(RECORDED_AT)
    client = signed_in("st")
    client.visit = visit_of(order)
    client.page = f"/jobs/{client.visit.number}/"
    return client


def report(phone) -> dict[str, object]:
    points = [str(point["no"]) for point in phone.visit.order.standard.steps]
    said = {"work_done": "更换龙头", "minutes": "40", "quantity": "1", "site_cleaned": "on"}
    return {**said, **NO_ROWS, "points": points}


def test_the_next_job_comes_first(dispatched, signed_in):
    dispatched()

    page = signed_in("st").get("/jobs/").content.decode()

    assert "等您上门 1 件" in page and "3 栋 2 单元 1102" in page


def test_a_photo_is_kept_with_the_visit(phone):
    answer = phone.post(f"{phone.page}files/photo/", {"file": photo()}, HTTP_HX_REQUEST="true")

    kept = Attachment.objects.get()
    assert answer.status_code == 200 and f"/files/{kept.pk}/" in answer.content.decode()
    assert phone.get(f"/files/{kept.pk}/").headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(("kind", "sent"), [("photo", []), ("invoice", []), ("selfie", ["file"])])
def test_nothing_is_handed_in_without_a_picture_of_its_kind(phone, kind, sent):
    before = everything()

    answer = phone.post(f"{phone.page}files/{kind}/", {name: photo() for name in sent})

    said = answer.context["refusal"]
    assert (answer.status_code, said.code, said.clause) == (422, "file_missing", "4.3.1")
    assert said.field == "file" and "请您先拍照或选择照片" in answer.content.decode()
    assert not Attachment.objects.exists() and everything() == before


def test_others_do_not_open_the_photo(phone, signed_in):
    phone.post(f"{phone.page}files/photo/", {"file": photo()})
    number = Attachment.objects.get().pk

    assert signed_in("st2").get(f"/files/{number}/").status_code == 404
    assert signed_in("cs").get(f"/files/{number}/").status_code == 200


def test_the_work_is_recorded_and_the_owner_signs(phone, members):
    phone.post(f"{phone.page}files/photo/", {"file": photo()})
    recorded = phone.post(f"{phone.page}record/", report(phone))
    record = record_of(phone.visit.order)
    word = {"digest": record.content_digest, "method": "device_sign", "signature": drawn()}

    signed = phone.post(f"{phone.page}word/", word | {"person": members["owner"].person_id})

    assert (recorded.status_code, signed.status_code) == (302, 302)
    assert Confirmation.objects.get().evidence.startswith("file:")
    assert fresh(phone.visit.order).standing == Standing.TO_AUDIT


def test_nobody_signs_who_is_not_of_the_household(phone, register):
    phone.post(f"{phone.page}files/photo/", {"file": photo()})
    phone.post(f"{phone.page}record/", report(phone))
    record, before = record_of(phone.visit.order), everything()
    word = {"digest": record.content_digest, "method": "device_sign", "signature": drawn()}

    said = {"person": register.people["neighbor"].pk, "remark": "辛苦了"}
    answer = phone.post(f"{phone.page}word/", word | said)

    assert answer.status_code == 422
    assert answer.context["form"].has_error("person", "confirmer_missing")
    assert "请选择由谁确认" in answer.content.decode() and "辛苦了" in answer.content.decode()
    assert everything() == before


def test_what_was_typed_stays_when_the_record_is_refused(phone):
    answer = phone.post(f"{phone.page}record/", report(phone))

    page = answer.content.decode()
    assert answer.status_code == 422 and "请至少拍 1 张完工照片" in page
    assert "更换龙头</textarea>" in page
    assert not Record.objects.exists()


@pytest.mark.parametrize("button", ["accept", "depart", "arrive", "start", "record"])
def test_the_address_of_a_button_leads_back_to_the_job(phone, button):
    before = everything()

    answer = phone.get(f"{phone.page}{button}/")

    assert (answer.status_code, answer.headers["Location"]) == (302, phone.page)
    assert everything() == before


def test_a_material_without_its_price_is_told(phone):
    row = {"used-TOTAL_FORMS": "1", "used-INITIAL_FORMS": "0", "used-0-name": "角阀"}

    answer = phone.post(f"{phone.page}record/", report(phone) | row)

    assert answer.status_code == 422 and "请填写这种材料的数量和单价" in answer.content.decode()


def test_extra_work_is_offered_and_signed(phone, members):
    rows = {**NO_ROWS, "reason": "角阀锈死", "labor": "15", "labor_text": "换角阀"}
    offered = phone.post(f"{phone.page}change/", rows)
    change = Change.objects.get()
    yes = {"answer": "accept", "person": members["owner"].person_id, "signature": drawn()}

    answered = phone.post(f"{phone.page}change/{change.pk}/", yes)

    assert (offered.status_code, answered.status_code) == (302, 302)
    assert fresh(phone.visit.order).agreed == Money(4500)


def test_extra_work_without_a_signature_is_not_accepted(phone, members):
    rows = {**NO_ROWS, "reason": "角阀锈死", "labor": "15"}
    phone.post(f"{phone.page}change/", rows)
    change = Change.objects.get()

    yes = {"answer": "accept", "person": members["owner"].person_id, "signature": ""}
    answer = phone.post(f"{phone.page}change/{change.pk}/", yes)

    assert answer.status_code == 422 and "请住户签名" in answer.content.decode()
    assert Change.objects.get().state == Change.State.OFFERED


@pytest.mark.parametrize("word", ["accept", "refuse"])
def test_nobody_answers_for_extra_work_who_is_not_of_the_household(phone, register, word):
    phone.post(f"{phone.page}change/", {**NO_ROWS, "reason": "角阀锈死", "labor": "15"})
    change, before = Change.objects.get(), everything()

    said = {"person": register.people["neighbor"].pk, "signature": drawn()}
    answer = phone.post(f"{phone.page}change/{change.pk}/", {"answer": word} | said)

    refusal = answer.context["refusal"]
    assert (answer.status_code, refusal.code) == (422, "confirmer_missing")
    assert (refusal.field, refusal.clause) == ("person", "4.3.1")
    assert everything() == before


def test_the_owners_refusal_is_written_down(phone):
    phone.post(f"{phone.page}files/photo/", {"file": photo()})
    phone.post(f"{phone.page}record/", report(phone))

    phone.post(f"{phone.page}refuse/", {"words": "水还在滴"})

    assert Dispute.objects.get().words == "水还在滴"


def test_nobody_at_home_is_reported_with_the_photo(dispatched, signed_in, at_time):
    visit = visit_of(dispatched())
    at_time(AFTERNOON)
    client, page = signed_in("st"), f"/jobs/{visit.number}/"
    for verb in ("accept", "depart", "arrive"):
        client.post(f"{page}{verb}/")
    tried = {"rings": "2", "calls": "2"}

    early = client.post(f"{page}absent/", tried | {"photo": photo()})
    at_time(AFTERNOON.replace(minute=10))
    answer = client.post(f"{page}absent/", tried | {"photo": photo()})

    assert early.status_code == 422 and "等候 10 分钟" in early.content.decode()
    assert answer.status_code == 302
    assert visit_of(visit.order).failure == "household_absent"


def test_a_returned_record_is_corrected_on_the_phone(confirmed, signed_in, at_time, cs):
    record = record_of(confirmed())
    back = Findings(digest=record.content_digest, comment="照片不清，请重拍")
    audit.send_back(record, findings=back, actor=cs, at=AUDITED_AT)
    at_time(AUDITED_AT)
    client, page = signed_in("st"), f"/jobs/{record.visit.number}/"
    client.visit = record.visit

    shown = client.get(page).content.decode()
    client.post(f"{page}files/photo/", {"file": photo()})
    client.post(f"{page}record/", report(client) | {"row_version": ""})

    assert "照片不清，请重拍" in shown and "更正登记" in shown
    assert len(record_of(record.order).photos) == 1


@pytest.mark.parametrize(
    ("before", "said"), [(120, "早于约定时间"), (5, "准时"), (-180, "晚 60 分")]
)
def test_the_job_says_whether_the_arrival_was_in_time(phone, before, said):
    with pen.held(Visit):
        arrived = phone.visit.appoint_from - timedelta(minutes=before)
        Visit.objects.filter(pk=phone.visit.pk).update(arrived_at=arrived)

    assert phone.get(phone.page).context["punctual"] == said
