from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from teyue.desks.signin import api, own, views

router = api.router
pages = [
    path("signin/", views.SignIn.as_view(), name="login"),
    path("signin/code/", views.SecondStep.as_view(), name="login-code"),
    path("signin/reset/", views.Reset.as_view(), name="password-reset"),
    path("signout/", views.sign_out, name="logout"),
    path("me/", own.me, name="me"),
    path("me/tokens/", own.tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", own.revoke, name="token-revoke"),
    path("me/password/", views.Password.as_view(), name="password"),
    path("me/second-factor/", views.SecondFactor.as_view(), name="second-factor"),
    path("language/", login_not_required(set_language), name="set_language"),
]
