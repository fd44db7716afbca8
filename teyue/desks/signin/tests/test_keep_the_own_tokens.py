from __future__ import annotations

import re

import pytest
from django.test import Client

from teyue.foundation import clock
from teyue.register.people.models import Token
from teyue.web.tests import house

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.0")]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def own(receptionist) -> Client:
    """The browser of the receptionist."""
    client = Client()
    client.force_login(receptionist, BACKEND)
    return client


def test_the_own_account_leads_to_password_factor_and_tokens(own):
    page = own.get("/me/").content.decode()

    assert [
        name for name in ("password", "second-factor", "tokens") if f"/me/{name}/" not in page
    ] == []


def test_a_token_is_shown_once_and_works(own):
    page = own.post("/me/tokens/", {"label": "报表导出", "days": "30"}).content.decode()

    (text,) = re.findall(r'<code class="ty-token">([^<]+)</code>', page)
    answer = Client().get("/api/v1/orders", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 200
    assert text not in own.get("/me/tokens/").content.decode()


def test_a_token_says_what_it_is_for(own):
    page = own.post("/me/tokens/", {"label": "", "days": "30"})

    assert page.status_code == 422
    assert not Token.objects.exists()


def test_a_token_is_ended_at_once(own):
    own.post("/me/tokens/", {"label": "报表导出", "days": "1"})

    answer = own.post(f"/me/tokens/{Token.objects.get().pk}/revoke/")

    assert answer.url == "/me/tokens/"
    assert Token.objects.get().revoked_at is not None


def test_nobody_ends_the_token_of_somebody_else(own, office):
    other = Client()
    other.force_login(house.account_of("cs", "CS", office, clock.now()), BACKEND)
    own.post("/me/tokens/", {"label": "报表导出", "days": "1"})

    answer = other.post(f"/me/tokens/{Token.objects.get().pk}/revoke/")

    assert answer.status_code == 404
    assert Token.objects.get().revoked_at is None
