from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.desks.casefile.tests.seats import MORNING
from teyue.desks.prints.tests.test_print_a_form import words_of
from teyue.procedure.cashier.models import Printing
from teyue.procedure.service.queries.records import confirmation_code
from teyue.register.people import operations as people
from teyue.register.people.facts import TokenWish
from teyue.register.people.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
PAGE = "/receipts/{}/"


@pytest.fixture
def receipt(paid):
    return paid().receipts.get()


@pytest.fixture
def till(seated):
    return seated("ca", at=MORNING)


def address(receipt) -> str:
    return f"/prints/F-11/{receipt.number}.pdf"


def code(receipt) -> str:
    return confirmation_code(receipt.order)


def test_the_first_print_is_the_original_in_three_copies(receipt, till):
    said = words_of(till.get(address(receipt)))

    assert "补打" not in said
    assert said.count("No.0000001") == 3
    assert said.count(code(receipt)) == 1


def test_a_second_print_asks_for_the_reason(receipt, till):
    till.get(address(receipt))

    answer = till.get(address(receipt))

    assert answer.headers["Location"] == PAGE.format(receipt.number) + "#reprint"
    assert Printing.objects.count() == 1


def test_a_reprint_is_marked(receipt, till):
    till.get(address(receipt))
    till.post(PAGE.format(receipt.number) + "reprint/", {"reason": "卡纸"})

    answer = till.get(address(receipt), {"n": "2"})

    assert "补打" in words_of(answer)
    assert list(Printing.objects.values_list("n", "reason")) == [(1, ""), (2, "卡纸")]


def test_a_receipt_that_was_only_reprinted_is_no_original(receipt, till):
    till.post(PAGE.format(receipt.number) + "reprint/", {"reason": "代手写件"})

    answer = till.get(address(receipt), {"n": "1"})

    assert "补打" in words_of(answer)


def test_the_print_of_somebody_else_is_not_found(receipt, till, seated):
    till.get(address(receipt))

    answer = seated("ca2").get(address(receipt), {"n": "1"})

    assert answer.status_code == 404


def test_a_household_gets_its_copy_and_uses_up_no_original(receipt, seated):
    said = words_of(seated("rs", at=MORNING).get(address(receipt)))

    assert code(receipt) in said
    assert said.count("No.0000001") == 1
    assert not Printing.objects.exists()


@pytest.mark.parametrize("login", ["fn", "au"])
def test_who_only_reads_the_till_sees_no_code(receipt, seated, login):
    said = words_of(seated(login, at=MORNING).get(address(receipt)))

    assert code(receipt) not in said


def test_the_code_is_gone_when_the_work_is_confirmed(settled, seated):
    receipt = settled().receipts.get()

    said = words_of(seated("ca").get(address(receipt)))

    assert code(receipt) not in said


def test_the_endpoint_gives_the_same_and_says_why_not(receipt, till, register):
    wish = TokenWish(label="test", expires_at=MORNING + timedelta(hours=8))
    account = Account.objects.select_related("person").get(username="ca")
    _, token = people.issue_token(account, wish=wish, actor=register.actor("ca"), at=MORNING)
    told = {"headers": {"Authorization": f"Bearer {token}"}}

    first = till.get(f"/api/v1/prints/F-11/{receipt.number}", **told)
    second = till.get(f"/api/v1/prints/F-11/{receipt.number}", **told)

    assert first.content.startswith(b"%PDF")
    assert (second.status_code, second.json()["code"]) == (409, "already_printed")
