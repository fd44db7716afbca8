from __future__ import annotations

import pytest

from teyue.foundation.ledger.models import Account, Movement
from teyue.foundation.ledger.operations import MovedNothing, move
from teyue.foundation.ledger.queries import balance, balances, movements_of, owed
from teyue.foundation.money import NOTHING, Money
from teyue.foundation.tests.cast import AT, LIN, ZHAO
from teyue.foundation.tests.paperwork import operations, steps
from teyue.foundation.tests.paperwork.models import Folder, Slip

TEN = Money.yuan("10.00")
FOUR = Money.yuan("4.00")


@pytest.fixture
def paid(slip: Slip) -> Slip:
    with steps.SIGN.take(slip, actor=ZHAO, at=AT) as turn:
        turn.leave("signed")
        move(TEN, out_of=Account.PREPAYMENT, into=Account.CASH, by=slip, at=AT, case=slip.folder)
        move(FOUR, out_of=Account.CASH, into=Account.PREPAYMENT, by=slip, at=AT, case=slip.folder)
    return slip


def test_an_account_gains_what_enters_and_loses_what_leaves(paid: Slip):
    assert balance(Account.CASH) == Money.yuan("6.00")
    assert owed(Account.PREPAYMENT, paid.folder) == Money.yuan("6.00")
    assert balance(Account.BANK) == NOTHING


def test_all_accounts_together_are_nil(paid: Slip):
    found = balances(movements_of(paid.folder))

    assert found == {Account.CASH: Money.yuan("6.00"), Account.PREPAYMENT: Money.yuan("-6.00")}


def test_money_of_a_new_paper_and_a_new_case_finds_their_ids(db: None):
    folder = Folder()

    with steps.OPEN.take(folder, actor=LIN, at=AT):
        move(TEN, out_of=Account.BANK, into=Account.CASH, by=folder, at=AT, case=folder)

    moved = Movement.objects.get()
    assert (moved.document_id, moved.case_id) == (folder.pk, folder.pk)


@pytest.mark.parametrize("amount", [NOTHING, -TEN])
def test_nothing_and_less_are_not_moved(slip: Slip, amount: Money):
    with pytest.raises(MovedNothing), steps.SIGN.take(slip, actor=ZHAO, at=AT):
        move(amount, out_of=Account.CASH, into=Account.BANK, by=slip, at=AT)

    assert not Movement.objects.exists()


def test_money_moves_only_while_a_step_is_taken(slip: Slip):
    with pytest.raises(RuntimeError):
        move(TEN, out_of=Account.CASH, into=Account.BANK, by=slip, at=AT)

    assert not Movement.objects.exists()


def test_a_refused_step_moves_no_money(slip: Slip):
    taking = steps.SIGN.take(slip, actor=ZHAO, at=AT)
    with pytest.raises(ValueError, match="may not leave"), taking as turn:
        move(TEN, out_of=Account.CASH, into=Account.BANK, by=slip, at=AT)
        turn.leave("lost")

    assert not Movement.objects.exists()
    assert operations.sign(slip, actor=ZHAO, at=AT).state == "signed"
