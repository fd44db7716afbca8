"""One paid order in six calls, each one transaction that takes its steps in turn (4.2.4–4.3.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

ITEM = "WX-01"
CHECKS = (
    "price_line_ok",
    "qty_ok",
    "material_invoice_ok",
    "confirmation_ok",
    "time_ok",
    "change_ok",
)

Answers = Mapping[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What one flow is about: who lives there, who goes, when, and what must be checked."""

    household: int
    staff: int
    starts: datetime
    checklist: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """One request: its name, who sends it, where, and what is in it."""

    name: str
    who: str
    path: str
    body: Callable[[Job, Answers, datetime], dict[str, Any]]


def _book(job: Job, answers: Answers, now: datetime) -> dict[str, Any]:
    return {
        "household": job.household,
        "item": ITEM,
        "description": "厨房龙头滴水",
        "duplicate_reason": "另一处",
        "evidence": "录音 0571",
    }


def _pay(job: Job, answers: Answers, now: datetime) -> dict[str, Any]:
    order = answers["register"]
    return {"order": order["number"], "amount": order["required"], "method": "cash"}


def _send(job: Job, answers: Answers, now: datetime) -> dict[str, Any]:
    starts = job.starts.isoformat()
    return {"order": answers["register"]["number"], "staff": job.staff, "appoint_from": starts}


def _key_record(job: Job, answers: Answers, now: datetime) -> dict[str, Any]:
    return {
        "order": answers["register"]["number"],
        "worked": {
            "work_done": "更换龙头，试水 3 分钟无渗漏",
            "minutes": 30,
            "quantity": "1",
            "checklist": dict.fromkeys(job.checklist, True),
        },
        "evidence": {"reference": "F12 扫描 0007"},
        "arrived_at": now.isoformat(),
        "finished_at": now.isoformat(),
        "rating": 5,
    }


def _audit(job: Job, answers: Answers, now: datetime) -> dict[str, Any]:
    record = answers["record"]
    return {
        "record": record["number"],
        "digest": record["digest"],
        "checks": dict.fromkeys(CHECKS, True),
    }


def _settle(job: Job, answers: Answers, now: datetime) -> dict[str, Any]:
    return {"order": answers["register"]["number"], "itemized": True, "method": "cash"}


CALLS = (
    Call("register", "rc", "/api/v1/orders/book", _book),
    Call("prepay", "ca", "/api/v1/receipts", _pay),
    Call("dispatch", "rc", "/api/v1/visits", _send),
    Call("record", "rc2", "/api/v1/records/keyed", _key_record),
    Call("audit", "cs", "/api/v1/audits", _audit),
    Call("settle", "ca", "/api/v1/settlements", _settle),
)
