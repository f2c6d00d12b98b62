"""A place for what recall derives from the words of each note.

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; it fills by itself."""
    op.execute("CREATE TABLE note_vector (first INTEGER NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (first)) STRICT")
