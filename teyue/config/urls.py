"""Every address of the house."""

from __future__ import annotations

from importlib.metadata import version

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI

from teyue.config import doors
from teyue.web.api import build

api: NinjaAPI = build(doors.routers(), version=version("teyue"))

urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", api.urls), *doors.pages()]

handler403 = "teyue.web.refusals.forbidden"
handler404 = "teyue.web.refusals.missing"
handler500 = "teyue.web.refusals.fault"
