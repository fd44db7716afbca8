"""Passwords, printed codes and tokens: what is kept of them, and when they are refused."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from teyue.foundation.actors import Actor
from teyue.foundation.pen import KeptQuerySet
from teyue.foundation.refusal import Refused
from teyue.register.people.facts import NewPassword, TokenWish
from teyue.register.people.models import Account, ResetCode, Role

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 12
CODE_LASTS = timedelta(hours=24)
LONGEST_TOKEN = timedelta(days=366)
TOKEN_PREFIX = "teyue_"  # noqa: S105 - how a leaked one is recognized


def digest(text: str) -> str:
    """Return what is kept of a token or a printed code: its SHA-256, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_code() -> str:
    """Return a code to print, in groups of four, without letters that are mistaken for digits."""
    letters = "".join(secrets.choice(ALPHABET) for _nth in range(CODE_LENGTH))
    return "-".join(re.findall("....", letters))


def code_digest(code: str) -> str:
    """Return the digest of a printed code however it was typed."""
    return digest(re.sub(r"[\s\-]", "", code).upper())


def new_token() -> str:
    """Return a token that nobody can guess."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def valid_codes(account: Account, code: str, *, at: datetime) -> KeptQuerySet[ResetCode]:
    """Return the printed code if it may still be used."""
    codes = ResetCode.objects.filter(account=account, digest=code_digest(code))
    return codes.filter(used_at=None, expires_at__gt=at)


def name_taken(account: Account, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if not Account.objects.filter(username=account.username).exists():
        return None
    text = _("用户名 %(name)s 已被使用，请您换一个。")
    return Refused("username_taken", text % {"name": account.username}, field="username")


def account_known(account: Account, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if not Account.objects.filter(person=account.person_id).exists():
        return None
    return Refused("account_known", _("此人已有账号，请您直接使用或重置密码。"), field="person")


def own_account(account: Account, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if actor.id != account.person_id:
        return None
    return Refused("own_account", _("不能对自己的账号这样办理，请另一位系统管理员办理。"))


def has_second_factor(account: Account) -> bool:
    """Tell whether an account asks for a code besides the password."""
    return bool(Authenticator.objects.filter(user_id=account.pk).exists())


def forget_second_factor(account: Account) -> None:
    """Ask this account for no code any more."""
    Authenticator.objects.filter(user_id=account.pk).delete()


def no_second_factor(account: Account, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if has_second_factor(account):
        return None
    return Refused("no_second_factor", _("该账号没有启用动态口令，不必解除。"))


def another_account(account: Account, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if actor.id == account.person_id:
        return None
    return Refused("another_account", _("这不是您的账号，请本人办理。"))


def neither_own_nor_administrator(
    account: Account, actor: Actor, at: datetime, asked: object
) -> Refused | None:
    if actor.id == account.person_id or Role.AD in actor.roles:
        return None
    return Refused("another_account", _("这不是您的账号，请本人或系统管理员办理。"))


def weak_password(
    account: Account, actor: Actor, at: datetime, asked: NewPassword | None
) -> Refused | None:
    if asked is None:
        return None
    if account.check_password(asked.password):
        return Refused("same_password", _("新密码不能与原密码相同，请您另设。"), field="password")
    try:
        validate_password(asked.password, account)
    except ValidationError as error:
        return Refused("weak_password", "".join(error.messages), field="password")
    return None


def code_invalid(
    account: Account, actor: Actor, at: datetime, asked: NewPassword | None
) -> Refused | None:
    if asked is None or valid_codes(account, asked.code, at=at).exists():
        return None
    text = _("重置码有误、已使用或已过期，请您联系系统管理员重新打印。")
    return Refused("code_invalid", text, field="code")


def password_due(account: Account, actor: Actor, at: datetime, asked: object) -> Refused | None:
    if not account.must_change:
        return None
    return Refused("password_due", _("首次使用须先修改密码，请您修改后再申请令牌。"))


def token_too_long(
    account: Account, actor: Actor, at: datetime, asked: TokenWish | None
) -> Refused | None:
    if asked is None or at < asked.expires_at <= at + LONGEST_TOKEN:
        return None
    text = _("令牌有效期须在今后一年之内，请您修改。")
    return Refused("token_expiry", text, field="expires_at")


def power_not_held(
    account: Account, actor: Actor, at: datetime, asked: TokenWish | None
) -> Refused | None:
    if asked is None or asked.powers <= {code for code, _scope in actor.grants}:
        return None
    text = _("令牌的权限不能超出您本人的权限，请您修改。")
    return Refused("power_not_held", text, field="powers")
