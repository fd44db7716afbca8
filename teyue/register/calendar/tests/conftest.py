from __future__ import annotations

from itertools import chain

import pytest

from teyue.register.calendar.days import Calendar
from teyue.register.calendar.official import official_days


@pytest.fixture(scope="session")
def calendar():
    return Calendar(chain.from_iterable(official_days(year) for year in (2025, 2026, 2027)))
