from __future__ import annotations

from django.urls import path

from teyue.desks.prints import api, views

router = api.router
pages = [path("prints/<str:form>/<str:number>.pdf", views.sheet, name="print")]
