"""How people get in: accounts, passwords, printed codes and tokens."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import make_password

from teyue.foundation.actors import Actor
from teyue.foundation.lifecycle import Turn
from teyue.register.company.queries import is_demo
from teyue.register.estate.models import Person
from teyue.register.people import credentials, steps
from teyue.register.people.facts import FactorLoss, NewPassword, TokenWish
from teyue.register.people.models import Account, ResetCode, Token


def open_account(
    person: Person, *, username: str, password: str, actor: Actor, at: datetime
) -> Account:
    """Open an account with a first password, to be changed at first use except in a demo.

    :raises Refused: ``username_taken``, ``account_known``.
    """
    account = Account(person=person, username=username.strip().lower(), opened_at=at)
    with steps.OPEN_ACCOUNT.take(account, actor=actor, at=at) as turn:
        account.password = make_password(password)
        account.must_change = not is_demo()
        turn.note(person=person.pk)
    return account


def close_account(account: Account, *, actor: Actor, at: datetime) -> Account:
    """Close an account and all its tokens.

    :raises Refused: ``own_account``.
    """
    with steps.CLOSE_ACCOUNT.take(account, actor=actor, at=at) as turn:
        account.is_active = False
        _revoke_all(account, turn)
    return account


def set_password(account: Account, *, password: str, actor: Actor, at: datetime) -> Account:
    """Let a person choose a password; tokens that the old one opened are revoked.

    :raises Refused: ``another_account``, ``same_password``, ``weak_password``.
    """
    asked = NewPassword(password)
    with steps.SET_PASSWORD.take(account, actor=actor, at=at, asked=asked) as turn:
        _choose(account, password, turn)
    return account


def print_reset_code(account: Account, *, actor: Actor, at: datetime) -> str:
    """Return a code to print and hand over; it sets a new password once, within 24 hours.

    :raises Refused: ``own_account``.
    """
    code = credentials.new_code()
    with steps.PRINT_RESET_CODE.take(account, actor=actor, at=at) as turn:
        turn.keep(
            ResetCode(
                account=account,
                digest=credentials.code_digest(code),
                printed_at=at,
                printed_by=actor.id,
                expires_at=at + credentials.CODE_LASTS,
            )
        )
    return code


def remove_second_factor(
    account: Account, *, why: FactorLoss, actor: Actor, at: datetime
) -> Account:
    """Let somebody who lost the second factor in with the password, to set up another.

    Tokens are revoked, because whoever found the phone may hold one.

    :raises Refused: ``own_account``, ``no_second_factor``.
    """
    with steps.REMOVE_SECOND_FACTOR.take(account, actor=actor, at=at, asked=why) as turn:
        credentials.forget_second_factor(account)
        turn.note(why=why.value)
        _revoke_all(account, turn)
    return account


def reset_password(
    account: Account, *, code: str, password: str, actor: Actor, at: datetime
) -> Account:
    """Let a person who holds a printed code choose a password.

    :raises Refused: ``another_account``, ``code_invalid``, ``same_password``, ``weak_password``.
    """
    asked = NewPassword(password, code)
    with steps.RESET_PASSWORD.take(account, actor=actor, at=at, asked=asked) as turn:
        for used in credentials.valid_codes(account, code, at=at).locked():
            used.used_at = at
            turn.keep(used)
        _choose(account, password, turn)
    return account


def issue_token(
    account: Account, *, wish: TokenWish, actor: Actor, at: datetime
) -> tuple[Token, str]:
    """Return a new token with its text, which is shown once and not kept.

    :raises Refused: ``another_account``, ``password_due``, ``token_expiry``, ``power_not_held``.
    """
    text = credentials.new_token()
    token = Token(
        account=account,
        digest=credentials.digest(text),
        label=wish.label,
        powers=" ".join(sorted(wish.powers)),
        created_at=at,
        expires_at=wish.expires_at,
    )
    with steps.ISSUE_TOKEN.take(account, actor=actor, at=at, asked=wish) as turn:
        turn.keep(token)
        turn.note(expires=wish.expires_at.isoformat(), powers=len(wish.powers))
    return token, text


def revoke_token(token: Token, *, actor: Actor, at: datetime) -> Token:
    """End a token at once.

    :raises Refused: ``another_account``.
    """
    with steps.REVOKE_TOKEN.take(token.account, actor=actor, at=at) as turn:
        token.revoked_at = token.revoked_at or at
        turn.keep(token)
        turn.note(token=token.pk)
    return token


def _choose(account: Account, password: str, turn: Turn) -> None:
    account.password = make_password(password)
    account.must_change = False
    _revoke_all(account, turn)


def _revoke_all(account: Account, turn: Turn) -> None:
    for token in Token.objects.locked().filter(account=account, revoked_at=None):
        token.revoked_at = turn.at
        turn.keep(token)
