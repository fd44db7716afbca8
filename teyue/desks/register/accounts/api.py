from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router, Status
from pydantic import Field

from teyue.desks.register import shapes
from teyue.desks.signin import checks
from teyue.foundation import sitting
from teyue.foundation.lifecycle import Step, seek
from teyue.register.people import credentials, operations, queries, steps
from teyue.register.people.facts import FactorLoss
from teyue.register.people.models import Account
from teyue.web.acts import act
from teyue.web.allowed import allowed_steps
from teyue.web.endpoints import REFUSALS, begins, reads, takes
from teyue.web.paging import Listing, Order
from teyue.web.people import ActedRequest
from teyue.web.shapes import (
    In,
    LineOut,
    ListOut,
    ListWords,
    Moment,
    Out,
    PaperOut,
    Problem,
    Text,
    paper,
)

router = Router(tags=[gettext_noop("账号")])
LIST = Listing(title="账号", orders={"newest": Order("最新在前", descending=True)})


def _silent(step: Step) -> dict[str, Any]:
    """Describe an endpoint that takes a step and answers with nothing."""
    described = takes(step, Out)
    return described | {"response": {204: None, REFUSALS: Problem}}


class AccountLine(LineOut):
    """An account in a list."""

    id: int
    username: str
    person: int
    name: str
    must_change: bool
    opened_at: Moment


class AccountOut(PaperOut, AccountLine):
    """An account."""

    second_factor: bool


class OpenedOut(AccountOut):
    """A new account with its first password, which is shown only here."""

    password: str


class CodeOut(Out):
    """A printed code, shown only here."""

    code: str
    expires_at: Moment


class OpenIn(In):
    """For whom an account is opened, and under which name."""

    person: int
    username: Text = Field(pattern=r"^[A-Za-z0-9_.\-]{2,40}$")


class PasswordIn(In):
    """The old password, and the one that is chosen."""

    old: str = Field(max_length=128)
    password: str = Field(max_length=128)


class ResetIn(In):
    """The printed code, and the password that is chosen."""

    username: str = Field(max_length=40)
    code: str = Field(max_length=20)
    password: str = Field(max_length=128)


class FactorIn(In):
    """Why a second factor is removed."""

    why: FactorLoss


def account_line(account: Account) -> AccountLine:
    """Show an account in a list."""
    return AccountLine(**_common(account))


def account_out(request: ActedRequest, account: Account) -> AccountOut:
    """Show an account."""
    return AccountOut(**_whole(request, account))


@router.get("/accounts", **reads("people.accounts", gettext_noop("账号"), ListOut[AccountLine]))
def list_accounts(request: ActedRequest, words: Query[ListWords]) -> dict[str, object]:
    """List the accounts of the own offices."""
    return LIST.answer(queries.accounts_seen_by(request.actor), words, account_line)


@router.post("/accounts", **begins(steps.OPEN_ACCOUNT, OpenedOut))
def open_account(request: ActedRequest, body: OpenIn) -> Status[OpenedOut]:
    """Open an account; the password is not remembered, so a repeated request is refused."""
    password = credentials.new_code()
    with sitting.opened():
        person = shapes.person_seen(request, body.person)
        account = operations.open_account(
            person,
            username=body.username,
            password=password,
            actor=request.actor,
            at=request.at,
        )
    return Status(201, OpenedOut(**_whole(request, account), password=password))


@router.post("/accounts/{int:number}/close_account", **takes(steps.CLOSE_ACCOUNT, AccountOut))
def close_account(request: ActedRequest, number: int) -> HttpResponse:
    """Close an account and all its tokens."""

    def work() -> Account:
        account = seek(queries.accounts_seen_by(request.actor), pk=number)
        return operations.close_account(account, actor=request.actor, at=request.at)

    return act(request, work, show=account_out, status=200)


@router.post("/accounts/{int:number}/print_reset_code", **takes(steps.PRINT_RESET_CODE, CodeOut))
def print_reset_code(request: ActedRequest, number: int) -> CodeOut:
    """Print a code that sets a new password once, within 24 hours."""
    with sitting.opened():
        account = seek(queries.accounts_seen_by(request.actor), pk=number)
        code = operations.print_reset_code(account, actor=request.actor, at=request.at)
    return CodeOut(code=code, expires_at=request.at + credentials.CODE_LASTS)


@router.post(
    "/accounts/{int:number}/remove_second_factor",
    **takes(steps.REMOVE_SECOND_FACTOR, AccountOut),
)
def remove_second_factor(request: ActedRequest, number: int, body: FactorIn) -> HttpResponse:
    """Let somebody who lost the second factor in again."""

    def work() -> Account:
        account = seek(queries.accounts_seen_by(request.actor), pk=number)
        return operations.remove_second_factor(
            account, why=body.why, actor=request.actor, at=request.at
        )

    return act(request, work, show=account_out, status=200)


@router.post("/accounts/current/set_password", **_silent(steps.SET_PASSWORD))
def set_password(request: ActedRequest, body: PasswordIn) -> HttpResponse:
    """Change the own password; all tokens end. Not remembered under a key."""
    account = checks.by_password(request, username=request.actor.login, password=body.old)
    with sitting.opened():
        operations.set_password(account, password=body.password, actor=request.actor, at=request.at)
    return HttpResponse(status=204)


@router.post("/public/accounts/reset_password", auth=None, **_silent(steps.RESET_PASSWORD))
def reset_password(request: ActedRequest, body: ResetIn) -> HttpResponse:
    """Set a new password by a printed code. Not remembered under a key."""
    checks.by_printed_code(request, **body.model_dump(), at=request.at)
    return HttpResponse(status=204)


def _common(account: Account) -> dict[str, Any]:
    return {
        **paper(account),
        "id": account.pk,
        "username": account.username,
        "person": account.person_id,
        "name": account.person.name,
        "must_change": account.must_change,
        "opened_at": account.opened_at,
    }


def _whole(request: ActedRequest, account: Account) -> dict[str, Any]:
    return {
        **_common(account),
        "second_factor": credentials.has_second_factor(account),
        "allowed_steps": allowed_steps(account, actor=request.actor, at=request.at),
    }
