from __future__ import annotations

from django.urls import path

from teyue.web.gallery import gallery

urlpatterns = [path("gallery/", gallery, name="gallery")]
