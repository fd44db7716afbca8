from __future__ import annotations

from django.urls import path

from teyue.desks.resident import api, changes, views

router = api.router
pages = [
    path("c/<str:token>/", views.confirm, name="resident-confirm"),
    path("c/<str:token>/refuse/", views.refuse, name="resident-refuse"),
    path("x/<str:token>/", changes.linked, name="resident-change"),
    path("my/records/<str:number>/", views.own, name="my-confirmation"),
    path("my/changes/<int:pk>/", changes.own, name="my-change"),
]
