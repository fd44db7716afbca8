from __future__ import annotations

import json

import pytest
from django.urls import reverse

from teyue.desks.reception.forms import sound
from teyue.foundation import pen
from teyue.procedure.booking.models import Order, Quote, Standing
from teyue.procedure.pricing.models import PriceLine
from teyue.register.estate.models import Household

pytestmark = pytest.mark.clause("4.2.4")

HTMX = {"HX-Request": "true"}
SLOT = "2026-11-25T14:00"


@pytest.fixture
def typed(household, members, tap):
    """The form as 林小雨 leaves it: one tap tomorrow afternoon, agreed on the telephone."""
    return {
        "household": household.pk,
        "item": "WX-01|",
        "quantity": "1",
        "urgency": "normal",
        "channel": "phone",
        "requester": members["owner"].person_id,
        "wish_from": SLOT,
        "answer": "call_recorded",
        "evidence": "录音 0571",
    }


@pytest.fixture
def desk(signed_in):
    return signed_in("rc")


def send(desk, typed, **told):
    """Press F9 with what is typed differently."""
    return desk.post("/reception/", {**typed, **told}, headers=HTMX)


@pytest.mark.parametrize("word", ["3-2-1102", "1102", "3栋2单元1102", "刘文", "lwb", "5207"])
def test_one_box_opens_the_card(desk, household, word):
    page = desk.get("/reception/", {"q": word}).content.decode()

    assert "3 栋 2 单元 1102" in page
    assert "刘文博" in page


def test_a_word_that_nobody_has_finds_nothing(desk, household):
    page = desk.get("/reception/", {"q": "9-9-999"}).content.decode()

    assert "没有找到“9-9-999”" in page


def test_the_card_says_who_may_do_what(desk, household):
    page = desk.get("/reception/", {"household": household.pk}).content.decode()

    assert "可预约，不能确认费用" in page
    assert "138 **** 5209" in page
    assert "13800005209" not in page


@pytest.mark.parametrize("login", ["ca", "st", "rs"])
def test_only_the_desk_looks_households_up(signed_in, household, login):
    answer = signed_in(login).get("/reception/", {"q": "1102"})

    assert answer.status_code == 403


def test_a_call_is_booked_and_the_next_may_come(desk, typed):
    answer = send(desk, typed)

    order = Order.objects.get()
    assert order.standing == Standing.AWAITING_PAYMENT
    assert order.quotes.get().evidence == "录音 0571"
    assert order.number in json.loads(answer.headers["HX-Trigger"])["toast"]["text"]
    assert "等下一位来电" in answer.content.decode()


def test_without_an_answer_the_price_is_only_offered(desk, typed):
    send(desk, typed, answer="", evidence="")

    assert Order.objects.get().standing == Standing.QUOTED


