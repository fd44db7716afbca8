"""What all tests stand on: two engines, the serving role, a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils import translation

pytest_plugins = ["tests.cast", "tests.stories"]

CHROMIUM = "/usr/bin/chromium"
EMPTY = vars(TransactionTestCase)["_fixture_teardown"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other engine."""
    other = "sqlite" if connection.vendor == "postgresql" else "postgresql"
    left = [item for item in items if item.get_closest_marker(other)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


@pytest.fixture(autouse=True)
def in_chinese() -> None:
    """Begin in the source language: a page that another test read may have left English behind."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Make the test database as its owner, then let every test run as the serving role."""
    ready = restored_file if connection.vendor == "sqlite" else serving_role
    with ExitStack() as until_the_end:
        with django_db_blocker.unblock():
            until_the_end.enter_context(ready())
        yield


@contextmanager
def serving_role() -> Iterator[None]:
    """Act as the serving role; only the emptying of tables between tests is the owner's."""
    options = connection.settings_dict["OPTIONS"]
    start = options["options"]

    def empty_as_owner(case: TransactionTestCase) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")
        EMPTY(case)
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_as_owner)
        patch.setitem(options, "options", f"{start} -c role={settings.SERVING_ROLE}")
        connection.close()
        yield
    connection.close()


@contextmanager
def restored_file() -> Iterator[None]:
    """Put the migrated file back after each test that commits: its triggers refuse a DELETE."""
    name = Path(connection.settings_dict["NAME"])
    pristine = name.with_suffix(".pristine")
    connection.close()
    shutil.copyfile(name, pristine)

    def restore(case: TransactionTestCase) -> None:
        connections.close_all()
        for suffix in ("-wal", "-shm"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(pristine, name.with_suffix(".next"))
        name.with_suffix(".next").replace(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", restore)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use Debian's Chromium, which as root has no sandbox, and keep it off the network."""
    quiet = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Sit where the people sit."""
    place = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
    return browser_context_args | place | {"viewport": {"width": 1280, "height": 800}}
