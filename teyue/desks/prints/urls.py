from __future__ import annotations

from django.urls import path

from teyue.desks.prints import api, views

router = api.router
pages = [
    path("prints/<str:form>/<str:number>.pdf", views.sheet, name="print"),
    path("prints/F-11/<str:number>/again/", views.again, name="print-again"),
]
