import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
STAGES = [
    "quoted",
    "booked",
    "paid",
    "dispatched",
    "started",
    "recorded",
    "confirmed",
    "audited",
    "settled",
]


@pytest.mark.parametrize("stage", STAGES)
def test_x(request, client, stage, monkeypatch, register):
    from tests.stories import MORNING
    from teyue.foundation import clock
    from teyue.register.people.models import Account

    order = request.getfixturevalue(stage)()
    from datetime import timedelta

    monkeypatch.setattr(clock, "now", lambda: MORNING + timedelta(hours=6))
    for login in ("cs", "rc", "ca", "rs", "st", "om", "gm", "fn", "au"):
        account = Account.objects.get(username=login)
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        client.get(f"/orders/{order.number}/")
        with CaptureQueriesContext(connection) as q:
            r = client.get(f"/orders/{order.number}/")
        print(stage, login, r.status_code, len(q))
        if stage == "confirmed" and login == "cs":
            for x in q:
                print(x["sql"][:230])
        if stage == "settled" and login == "cs":
            import re

            print(
                re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", r.content.decode().split("<main")[1]))[
                    :4000
                ]
            )
    client.force_login(
        Account.objects.get(username="cs"), backend="django.contrib.auth.backends.ModelBackend"
    )
    r = client.get("/orders/")
    print(r.status_code)
