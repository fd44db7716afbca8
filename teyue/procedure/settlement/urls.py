from __future__ import annotations

from django.urls import path

from teyue.procedure.settlement import api, views

router = api.router
pages = [
    path("settlements/", views.settlements, name="settlements"),
    path("settlements/all/", views.settled, name="settled"),
    path("settlements/slips/<str:number>/", views.settlement, name="settlement"),
    path(
        "settlements/slips/<str:number>/request_reversal/",
        views.request_reversal,
        name="settlement-request-reversal",
    ),
    path(
        "settlements/slips/<str:number>/decline_reversal/",
        views.decline_reversal,
        name="settlement-decline-reversal",
    ),
    path(
        "settlements/slips/<str:number>/reverse/",
        views.reverse_settlement,
        name="settlement-reverse-post",
    ),
    path("settlements/<str:number>/", views.settle, name="settlement-settle"),
    path("orders/<str:number>/give_up/", views.cancel, name="settlement-cancel"),
    path("orders/<str:number>/call_off/", views.call_off, name="settlement-call-off"),
    path("orders/<str:number>/void/", views.void, name="settlement-void"),
]
