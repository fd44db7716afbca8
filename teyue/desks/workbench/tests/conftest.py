from __future__ import annotations

from teyue.desks.casefile.tests.seats import seated

__all__ = ["seated"]
