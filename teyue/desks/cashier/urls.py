from __future__ import annotations

from django.urls import path

from teyue.desks.cashier import drawers, views

pages = [
    path("drawers/", drawers.drawers, name="drawers"),
    path("till/", views.till, name="till"),
    path("till/<str:number>/", views.window, name="cashier-receive"),
    path("till/<str:number>/arrears/", views.window, name="till-redeem"),
]
