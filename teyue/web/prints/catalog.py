"""Which form is printed from which template, under which code and clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from teyue.web.prints import sheets

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Form:
    code: str
    clause: str
    template: str
    sheet: type[sheets.Sheet]


FORMS: Mapping[str, Form] = {
    "F-07": Form("F-07", "4.2.4", "order.typ", sheets.OrderSheet),
    "F-07-day": Form("F-07", "4.2.4", "day.typ", sheets.DaySheet),
    "quote": Form("F-07", "4.2.4", "quote.typ", sheets.QuoteSheet),
    "F-10": Form("F-10", "4.2.5", "job.typ", sheets.JobSheet),
    "F-11": Form("F-11", "4.3.1", "receipt.typ", sheets.ReceiptSheet),
    "F-12": Form("F-12", "4.3.1", "record.typ", sheets.RecordSheet),
    "F-13": Form("F-13", "4.3.1", "settlement.typ", sheets.SettlementSheet),
    "F-14": Form("F-14", "4.3.1", "refund.typ", sheets.RefundSheet),
    "F-25": Form("F-25", "4.3.1", "close.typ", sheets.CloseSheet),
    "F-28": Form("F-28", "4.3.1", "emergency.typ", sheets.EmergencySheet),
}
