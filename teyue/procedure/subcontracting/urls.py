from __future__ import annotations

from django.urls import path

from teyue.procedure.subcontracting import api, views

router = api.router
pages = [
    path("firms/", views.firms, name="firms"),
    path("firms/<int:pk>/", views.firm, name="firm"),
    path("firms/<int:pk>/suspend/", views.suspend, name="firm-suspend"),
]
