from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from teyue.desks.signin import checks, factors
from teyue.desks.signin.forms import CodeForm, PasswordForm, ResetForm, SignInForm
from teyue.foundation.refusal import Refused
from teyue.register.people import operations
from teyue.register.people.models import Account
from teyue.web.people import SECOND_FACTOR, ActedRequest, still_arriving
from teyue.web.problems import status_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
ARRIVING = "arriving"
NEW_SECRET = "second_factor_secret"
_ARRIVAL_SECONDS = 300

private = [never_cache, sensitive_post_parameters()]


@method_decorator([login_not_required, *private], name="dispatch")
class SignIn(View):
    """Name and password; who has a second factor is asked for it next."""

    def get(self, request: ActedRequest) -> HttpResponse:
        if request.actor:
            return _onward(request)
        return _page(request, "signin/signin.html", SignInForm())

    def post(self, request: ActedRequest) -> HttpResponse:
        form = SignInForm(request.POST)
        if not form.is_valid():
            return _page(request, "signin/signin.html", form, status=422)
        try:
            account = checks.by_password(request, **form.cleaned_data)
        except Refused as refusal:
            return _page(request, "signin/signin.html", form, refusal)
        if not factors.is_set_up(account):
            return _enter(request, account, proved=False)
        request.session.cycle_key()
        request.session[ARRIVING] = {"account": account.pk, "at": request.at.isoformat()}
        return _on_to("login-code", request)


@method_decorator([login_not_required, *private], name="dispatch")
class SecondStep(View):
    """The code of the second factor, within five minutes of the password."""

    def get(self, request: ActedRequest) -> HttpResponse:
        if _arriving(request) is None:
            return _on_to("login", request)
        return _page(request, "signin/code.html", CodeForm())

    def post(self, request: ActedRequest) -> HttpResponse:
        account, form = _arriving(request), CodeForm(request.POST)
        if account is None:
            return _on_to("login", request)
        if not form.is_valid():
            return _page(request, "signin/code.html", form, status=422)
        try:
            checks.by_code(request, account, form.cleaned_data["code"])
        except Refused as refusal:
            return _page(request, "signin/code.html", form, refusal)
        return _enter(request, account, proved=True)


@require_POST
@still_arriving
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("login")


@method_decorator([still_arriving, *private], name="dispatch")
class Password(View):
    """Change the own password; at first use nothing else can be done before."""

    def get(self, request: ActedRequest) -> HttpResponse:
        return _page(request, "signin/password.html", PasswordForm())

    def post(self, request: ActedRequest) -> HttpResponse:
        account, form = _account(request), PasswordForm(request.POST)
        form.account = account
        if form.is_valid() and not account.check_password(form.cleaned_data["old"]):
            form.add_error("old", _("现在的密码不对，请您重新输入。"))
        if not form.is_valid():
            return _page(request, "signin/password.html", form, status=422)
        new = form.cleaned_data["password"]
        try:
            operations.set_password(account, password=new, actor=request.actor, at=request.at)
        except Refused as refusal:
            return _page(request, "signin/password.html", form, refusal)
        update_session_auth_hash(request, account)
        return HttpResponseRedirect("/")


@method_decorator([login_not_required, *private], name="dispatch")
class Reset(View):
    """Set a new password by a printed code."""

    def get(self, request: ActedRequest) -> HttpResponse:
        return _page(request, "signin/reset.html", ResetForm())

    def post(self, request: ActedRequest) -> HttpResponse:
        form = ResetForm(request.POST)
        if not form.is_valid():
            return _page(request, "signin/reset.html", form, status=422)
        try:
            given = {name: form.cleaned_data[name] for name in ("username", "code", "password")}
            checks.by_printed_code(request, **given, at=request.at)
        except Refused as refusal:
            return _page(request, "signin/reset.html", form, refusal)
        return render(request, "signin/reset_done.html")


@method_decorator([still_arriving, *private], name="dispatch")
class SecondFactor(View):
    """Set up, renew or give up the own second factor."""

    def get(self, request: ActedRequest) -> HttpResponse:
        return self._page(request, CodeForm())

    def post(self, request: ActedRequest) -> HttpResponse:
        account, form = _account(request), CodeForm(request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        try:
            codes = self._set(request, account, form.cleaned_data["code"])
        except Refused as refusal:
            return self._page(request, form, refusal, status=422)
        return render(request, "signin/paper_codes.html", {"codes": codes})

    def _set(self, request: ActedRequest, account: Account, code: str) -> list[str]:
        if not factors.is_set_up(account):
            return self._begin(request, account, code)
        checks.by_code(request, account, code)
        if "remove" in request.POST:
            factors.remove(account)
            request.session.pop(SECOND_FACTOR, None)
            return []
        return factors.renew_paper_codes(account)

    def _begin(self, request: ActedRequest, account: Account, code: str) -> list[str]:
        secret = request.session.get(NEW_SECRET, "")
        if not secret or not factors.is_right(secret, code.strip()):
            text = _("动态口令不对，请您核对手机时间，等下一个口令出现后再输入。")
            raise Refused("wrong_code", text, field="code")
        del request.session[NEW_SECRET]
        request.session[SECOND_FACTOR] = True
        return factors.set_up(account, secret)

    def _page(
        self, request: ActedRequest, form: Form, refusal: Refused | None = None, status: int = 200
    ) -> HttpResponse:
        account = _account(request)
        facts: dict[str, Any] = {"is_set_up": factors.is_set_up(account)}
        if not facts["is_set_up"]:
            secret = request.session.setdefault(NEW_SECRET, factors.new_secret())
            facts |= {"secret": secret, "picture": factors.picture(account, secret)}
        facts |= {"form": form, "refusal": refusal}
        return render(request, "signin/second_factor.html", facts, status=status)


def _page(
    request: ActedRequest,
    template: str,
    form: Form,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    facts = {"form": form, "refusal": refusal}
    return render(request, template, facts, status=status_of(refusal.code) if refusal else status)


def _enter(request: ActedRequest, account: Account, *, proved: bool) -> HttpResponse:
    login(request, account, backend=BACKEND)
    checks.forgive(account)
    request.session.pop(ARRIVING, None)
    request.session[SECOND_FACTOR] = proved
    return _onward(request)


def _on_to(page: str, request: HttpRequest) -> HttpResponse:
    """Go on within signing in, and take along where the person wants to go afterwards."""
    along = request.GET.urlencode()
    return HttpResponseRedirect(reverse(page) + (f"?{along}" if along else ""))


def _onward(request: HttpRequest) -> HttpResponse:
    """Go to where the person wanted to go, never to another house."""
    wanted = request.GET.get("next", "")
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe else "/")


def _arriving(request: ActedRequest) -> Account | None:
    """Return whose password was right a moment ago."""
    mark = request.session.get(ARRIVING)
    if not mark:
        return None
    waited = request.at - datetime.fromisoformat(mark["at"])
    if waited.total_seconds() > _ARRIVAL_SECONDS:
        return None
    return Account.objects.filter(pk=mark["account"], is_active=True).first()


def _account(request: ActedRequest) -> Account:
    return Account.objects.get(pk=request.user.pk or 0)
