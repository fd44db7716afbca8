from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from teyue.foundation.pen import Kept
from teyue.procedure.approval.models import Proposal
from teyue.procedure.pricing.models import PriceList
from teyue.register.company.models import OfficePaper


class Announcement(OfficePaper):
    """A notice to the residents (公告, F-06)."""

    form = "F06"

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        CHECKED = "checked", _("已核对")
        PUBLISHED = "published", _("已发布")
        SUPERSEDED = "superseded", _("已被替换")
        EXPIRED = "expired", _("已到期")
        WITHDRAWN = "withdrawn", _("已撤回")

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT)
    price_list = models.ForeignKey(PriceList, on_delete=models.PROTECT)
    body = models.TextField()
    body_digest = models.CharField(max_length=64)
    publish_at = models.DateTimeField()


class Posting(Kept):
    """Where a notice hangs or was delivered (张贴/投递记录)."""

    class Channel(models.TextChoices):
        GATE = "gate", _("管理处或小区入口")
        BOARD = "board", _("宣传栏、公告栏")
        MAILBOX = "mailbox", _("信箱或入户")
        WECHAT = "wechat", _("公众号")

    announcement = models.ForeignKey(
        Announcement, on_delete=models.PROTECT, related_name="postings"
    )
    channel = models.CharField(max_length=8, choices=Channel.choices)
    place = models.CharField(max_length=60)
    posted_at = models.DateTimeField()
    posted_by = models.BigIntegerField()
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.place
