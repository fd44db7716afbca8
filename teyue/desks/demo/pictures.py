"""Pictures for a demo: a plain ground with what the photo would show, made on the spot."""

from __future__ import annotations

from io import BytesIO
from math import sin

from PIL import Image, ImageDraw

SIZE = (960, 720)
SLIP, STROKES = (480, 180), 3
GROUND, FRAME, PIPE = (214, 222, 224), (150, 165, 170), (96, 120, 128)


def photo(seed: int) -> bytes:
    """Return a JPEG of a tap on a wall; each seed moves the tap a little."""
    picture = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(picture)
    for x in range(0, SIZE[0], 120):
        pen.line([(x, 0), (x, SIZE[1])], fill=FRAME, width=2)
    for y in range(0, SIZE[1], 120):
        pen.line([(0, y), (SIZE[0], y)], fill=FRAME, width=2)
    left = 260 + seed % 7 * 40
    pen.rounded_rectangle([left, 230, left + 320, 290], radius=30, fill=PIPE)
    pen.rounded_rectangle([left + 250, 230, left + 320, 460], radius=30, fill=PIPE)
    pen.ellipse([left + 100, 150, left + 200, 250], fill=PIPE)
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=80)
    return kept.getvalue()


def signature(seed: int) -> bytes:
    """Return a PNG of a scrawl, as a finger leaves it on a screen; each seed writes another."""
    picture = Image.new("RGB", SLIP, "white")
    pen = ImageDraw.Draw(picture)
    for stroke in range(STROKES):
        left, tall = 50 + stroke * 130, 28 + (seed * 7 + stroke * 13) % 24
        line = [
            (left + n * 2, 90 + tall * sin(n / (6 + stroke) + seed) - n * (stroke - 1) / 3)
            for n in range(62)
        ]
        pen.line(line, fill="black", width=4, joint="curve")
    kept = BytesIO()
    picture.save(kept, "PNG")
    return kept.getvalue()
