"""The words of entries and their amendments, kept findable.

The ledger holds the words; the search index follows it up to a number that is kept beside it. It is brought up to date
before every search, when the journal settles, and within large imports, never on the way of a single kept entry: that
would take as long again as making the entry durable. So nothing kept is ever missing from a search, and a crash can
leave the index behind but never wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kapjournal.domain.entry import Amendment, Entry
from kapjournal.storage import statements as sql
from kapjournal.storage.engine import Bare
from kapjournal.storage.records import parse

WORDS_UP_TO: Final = "words_up_to"


def catch_up(connection: Bare, up_to: int) -> None:
    """Bring the search index up to a number of the ledger, within the transaction of the caller."""
    behind = connection.execute(sql.GET_META, (WORDS_UP_TO,)).fetchone()
    since = int(behind[0]) if behind else 0
    if since >= up_to:
        return
    for entry in _spoken_of(connection.execute(sql.LINES_SINCE, (since,)).fetchall()):
        connection.execute(sql.CHANGE_WORDS, _words(connection, entry))
    connection.execute(sql.SET_META, (str(up_to), WORDS_UP_TO))


def _spoken_of(lines: Iterable[tuple[str, str, str]]) -> dict[str, None]:
    """Entries that are new, changed or amended, each once, in order."""
    found: dict[str, None] = {}
    for type_, record_id, content in lines:
        if type_ == "entry":
            found[record_id] = None
        else:
            amendment = parse(type_, content)
            if isinstance(amendment, Amendment):
                found[amendment.entry] = None
    return found


def _words(connection: Bare, entry: str) -> tuple[int, str]:
    row = connection.execute(sql.STANDING["entry"], (entry,)).fetchone()
    if row is None:
        raise LookupError("the ledger keeps an entry that has no place in the index")
    said = [parse("entry", row[1]), *(parse("amendment", text) for (text,) in _amendments(connection, entry))]
    return row[0], "\n".join(record.text for record in said if isinstance(record, Entry | Amendment) and record.text)


def _amendments(connection: Bare, entry: str) -> list[tuple[str]]:
    return [(row[0],) for row in connection.execute(sql.AMENDMENTS_OF, (entry,)).fetchall()]


def quoted(words: str) -> str | None:
    """What somebody typed as an FTS5 query that means every word of it, whatever signs are in it; None for no word."""
    spoken = [word for word in words.replace("\0", " ").split() if any(sign.isalnum() for sign in word)]
    return " ".join('"' + word.replace('"', '""') + '"' for word in spoken) or None


def find(connection: Bare, words: str, client: str | None) -> tuple[Entry, ...]:
    """Entries that hold every word, the best match first."""
    query = quoted(words)
    if query is None:
        return ()
    rows = connection.execute(sql.MATCHING, (query,)).fetchall()
    found = (parse("entry", row[0]) for row in rows)
    return tuple(entry for entry in found if isinstance(entry, Entry) and client in {None, entry.client})
