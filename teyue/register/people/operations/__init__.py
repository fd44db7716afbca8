"""Keep staff, posts, authorizations and accounts. Nothing else writes them."""

from __future__ import annotations

from teyue.register.people.operations.accounts import (
    close_account,
    issue_token,
    open_account,
    print_reset_code,
    remove_second_factor,
    reset_password,
    revoke_token,
    set_password,
)
from teyue.register.people.operations.posts import (
    appoint,
    appoint_general_manager,
    delegate,
    end_post,
    propose_appointment,
    refuse_appointment,
    revoke_delegation,
    sign_appointment,
)
from teyue.register.people.operations.roster import (
    add_certificate,
    admit,
    hire,
    release,
    request_leave,
    set_duty,
    void_certificate,
    void_leave,
)

__all__ = [
    "add_certificate",
    "admit",
    "appoint",
    "appoint_general_manager",
    "close_account",
    "delegate",
    "end_post",
    "hire",
    "issue_token",
    "open_account",
    "print_reset_code",
    "propose_appointment",
    "refuse_appointment",
    "release",
    "remove_second_factor",
    "request_leave",
    "reset_password",
    "revoke_delegation",
    "revoke_token",
    "set_duty",
    "set_password",
    "sign_appointment",
    "void_certificate",
    "void_leave",
]
