from __future__ import annotations

from django.urls import path

from teyue.desks.reception import api, views

router = api.router
pages = [
    path("reception/", views.reception, name="reception"),
    path("reception/slots/", views.slots, name="reception-slots"),
    path("reception/quote/", views.quote, name="reception-quote"),
]
