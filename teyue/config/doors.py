"""Find the doors of every desk and stage: a package that has ``urls`` is open.

``urls`` of a package may hold ``pages`` (address patterns) and ``router`` (its endpoints).
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.apps import apps
from django.urls import URLPattern, URLResolver
from django.utils.module_loading import module_has_submodule
from ninja import Router


def pages() -> list[URLPattern | URLResolver]:
    """Return the pages of the house."""
    empty: list[URLPattern | URLResolver] = []
    return [
        page
        for urls in _urls()
        for page in getattr(urls, "pages", getattr(urls, "urlpatterns", empty))
    ]


def routers() -> list[Router]:
    """Return the endpoints of the house, a router a package."""
    return [urls.router for urls in _urls() if hasattr(urls, "router")]


def _urls() -> Iterator[ModuleType]:
    for config in apps.get_app_configs():
        ours = config.name.startswith("teyue.") and config.name != "teyue.config"
        if ours and module_has_submodule(config.module, "urls"):
            yield import_module(f"{config.name}.urls")
