from __future__ import annotations

import sys
from typing import Any

from django.core.management import BaseCommand

from teyue.foundation import progress
from teyue.foundation.journal.models import Entry
from teyue.foundation.journal.verifying import verify


class Command(BaseCommand):
    help = "Recompute the whole journal and say what does not agree with its seals."

    def handle(self, *args: Any, **options: Any) -> None:
        with progress.shown("日志", Entry.objects.count()) as show:
            verdict = verify(show)
        self.stdout.write(f"已封存 {verdict.sealed} 条，未封存 {verdict.unsealed} 条")
        for finding in verdict.findings:
            self.stdout.write(str(finding))
        if verdict.findings:
            sys.exit(1)