def test_what_is_priced_on_site_waits_for_its_quote(desk, typed):
    line = PriceLine.objects.filter(price_mode="range").select_related("item").earliest("pk")

    send(desk, typed, item=f"{line.item.code}|{line.variant}", wish_from="", owner_consent="业主在")

    assert Order.objects.get().standing == Standing.REGISTERED
    assert not Quote.objects.exists()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"quantity": "0"}, "数量要大于零"),
        ({"quantity": "3.333"}, "数量最多两位小数"),
        ({"quantity": "两个"}, "数量没有看懂"),
        ({"quantity": ""}, "这个字段是必填项"),
        ({"evidence": ""}, "请填写住户同意的凭据"),
        ({"wish_from": "2026-11-24T09:00"}, "这个时间已过"),
        ({"wish_from": "明天下午"}, "时段没有看懂"),
        ({"item": "ZZ-99|"}, "价目表里没有这个项目"),
        ({"urgency": "very"}, "very"),
        ({"item": "AZ-01|", "wish_from": "2026-11-25T12:30"}, "静音"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(desk, typed, told, sentence):
    answer = send(desk, typed, description="厨房水槽下", **told)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "厨房水槽下" in page
    assert not Order.objects.exists()


def test_a_slot_that_was_taken_meanwhile_names_others(desk, typed, wished, rc):
    for reason in "一二三四五":
        send(desk, typed, duplicate_reason=reason)
    taken = Order.objects.count()

    page = send(desk, typed, duplicate_reason="六").content.decode()

    assert "这个时段已约满" in page
    assert "最近可约：" in page
    assert Order.objects.count() == taken


def test_a_duplicate_is_asked_about_and_nothing_is_lost(desk, typed):
    send(desk, typed)

    answer = send(desk, typed, description="另一个龙头")

    page = answer.content.decode()
    assert 'name="duplicate_reason"' in page
    assert "另一个龙头" in page
    assert Order.objects.count() == 1


def test_the_preview_tells_price_and_gates(desk, typed):
    page = desk.get("/reception/quote/", typed | {"quantity": "6"}, headers=HTMX).content.decode()

    assert "¥180.00" in page
    assert "6 件 × ¥30.00" in page
    assert "6 / 6 项通过" in page


def test_the_preview_writes_nothing(desk, typed):
    desk.get("/reception/slots/", typed, headers=HTMX)
    desk.get("/reception/quote/", typed, headers=HTMX)

    assert not Order.objects.exists()


def test_the_preview_bars_what_no_field_answers(desk, typed, household):
    with pen.held(Household):
        Household.objects.update(state=Household.State.CLOSED)

    page = desk.get("/reception/quote/", typed, headers=HTMX).content.decode()

    assert 'aria-disabled="true"' in page
    assert "这户已迁出" in page


def test_the_grid_greys_the_quiet_hours_with_their_reason(desk, typed):
    page = desk.get("/reception/slots/", typed | {"item": "AZ-01|"}, headers=HTMX).content.decode()

    assert "静音，不能施工" in page


def test_the_api_finds_and_shows_households(calling, household):
    rc = calling("rc")

    found = rc.get("/households", query="5207").json()["items"]
    card = rc.get(f"/households/{household.pk}").json()

    assert [one["room"] for one in found] == ["3-2-1102"]
    assert card["members"][0]["phone"] == "138 **** 5207"
    assert (card["open_orders"], card["in_arrears"]) == ([], [])


def test_the_api_lists_households_page_by_page(calling, household, neighbors):
    first = calling("rc").get("/households", limit=1).json()

    second = calling("rc").get("/households", limit=1, after=first["next"]).json()

    rooms = [page["items"][0]["room"] for page in (first, second)]
    assert rooms == ["3-2-1102", "5-1-803"]


@pytest.mark.parametrize("login", ["neighbor", "ca"])
def test_the_api_hides_households_of_others(calling, household, login):
    answer = calling(login).get(f"/households/{household.pk}")

    assert answer.status_code == 404


def test_the_api_offers_and_shows_slots(calling, household, tap):
    rc = calling("rc")

    offers = rc.get(f"/households/{household.pk}/offers").json()["items"]
    slots = rc.get("/slots", item="WX-01", days=2).json()

    assert {"WX-01", "AZ-01"} <= {offer["item"] for offer in offers}
    assert slots["days"] == ["2026-11-24", "2026-11-25"]
    assert slots["windows"][3]["cells"][1]["status"] == "free"


@pytest.mark.parametrize("words", [{"item": "ZZ-99"}, {"item": "WX-01", "days": 99}, {}])
def test_the_api_refuses_slots_of_nothing(calling, tap, words):
    assert calling("rc").get("/slots", **words).status_code == 422


@pytest.mark.parametrize("label", ["AZ-01 打孔与挂件", "AZ-01 打孔和挂件"])
def test_a_service_is_found_by_its_initials_with_and_without_the_and(label):
    code, *sounds = sound(label).split()

    assert code == "AZ01"
    assert "dkgj" in sounds and len(sounds) == 2


def test_the_picker_speaks_the_language_of_the_page(signed_in, register):
    page = signed_in("rc").get(reverse("reception")).content.decode()

    assert '"unfound": "没有找到，请您换一个词。"' in page
