from __future__ import annotations

from django.urls import path

from teyue.desks.reception import api, residents, views

router = api.router
pages = [
    path("reception/", views.reception, name="reception"),
    path("reception/slots/", views.slots, name="reception-slots"),
    path("reception/quote/", views.quote, name="reception-quote"),
    path("services/", residents.services, name="services"),
    path("services/book/", residents.book, name="service-book"),
    path("my/bookings/", residents.bookings, name="my-bookings"),
    path("my/bookings/<str:number>/", residents.booking, name="my-booking"),
    path("my/bookings/<str:number>/cancel/", residents.give_up, name="my-booking-cancel"),
]
