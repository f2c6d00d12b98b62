"""What finding notes again rests on: which notes hold a word, and the vectors that recall makes of their words.

Vectors are derived from words, so they lie where the words lie, inside the encrypted file, and follow them: an entry
that was changed or amended is told again by `changed_since`, and its vector is replaced. They are no part of the
record: neither chained nor counted nor exported, and whatever is missing is made anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Final

from sqlalchemy import Connection

from kapjournal.application.ports import Noted, Place, Spoken, Told, Vectors
from kapjournal.domain.entry import Amendment, Entry
from kapjournal.domain.label import Tag, TagState
from kapjournal.storage import statements as sql
from kapjournal.storage.engine import Bare, bare
from kapjournal.storage.records import parse, part_named
from kapjournal.storage.search import quoted

VECTORS_BY: Final = "vectors_by"
VECTORS_UP_TO: Final = "vectors_up_to"
_HIDDEN: Final = TagState.HIDDEN.value


class SqlNoteIndex:
    """Implements `ports.NoteIndex` for the one connection of a journal."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Connection]],
        writing: Callable[[], AbstractContextManager[Bare]],
        searching: Callable[[Callable[[Bare], None]], None],
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._searching = searching

    def places(self) -> tuple[Place, ...]:
        """Where every entry stands, in the order written."""
        with self._reading() as connection:
            rows = connection.exec_driver_sql(sql.PLACES).fetchall()
        return tuple(Place(*row) for row in rows)

    def changed_since(self, number: int, most: int) -> Told:
        """Entries that were written, changed or amended after a number of the ledger, as they stand now."""
        with self._reading() as connection:
            inside = bare(connection)
            lines = inside.execute(sql.CHANGED_SINCE, (number, most)).fetchall()
            entries = dict.fromkeys(_entry_of(type_, id_, content) for _, type_, id_, content in lines)
            spoken = tuple(_spoken(inside, entry) for entry in entries)
        return Told(spoken, lines[-1][0] if lines else number, whole=len(lines) < most)

    def holding(self, terms: Sequence[str]) -> dict[str, list[tuple[int, float]]]:
        """For each term the notes that hold it, as number and BM25; see the port."""
        found: dict[str, list[tuple[int, float]]] = {}

        def look(connection: Bare) -> None:
            for term in terms:
                query = _phrase(term)
                rows: Iterable[Any] = connection.execute(sql.HOLDING, (query,)).fetchall() if query else ()
                found[term] = [(number, -rank) for number, rank in rows]

        self._searching(look)
        return found

    def vectors(self, made_by: str) -> Vectors:
        """The vectors that this maker made; none of another's."""
        with self._reading() as connection:
            by = connection.exec_driver_sql(sql.GET_META, (VECTORS_BY,)).fetchone()
            up_to = connection.exec_driver_sql(sql.GET_META, (VECTORS_UP_TO,)).fetchone()
            if by is None or up_to is None or by[0] != made_by:
                return Vectors((), 0)
            rows = connection.exec_driver_sql(sql.VECTORS).fetchall()
        return Vectors(tuple((row[0], row[1]) for row in rows), int(up_to[0]))

    def keep_vectors(self, made_by: str, vectors: Mapping[int, bytes], up_to: int) -> None:
        """Put vectors in, and how far they reach; those of another maker go."""
        with self._writing() as connection:
            by = connection.execute(sql.GET_META, (VECTORS_BY,)).fetchone()
            if by is None or by[0] != made_by:
                connection.execute(sql.CLEAR_VECTORS)
                connection.execute(sql.PUT_META, (VECTORS_BY, made_by))
            connection.executemany(sql.PUT_VECTOR, list(vectors.items()))
            connection.execute(sql.PUT_META, (VECTORS_UP_TO, str(up_to)))

    def noted(self, entries: Sequence[str]) -> tuple[Noted, ...]:
        """These entries with what was said of them since, in the order asked for; unknown ones are left out."""
        with self._reading() as connection:
            inside = bare(connection)
            return tuple(filter(None, (_noted(inside, entry) for entry in entries)))

    def opinions(self, themes: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
        """Entry, theme and state of tags with these themes, and of those that hide a note."""
        wanted = set(themes)
        with self._reading() as connection:
            rows = connection.exec_driver_sql(sql.OPINIONS).fetchall()
        return tuple((entry, theme, state) for entry, theme, state in rows if theme in wanted or state == _HIDDEN)

    def doses(self, sessions: Sequence[str]) -> tuple[Entry, ...]:
        """The doses of these sessions that stand."""
        found: list[Entry] = []
        with self._reading() as connection:
            inside = bare(connection)
            for session in sessions:
                for id_, content in inside.execute(sql.DOSES_OF, (session,)).fetchall():
                    noted = Noted(Entry.model_validate_json(content), _amendments(inside, id_))
                    found += [] if noted.gone else [noted.entry]
        return tuple(found)


def _phrase(term: str) -> str | None:
    """A word or phrase as an FTS5 query that means it and nothing else, whatever signs are in it; None for no word."""
    plain = " ".join(term.replace("\0", " ").split())
    return '"' + plain.replace('"', '""') + '"' if quoted(plain) else None


def _entry_of(type_: str, id_: str, content: str) -> str:
    if type_ == "entry":
        return id_
    amendment = parse(type_, content)
    assert isinstance(amendment, Amendment)
    return amendment.entry


def _spoken(connection: Bare, id_: str) -> Spoken:
    number, content = connection.execute(sql.STANDING["entry"], (id_,)).fetchall()[0]
    entry = Entry.model_validate_json(content)
    noted = Noted(entry, _amendments(connection, id_))
    place = Place(number, entry.id, entry.client, entry.session, entry.kind.value, part_named(entry))
    return Spoken(place, noted.words, noted.gone)


def _amendments(connection: Bare, entry: str) -> tuple[Amendment, ...]:
    rows = connection.execute(sql.AMENDMENTS_OF, (entry,)).fetchall()
    return tuple(Amendment.model_validate_json(row[0]) for row in rows)


def _noted(connection: Bare, id_: str) -> Noted | None:
    row = connection.execute(sql.STANDING["entry"], (id_,)).fetchone()
    if row is None:
        return None
    tags = connection.execute(sql.TAGS_OF, (id_,)).fetchall()
    return Noted(
        Entry.model_validate_json(row[1]),
        _amendments(connection, id_),
        tuple(Tag.model_validate_json(tag[0]) for tag in tags),
    )
