"""The name ``base`` is Django's: a database engine is the package that has it."""

from __future__ import annotations

from select import POLLIN, poll

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

BROKEN = (TransactionStatus.INERROR, TransactionStatus.UNKNOWN)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose health is seen from its socket, without a statement and a commit."""

    def is_usable(self) -> bool:
        """Tell whether the server still listens.

        A server says nothing unasked: what can be read between two statements is its farewell.
        """
        if self.connection is None or self.connection.info.transaction_status in BROKEN:
            return False
        line = poll()
        line.register(self.connection.fileno(), POLLIN)
        return not line.poll(0)
