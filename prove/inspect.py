"""Look at the receipts of a run, inside the house; run by :func:`bench.server.inside`."""

from __future__ import annotations

import json
import sys
from collections import Counter

from teyue.procedure.cashier.models import Receipt


def main() -> None:
    """Print how many receipts each order has, and all serials of the office."""
    orders = Counter(Receipt.objects.values_list("order__number", flat=True))
    serials = list(Receipt.objects.order_by("serial").values_list("serial", flat=True))
    sys.stdout.write(json.dumps({"orders": orders, "serials": serials}))


if __name__ == "__main__":
    main()
