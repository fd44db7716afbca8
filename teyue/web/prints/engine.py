"""The seam to the typesetter: loaded at the first print, with one set of fonts for all threads."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno

from teyue.web.prints.catalog import FORMS
from teyue.web.prints.encoding import encode

if TYPE_CHECKING:
    from teyue.web.prints.sheets import Sheet

TEMPLATES = Path(__file__).parent / "templates"


@cache
def _typesetter() -> Any:
    return import_module("typst")


@cache
def _fonts() -> Any:
    folder = Path(str(files("justmytype_intl_cjk"))) / "fonts"
    return _typesetter().Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def _drawn(code: str) -> str:
    if not code:
        return ""
    drawing = BytesIO()
    segno.make(code, error="m", micro=False).save(drawing, kind="svg", border=0, xmldecl=False)
    return drawing.getvalue().decode()


def render(form: str, data: Sheet) -> bytes:
    """Return the PDF of ``form``, a key of ``FORMS``.

    The same data gives the same bytes: the file carries ``data.printed_at``, not the clock.

    :raises KeyError: no such form.
    :raises TypeError: the data belongs to another form, or holds what cannot be printed.
    """
    entry = FORMS[form]
    if not isinstance(data, entry.sheet):
        raise TypeError(f"{form} is printed from {entry.sheet.__name__}")
    text = encode(data, code=entry.code, clause=entry.clause, qr=_drawn(data.scanned()))
    pdf: bytes = _typesetter().compile(
        TEMPLATES / entry.template,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"sheet": text},
        timestamp=int(data.printed_at.timestamp()),
    )
    return pdf
