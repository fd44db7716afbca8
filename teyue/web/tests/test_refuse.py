from __future__ import annotations

import pytest
from django.test import Client

from teyue.foundation.journal.models import Entry
from teyue.register.company.models import Office

pytestmark = pytest.mark.urls("teyue.web.tests.addresses")
BACKEND = "django.contrib.auth.backends.ModelBackend"
URL = "/api/v1/offices"


@pytest.fixture
def at_the_desk(client, administrator):
    client.force_login(administrator, backend=BACKEND)
    return client


def send(client, body, headers):
    return client.post(URL, body, content_type="application/json", headers=headers)


def written() -> tuple[int, int]:
    """Count what a refused request must leave as it was."""
    return Office.objects.count(), Entry.objects.count()


@pytest.mark.django_db
def test_a_stranger_is_asked_to_sign_in(client):
    answer = send(client, {"code": "HB", "name": "湖滨"}, {})

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_signed_in"
    assert not Office.objects.exists()


def test_a_refusal_has_code_sentence_clause_and_field(client, as_administrator):
    answer = send(client, {"code": "湖", "name": "湖滨"}, as_administrator)

    said = answer.json()
    assert answer.status_code == said["status"] == 422
    assert (said["code"], said["clause"], said["field"]) == (
        "office_code_unreadable",
        "3.0",
        "code",
    )
    assert "请您修改" in said["detail"]
    assert Office.objects.count() == 1


def test_who_lacks_the_power_gets_403(client, as_receptionist):
    answer = send(client, {"code": "HB", "name": "湖滨"}, as_receptionist)

    assert (answer.status_code, answer.json()["code"]) == (403, "no_power")
    assert Office.objects.count() == 1


def test_what_is_not_seen_is_not_found(client, as_administrator):
    answer = client.post(f"{URL}/ZZ/close", headers=as_administrator)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"code": "123456789"}, "code"),
        ({"price": "1"}, "price"),
        ({"fee": 12.5}, "fee"),
        ({"fee": "-3"}, "fee"),
        ({"since": "2026-11-24T10:42:00"}, "since"),
    ],
)
def test_each_wrong_field_is_named_with_a_sentence(client, as_administrator, more, field):
    answer = send(client, {"code": "HB", "name": "湖滨"} | more, as_administrator)

    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, "invalid")
    assert [error["field"] for error in said["errors"]] == [field]
    assert said["errors"][0]["message"].endswith("。")


@pytest.mark.parametrize("body", [b"{", b'{"code": "\\u0000", "name": "x"}', b'"\\ud800"', b"[]"])
def test_what_is_no_readable_request_is_a_problem(client, as_administrator, body):
    answer = client.post(URL, body, content_type="application/json", headers=as_administrator)

    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_what_is_no_json_is_answered_with_where_to_look(client, as_administrator):
    before = written()

    answer = client.post(URL, b"{", content_type="application/json", headers=as_administrator)

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
    assert "对照接口文档" in answer.json()["detail"]
    assert written() == before


@pytest.mark.parametrize("address", [URL, f"{URL}?code=%00"])
def test_an_invisible_character_is_refused_before_anything_is_read(
    client, as_administrator, address
):
    name = "湖滨" if "%00" in address else "湖\0滨"
    before = written()

    body = {"code": "HB", "name": name}
    answer = client.post(address, body, content_type="application/json", headers=as_administrator)

    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")
    assert "请您删去后再提交" in answer.json()["detail"]
    assert written() == before


def test_a_page_refuses_an_invisible_character_in_its_address(at_the_desk):
    before = written()

    answer = at_the_desk.post("/offices/press/?from=%00", {"code": "HB"})

    assert (answer.status_code, answer.context["refusal"].code) == (422, "unreadable")
    assert "请您删去后再提交" in answer.content.decode()
    assert written() == before


def test_a_form_that_is_not_our_own_is_refused(administrator):
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(administrator, backend=BACKEND)
    before = written()

    answer = stranger.post("/offices/press/", {"code": "HB"})

    assert (answer.status_code, answer.context["refusal"].code) == (403, "forged")
    assert "请您刷新这一页，核对后再提交" in answer.content.decode()
    assert written() == before


def test_a_fault_shows_an_id_and_no_trace(client, as_administrator, caplog):
    client.raise_request_exception = False

    answer = client.get("/api/v1/broken", headers=as_administrator)

    said = answer.json()
    assert (answer.status_code, said["code"]) == (500, "fault")
    assert "secret" not in answer.content.decode()
    assert said["fault"] in caplog.text


@pytest.mark.django_db
def test_an_unknown_address_of_the_api_is_a_problem(client):
    answer = client.get("/api/v1/nowhere")

    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"


def test_a_page_says_no_in_place_for_htmx(at_the_desk):
    answer = at_the_desk.post("/offices/press/", {"code": "湖"}, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#main"
    assert 'role="alert"' in answer.content.decode()
    assert "§3.0" in answer.content.decode() or "3.0" in answer.content.decode()


def test_a_page_says_no_as_a_page_without_htmx(at_the_desk):
    answer = at_the_desk.post("/offices/press/", {"code": "湖"})

    assert answer.status_code == 422
    assert "管理处编号须为" in answer.content.decode()


def test_a_page_for_what_is_not_seen_says_not_found(at_the_desk):
    answer = at_the_desk.get("/lost/")

    assert answer.status_code == 404
    assert "没有找到" in answer.content.decode()


def test_a_form_keeps_what_was_typed_beside_the_reason(at_the_desk, settings, tmp_path):
    (tmp_path / "office.html").write_text("{{ form.as_p }}")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]

    answer = at_the_desk.post("/offices/new/", {"code": "湖", "name": "湖滨"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="湖滨"' in page and "管理处编号须为" in page
    assert Office.objects.count() == 1


def test_a_form_that_is_right_leads_on(at_the_desk):
    answer = at_the_desk.post("/offices/new/", {"code": "HB", "name": "湖滨"})

    assert answer.headers["Location"] == "/offices/HB/"
    assert Office.objects.filter(code="HB").exists()


def test_both_doors_give_the_same_refusal(at_the_desk, client, as_administrator):
    page = at_the_desk.post("/offices/press/", {"code": "YX"})

    answer = send(client, {"code": "YX", "name": "新处"}, as_administrator)

    assert page.status_code == answer.status_code == 422
    assert answer.json()["detail"] in page.content.decode()
