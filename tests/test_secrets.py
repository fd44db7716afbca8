"""What people would not have lie open stands in the database encrypted only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import models

from tests import source
from teyue.foundation.secrets import EncryptedField

# Words of a column's name behind which there is, or may be, what only its owner should give away.
PRIVATE = re.compile(
    r"(?:^|_)(?:phone|mobile|telephone|identity|passport|id_(?:number|card|no)|"
    r"health|medical|disability|diagnosis|(?:payee|bank)_account|account_no|card_no|"
    r"password|secret|visit_note|access_note)(?:_|$)"
)
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
# Why a column with such a name may be read by whoever reads the database.
OPEN = {
    "company.Office.phone": "the number of the office, printed on every notice",
    "estate.Person.phone_index": "a keyed digest, to look the number up by",
    "estate.Household.visit_note": "what to heed at the door, for whoever is sent",
    "people.Account.password": "a salted digest of the password",
}


class Neighbor(models.Model):
    """A counter-example: someone whose number nobody encrypted."""

    phone = models.CharField(max_length=20)
    identity_number = EncryptedField()
    identity_shown = models.BooleanField()

    class Meta:
        app_label = "planted"
        managed = False


def test_every_private_column_is_encrypted():
    assert set(lying_open(of_the_house())) <= set(OPEN)


def test_no_exception_outlives_its_column():
    assert set(OPEN) <= set(lying_open(of_the_house()))


def test_a_number_that_nobody_encrypted_is_found():
    assert list(lying_open([Neighbor])) == ["planted.Neighbor.phone"]


def lying_open(kinds: Iterable[type[models.Model]]) -> Iterator[str]:
    """Yield the texts with a private name that are not encrypted."""
    for kind in kinds:
        for field in kind._meta.concrete_fields:
            open_text = isinstance(field, TEXTS) and not isinstance(field, EncryptedField)
            if open_text and PRIVATE.search(field.name):
                yield f"{kind._meta.label}.{field.name}"


def of_the_house() -> Iterator[type[models.Model]]:
    """Yield the models that the house keeps."""
    return (model for model in apps.get_models() if source.is_of_the_house(model))
