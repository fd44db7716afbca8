from __future__ import annotations

from datetime import timedelta

import pytest

from teyue.foundation.idempotency.models import Answer
from teyue.foundation.idempotency.operations import digest, forget, once
from teyue.foundation.refusal import Refused
from teyue.foundation.tests.cast import AT, GUEST, LIN, ZHAO
from teyue.foundation.tests.paperwork import operations
from teyue.foundation.tests.paperwork.models import Folder, Slip

REQUEST = digest("POST", "/slips", b"{}")
OTHER = digest("POST", "/slips", b'{"n": 2}')


def signing(slip: Slip, actor=ZHAO):
    def work() -> tuple[int, str]:
        found = operations.sign(Slip.objects.get(pk=slip.pk), actor=actor, at=AT)
        return 200, found.state

    return work


def writing(folder: Folder):
    def work() -> tuple[int, str]:
        return 201, str(operations.write(folder, actor=LIN, at=AT).pk)

    return work


def ask(work, request: str = REQUEST, key: str = "k1", actor: int = 7):
    return once(work, tell=tuple, actor=actor, key=key, request=request, at=AT)


def test_the_same_key_with_the_same_body_gives_the_same_answer(folder: Folder):
    first = ask(writing(folder))
    second = ask(writing(folder))

    assert first[:2] == second[:2]
    assert (first[2], second[2]) == (False, True)
    assert Slip.objects.count() == 1


def test_a_step_that_would_now_be_refused_is_answered_as_before(slip: Slip):
    ask(signing(slip))

    assert ask(signing(slip)) == (200, "signed", True)


@pytest.mark.parametrize("work", [writing, lambda folder: signing(folder.slips.get())])
def test_the_same_key_with_another_body_is_refused(slip: Slip, work):
    folder = slip.folder
    ask(work(folder))
    count = Slip.objects.count()

    with pytest.raises(Refused) as caught:
        ask(work(folder), request=OTHER)

    assert caught.value.code == "key_reused"
    assert Slip.objects.count() == count


def test_a_refusal_may_be_tried_again(slip: Slip):
    with pytest.raises(Refused):
        ask(signing(slip, actor=GUEST))

    assert ask(signing(slip)) == (200, "signed", False)


def test_a_key_belongs_to_one_actor(folder: Folder):
    ask(writing(folder))
    ask(writing(folder), actor=8)

    assert Slip.objects.count() == 2


def test_an_old_answer_is_emptied_but_its_key_stays_used(folder: Folder):
    ask(writing(folder))

    assert forget(AT + timedelta(days=8)) == 1

    with pytest.raises(Refused) as caught:
        ask(writing(folder))
    assert caught.value.code == "answer_forgotten"
    assert (Answer.objects.get().body, Slip.objects.count()) == ("", 1)
