from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from teyue.register.people.models import Account

_LONGEST = 128


def _secret(label: Any, autocomplete: str) -> forms.CharField:
    look = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=_LONGEST, strip=False, widget=look)


def _name() -> forms.CharField:
    manner = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    return forms.CharField(label=_("用户名"), max_length=40, widget=forms.TextInput(attrs=manner))


class CodeForm(forms.Form):
    """One code of the phone or of the paper."""

    code = forms.CharField(
        label=_("动态口令"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class SignInForm(forms.Form):
    """Name and password."""

    username = _name()
    password = _secret(_("密码"), "current-password")


class NewPassword(forms.Form):
    """A new password, typed twice; ``account`` is whose it will be."""

    account: Account | None = None
    password = _secret(_("新密码"), "new-password")
    again = _secret(_("再输一次新密码"), "new-password")

    def clean(self) -> dict[str, Any]:
        """Compare the two and hold the password against the rules."""
        given: dict[str, Any] = super().clean() or {}
        first, second = given.get("password"), given.get("again")
        if first and second and first != second:
            self.add_error("again", _("两次输入的新密码不一样，请您重新输入。"))
        if first:
            self._try(first)
        return given

    def _try(self, password: str) -> None:
        try:
            validate_password(password, self.account)
        except forms.ValidationError as error:
            self.add_error("password", error)


class PasswordForm(NewPassword):
    """The own password, old and new."""

    field_order = ("old", "password", "again")
    old = _secret(_("现在的密码"), "current-password")

    def clean(self) -> dict[str, Any]:
        """Refuse the password that was used until now."""
        given = super().clean()
        if given.get("password") and given["password"] == given.get("old"):
            self.add_error("password", _("新密码与现在的密码相同，请您另设一个。"))
        return given


class ResetForm(NewPassword):
    """A new password by a printed code."""

    field_order = ("username", "code", "password", "again")
    username = _name()
    code = forms.CharField(
        label=_("重置码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
