from __future__ import annotations

from django.urls import path

from teyue.desks.dispatch import views

pages = [
    path("board/", views.board, name="board"),
    path("board/<str:number>/", views.assign, name="dispatch-assign"),
    path("visits/<str:number>/", views.visit, name="dispatch"),
    path("visits/<str:number>/withdraw/", views.withdraw, name="dispatch-withdraw"),
    path("visits/<str:number>/reschedule/", views.reschedule, name="dispatch-reschedule"),
    path("visits/<str:number>/no-show/", views.report_no_show, name="dispatch-report-no-show"),
    path("orders/<str:number>/emergency/", views.override, name="dispatch-override"),
]
