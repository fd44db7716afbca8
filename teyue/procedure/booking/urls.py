from __future__ import annotations

from django.urls import path

from teyue.procedure.booking import api, views

router = api.router
pages = [
    path("registrations/", views.registrations, name="registrations"),
    path("awaiting-prepayment/", views.awaiting_prepayment, name="awaiting-prepayment"),
    path("site-quotes/", views.site_quotes, name="site-quotes"),
    path("orders/<str:number>/quote/", views.quote, name="booking-quote"),
    path("orders/<str:number>/quote-on-site/", views.quote_on_site, name="booking-quote-on-site"),
    path("orders/<str:number>/accept/", views.accept, name="booking-accept"),
    path("orders/<str:number>/cancel/", views.cancel, name="booking-cancel"),
    path("orders/<str:number>/correct/", views.correct, name="booking-correct"),
]
