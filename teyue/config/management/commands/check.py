from __future__ import annotations

import sys
from typing import Any

from django.core.management.commands.check import Command as SystemCheck

from teyue.config.wiring import CHECKS
from teyue.foundation import progress
from teyue.foundation.upkeep.checks import run


class Command(SystemCheck):
    help = "Check the program, then the invariants that the data can show."

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        with progress.shown("检查", len(CHECKS)) as show:
            findings = list(run(CHECKS, show))
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            sys.exit(1)
        self.stdout.write(f"{len(CHECKS)} 项检查全部通过")
