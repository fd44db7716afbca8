from __future__ import annotations

import sys
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.config.translated import Translated
from teyue.foundation import progress
from teyue.foundation.journal.models import Entry
from teyue.foundation.journal.verifying import verify


class Command(Translated):
    says = gettext_lazy("重算整本日志的摘要和封存链，说出不相符的地方。")

    def handle(self, *args: Any, **options: Any) -> None:
        with progress.shown(_("日志"), Entry.objects.count()) as show:
            verdict = verify(show)
        counts = {"sealed": verdict.sealed, "unsealed": verdict.unsealed}
        self.stdout.write(_("已封存 %(sealed)s 条，未封存 %(unsealed)s 条") % counts)
        for finding in verdict.findings:
            self.stdout.write(str(finding))
        if verdict.findings:
            sys.exit(1)
