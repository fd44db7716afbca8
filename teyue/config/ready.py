"""Tell people in time that the database has no tables yet."""

from __future__ import annotations

from django.core.management import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from teyue.register.company.models import Company


def require_tables() -> None:
    """Fail with what to do unless the tables were made.

    :raises CommandError: before the first `teyue migrate`.
    """
    if Company._meta.db_table not in connection.introspection.table_names():
        raise CommandError(_("数据库尚未建表。请您先运行 teyue migrate，再运行本命令。"))
