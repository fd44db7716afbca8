from __future__ import annotations

from datetime import date

import pytest

from teyue.foundation import pen
from teyue.procedure.cashier.models import Drawer
from teyue.procedure.cashier.tests.proof import facts
from teyue.register.people.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.5")]


def test_finance_sets_a_cash_desk_up(signed_in, office, drawer):
    desk = signed_in("fn")

    answer = desk.post("/drawers/", {"name": "三号收银台", "office": office.code})

    assert answer.url == "/drawers/"
    assert "三号收银台" in desk.get("/drawers/").content.decode()


def test_the_list_says_who_sits_where(signed_in, open_shift):
    page = signed_in("fn").get("/drawers/").content.decode()

    assert "陈静" in page and "空闲" in page


def test_a_name_is_used_once_and_nothing_typed_is_lost(signed_in, office, drawer):
    known = Drawer.objects.count()

    page = signed_in("fn").post("/drawers/", {"name": drawer.name, "office": office.code})

    assert page.status_code == 422 and "已有同名收银点" in page.content.decode()
    assert page.context["form"].has_error("name", "name_taken")
    assert f'value="{drawer.name}"' in page.content.decode()
    assert Drawer.objects.count() == known


def test_cashiers_do_not_set_up_their_own_desk(signed_in, office):
    known = Drawer.objects.count()

    answer = signed_in("ca").post("/drawers/", {"name": "我的", "office": office.code})

    assert answer.status_code == 403
    assert Drawer.objects.count() == known


def test_the_endpoint_says_that_a_name_is_taken(calling, drawer):
    finance = calling("fn")
    before = facts()

    answer = finance.post("/drawers", name=f" {drawer.name} ")

    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, "name_taken")
    assert (said["field"], said["clause"]) == ("name", "3.5")
    assert facts() == before


@pytest.fixture
def finance_of_two(register, second_office, calling):
    """Finance, who works in two offices."""
    with pen.held(Post):
        fn, since = register.people["fn"], date(2026, 9, 1)
        Post.objects.create(
            person=fn, role="FN", office=second_office, state="active", from_on=since
        )
    return calling("fn")


def test_finance_of_two_offices_says_where_the_desk_stands(finance_of_two, drawer):
    known, before = Drawer.objects.count(), facts()

    answer = finance_of_two.post("/drawers", name="三号收银台")

    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, "office_missing")
    assert (said["field"], said["clause"]) == ("office", "3.5")
    assert (Drawer.objects.count(), facts()) == (known, before)
