"""Everything a demo needs, as if it had been at work for two months."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from teyue.desks.demo import people as cast
from teyue.desks.demo.operations.founding import found_demo, open_firm_account
from teyue.desks.demo.operations.small_set import approve_small_set
from teyue.register.people.models import Account
from teyue.register.people.queries import actor_of_account, system

FOUNDED_BEFORE, APPROVED_BEFORE = timedelta(days=60), timedelta(days=30)


def set_up(*, password: str, at: datetime) -> None:
    """Found the company, approve its small set and let its first firm sign in.

    :raises Refused: ``company_exists``.
    """
    founded, approved = at - FOUNDED_BEFORE, at - APPROVED_BEFORE
    with transaction.atomic():
        found_demo(password=password, actor=system(), at=founded)
        account = Account.objects.get(username=cast.MANAGER_LOGIN)
        manager = actor_of_account(account.pk, at=approved)
        approve_small_set(actor=manager, at=approved)
        open_firm_account(password=password, actor=system(), at=approved)
