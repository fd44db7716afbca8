from __future__ import annotations

from django.urls import path

from teyue.desks.dispatch import breaking, emergencies, sending, signing, views

pages = [
    path("board/", sending.board, name="board"),
    path("board/<str:number>/", sending.assign, name="dispatch-assign"),
    path("board/<str:number>/again/", sending.follow, name="service-continue-order"),
    path("visits/<str:number>/", views.visit, name="dispatch"),
    path("visits/<str:number>/withdraw/", views.withdraw, name="dispatch-withdraw"),
    path("visits/<str:number>/reschedule/", views.reschedule, name="dispatch-reschedule"),
    path("visits/<str:number>/no-show/", views.report_no_show, name="dispatch-report-no-show"),
    path("visits/<str:number>/terminate/", breaking.terminate, name="service-terminate"),
    path("records/<str:number>/conclude/", breaking.conclude, name="service-conclude"),
    path("orders/<str:number>/paper-record/", signing.key_record, name="service-key-record"),
    path("orders/<str:number>/emergency/", emergencies.override, name="dispatch-override"),
    path(
        "orders/<str:number>/emergency/quote/", emergencies.quote_late, name="dispatch-quote-late"
    ),
    path(
        "orders/<str:number>/emergency/accept/",
        emergencies.accept_late,
        name="dispatch-accept-late",
    ),
]
