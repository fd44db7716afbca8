from __future__ import annotations

from typing import Any

from django.db import migrations


def mark(apps: Any, editor: Any) -> None:
    """Say of the orders that have a record that work was delivered."""
    orders = apps.get_model("booking", "Order").objects
    recorded = apps.get_model("service", "Record").objects.values("order")
    orders.filter(pk__in=recorded).update(delivered=True)


class Migration(migrations.Migration):
    dependencies = [
        ("service", "0001_initial"),
        ("booking", "0003_work_delivered"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
