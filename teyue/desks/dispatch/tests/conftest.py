from __future__ import annotations

from teyue.desks.dispatch.tests.stories import emergency
from teyue.procedure.booking.tests.doors import calling, morning, signed_in
from teyue.procedure.dispatch.tests.proof import at_time

__all__ = ["at_time", "calling", "emergency", "morning", "signed_in"]
