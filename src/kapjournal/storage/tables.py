"""The tables: one ledger that holds all content, and thin indexes that point at the present version of each record.

In every index `first` is the ledger number of a record's first version (the order it was written in) and `n` that of
its present one. The desk is the only other place for content; it is overwritten in place and is not part of the record.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

FORMAT: Final = 1

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)

ledger = Table(
    "ledger",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),
    sqlite_strict=True,
)

desk = Table(
    "desk",
    metadata,
    Column("place", Text, primary_key=True),
    Column("content", Text, nullable=False),
    sqlite_with_rowid=False,
    sqlite_strict=True,
)


def _refers(name: str, table: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, ForeignKey(f"{table}.id"), nullable=nullable)


def _index(name: str, *columns: Column[str] | CheckConstraint) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Text, primary_key=True),
        *columns,
        Column("first", Integer, nullable=False),
        Column("n", Integer, ForeignKey("ledger.n"), nullable=False),
        sqlite_with_rowid=False,
        sqlite_strict=True,
    )


client = _index("client")
course = _index("course", _refers("client", "client"))
theme = _index("theme")
part = _index("part", _refers("client", "client"))
session = _index(
    "session",
    _refers("client", "client"),
    _refers("course", "course", nullable=True),
    Column("kind", Text, nullable=False),
    Column("closed_at", Text),
)
entry = _index(
    "entry",
    _refers("client", "client"),
    _refers("session", "session", nullable=True),
    _refers("part", "part", nullable=True),
    Column("kind", Text, nullable=False),
)
amendment = _index("amendment", _refers("entry", "entry"))
tag = _index(
    "tag",
    _refers("entry", "entry"),
    _refers("theme", "theme", nullable=True),
    _refers("part", "part", nullable=True),
    Column("state", Text, nullable=False),
    CheckConstraint("(theme IS NULL) <> (part IS NULL)", name="one_label"),
)
link = _index("link", _refers("source", "entry"), _refers("target", "entry"), Column("relation", Text, nullable=False))
disclosure = _index("disclosure", _refers("client", "client"))

# Derived from the words and made anew where missing: outside the ledger, and never exported.
note_vector = Table(
    "note_vector",
    metadata,
    Column("first", Integer, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
    sqlite_strict=True,
)

Index("entry_by_session", entry.c.session, entry.c.first)
Index("amendment_by_entry", amendment.c.entry)
Index("tag_by_entry", tag.c.entry)

# Each after those it names, so that walking them in this order never meets an unknown name.
INDEXES: Final[dict[str, Table]] = {
    table.name: table for table in (client, course, theme, part, session, entry, amendment, tag, link, disclosure)
}

# The words live in the ledger already; the search index keeps none of its own.
ENTRY_WORDS: Final = (
    "CREATE VIRTUAL TABLE entry_words USING fts5(words, content='', contentless_delete=1, tokenize='porter unicode61')"
)


def _forbid(name: str, event: str, table: str, sentence: str, when: str = "") -> str:
    condition = f" WHEN {when}" if when else ""
    return f"CREATE TRIGGER {name} BEFORE {event} ON {table}{condition} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"


_CLOSED_ENTRY = "OLD.session IS NULL OR (SELECT closed_at FROM session WHERE session.id = OLD.session) IS NOT NULL"

TRIGGERS: Final[dict[str, str]] = {
    name: _forbid(name, event, table, sentence, when)
    for name, event, table, sentence, when in (
        ("ledger_stays", "UPDATE", "ledger", "the ledger is only appended to", ""),
        ("ledger_keeps", "DELETE", "ledger", "the ledger is only appended to", ""),
        ("closed_entry_stays", "UPDATE", "entry", "a closed entry is only amended", _CLOSED_ENTRY),
        ("entry_keeps", "DELETE", "entry", "an entry is never deleted", ""),
        ("closed_session_stays", "UPDATE", "session", "a closed session stays", "OLD.closed_at IS NOT NULL"),
        ("session_keeps", "DELETE", "session", "a session is never deleted", ""),
        ("amendment_stays", "UPDATE", "amendment", "an amendment stays", ""),
        ("amendment_keeps", "DELETE", "amendment", "an amendment stays", ""),
        ("disclosure_stays", "UPDATE", "disclosure", "a disclosure stays", ""),
        ("disclosure_keeps", "DELETE", "disclosure", "a disclosure stays", ""),
    )
}
