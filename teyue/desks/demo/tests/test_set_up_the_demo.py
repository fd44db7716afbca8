from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from tests.cast import MORNING, PASSWORD
from teyue.desks.demo import estate, operations
from teyue.desks.demo.people import logins
from teyue.foundation.refusal import Refused
from teyue.procedure.booking.models import Order, Standing
from teyue.procedure.cashier.models import Drawer, Shift
from teyue.procedure.dispatch.models import Override, Visit
from teyue.procedure.planning.models import Item
from teyue.procedure.refund.models import Refund
from teyue.register.company.models import Company, Office
from teyue.register.estate.models import Household
from teyue.register.parameters.models import Value
from teyue.register.people.models import Account, Post, Role
from teyue.register.people.queries import actor_of_account, system


@pytest.fixture
def small_estate(monkeypatch) -> None:
    """Build three houses of eleven floors, which is quicker."""
    monkeypatch.setattr(estate, "BUILDINGS", 3)
    monkeypatch.setattr(estate, "FLOORS", 11)


@pytest.fixture
def demo(db, small_estate) -> Office:
    operations.set_up(password=PASSWORD, at=MORNING)
    return Office.objects.get()


def test_a_demo_has_an_estate_and_an_account_for_every_role(demo):
    accounts = Account.objects.all()

    roles = {role for one in accounts for role in actor_of_account(one.pk, at=MORNING).roles}
    assert Company.objects.get().is_demo
    assert roles == set(Role.values)
    assert {one.username for one in accounts} == {login.name for login in logins()}
    assert Drawer.objects.count() == 3


def test_the_estate_has_three_hundred_households_and_is_the_same_every_time():
    first, second = list(estate.flats()), list(estate.flats())

    assert first == second
    assert 280 <= sum(flat.occupancy is not None for flat in first) <= 330
    assert estate.KNOWN_FLAT in first


def test_everybody_signs_in_with_the_one_password_at_once(demo):
    accounts = list(Account.objects.all())

    assert all(one.check_password(PASSWORD) for one in accounts)
    assert not any(one.must_change for one in accounts)


def test_cashier_and_finance_were_signed_by_the_manager(demo):
    manager = Account.objects.get(username="gm").person_id

    signed = Post.objects.filter(role__in=(Role.CA, Role.FN))
    assert {post.signed_by for post in signed} == {manager}


def test_the_resident_belongs_to_the_known_flat(demo):
    account = Account.objects.get(username="rs")

    home = Household.objects.get(label="3-2-1102")
    assert actor_of_account(account.pk, at=MORNING).tied("household") == {home.pk}


def test_a_second_demo_is_refused(register):
    with pytest.raises(Refused) as refused:
        operations.found_demo(password=PASSWORD, actor=system(), at=MORNING)

    assert refused.value.code == "company_exists"
    assert Office.objects.count() == 1


def test_a_day_leaves_an_order_at_every_desk(demo):
    operations.live_a_day(at=MORNING)

    found = set(Order.objects.values_list("standing", flat=True))
    assert found == set(Standing)
    assert {shift.state for shift in Shift.objects.all()} == {"verified", "closed", "open"}


@pytest.mark.parametrize("day", range(7))
def test_a_demo_is_lived_on_every_day_of_the_week(small_estate, db, day):
    at = MORNING + timedelta(days=day)
    operations.set_up(password=PASSWORD, at=at)

    operations.live_a_day(at=at)

    assert set(Order.objects.values_list("standing", flat=True)) == set(Standing)


def test_what_went_wrong_waits_for_those_who_decide(demo):
    operations.live_a_day(at=MORNING)

    refunds = set(Refund.objects.values_list("state", flat=True))
    assert {"requested", "reviewed", "cosigning", "approved", "paid"} <= refunds
    assert {paper.state for paper in Override.objects.all()} == {"approved"}
    assert Post.objects.filter(state=Post.State.PROPOSED).exists()
    assert Value.objects.filter(state=Value.State.PROPOSED).exists()
    assert Visit.objects.filter(no=2).exists()


def test_the_rules_hold_after_a_day(demo):
    operations.live_a_day(at=MORNING)
    shown = StringIO()

    call_command("check", stdout=shown)
    call_command("verify", stdout=shown)

    assert "全部通过" in shown.getvalue()


def test_the_office_says_where_it_is_found(demo):
    assert demo.address and demo.phone


def test_the_command_shows_the_accounts_and_a_password_once(db, small_estate, monkeypatch):
    monkeypatch.delenv("TEYUE_DEMO_PASSWORD", raising=False)
    shown = StringIO()

    call_command("demo", stdout=shown)

    text = shown.getvalue()
    assert all(f"  {login.name} " in text for login in logins())
    assert Account.objects.earliest("pk").check_password(text.split("密码：")[1].partition("（")[0])


def test_the_command_does_no_harm_where_a_company_is(register):
    shown = StringIO()

    call_command("demo", stdout=shown)

    assert "没有改动" in shown.getvalue()
    assert not Item.objects.exists()
