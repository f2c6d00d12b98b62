"""The ledger, the indexes that point into it, the desk and the search index.

Revision ID: 0001
Revises:
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_POINTERS = "first INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(n) REFERENCES ledger (n)"

_STATEMENTS = (
    "CREATE TABLE meta (name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (name)) WITHOUT ROWID, STRICT",
    "CREATE TABLE ledger (n INTEGER NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL, type TEXT NOT NULL, "
    "record_id TEXT NOT NULL, content TEXT NOT NULL, digest BLOB NOT NULL, link BLOB NOT NULL, "
    "PRIMARY KEY (n)) STRICT",
    "CREATE TABLE desk (place TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (place)) WITHOUT ROWID, STRICT",
    f"CREATE TABLE client (id TEXT NOT NULL, {_POINTERS}) WITHOUT ROWID, STRICT",
    f"CREATE TABLE course (id TEXT NOT NULL, client TEXT NOT NULL, {_POINTERS}, "
    "FOREIGN KEY(client) REFERENCES client (id)) WITHOUT ROWID, STRICT",
    f"CREATE TABLE theme (id TEXT NOT NULL, {_POINTERS}) WITHOUT ROWID, STRICT",
    f"CREATE TABLE part (id TEXT NOT NULL, client TEXT NOT NULL, {_POINTERS}, "
    "FOREIGN KEY(client) REFERENCES client (id)) WITHOUT ROWID, STRICT",
    "CREATE TABLE session (id TEXT NOT NULL, client TEXT NOT NULL, course TEXT, kind TEXT NOT NULL, closed_at TEXT, "
    f"{_POINTERS}, FOREIGN KEY(client) REFERENCES client (id), FOREIGN KEY(course) REFERENCES course (id)) "
    "WITHOUT ROWID, STRICT",
    "CREATE TABLE entry (id TEXT NOT NULL, client TEXT NOT NULL, session TEXT, part TEXT, kind TEXT NOT NULL, "
    f"{_POINTERS}, FOREIGN KEY(client) REFERENCES client (id), FOREIGN KEY(session) REFERENCES session (id), "
    "FOREIGN KEY(part) REFERENCES part (id)) WITHOUT ROWID, STRICT",
    f"CREATE TABLE amendment (id TEXT NOT NULL, entry TEXT NOT NULL, {_POINTERS}, "
    "FOREIGN KEY(entry) REFERENCES entry (id)) WITHOUT ROWID, STRICT",
    "CREATE TABLE tag (id TEXT NOT NULL, entry TEXT NOT NULL, theme TEXT, part TEXT, state TEXT NOT NULL, "
    f"{_POINTERS}, FOREIGN KEY(entry) REFERENCES entry (id), FOREIGN KEY(theme) REFERENCES theme (id), "
    "FOREIGN KEY(part) REFERENCES part (id), CONSTRAINT one_label CHECK ((theme IS NULL) <> (part IS NULL))) "
    "WITHOUT ROWID, STRICT",
    "CREATE TABLE link (id TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, relation TEXT NOT NULL, "
    f"{_POINTERS}, FOREIGN KEY(source) REFERENCES entry (id), FOREIGN KEY(target) REFERENCES entry (id)) "
    "WITHOUT ROWID, STRICT",
    f"CREATE TABLE disclosure (id TEXT NOT NULL, client TEXT NOT NULL, {_POINTERS}, "
    "FOREIGN KEY(client) REFERENCES client (id)) WITHOUT ROWID, STRICT",
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
