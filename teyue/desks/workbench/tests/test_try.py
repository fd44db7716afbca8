import pytest, re
from django.db import connection
from datetime import timedelta
from django.test.utils import CaptureQueriesContext
from tests.stories import MORNING
from teyue.foundation import clock
from teyue.register.people.models import Account
pytestmark=pytest.mark.django_db
def test_x(confirmed, quoted, client, monkeypatch, su):
    confirmed()
    monkeypatch.setattr(clock,"now",lambda: MORNING+timedelta(hours=6))
    for login in ("cs","rc","ca","rs","st","om","gm","fn","au","ad","ds","su"):
        account=Account.objects.filter(username=login).first()
        if not account: print("none",login); continue
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        client.get("/workbench/")
        with CaptureQueriesContext(connection) as q:
            r=client.get("/workbench/")
        print("==",login,r.status_code,len(q))
        print(re.sub(r"\s+"," ",re.sub("<[^>]+>"," ",r.content.decode().split('<main')[1]))[:700])
