"""What people keep in order about their own account: password, second factor, tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teyue.desks.signin import factors
from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.register.people import operations
from teyue.register.people.facts import TokenWish
from teyue.register.people.models import Account, Token
from teyue.web.acts import act
from teyue.web.frames import frame_of
from teyue.web.people import ActedRequest
from teyue.web.problems import status_of

PAGE, TOKENS = "signin/me.html", "signin/tokens.html"
LASTING = ((1, gettext_lazy("1 天")), (30, gettext_lazy("30 天")), (365, gettext_lazy("1 年")))


class TokenForm(forms.Form):
    """What a token is for, and how long it works."""

    label = forms.CharField(label=gettext_lazy("用途"), max_length=40)
    days = forms.TypedChoiceField(label=gettext_lazy("有效期"), coerce=int, choices=LASTING)


@require_GET
def me(request: ActedRequest) -> HttpResponse:
    """Show somebody the own account."""
    account = Account.objects.select_related("person").get(pk=request.user.pk or 0)
    facts = {
        "frame": frame_of(request.actor),
        "account": account,
        "is_set_up": factors.is_set_up(account),
        "tokens": _live(account, request).count(),
    }
    return render(request, PAGE, facts)


@never_cache
@sensitive_variables("text")
@require_http_methods(["GET", "POST"])
def tokens(request: ActedRequest) -> HttpResponse:
    """Show the own tokens, and issue another one; its text is shown this once."""
    account = Account.objects.get(pk=request.user.pk or 0)
    if request.method == "GET":
        return _tokens(request, account, TokenForm(initial={"days": 30}))
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _tokens(request, account, form, status=422)
    until = request.at + timedelta(days=form.cleaned_data["days"])
    wish = TokenWish(label=form.cleaned_data["label"], expires_at=until)
    try:
        _, text = operations.issue_token(account, wish=wish, actor=request.actor, at=request.at)
    except Refused as refusal:
        answered = status_of(refusal.code)
        return _tokens(request, account, form, status=answered, refusal=refusal)
    return _tokens(request, account, TokenForm(initial={"days": 30}), text=text)


@require_POST
def revoke(request: ActedRequest, pk: int) -> HttpResponse:
    """End one of the own tokens at once."""

    def work() -> Token:
        own = Token.objects.select_related("account__person").filter(account=request.user.pk)
        return operations.revoke_token(own.get(pk=pk), actor=request.actor, at=request.at)

    def show(asked: ActedRequest, ended: Token) -> HttpResponse:
        messages.success(asked, _("已吊销，这个令牌不能再用"))
        return redirect("tokens")

    return act(request, work, show=show, status=200)


def _tokens(
    request: ActedRequest, account: Account, form: TokenForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    facts = {
        "frame": frame_of(request.actor),
        "form": form,
        "tokens": _live(account, request).order_by("-pk"),
        **more,
    }
    return render(request, TOKENS, facts, status=status)


def _live(account: Account, request: ActedRequest) -> KeptQuerySet[Token]:
    return Token.objects.filter(account=account, revoked_at=None, expires_at__gt=request.at)
