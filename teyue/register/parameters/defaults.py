"""Every business value of the house with its default, to seed the dated table of parameters."""

from __future__ import annotations

from collections.abc import Mapping

from teyue.register.parameters.finance import FINANCE
from teyue.register.parameters.kinds import Kind, Parameter, Typed, bounds, check, parse, show
from teyue.register.parameters.provision import PROVISION
from teyue.register.parameters.quality import QUALITY

__all__ = [
    "BY_KEY",
    "DEFAULTS",
    "Kind",
    "Parameter",
    "Typed",
    "bounds",
    "check",
    "parse",
    "show",
]

DEFAULTS: tuple[Parameter, ...] = PROVISION + FINANCE + QUALITY
BY_KEY: Mapping[str, Parameter] = {parameter.key: parameter for parameter in DEFAULTS}
