"""A command speaks the language of the terminal"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from teyue.config.translated import language

TEYUE = Path(sys.executable).with_name("teyue")
UNSAID = {"LANGUAGE": "", "LC_ALL": "", "LANG": ""}


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANGUAGE": "zh_CN:en", "LANG": "en_US.UTF-8"}, "zh-hans"),
        ({"LC_ALL": "", "LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "zh-hans"),
        ({}, "zh-hans"),
    ],
)
def test_the_first_variable_that_says_something_decides(environment, spoken):
    assert language(environment) == spoken


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spoken", "told"), [("en", "There is no office yet"), ("zh-hans", "系统中还没有管理处")]
)
def test_an_import_without_an_office_is_refused_in_the_language_that_is_spoken(spoken, told):
    with translation.override(spoken), pytest.raises(CommandError, match=told):
        call_command("import", "none.xlsx")


@pytest.mark.parametrize(
    ("asked", "told"),
    [("en_US.UTF-8", "Recompute the digests and seals"), ("C.UTF-8", "重算整本日志的摘要")],
)
def test_help_is_given_in_the_language_of_the_terminal(asked, told):
    environment = {**os.environ, **UNSAID, "LANG": asked}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    shown = subprocess.check_output([TEYUE, "verify", "--help"], env=environment, text=True)

    assert told in shown
