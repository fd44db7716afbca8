"""How long the random walks are: short and always the same in the suite, long when proving."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
LONG_EXAMPLES = int(os.environ.get("TEYUE_PROVE_EXAMPLES", "400"))

settings.register_profile(
    "ci",
    max_examples=14,
    stateful_step_count=32,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=SLOW,
)
settings.register_profile(
    "long",
    max_examples=LONG_EXAMPLES,
    stateful_step_count=60,
    deadline=None,
    database=None,
    suppress_health_check=SLOW,
    print_blob=True,
)
settings.register_profile(
    "explore", settings.get_profile("long"), phases=[Phase.generate], report_multiple_bugs=False
)
settings.load_profile(os.environ.get("TEYUE_PROVE_PROFILE", "ci"))
