"""Every statement of the busy paths, compiled once from the tables, with its values in a known order."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Table, bindparam, column, delete, func, insert, literal_column, select, table, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.expression import ClauseElement

from kapjournal.storage.tables import INDEXES, amendment, desk, entry, ledger, meta, note_vector, tag

_DIALECT = sqlite.dialect()

entry_words = table("entry_words", column("rowid"), column("words"))


def text(statement: ClauseElement, *order: str) -> str:
    """The statement as SQL whose question marks take the values named by `order`."""
    compiled = statement.compile(dialect=_DIALECT)
    found: list[str] = list(getattr(compiled, "positiontup", None) or [])
    if found != list(order):
        raise AssertionError(f"{compiled} takes {found}, not {list(order)}")
    return str(compiled)


def _names(of: Table) -> list[str]:
    return [c.name for c in of.columns]


def _insert(into: Table) -> str:
    return text(insert(into), *_names(into))


def _move(index: Table) -> str:
    kept = [name for name in _names(index) if name not in {"id", "first"}]
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in kept}
    statement = update(index).where(index.c.id == bindparam("known")).values(values)
    return text(statement, *(f"new_{name}" for name in kept), "known")


def _standing(index: Table) -> str:
    found = select(index.c.first, ledger.c.content).join(ledger, ledger.c.n == index.c.n)
    return text(found.where(index.c.id == bindparam("known")), "known")


ADD_LINE: Final = _insert(ledger)
ADD: Final = {name: _insert(index) for name, index in INDEXES.items()}
MOVE: Final = {name: _move(index) for name, index in INDEXES.items()}
STANDING: Final = {name: _standing(index) for name, index in INDEXES.items()}

# A record's lines lie between its first version and its present one, so no other part of the ledger is read.
VERSIONS: Final = text(
    select(ledger.c.at, ledger.c.content)
    .join(entry, entry.c.id == ledger.c.record_id)
    .where(
        entry.c.id == bindparam("known"),
        ledger.c.n.between(entry.c.first, entry.c.n),
        ledger.c.type == literal_column("'entry'"),
    )
    .order_by(ledger.c.n),
    "known",
)

_words_of = insert(entry_words).values(rowid=bindparam("first"), words=bindparam("words"))
CHANGE_WORDS: Final = text(_words_of.prefix_with("OR REPLACE"), "first", "words")
AMENDMENTS_OF: Final = text(
    select(ledger.c.content)
    .join(amendment, amendment.c.n == ledger.c.n)
    .where(amendment.c.entry == bindparam("known"))
    .order_by(amendment.c.first),
    "known",
)
LINES_SINCE: Final = text(
    select(ledger.c.type, ledger.c.record_id, ledger.c.content)
    .where(
        ledger.c.n > bindparam("known"), ledger.c.type.in_([literal_column("'entry'"), literal_column("'amendment'")])
    )
    .order_by(ledger.c.n),
    "known",
)

# A match gives the number of an entry's first version; its present one is found by way of its id.
_first = ledger.alias("first_version")
_now = ledger.alias("present_version")
MATCHING: Final = text(
    select(_now.c.content)
    .select_from(entry_words)
    .join(_first, _first.c.n == entry_words.c.rowid)
    .join(entry, entry.c.id == _first.c.record_id)
    .join(_now, _now.c.n == entry.c.n)
    .where(literal_column("entry_words").op("MATCH")(bindparam("query")))
    .order_by(literal_column("rank")),
    "query",
)
FINDS: Final = text(
    select(entry_words.c.rowid)
    .where(literal_column("entry_words").op("MATCH")(bindparam("query")))
    .where(entry_words.c.rowid == bindparam("known")),
    "query",
    "known",
)

# What finding notes again rests on.
PLACES: Final = text(
    select(entry.c.first, entry.c.id, entry.c.client, entry.c.session, entry.c.kind, entry.c.part).order_by(
        entry.c.first
    )
)
OPINIONS: Final = text(
    select(tag.c.entry, tag.c.theme, tag.c.state).where(tag.c.state != literal_column("'withdrawn'"))
)
DOSES_OF: Final = text(
    select(entry.c.id, ledger.c.content)
    .join(ledger, ledger.c.n == entry.c.n)
    .where(entry.c.session == bindparam("session"), entry.c.kind == literal_column("'dose'"))
    .order_by(entry.c.first),
    "session",
)
CHANGED_SINCE: Final = text(
    select(ledger.c.n, ledger.c.type, ledger.c.record_id, ledger.c.content)
    .where(
        ledger.c.n > bindparam("known"), ledger.c.type.in_([literal_column("'entry'"), literal_column("'amendment'")])
    )
    .order_by(ledger.c.n)
    .limit(bindparam("most"))
    .offset(literal_column("0")),
    "known",
    "most",
)
HOLDING: Final = text(
    select(entry_words.c.rowid, func.bm25(literal_column("entry_words"))).where(
        literal_column("entry_words").op("MATCH")(bindparam("query"))
    ),
    "query",
)
TAGS_OF: Final = text(
    select(ledger.c.content).join(tag, tag.c.n == ledger.c.n).where(tag.c.entry == bindparam("known")),
    "known",
)
VECTORS: Final = text(select(note_vector.c.first, note_vector.c.vector).order_by(note_vector.c.first))
PUT_VECTOR: Final = text(
    insert(note_vector).values(first=bindparam("number"), vector=bindparam("vector")).prefix_with("OR REPLACE"),
    "number",
    "vector",
)
CLEAR_VECTORS: Final = text(delete(note_vector))

_on_desk = sqlite.insert(desk)
PUT_ON_DESK: Final = text(
    _on_desk.on_conflict_do_update(index_elements=["place"], set_={"content": _on_desk.excluded.content}),
    "place",
    "content",
)
CLEAR_DESK: Final = text(delete(desk).where(desk.c.place == bindparam("known")), "known")
ON_DESK: Final = text(select(desk.c.content).where(desk.c.place == bindparam("known")), "known")

LINES: Final = text(select(func.count()).select_from(ledger))
GET_META: Final = text(select(meta.c.value).where(meta.c.name == bindparam("known")), "known")
SET_META: Final = text(
    update(meta).where(meta.c.name == bindparam("known")).values(value=bindparam("new_value")), "new_value", "known"
)
_meta = sqlite.insert(meta)
PUT_META: Final = text(
    _meta.on_conflict_do_update(index_elements=["name"], set_={"value": _meta.excluded.value}), "name", "value"
)
