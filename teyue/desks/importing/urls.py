from __future__ import annotations

from django.urls import path

from teyue.desks.importing import api, views

router = api.router
pages = [
    path("imports/", views.imports, name="imports"),
    path("imports/<int:number>/", views.run, name="import"),
    path("imports/<int:number>/import/", views.proceed, name="import-confirm"),
    path("imports/<int:number>/undo/", views.undo, name="import-undo"),
    path("imports/<int:number>/faults.xlsx", views.faults, name="import-faults"),
]
