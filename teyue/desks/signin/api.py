from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Router, Status
from pydantic import Field

from teyue.desks.signin import checks, factors
from teyue.foundation.actors import Actor
from teyue.foundation.refusal import Refused
from teyue.register.people import operations, queries, steps
from teyue.register.people.facts import TokenWish
from teyue.register.people.models import Account, Token
from teyue.web.endpoints import begins, takes
from teyue.web.people import ActedRequest, bearer_digest, needs_second_factor
from teyue.web.shapes import In, Moment, Out, Problem

LIFETIME = timedelta(hours=12)

_REVOKE = takes(steps.REVOKE_TOKEN, Out)
_REVOKE["response"] = {204: None, frozenset({401, 422}): Problem}

router = Router(tags=[gettext_noop("登录")])


class Credentials(In):
    """Who wants a token."""

    username: str = Field(max_length=40, examples=["rc"])
    password: str = Field(max_length=128)
    otp: str = Field("", max_length=20, description=gettext_noop("启用动态口令的账号必填"))


class TokenOut(Out):
    """A token, shown only here, and until when it works."""

    token: str
    expires_at: Moment


@router.post("/tokens", auth=None, **begins(steps.ISSUE_TOKEN, TokenOut))
def issue(request: ActedRequest, body: Credentials) -> Status[TokenOut]:
    """Exchange name, password and second factor for a token."""
    account = checks.by_password(request, username=body.username, password=body.password)
    actor = queries.actor_of_account(account.pk, at=request.at)
    _prove(request, account, actor, body.otp)
    wish = TokenWish(label="api", expires_at=request.at + LIFETIME)
    token, text = operations.issue_token(account, wish=wish, actor=actor, at=request.at)
    checks.forgive(account)
    return Status(201, TokenOut(token=text, expires_at=token.expires_at))


@router.delete("/tokens/current", **_REVOKE)
def revoke(request: ActedRequest) -> HttpResponse:
    """Give the token back that this request came with."""
    token = Token.objects.select_related("account__person").get(digest=bearer_digest(request))
    operations.revoke_token(token, actor=request.actor, at=request.at)
    return HttpResponse(status=204)


def _prove(request: ActedRequest, account: Account, actor: Actor, otp: str) -> None:
    if factors.is_set_up(account):
        checks.by_code(request, account, otp)
    elif needs_second_factor(actor):
        text = _("您的岗位办理审批或收付，须先在网页登录并设置动态口令，再申请令牌。")
        raise Refused("second_factor_needed", text)
