from __future__ import annotations

import sys
from typing import Any

from django.core.management.commands.check import Command as SystemCheck
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teyue.config.translated import Translated
from teyue.config.wiring import CHECKS
from teyue.foundation import progress
from teyue.foundation.upkeep.checks import run


class Command(Translated, SystemCheck):
    says = gettext_lazy("先检查程序，再用数据检查必须守住的规则。")

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        with progress.shown(_("检查"), len(CHECKS)) as show:
            findings = list(run(CHECKS, show))
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            sys.exit(1)
        self.stdout.write(_("%(n)s 项检查全部通过") % {"n": len(CHECKS)})
