"""The owner refuses; the manager decides (O12, O17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.stories import CONFIRMED_AT, fresh, record_of, visit_of
from teyue.foundation.money import NOTHING, Money
from teyue.procedure.booking.models import Standing
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import at_home, in_the_shoes_of, refused, said_no
from teyue.procedure.dispute import operations
from teyue.procedure.dispute.facts import Decision
from teyue.procedure.dispute.models import Dispute
from teyue.procedure.refund.models import Refund
from teyue.procedure.service.models import Confirmation, Record

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
WORDS = "龙头还在滴水，不能签字"
NEXT_DAY = CONFIRMED_AT + timedelta(days=1)
AGAIN = Decision(outcome=Dispute.Outcome.CONFIRM_AGAIN, text="返工后请业主再看")
LESS = Decision(outcome=Dispute.Outcome.AMOUNT_AGREED, text="减收人工", agreed_amount=Money(2000))
OFF = Decision(outcome=Dispute.Outcome.CANCELLED, text="退单，全额退还")


@pytest.fixture
def record(recorded):
    return record_of(recorded())


@pytest.fixture
def open_one(record, st):
    """王磊 wrote down what the owner said."""
    return operations.open(record, words=WORDS, actor=st, at=CONFIRMED_AT)


def test_the_owners_words_open_a_dispute(record, rs):
    dispute = operations.open(record, words=f" {WORDS} ", actor=rs, at=CONFIRMED_AT)

    assert (dispute.words, fresh(record.order).standing) == (WORDS, Standing.DISPUTED)
    assert record_of(record.order).state == Record.State.DISPUTED
    assert visit_of(record.order).state == Visit.State.DISPUTED
    assert Confirmation.objects.get().result == Confirmation.Result.REFUSED


@pytest.mark.parametrize(
    ("who", "words", "code"),
    [
        ("rs", "  ", "words_missing"),
        ("neighbor", WORDS, "not_of_household"),
        ("st2", WORDS, "not_performer"),
    ],
)
def test_a_dispute_is_not_opened(request, record, who, words, code):
    with refused(code):
        actor = request.getfixturevalue(who)
        operations.open(record, words=words, actor=actor, at=CONFIRMED_AT)


def test_the_reception_writes_down_what_it_hears(record, rc):
    operations.open(record, words=WORDS, actor=rc, at=CONFIRMED_AT)

    assert Dispute.objects.get().taken_by == rc.id


def test_the_owner_is_asked_again(open_one, om):
    operations.resolve(open_one, decision=AGAIN, actor=om, at=NEXT_DAY)

    assert fresh(open_one.order).standing == Standing.TO_CONFIRM
    assert record_of(open_one.order).state == Record.State.RECORDED
    assert visit_of(open_one.order).state == Visit.State.FINISHED


def test_an_agreed_amount_goes_to_the_audit(open_one, om):
    operations.resolve(open_one, decision=LESS, actor=om, at=NEXT_DAY)

    record = record_of(open_one.order)
    assert (record.amount, record.lines[-1]["amount"]) == (Money(2000), -1000)
    assert fresh(open_one.order).standing == Standing.TO_AUDIT


def test_a_cancelled_order_gives_everything_back(open_one, om):
    operations.resolve(open_one, decision=OFF, actor=om, at=NEXT_DAY)

    assert fresh(open_one.order).standing == Standing.CANCELLED
    assert Refund.objects.get().amount == Money(3000)


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (replace(AGAIN, text=" "), "decision_missing"),
        (replace(LESS, agreed_amount=None), "amount_out_of_range"),
        (replace(LESS, agreed_amount=Money(3001)), "amount_out_of_range"),
        (replace(LESS, agreed_amount=Money(-1)), "amount_out_of_range"),
    ],
)
def test_a_decision_that_is_not_sound_is_refused(open_one, om, decision, code):
    with refused(code):
        operations.resolve(open_one, decision=decision, actor=om, at=NEXT_DAY)


def test_nobody_decides_for_the_own_home(open_one, om, household):
    with refused("own_household"):
        who = at_home(om, household)
        operations.resolve(open_one, decision=AGAIN, actor=who, at=NEXT_DAY)


def test_who_did_the_work_does_not_judge_it(open_one, om, st):
    with refused("performer_decides"):
        who = in_the_shoes_of(om, st)
        operations.resolve(open_one, decision=AGAIN, actor=who, at=NEXT_DAY)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"household_agreed": True},
        {"household_agreed": True, "evidence": " "},
        {"evidence": "同意书 3"},
    ],
)
def test_the_supervisor_needs_the_consent_in_writing(open_one, cs, told):
    with refused("consent_missing"):
        said = replace(LESS, **told)
        operations.resolve(open_one, decision=said, actor=cs, at=NEXT_DAY)


def test_the_supervisor_decides_within_the_limit(open_one, cs):
    said = replace(LESS, household_agreed=True, evidence="同意书 3")
    operations.resolve(open_one, decision=said, actor=cs, at=NEXT_DAY)

    assert Dispute.objects.get().state == Dispute.State.RESOLVED


def test_above_the_limit_the_manager_decides(recorded, st, cs):
    record = record_of(recorded(qty_x100=700))
    dispute = operations.open(record, words=WORDS, actor=st, at=CONFIRMED_AT)

    with refused("above_your_limit"):
        said = replace(LESS, agreed_amount=NOTHING, household_agreed=True, evidence="同意书 3")
        operations.resolve(dispute, decision=said, actor=cs, at=NEXT_DAY)


def test_page_and_endpoint_decide_alike(recorded, st, calling, signed_in, at_time):
    record = record_of(recorded())
    dispute = operations.open(record, words=WORDS, actor=st, at=CONFIRMED_AT)
    at_time(CONFIRMED_AT)

    answer = calling("cs").post(
        f"/disputes/{dispute.pk}/resolve", outcome="to_audit", text="减收", agreed_amount="20.00"
    )
    form = {"outcome": "to_audit", "text": "减收人工", "agreed_amount": "20"}
    page = signed_in("om").post(f"/disputes/{dispute.pk}/", form)

    assert said_no(answer, 422, "consent_missing")
    assert page.status_code == 302
    assert Dispute.objects.get().agreed_amount == Money(2000)


def test_the_manager_sees_the_words_beside_the_record(recorded, st, signed_in, at_time):
    record = record_of(recorded())
    operations.open(record, words=WORDS, actor=st, at=CONFIRMED_AT)
    at_time(CONFIRMED_AT)

    client = signed_in("om")

    assert WORDS in client.get("/disputes/").content.decode()
    page = client.get(f"/disputes/{Dispute.objects.get().pk}/").content.decode()
    assert WORDS in page and "¥30.00" in page


def test_the_reception_opens_one_on_its_page(recorded, signed_in, at_time):
    order = recorded()
    at_time(CONFIRMED_AT)

    page = signed_in("rc").post(f"/orders/{order.number}/dispute/", {"words": WORDS})

    assert page.status_code == 302
    assert Dispute.objects.get().words == WORDS
