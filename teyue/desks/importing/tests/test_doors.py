from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from teyue.desks.importing.tests.register import alive, rows
from teyue.foundation import clock, pen
from teyue.register.importing.models import ImportRun
from teyue.register.importing.tests import books
from teyue.register.people.models import Post
from teyue.web.tests import house

pytestmark = pytest.mark.clause("4.2.4")
BOOK = books.households({}, {"房号": "1103", "建筑面积(㎡)": ""})
API = "/api/v1/imports"


@pytest.fixture
def account(office):
    return house.account_of("ad", "AD", office, clock.now())


@pytest.fixture
def desk(client, account):
    """Return a browser in which the administrator has signed in."""
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def token(account) -> dict[str, str]:
    return house.token_of(account)


def test_an_upload_shows_what_would_be_imported_and_what_is_wrong(desk, office):
    page = upload_page(desk, office).content.decode()

    assert "确认导入 1 行" in page
    assert "建筑面积为空" in page
    assert "139 **** 7104" in page and "13900007104" not in page
    assert alive()["Household"] == 0


def test_a_file_that_is_no_workbook_is_told_beside_the_field(desk, office):
    answer = upload_page(desk, office, b"rubbish")

    assert answer.status_code == 422
    assert "不是可以读取的Excel工作簿" in answer.content.decode()
    assert not ImportRun.objects.exists()


def test_faults_are_found_by_sheet_and_text(desk, office):
    upload_page(desk, office)
    page = f"/imports/{ImportRun.objects.get().pk}/"

    assert "建筑面积为空" in desk.get(page, {"q": "D列"}).content.decode()
    assert "这样筛选没有问题行" in desk.get(page, {"q": "电话"}).content.decode()


def test_faults_are_given_as_a_workbook(desk, office):
    upload_page(desk, office)

    answer = desk.get(f"/imports/{ImportRun.objects.get().pk}/faults.xlsx")

    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    lines = book.get_sheet_by_index(0).to_python()
    assert lines[-1][:3] == ["房屋与住户", 3.0, "D"]


def test_the_bar_moves_on_batch_by_batch(desk, office, monkeypatch):
    monkeypatch.setattr("teyue.register.importing.batches.SIZE", 1)
    upload_page(desk, office, books.households({}, {"房号": "1103"}))
    address = f"/imports/{ImportRun.objects.get().pk}/import/"

    first = desk.post(address, headers={"HX-Request": "true"})
    second = desk.post(address, headers={"HX-Request": "true"})

    assert 'value="1"' in first.content.decode() and 'hx-trigger="load"' in first.content.decode()
    assert second.headers["HX-Redirect"] == address.removesuffix("import/")
    assert alive()["Household"] == 2


def test_without_scripts_one_press_imports_everything_and_another_undoes_it(desk, office):
    upload_page(desk, office)
    page = f"/imports/{ImportRun.objects.get().pk}/"

    assert "已导入 1 行" in desk.post(f"{page}import/", follow=True).content.decode()
    assert alive()["Household"] == 1

    assert "这次导入已撤销" in desk.post(f"{page}undo/", follow=True).content.decode()
    assert alive()["Household"] == 0


def test_the_list_says_what_would_appear_there(desk):
    assert "还没有导入过名册" in desk.get("/imports/").content.decode()


def test_who_may_not_import_sees_no_imports(client, office):
    account = house.account_of("rc", "RC", office, clock.now())
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get("/imports/").status_code == 403


def test_the_api_uploads_imports_and_undoes(client, office, token):
    run = upload(client, token)
    assert (run.status_code, run.json()["adds"]["household"]) == (201, 1)
    assert run.json()["faults"][0] | {"text": ""} == fault("房屋与住户", 3, "D")

    address = f"{API}/{run.json()['id']}"
    assert client.post(f"{address}/import", headers=token).json()["state"] == "imported"
    assert alive()["Household"] == 1

    assert client.post(f"{address}/undo", headers=token).json()["state"] == "undone"
    assert alive()["Household"] == 0
    assert client.get(address, headers=token).json()["state"] == "undone"


def test_the_api_lists_imports(client, office, token):
    upload(client, token)

    listed = client.get(API, headers=token).json()["items"]

    assert [(one["office"], one["file_name"]) for one in listed] == [("YQ01", "名册.xlsx")]


def test_the_api_refuses_what_is_no_workbook(client, office, token):
    before = rows()

    answer = upload(client, token, b"rubbish")

    assert (answer.status_code, answer.json()["code"]) == (422, "workbook_unreadable")
    assert rows() == before


def test_the_api_refuses_an_office_that_is_not_ones_own(client, office, second_office, token):
    answer = upload(client, token, office="LT02")

    assert (answer.status_code, answer.json()["code"]) == (422, "office_unknown")
    assert not ImportRun.objects.exists()


def test_the_api_asks_which_of_several_offices_is_meant(client, account, second_office, token):
    with pen.held(Post):
        here = {"office": second_office, "state": "active", "from_on": date(2020, 1, 1)}
        Post.objects.create(person=account.person, role="AD", **here)
    before = rows()

    answer = upload(client, token)

    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, "office_missing")
    assert (said["field"], said["clause"]) == ("office", "4.2.4")
    assert "YQ01、LT02" in said["detail"]
    assert rows() == before


def file_of(content: bytes) -> SimpleUploadedFile:
    """Return a workbook as a browser sends it."""
    return SimpleUploadedFile("名册.xlsx", content)


def upload_page(desk, office, content: bytes = BOOK):
    """Upload a workbook on the page and go where it leads."""
    words = {"office": office.pk, "workbook": file_of(content)}
    return desk.post("/imports/", words, follow=True)


def upload(client, token, content: bytes = BOOK, **words):
    """Upload a workbook over the API."""
    return client.post(API, {"workbook": file_of(content), **words}, headers=token)


def fault(sheet: str, row: int, column: str) -> dict[str, object]:
    """Return a fault without its sentence."""
    return {"sheet": sheet, "row": row, "column": column, "text": ""}
