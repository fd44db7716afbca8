"""Scans of paper: a picture, or a PDF that is kept as it came and never shown in the page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from teyue.foundation.files import pictures
from teyue.foundation.refusal import Refused

LARGEST_PDF = 10 * 1024 * 1024
BEGIN = b"%PDF-"
END = b"%%EOF"
# Some scanners write a few bytes after the end.
TAIL = 1024


def scan(given: bytes) -> tuple[bytes, str]:
    """Return what is kept of a scan, and its media type.

    :raises Refused: ``file_too_large``, ``file_not_an_image``, ``file_unreadable``.
    """
    if not given.startswith(BEGIN):
        return pictures.photo(given), "image/jpeg"
    if len(given) > LARGEST_PDF:
        raise pictures.too_large(LARGEST_PDF)
    if END not in given[-TAIL:]:
        text = _("这份 PDF 不完整，无法读取。请您重新扫描后再上传。")
        raise Refused("file_unreadable", text, field="file")
    return given, "application/pdf"
