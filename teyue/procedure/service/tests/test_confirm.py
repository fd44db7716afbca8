from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.stories import CONFIRMED_AT, RECORDED_AT, fresh, record_of, visit_of
from teyue.foundation import pen
from teyue.foundation.actors import Evidence
from teyue.foundation.money import Money
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.dispatch.models import Visit
from teyue.procedure.dispatch.tests.proof import at_home, in_the_shoes_of, refused, said_no
from teyue.procedure.service import operations
from teyue.procedure.service.facts import Word
from teyue.procedure.service.models import Confirmation, Record
from teyue.procedure.service.queries.records import confirmation_code
from teyue.register.estate.models import Person
from teyue.register.people.queries import resident

pytestmark = [pytest.mark.django_db, pytest.mark.clause("4.3.1")]
WEEK = RECORDED_AT + timedelta(days=7)
Method = Confirmation.Method


@pytest.fixture
def record(recorded):
    return record_of(recorded())


@pytest.fixture
def owner(members, household):
    return resident(members["owner"].person, household=household.pk)


@pytest.fixture
def word(record, members):
    """What 刘文博 signs."""
    return Word(
        digest=record.content_digest,
        method=Method.DEVICE,
        member=members["owner"],
        evidence="file:9",
        rating=5,
    )


def test_the_owner_signs_what_was_shown(record, word, owner, st):
    told = owner.typed_by(st, Evidence(Method.DEVICE, "file:9"))

    operations.confirm(record, word=word, actor=told, at=CONFIRMED_AT)

    said = Confirmation.objects.get()
    assert (said.result, said.rating, said.taken_by) == ("confirmed", 5, st.id)
    assert fresh(record.order).standing == Standing.TO_AUDIT
    assert visit_of(record.order).state == Visit.State.CONFIRMED


def test_a_remark_stays_with_the_word(record, word, owner):
    said = replace(word, remark="下次请早点到")
    operations.confirm(record, word=said, actor=owner, at=CONFIRMED_AT)

    assert Confirmation.objects.get().result == Confirmation.Result.WITH_REMARK


def test_the_payer_confirms_with_the_code_of_the_receipt(record, word, owner):
    code = confirmation_code(record.order)

    by_code = replace(word, method=Method.CODE, evidence=code, member=None)
    operations.confirm(record, word=by_code, actor=owner, at=CONFIRMED_AT)

    assert Confirmation.objects.get().evidence == ""


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"digest": "0" * 64}, "shown_differently"),
        ({"method": Method.CODE, "evidence": "000000"}, "wrong_code"),
        ({"evidence": ""}, "signature_missing"),
        ({"rating": 6}, "rating_out_of_range"),
        ({"rating": 0}, "rating_out_of_range"),
        ({"member": None}, "may_not_confirm"),
    ],
)
def test_a_word_that_does_not_hold_is_refused(record, word, owner, told, code):
    with refused(code):
        operations.confirm(record, word=replace(word, **told), actor=owner, at=CONFIRMED_AT)


def test_strangers_confirm_nothing(record, word, neighbor):
    with refused("not_of_household"):
        operations.confirm(record, word=word, actor=neighbor, at=CONFIRMED_AT)


def test_the_performer_never_confirms(record, word, owner, st):
    with refused("performer_confirms"):
        both = in_the_shoes_of(owner, st)
        operations.confirm(record, word=word, actor=both, at=CONFIRMED_AT)


def test_a_helper_may_not_confirm(record, word, members, household):
    helper = members["helper"]

    with refused("may_not_confirm"):
        actor = resident(helper.person, household=household.pk)
        by_helper = replace(word, member=helper)
        operations.confirm(record, word=by_helper, actor=actor, at=CONFIRMED_AT)


def test_a_child_may_not_confirm(record, word, members, household):
    with pen.held(Person):
        Person.objects.filter(pk=members["family"].person_id).update(birth_year=2012)
    members["family"].person.refresh_from_db()

    with refused("minor_confirms"):
        actor = resident(members["family"].person, household=household.pk)
        by_child = replace(word, member=members["family"])
        operations.confirm(record, word=by_child, actor=actor, at=CONFIRMED_AT)


@pytest.fixture
def instead(record):
    """What the manager puts forward for an owner who cannot be reached."""
    return Word(
        digest=record.content_digest,
        method=Method.EVIDENCE,
        member=None,
        evidence="门禁记录与照片，提醒三次",
    )


def test_after_a_week_the_manager_confirms_on_evidence(record, instead, om):
    operations.confirm_alternatively(record, word=instead, actor=om, at=WEEK)

    said = Confirmation.objects.get()
    assert (said.result, said.taken_by) == (Confirmation.Result.ALTERNATIVE, om.id)
    assert fresh(record.order).standing == Standing.TO_AUDIT


@pytest.mark.parametrize(
    ("told", "before", "code"),
    [
        ({}, timedelta(minutes=1), "too_early"),
        ({"evidence": " "}, timedelta(), "evidence_missing"),
        ({"digest": "0" * 64}, timedelta(), "shown_differently"),
    ],
)
def test_nobody_confirms_instead_lightly(record, instead, om, told, before, code):
    with refused(code):
        word = replace(instead, **told)
        operations.confirm_alternatively(record, word=word, actor=om, at=WEEK - before)


def test_never_above_what_was_prepaid(record, instead, om):
    with pen.held(Order):
        Order.objects.update(agreed=Money(2999))
    again = record_of(record.order)

    with refused("above_prepaid"):
        operations.confirm_alternatively(again, word=instead, actor=om, at=WEEK)


def test_the_manager_does_not_confirm_for_the_own_home(record, instead, om, household):
    with refused("own_household"):
        who = at_home(om, household)
        operations.confirm_alternatively(record, word=instead, actor=who, at=WEEK)


def test_page_and_endpoint_take_the_owners_code(recorded, calling, signed_in, at_time, members):
    record = record_of(recorded())
    at_time(CONFIRMED_AT)
    code = confirmation_code(record.order)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    body = {"digest": record.content_digest, "method": "sms_otp", "for": "payer"}
    proof = {"kind": "sms_otp", "reference": "收据"}

    answer = calling("st").post(
        f"/records/{record.number}/confirm", **body, evidence=proof, code=wrong
    )
    form = {"digest": record.content_digest, "method": "sms_otp", "code": code, "rating": "4"}
    page = signed_in("st").post(f"/jobs/{record.visit.number}/word/", form)

    assert said_no(answer, 422, "wrong_code")
    assert page.status_code == 302
    assert Confirmation.objects.get().rating == 4


def test_a_record_that_changed_is_shown_again(recorded, signed_in, at_time, members):
    record = record_of(recorded())
    at_time(CONFIRMED_AT)
    form = {"digest": "0" * 64, "method": "sms_otp", "code": confirmation_code(record.order)}

    page = signed_in("st").post(f"/jobs/{record.visit.number}/word/", form)

    assert page.status_code == 422 and "看最新内容" in page.content.decode()
    assert Record.objects.get().state == Record.State.RECORDED
