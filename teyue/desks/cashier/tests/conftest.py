from __future__ import annotations

from teyue.procedure.booking.tests.doors import calling, morning, signed_in

__all__ = ["calling", "morning", "signed_in"]
