from __future__ import annotations

from django.urls import path
from ninja import Router

from teyue.procedure.service import views
from teyue.procedure.service.api import records, visits

router = Router()
router.add_router("", visits.router)
router.add_router("", records.router)
pages = [path("files/<int:number>/", views.file, name="file")]
