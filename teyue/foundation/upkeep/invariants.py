"""The invariants of the ground floor itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.db.models import F, Q

from teyue.foundation import append_only
from teyue.foundation.files import shelf
from teyue.foundation.files.models import Attachment
from teyue.foundation.journal.verifying import verify
from teyue.foundation.ledger.models import Movement
from teyue.foundation.ledger.queries import balances
from teyue.foundation.lifecycle import Document
from teyue.foundation.money import NOTHING, total
from teyue.foundation.numbering.models import Series
from teyue.foundation.outbox.operations import dead
from teyue.foundation.upkeep.checks import Check


def ledger_out_of_balance() -> Iterator[str]:
    """Yield movements that no operation can have written, and a trial balance that is not nil."""
    for movement in Movement.objects.filter(Q(amount__lte=0) | Q(source=F("target"))):
        yield f"流水 {movement.pk} 的金额或科目不合法"
    left = total(balances(Movement.objects.all()).values())
    if left != NOTHING:
        yield f"各科目合计应为零，现为 {left.shown}"


def numbers_with_gaps() -> Iterator[str]:
    """Yield series whose papers do not bear exactly the serials that were given out."""
    counts, lowest, highest = Counter[str](), dict[str, int](), dict[str, int]()
    for number in _numbers():
        series, _, serial = number.rpartition("-")
        counts[series] += 1
        lowest[series] = min(lowest.get(series, int(serial)), int(serial))
        highest[series] = max(highest.get(series, 0), int(serial))
    given = dict(Series.objects.values_list("key", "last"))
    for series in sorted(set(given) | set(counts)):
        last, count = given.get(series, 0), counts[series]
        if (count, highest.get(series, 0)) != (last, last) or lowest.get(series, 1) != 1:
            yield f"号段 {series} 已发到 {last} 号，单据却有 {count} 张"


def journal_broken() -> Iterator[str]:
    """Yield what the chain of the journal does not vouch for."""
    yield from map(str, verify().findings)


def unguarded_tables() -> Iterator[str]:
    """Yield append-only tables that the database would let somebody change."""
    for table in append_only.unguarded():
        yield f"数据表 {table} 没有防改保护，请您以数据库属主运行 teyue migrate"


def facts_not_delivered() -> Iterator[str]:
    """Yield messages that failed too often."""
    for message in dead():
        reason = f"{message.fact} 第 {message.pk} 号未送达（{message.last_error}）"
        yield f"{reason}，排除原因后请您运行 teyue work --revive"


def files_damaged() -> Iterator[str]:
    """Yield files that are missing, or are not what was stored."""
    for attachment in Attachment.objects.filter(erased_at=None).order_by("pk").iterator():
        if not shelf.is_whole(attachment.sha256):
            yield f"附件 {attachment.pk} 的文件缺失或已被改动"


def _numbers() -> Iterator[str]:
    for model in apps.get_models():
        if issubclass(model, Document):
            numbered = model._default_manager.filter(number__isnull=False)
            for number in numbered.values_list("number", flat=True).iterator():
                if str(number).rpartition("-")[2].isdigit():
                    yield str(number)


CHECKS = (
    Check("H-01", "", "账簿平衡", ledger_out_of_balance),
    Check("I-60", "3.5", "单号与收据号连续", numbers_with_gaps),
    Check("H-02", "", "日志与封存链一致", journal_broken),
    Check("H-03", "", "日志与账簿不可改动", unguarded_tables),
    Check("H-04", "", "事实已送达", facts_not_delivered),
    Check("H-05", "", "附件完好", files_damaged),
)
