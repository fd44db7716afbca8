"""Commands that speak the language of whoever types them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.management import BaseCommand, CommandParser

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ENGLISH = "en"
CHINESE = "zh-hans"
# In the order in which other programs ask them.
ASKED = ("LANGUAGE", "LC_ALL", "LANG")


class Translated(BaseCommand):
    """A command whose help is translated when somebody asks for it."""

    says: ClassVar[StrOrPromise]

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Read ``says`` in the language of the moment: help is wrapped as plain text."""
        self.help = str(self.says)
        return super().create_parser(prog_name, subcommand, **kwargs)


def language(environment: Mapping[str, str]) -> str:
    """Return the language that a terminal asks for: English if it says so, else Chinese."""
    asked = next((environment[name] for name in ASKED if environment.get(name)), "")
    return ENGLISH if asked.lower().startswith(ENGLISH) else CHINESE
