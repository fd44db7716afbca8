"""Check who somebody says they are, the same for page and API: password, lock-out, code."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from teyue.desks.signin import factors
from teyue.foundation.refusal import Refused
from teyue.register.people import operations, queries
from teyue.register.people.models import Account
from teyue.web.throttle import count_failure, refuse_guessing


def by_password(request: HttpRequest, *, username: str, password: str) -> Account:
    """Return the account that this password opens.

    An unknown name gets the same answer as a wrong password, after the same time.

    :raises Refused: ``wrong_credentials``, ``locked_out``, ``too_many``.
    """
    refuse_guessing(request)
    found = authenticate(request, username=username.lower(), password=password)
    if isinstance(found, Account):
        return found
    raise _failed(request)


def by_code(request: HttpRequest, account: Account, code: str) -> None:
    """Accept a code of the second factor; wrong ones count like wrong passwords.

    :raises Refused: ``wrong_code``, ``locked_out``, ``too_many``.
    """
    refuse_guessing(request)
    names = {"username": account.username}
    if AxesProxyHandler.is_allowed(request, names) and factors.proves(account, code):
        return
    AxesProxyHandler.user_login_failed(None, names, request)
    refusal = _failed(request)
    if refusal.code == "wrong_credentials":
        text = _("动态口令不对或已用过，请您等下一个口令出现后再输入。")
        refusal = Refused("wrong_code", text, field="code")
    raise refusal


def by_printed_code(
    request: HttpRequest, *, username: str, code: str, password: str, at: datetime
) -> None:
    """Set a new password by a printed code; wrong codes are counted.

    :raises Refused: what the operation refuses, ``too_many``.
    """
    refuse_guessing(request)
    account = Account.objects.filter(username=username.lower(), is_active=True).first()
    try:
        if account is None:
            raise _no_such_code()
        actor = queries.actor_of_account(account.pk, at=at)
        operations.reset_password(account, code=code, password=password, actor=actor, at=at)
    except Refused:
        count_failure(request)
        raise
    forgive(account)


def forgive(account: Account) -> None:
    """Forget the failures of somebody who got in."""
    AxesProxyHandler.reset_attempts(username=account.username)


def leave_as_answered(
    request: HttpRequest, response: HttpResponse, credentials: Any = None
) -> HttpResponse:
    """Let the answer to somebody who is locked out be the one that our own pages give."""
    return response


def wrong_credentials() -> Refused:
    """Return what is said about a wrong password, an unknown name and a closed account alike."""
    text = _("用户名或密码不对，请您核对后再输入；忘记密码可请管理员打印重置码。")
    return Refused("wrong_credentials", text)


def _no_such_code() -> Refused:
    """Answer for an unknown name as for a wrong code."""
    text = _("重置码有误、已使用或已过期，请您联系系统管理员重新打印。")
    return Refused("code_invalid", text, field="code")


def _failed(request: HttpRequest) -> Refused:
    count_failure(request)
    if getattr(request, "axes_locked_out", False):
        text = _("连续输错五次，这个用户名已暂停登录。请您 15 分钟后再试，或请管理员打印重置码。")
        return Refused("locked_out", text)
    return wrong_credentials()
