from __future__ import annotations

from django.urls import path

from teyue.desks.casefile import views

pages = [
    path("orders/", views.orders, name="orders"),
    path("search/", views.search, name="search"),
    path("orders.xlsx", views.export, name="orders-export"),
    path("orders/<str:number>/", views.case, name="case"),
    path("orders/<str:number>/steps/<str:name>/<int:pk>/", views.take, name="case-step"),
]
