from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from teyue.desks.workbench import views

pages = [
    path("", RedirectView.as_view(pattern_name="workbench"), name="home"),
    path("workbench/", views.workbench, name="workbench"),
]
