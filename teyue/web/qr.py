"""Addresses as a picture for the camera of a telephone."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString, mark_safe


def drawn(address: str) -> SafeString:
    """Return an address as an SVG that stands in a page."""
    picture = segno.make(address, error="m").svg_inline(scale=5, border=2, light="#fff")
    return mark_safe(picture)  # noqa: S308  drawn here, from nothing that people type
