"""The second factor: codes by the clock (RFC 6238) from the person's own phone, and codes on paper.

The secrets are encrypted with the keys of the house. They are part of the door, like sessions:
no paper of the procedure rests on them.
"""

from __future__ import annotations

from urllib.parse import quote

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import (
    RecoveryCodes,
)
from allauth.mfa.totp.internal.auth import (
    TOTP,
    generate_totp_secret,
    validate_totp_code,
)
from django.core.cache import cache
from django.db import transaction
from django.utils.safestring import SafeString

from teyue.foundation import secrets
from teyue.register.people.models import Account
from teyue.web.qr import drawn

ISSUER = "Teyue"
_REMEMBERED_SECONDS = 120
new_secret = generate_totp_secret
is_right = validate_totp_code


class Encrypting(DefaultMFAAdapter):  # type: ignore[misc]
    """Keep secrets as encrypted as phone numbers."""

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)


def is_set_up(account: Account) -> bool:
    """Tell whether this account asks for a second factor."""
    return bool(Authenticator.objects.filter(user_id=account.pk, type="totp").exists())


def set_up(account: Account, secret: str) -> list[str]:
    """Ask for codes of this secret from now on; return the codes to keep on paper."""
    with transaction.atomic():
        remove(account)
        TOTP.activate(account, secret)
        codes: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    return codes


def renew_paper_codes(account: Account) -> list[str]:
    """Replace the codes on paper."""
    with transaction.atomic():
        Authenticator.objects.filter(user_id=account.pk, type="recovery_codes").delete()
        codes: list[str] = RecoveryCodes.activate(account).get_unused_codes()
    return codes


def remove(account: Account) -> None:
    """Ask this account for no second factor any more."""
    Authenticator.objects.filter(user_id=account.pk).delete()


def proves(account: Account, code: str) -> bool:
    """Tell whether a code of the phone, or one of the paper, is right; each works once."""
    clean = "".join(code.split())
    if not clean.isascii() or not clean.isdigit():
        return False
    factors = {row.type: row for row in Authenticator.objects.filter(user_id=account.pk)}
    if "totp" in factors and is_right(secrets.decrypt(factors["totp"].data["secret"]), clean):
        # The code of the last half minute is taken too, so each is remembered for longer.
        return cache.add(f"code-used:{account.pk}:{clean}", 1, _REMEMBERED_SECONDS)
    paper = factors.get("recovery_codes")
    return paper is not None and bool(RecoveryCodes(paper).validate_code(clean))


def picture(account: Account, secret: str) -> SafeString:
    """Draw the secret for the camera of a phone."""
    label = quote(f"{ISSUER}:{account.username}")
    address = f"otpauth://totp/{label}?secret={secret}&issuer={ISSUER}"
    return drawn(address)
