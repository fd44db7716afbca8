"""Pictures are read as pictures and written anew: whatever else the bytes said is gone."""

from __future__ import annotations

import base64
import binascii
import struct
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from teyue.foundation.refusal import Refused

# What phones sell as 12 megapixels is 4032 × 3024.
MOST_PIXELS = 12_600_000
LONGEST_EDGE = 2000
LARGEST_PICTURE = 12 * 1024 * 1024
LARGEST_SIGNATURE = 512 * 1024
LEAST_INK = 60
LEAST_STROKE = 12
FORMATS = ("JPEG", "PNG", "WEBP")
DATA_URL = "data:image/png;base64,"

UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def photo(given: bytes) -> bytes:
    """Return a picture as JPEG of at most 2000 pixels an edge, upright and without its EXIF.

    :raises Refused: ``file_too_large``, ``file_not_an_image``, ``file_unreadable``.
    """
    picture = _opened(given, FORMATS, LARGEST_PICTURE)
    try:
        picture.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        drawn = _on_paper(upright)
    except UNREADABLE as error:
        raise _unreadable() from error
    out = BytesIO()
    drawn.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def drawn_signature(data_url: str) -> bytes:
    """Return the PNG that a signature pad sent as a data URL, in grey on white.

    :raises Refused: ``file_too_large``, ``file_not_an_image``, ``file_unreadable``,
        ``signature_blank``.
    """
    if not data_url.startswith(DATA_URL):
        raise _not_an_image()
    try:
        given = base64.b64decode(data_url.removeprefix(DATA_URL), validate=True)
    except binascii.Error as error:
        raise _unreadable() from error
    return signature(given)


def signature(given: bytes) -> bytes:
    """Return a drawn signature as PNG in grey on white; refusals as :func:`drawn_signature`."""
    picture = _opened(given, ("PNG",), LARGEST_SIGNATURE)
    try:
        drawn = _on_paper(picture).convert("L")
    except UNREADABLE as error:
        raise _unreadable() from error
    if not _is_signed(drawn):
        raise Refused("signature_blank", _("签名是空白的。请您在签名框内写下姓名后再提交。"))
    out = BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


def _opened(given: bytes, formats: tuple[str, ...], most: int) -> Image.Image:
    if len(given) > most:
        raise too_large(most)
    try:
        picture = Image.open(BytesIO(given), formats=formats)
    except UNREADABLE as error:
        raise _not_an_image() from error
    # Checked by the header, before a single pixel is unpacked.
    if picture.width * picture.height > MOST_PIXELS:
        text = _("照片超过 1200 万像素。请您调低相机分辨率，或截取需要的部分后再上传。")
        raise Refused("file_too_large", text, field="file")
    return picture


def _on_paper(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    inked = picture.convert("RGBA")
    paper = Image.new("RGBA", inked.size, "white")
    return Image.alpha_composite(paper, inked).convert("RGB")


def _is_signed(drawn: Image.Image) -> bool:
    ink = drawn.point(lambda grey: 255 if grey < 160 else 0)
    box = ink.getbbox()
    if box is None:
        return False
    longest = max(box[2] - box[0], box[3] - box[1])
    return longest >= LEAST_STROKE and ink.histogram()[255] >= LEAST_INK


def too_large(most: int) -> Refused:
    """Return the refusal of a file of more than ``most`` bytes."""
    text = _("文件超过 %(most)s MB。请您压缩或分成几份后再上传。")
    size = f"{most / 1024 / 1024:g}"
    return Refused("file_too_large", text % {"most": size}, field="file")


def _not_an_image() -> Refused:
    text = _("这不是可以识别的图片。请您上传 JPG、PNG 或 WebP 格式的照片。")
    return Refused("file_not_an_image", text, field="file")


def _unreadable() -> Refused:
    text = _("文件已损坏，无法读取。请您重新拍照或扫描后再上传。")
    return Refused("file_unreadable", text, field="file")
