"""The invariants of the ground floor itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.apps import apps
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
        yield _("流水 %(pk)s 的金额或科目不合法") % {"pk": movement.pk}
    left = total(balances(Movement.objects.all()).values())
    if left != NOTHING:
        yield _("各科目合计应为零，现为 %(left)s") % {"left": left.shown}


def numbers_with_gaps() -> Iterator[str]:
    """Yield series whose papers do not bear exactly the serials that were given out."""
    counts, lowest, highest = Counter[str](), dict[str, int](), dict[str, int]()
    for number in _numbers():
        series, _dash, serial = number.rpartition("-")
        counts[series] += 1
        lowest[series] = min(lowest.get(series, int(serial)), int(serial))
        highest[series] = max(highest.get(series, 0), int(serial))
    given = dict(Series.objects.values_list("key", "last"))
    for series in sorted(set(given) | set(counts)):
        last, count = given.get(series, 0), counts[series]
        if (count, highest.get(series, 0)) != (last, last) or lowest.get(series, 1) != 1:
            text = _("号段 %(series)s 已发到 %(last)s 号，单据却有 %(count)s 张")
            yield text % {"series": series, "last": last, "count": count}


def journal_broken() -> Iterator[str]:
    """Yield what the chain of the journal does not vouch for."""
    yield from map(str, verify().findings)


def unguarded_tables() -> Iterator[str]:
    """Yield append-only tables that the database would let somebody change."""
    for table in append_only.unguarded():
        text = _("数据表 %(table)s 没有防改保护，请您以数据库属主运行 teyue migrate")
        yield text % {"table": table}


def facts_not_delivered() -> Iterator[str]:
    """Yield messages that failed too often."""
    for message in dead():
        text = _("%(fact)s 第 %(pk)s 号未送达（%(error)s），排除原因后请您运行 teyue work --revive")
        yield text % {"fact": message.fact, "pk": message.pk, "error": message.last_error}


def files_damaged() -> Iterator[str]:
    """Yield files that are missing, or are not what was stored."""
    for attachment in Attachment.objects.filter(erased_at=None).order_by("pk").iterator():
        if not shelf.is_whole(attachment.sha256):
            yield _("附件 %(pk)s 的文件缺失或已被改动") % {"pk": attachment.pk}


def _numbers() -> Iterator[str]:
    for model in apps.get_models():
        if issubclass(model, Document):
            numbered = model._default_manager.filter(number__isnull=False)
            for number in numbered.values_list("number", flat=True).iterator():
                if str(number).rpartition("-")[2].isdigit():
                    yield str(number)


CHECKS = (
    Check("H-01", "", gettext_lazy("账簿平衡"), ledger_out_of_balance),
    Check("I-60", "3.5", gettext_lazy("单号与收据号连续"), numbers_with_gaps),
    Check("H-02", "", gettext_lazy("日志与封存链一致"), journal_broken),
    Check("H-03", "", gettext_lazy("日志与账簿不可改动"), unguarded_tables),
    Check("H-04", "", gettext_lazy("事实已送达"), facts_not_delivered),
    Check("H-05", "", gettext_lazy("附件完好"), files_damaged),
)
