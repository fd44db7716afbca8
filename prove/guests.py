"""Say who has an account and which papers there are; run by :func:`bench.server.inside`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import chain

from django.apps import apps

from teyue.foundation.lifecycle import Document
from teyue.register.people.models import Account

FEW = 12


def main() -> None:
    """Print logins and the numbers of papers, a few of each kind."""
    known = Account.objects.filter(is_active=True).exclude(password="")
    logins = list(known.values_list("username", flat=True))
    sys.stdout.write(json.dumps({"logins": logins, "numbers": list(chain(*_numbers()))}))


def _numbers() -> Iterator[list[str]]:
    for model in apps.get_models():
        if issubclass(model, Document):
            numbered = model._default_manager.filter(number__isnull=False).order_by("pk")
            yield [str(number) for number in numbered.values_list("number", flat=True)[:FEW]]


if __name__ == "__main__":
    main()
