"""The starter catalogue: thirty items to be surveyed, with standards and demonstration prices."""

from __future__ import annotations

from collections.abc import Mapping

from teyue.procedure.planning.catalogue.cleaning import CLEANING
from teyue.procedure.planning.catalogue.living import LIVING
from teyue.procedure.planning.catalogue.repairs import REPAIRS
from teyue.procedure.planning.catalogue.shapes import (
    CatalogueItem,
    Category,
    Charge,
    Gates,
    Point,
    Variant,
)

__all__ = [
    "BY_CODE",
    "CATALOGUE",
    "CATEGORIES",
    "CHOICES_ZH",
    "COMMON_POINTS",
    "FREQUENCY_ZH",
    "LADDER_ZH",
    "UNIT_NAMES",
    "CatalogueItem",
    "Category",
    "Charge",
    "Gates",
    "Point",
    "Variant",
]

CATEGORIES: tuple[Category, ...] = (
    Category("WX", "维修", "Repairs"),
    Category("AZ", "安装", "Installation"),
    Category("QX", "清洗", "Appliance and carpet cleaning"),
    Category("BJ", "保洁", "House cleaning"),
    Category("YH", "养护", "Gardening"),
    Category("XS", "消杀", "Pest control"),
    Category("AQ", "安全", "Locks and safety"),
    Category("CL", "车辆", "Car care"),
    Category("SW", "搬运", "Moving"),
    Category("SH", "生活照料", "Care and daily life"),
    Category("DB", "代办", "Agency and errands"),
)

COMMON_POINTS: tuple[Point, ...] = (
    Point("佩证着装", "Badge and uniform"),
    Point("敲门三声", "Three knocks at the door"),
    Point("穿鞋套", "Shoe covers"),
    Point("铺垫布", "Spread the dust sheet"),
    Point("先报价后服务", "Quote first, then serve"),
    Point("工完场清", "Leave the place clean"),
    Point("请住户验收签字", "Ask the household to accept and sign"),
    Point("不收现金不收小费", "Take neither cash nor tips"),
)

CATALOGUE: tuple[CatalogueItem, ...] = REPAIRS + CLEANING + LIVING
BY_CODE: Mapping[str, CatalogueItem] = {item.code: item for item in CATALOGUE}

UNIT_NAMES: Mapping[str, tuple[str, str]] = {
    "visit": ("次", "visit"),
    "hour": ("小时", "hour"),
    "sqm": ("㎡", "m²"),
    "piece": ("件/台", "piece"),
    "package": ("套", "package"),
    "month": ("月", "month"),
    "km": ("公里", "km"),
}

# The wording of the survey (form F-01); each rung of the ladder is asked with its own price.
LADDER_ZH = "如果收费为 %(price)s 元/%(unit)s，您会："
CHOICES_ZH = ("A 一定使用", "B 可能使用", "C 不使用", "D 太便宜不放心")
FREQUENCY_ZH = "每年约几次？"
