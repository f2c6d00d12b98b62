"""The ledger, the indexes that point into it, the desk and the search index.

Revision ID: 0001
Revises:
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _refers(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table} (id), "


def _index(name: str, columns: str = "", references: str = "", check: str = "") -> str:
    pointers = f"{columns}first INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (id), "
    return (
        f"CREATE TABLE {name} (id TEXT NOT NULL, {pointers}{check}{references}"
        "FOREIGN KEY(n) REFERENCES ledger (n)) WITHOUT ROWID, STRICT"
    )


_STATEMENTS = (
    "CREATE TABLE meta (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name)) WITHOUT ROWID, STRICT",
    "CREATE TABLE ledger (n INTEGER NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL, type TEXT NOT NULL, "
    "record_id TEXT NOT NULL, content TEXT NOT NULL, digest BLOB NOT NULL, link BLOB NOT NULL, "
    "PRIMARY KEY (n)) STRICT",
    "CREATE TABLE desk (place TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (place)) WITHOUT ROWID, STRICT",
    _index("client"),
    _index("course", "client TEXT NOT NULL, ", _refers("client", "client")),
    _index("theme"),
    _index("part", "client TEXT NOT NULL, ", _refers("client", "client")),
    _index(
        "session",
        "client TEXT NOT NULL, course TEXT, kind TEXT NOT NULL, closed_at TEXT, ",
        _refers("client", "client") + _refers("course", "course"),
    ),
    _index(
        "entry",
        "client TEXT NOT NULL, session TEXT, part TEXT, kind TEXT NOT NULL, ",
        _refers("client", "client") + _refers("session", "session") + _refers("part", "part"),
    ),
    _index("amendment", "entry TEXT NOT NULL, ", _refers("entry", "entry")),
    _index(
        "tag",
        "entry TEXT NOT NULL, theme TEXT, part TEXT, state TEXT NOT NULL, ",
        _refers("entry", "entry") + _refers("theme", "theme") + _refers("part", "part"),
        "CONSTRAINT one_label CHECK ((theme IS NULL) <> (part IS NULL)), ",
    ),
    _index(
        "link",
        "source TEXT NOT NULL, target TEXT NOT NULL, relation TEXT NOT NULL, ",
        _refers("source", "entry") + _refers("target", "entry"),
    ),
    _index("disclosure", "client TEXT NOT NULL, ", _refers("client", "client")),
    "CREATE INDEX entry_by_session ON entry (session, first)",
    "CREATE INDEX amendment_by_entry ON amendment (entry)",
    "CREATE INDEX tag_by_entry ON tag (entry)",
    "CREATE VIRTUAL TABLE entry_words USING fts5(words, content='', contentless_delete=1, tokenize='porter unicode61')",
    "CREATE TRIGGER ledger_stays BEFORE UPDATE ON ledger "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is only appended to'); END",
    "CREATE TRIGGER ledger_keeps BEFORE DELETE ON ledger "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is only appended to'); END",
    "CREATE TRIGGER closed_entry_stays BEFORE UPDATE ON entry WHEN OLD.session IS NULL OR "
    "(SELECT closed_at FROM session WHERE session.id = OLD.session) IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a closed entry is only amended'); END",
    "CREATE TRIGGER entry_keeps BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END",
    "CREATE TRIGGER closed_session_stays BEFORE UPDATE ON session WHEN OLD.closed_at IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a closed session stays'); END",
    "CREATE TRIGGER session_keeps BEFORE DELETE ON session "
    "BEGIN SELECT RAISE(ABORT, 'a session is never deleted'); END",
    "CREATE TRIGGER amendment_stays BEFORE UPDATE ON amendment BEGIN SELECT RAISE(ABORT, 'an amendment stays'); END",
    "CREATE TRIGGER amendment_keeps BEFORE DELETE ON amendment BEGIN SELECT RAISE(ABORT, 'an amendment stays'); END",
    "CREATE TRIGGER disclosure_stays BEFORE UPDATE ON disclosure BEGIN SELECT RAISE(ABORT, 'a disclosure stays'); END",
    "CREATE TRIGGER disclosure_keeps BEFORE DELETE ON disclosure BEGIN SELECT RAISE(ABORT, 'a disclosure stays'); END",
)


def upgrade() -> None:
    """Make everything that version 1 of a vault holds."""
    for statement in _STATEMENTS:
        op.execute(statement)
