"""Setting up"""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from teyue.foundation import clock
from teyue.register.company.models import Company, Office
from teyue.register.people.models import Account, Post
from teyue.register.people.queries import actor_of_account

pytestmark = pytest.mark.django_db


def run(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_prints_the_first_password_once_and_keeps_only_its_digest():
    told = run("init", "--company", "云栖物业", "--legal-person", "钱法人")

    account = Account.objects.get()
    password = told.partition("一次性密码：")[2].partition("（")[0]
    assert account.must_change and account.check_password(password)
    assert actor_of_account(account.pk, at=clock.now()).roles == {"AD"}


def test_records_the_general_managers_appointment_by_the_legal_person():
    run("init", "--general-manager", "高总", "--legal-person", "钱法人")

    post = Post.objects.get(role="GM")
    assert post.state == "active" and post.signed_by


def test_refuses_a_second_company():
    run("init")

    with pytest.raises(CommandError, match="已设有公司"):
        run("init")

    assert Company.objects.count() == 1


def test_makes_an_office_even_where_there_is_no_company():
    told = run("office", "add", "yxy1", "云栖苑")

    assert "已设立正式公司：云栖苑" in told
    assert Office.objects.get().code == "YXY1"


def test_completes_a_company_that_nobody_can_enter():
    run("office", "add", "YXY1", "云栖苑")

    run("init")

    assert Company.objects.get().name == "云栖苑"
    assert Account.objects.count() == 1
