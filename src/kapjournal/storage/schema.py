"""Brings a database to the present shape, and knows a newer one when it meets it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection


class Schema(NamedTuple):
    """The steps that there are, oldest first, and the folder they lie in.

    The list is here so that opening a journal needs neither Alembic nor a look at the folder.
    """

    revisions: tuple[str, ...]
    location: Path

    @property
    def newest(self) -> str:
        """The revision that this version of the program works with."""
        return self.revisions[-1]


PRESENT = Schema(revisions=("0001", "0002"), location=Path(__file__).with_name("migrations"))


def upgrade(connection: Connection, schema: Schema) -> None:
    """Take every step that is still to take, inside the transaction of `connection`."""
    from alembic import command  # noqa: PLC0415 - a fifth of a second that only making and upgrading should pay
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(schema.location).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def revision(connection: Connection) -> str | None:
    """The revision the database stands at, or None for no such table."""
    found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
    if found is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None
