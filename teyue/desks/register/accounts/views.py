from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from teyue.desks.register.accounts import forms
from teyue.desks.register.sheets import PAGE, Sheet, closed, entitled, filled
from teyue.foundation import sitting
from teyue.foundation.lifecycle import Step, seek
from teyue.foundation.refusal import Refused
from teyue.register.estate.models import Person
from teyue.register.people import credentials, operations, queries, steps
from teyue.register.people.models import Account
from teyue.web.acts import act
from teyue.web.people import ActedRequest
from teyue.web.problems import status_of

either = require_http_methods(["GET", "POST"])


@never_cache
@either
def open_account(request: ActedRequest, number: int) -> HttpResponse:
    """Open an account and show its first password once.

    The secret must not be remembered under a key, so the operation is called directly.
    """
    entitled(request, queries.ACCOUNTS)
    person = queries.people_seen_by(request.actor).get(pk=number)
    form = forms.OpenForm(request.POST or None)
    facts: dict[str, Any] = {"sheet": _sheet(steps.OPEN_ACCOUNT, person), "form": form}
    if request.method == "GET" or not form.is_valid():
        return render(request, PAGE, facts, status=200 if request.method == "GET" else 422)
    try:
        account, password = _opened(request, person, form.cleaned_data["username"])
    except Refused as refusal:
        form.add_error("username" if refusal.field == "username" else None, str(refusal.message))
        return render(request, PAGE, facts, status=status_of(refusal.code))
    return _slip(request, account, password, until=None)


@never_cache
@require_POST
def print_reset_code(request: ActedRequest, number: int) -> HttpResponse:
    """Print a code that sets a new password, and show it once."""
    with sitting.opened():
        account = seek(queries.accounts_seen_by(request.actor), pk=number)
        code = operations.print_reset_code(account, actor=request.actor, at=request.at)
    until = request.at + credentials.CODE_LASTS
    return _slip(request, account, code, until=until)


@require_POST
def close_account(request: ActedRequest, number: int) -> HttpResponse:
    """Close an account and its tokens."""

    def work() -> Account:
        account = seek(queries.accounts_seen_by(request.actor), pk=number)
        return operations.close_account(account, actor=request.actor, at=request.at)

    return act(request, work, show=_to_person, status=200)


@either
def remove_second_factor(request: ActedRequest, number: int) -> HttpResponse:
    """Let somebody who lost the second factor in again."""
    account = queries.accounts_seen_by(request.actor).get(pk=number)
    form = forms.FactorForm(request.POST or None)
    sheet = _sheet(
        steps.REMOVE_SECOND_FACTOR,
        account.person,
        note=_(
            "解除后本人凭密码登录，审批和收付岗位登录后须马上重新设置；已签发的接口令牌一并吊销。"
        ),
        refusal=closed(steps.REMOVE_SECOND_FACTOR, account, request),
    )

    def work(filled_in: forms.FactorForm) -> Account:
        locked = seek(queries.accounts_seen_by(request.actor), pk=number)
        why = filled_in.reason()
        return operations.remove_second_factor(locked, why=why, actor=request.actor, at=request.at)

    return filled(request, form, sheet, work=work, show=_to_person)


def _opened(request: ActedRequest, person: Person, username: str) -> tuple[Account, str]:
    password = credentials.new_code()
    account = operations.open_account(
        person, username=username, password=password, actor=request.actor, at=request.at
    )
    return account, password


def _slip(
    request: ActedRequest, account: Account, code: str, *, until: datetime | None
) -> HttpResponse:
    """Show what is to be handed over: a first password, or a code that works until a moment."""
    facts = {"account": account, "code": code, "until": until}
    return render(request, "register/code.html", facts)


def _sheet(step: Step, person: Person, note: str = "", refusal: Refused | None = None) -> Sheet:
    note = note or _("首次登录的密码由系统生成，只显示一次，请您打印后当面交给本人。")
    back = reverse("person", kwargs={"number": person.pk})
    return Sheet(step=step, back=back, about=person.name, note=note, refusal=refusal)


def _to_person(request: ActedRequest, account: Account) -> HttpResponse:
    closed_now = account.state == Account.State.CLOSED
    text = _("账号已停用，接口令牌一并吊销。") if closed_now else _("动态口令已解除。")
    messages.success(request, text)
    return redirect("person", number=account.person_id)
