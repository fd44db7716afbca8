"""Understand names and phones, several of them in one cell as well."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from teyue.register.importing.cells import Cell

_BETWEEN = re.compile(r"[、,，/;；\n&|+\\]+")
_BETWEEN_PHONES = re.compile(r"[、,，/;；\n&|\\]+")
_AND = re.compile(r"(?<=..)[和与及](?=..)")
_NAME = re.compile(r"[㐀-鿿\U00020000-\U0003ffff·A-Za-z .'-]{1,50}")
_HAN = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]+")
_PHONE_NOISE = re.compile(r"[\s\-‐-―−.·()]|手机号?码?:?|电话:?|联系")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}[2-9]\d{6,7}|[48]00\d{7}")
_TWO_MOBILES = re.compile(rf"({_MOBILE.pattern})({_MOBILE.pattern})")


def names(cell: Cell) -> tuple[str, ...]:
    """Return the names of a cell; ``刘 娜`` is one person, ``李梅、胡熙`` are two.

    :raises UnreadableError: it is empty, or something in it is no name.
    """
    text = re.sub(r"[•‧・∙]", "·", cell.required("张三"))
    found = tuple(
        name for part in _BETWEEN.split(text) if part.strip() for name in _split(part.strip())
    )
    if not found or not all(_NAME.fullmatch(name) for name in found):
        raise cell.wrong(_("%(caption)s里有数字或符号，请只填写姓名，多人之间用“、”分开。"))
    if len(found) > 1:
        cell.mend(_("%(caption)s一格中有多人，已拆成多名住户。"))
    return found


def one_name(cell: Cell) -> str:
    """Return the only name of a cell.

    :raises UnreadableError: it is empty, no name, or several.
    """
    found = names(cell)
    if len(found) > 1:
        raise cell.wrong(_("%(caption)s一格中有多人，请每人填写一行。"))
    return found[0]


def mobiles(cell: Cell) -> tuple[str, ...]:
    """Return the mobile numbers of a cell, in order, 11 digits each.

    :raises UnreadableError: it is empty, or something in it has not 11 digits.
    """
    parts = [part for part in re.split(r"[和或]", cell.required("13800001234")) if part]
    found = tuple(
        phone for part in parts for piece in _BETWEEN_PHONES.split(part) for phone in _phones(piece)
    )
    bad = [phone for phone in found if not _MOBILE.fullmatch(phone)]
    if bad or not found:
        digits = len(re.sub(r"\D", "", bad[0])) if bad else 0
        advice = _("%(caption)s不是11位手机号（现有{digits}位数字），请核对后填写完整的手机号。")
        raise cell.wrong(advice.replace("{digits}", str(digits)))
    if len(found) == 1 and cell.text != found[0]:
        cell.mend(_("%(caption)s中的空格、横线或区号已去掉。"))
    return found


def one_mobile(cell: Cell) -> str:
    """Return the first mobile number of a cell.

    :raises UnreadableError: it is empty, or something in it has not 11 digits.
    """
    found = mobiles(cell)
    if len(found) > 1:
        cell.mend(_("%(caption)s有多个号码，只录入第一个。"))
    return found[0]


def any_phone(cell: Cell) -> str:
    """Return the first number of a cell, mobile or landline, digits only.

    :raises UnreadableError: it is empty or neither.
    """
    first = _BETWEEN_PHONES.split(cell.required("13800001234"))[0]
    phone = _phones(first)[0] if _phones(first) else ""
    if not (_MOBILE.fullmatch(phone) or _LANDLINE.fullmatch(phone)):
        raise cell.wrong(_("%(caption)s不是11位手机号，也不是带区号的固定电话，请核对后重填。"))
    if phone != cell.text:
        cell.mend(_("%(caption)s中的符号已去掉，只录入第一个号码。"))
    return phone


def _phones(piece: str) -> list[str]:
    bare = _PHONE_NOISE.sub("", re.sub(r"\.0$", "", piece.strip()))
    bare = re.sub(r"^(?:\+|00)?86(?=1\d{10}$)", "", bare)
    if pair := _TWO_MOBILES.fullmatch(bare):
        return [pair[1], pair[2]]
    return [bare] if bare else []


def _split(part: str) -> list[str]:
    if "·" not in part:
        part = _AND.sub(" ", part)
    pieces = part.split()
    if not all(_HAN.fullmatch(piece) for piece in pieces):
        return [" ".join(pieces)]
    whole = len(pieces) > 1 and all(len(piece) > 1 for piece in pieces)
    return pieces if whole else ["".join(pieces)]
