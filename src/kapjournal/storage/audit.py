"""Looks at everything in a journal and says what is whole and what is not, in words a therapist can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import sqlcipher3.dbapi2 as sqlcipher
from pydantic import ValidationError
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from kapjournal.application.ports import Finding, Keys
from kapjournal.domain.entry import Entry
from kapjournal.storage import statements as sql
from kapjournal.storage.engine import Bare
from kapjournal.storage.ledger import Line, Walked, head_trouble, numbered, start, walk
from kapjournal.storage.records import columns, parse
from kapjournal.storage.search import quoted
from kapjournal.storage.tables import INDEXES, TRIGGERS, ledger
from kapjournal.storage.trouble import Code, code_of

Progress = Callable[[int, int], None]

AT_MOST: Final = 10  # findings of one sort that are told one by one
STRIDE: Final = 500  # lines between two words of progress

UNREADABLE: Final = Finding(False, "The damage keeps the rest from being read, so it could not be checked.")
ELSE_WHOLE: Final = " Everything else is unbroken."


class Newest(NamedTuple):
    """What the ledger says last about a record."""

    first: int
    n: int
    content: str


class Audit:
    """One check of one journal, inside one transaction."""

    def __init__(self, connection: Connection, keys: Keys, progress: Progress | None) -> None:
        self._connection = connection
        self._keys = keys
        self._progress = progress or (lambda _done, _of: None)
        self.words_missing = False
        self._newest: dict[tuple[str, str], Newest] = {}

    def findings(self, pages: Finding) -> tuple[Finding, ...]:
        """Everything but the pages, which have to be looked at outside of a transaction."""
        try:
            found = [pages, *self._ledger(), *self._indexes(), *self._rules(), *self._search_index()]
        except (DBAPIError, sqlcipher.Error):
            if pages.whole:
                raise
            return pages, UNREADABLE
        wrong = [at for at, finding in enumerate(found) if not finding.whole]
        if len(wrong) == 1:
            found[wrong[0]] = Finding(False, found[wrong[0]].sentence + ELSE_WHOLE)
        return tuple(found)

    # The ledger

    def _ledger(self) -> Iterator[Finding]:
        walked = walk(self._lines(), self._keys.ledger, start(self._keys.ledger, self._keys.vault_id))
        wrong = [*_told_of(walked), *self._told_of_the_end(walked)]
        yield from wrong
        if not wrong:
            yield Finding(True, f"All {walked.end.n} entries of the ledger match their seals, in the order written.")

    def _lines(self) -> Iterator[Line]:
        of = self._connection.execute(select(func.count()).select_from(ledger)).scalar_one()
        for done, row in enumerate(self._connection.execute(select(ledger).order_by(ledger.c.n)), start=1):
            line = Line(*row)
            known = (line.type, line.record_id)
            before = self._newest.get(known)
            self._newest[known] = Newest(before.first if before else line.n, line.n, line.content)
            if done % STRIDE == 0 or done == of:
                self._progress(done, of)
            yield line

    def _told_of_the_end(self, walked: Walked) -> Iterator[Finding]:
        row = self._connection.exec_driver_sql(sql.GET_META, ("ledger_head",)).fetchone()
        trouble = head_trouble(row[0] if row else None, walked.end, self._keys.ledger)
        if trouble and walked.end.n not in walked.broken:
            yield Finding(False, trouble)

    # The indexes

    def _indexes(self) -> Iterator[Finding]:
        wrong = [sentence for type_ in INDEXES for sentence in self._disagreements(type_)]
        wrong += [f"The ledger speaks of {_one(type_)}, which this journal does not know." for type_ in self._strange()]
        for sentence in wrong[:AT_MOST]:
            yield Finding(False, sentence)
        if len(wrong) > AT_MOST:
            yield Finding(False, f"{len(wrong) - AT_MOST} more records do not agree with the ledger.")
        if not wrong:
            yield Finding(True, f"All {len(self._newest)} records are there and shown as the ledger has them.")

    def _strange(self) -> list[str]:
        return sorted({type_ for type_, _ in self._newest} - set(INDEXES))

    def _disagreements(self, type_: str) -> Iterator[str]:
        rows = {row[0]: tuple(row) for row in self._connection.execute(select(INDEXES[type_]))}
        for (of_type, id_), newest in self._newest.items():
            if of_type == type_:
                yield from _disagreement(type_, id_, newest, rows.pop(id_, None))
        for _ in rows:
            yield f"One {type_} is shown that the ledger knows nothing of."

    # The rules and the search index

    def _rules(self) -> Iterator[Finding]:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        there = {str(row[0]): str(row[1]) for row in self._connection.exec_driver_sql(query)}
        gone = [name for name, text in TRIGGERS.items() if there.get(name) != text]
        if gone:
            yield Finding(False, f"Rules that protect what was kept were removed or changed: {', '.join(gone)}.")
        else:
            yield Finding(True, "The rules that protect closed sessions and the ledger are in force.")

    def _search_index(self) -> Iterator[Finding]:
        """Every entry is asked for by a word of its own: an old page of the index is whole and finds nothing new."""
        entries = [newest for (type_, _), newest in self._newest.items() if type_ == "entry"]
        try:
            sized = self._connection.exec_driver_sql("SELECT count(*) FROM entry_words_docsize").scalar_one()
            lost = max(len(entries) - sized, sum(not self._finds(newest) for newest in entries))
        except DBAPIError as complaint:
            if code_of(complaint) != Code.CORRUPT:
                raise
            lost = len(entries)
        if lost:
            self.words_missing = True
            missed = f"The search index missed {lost} of {len(entries)} entries"
            yield Finding(False, f"{missed}. It holds no words of its own and is made anew.")
        else:
            yield Finding(True, f"The search index finds all {len(entries)} entries.")

    def _finds(self, newest: Newest) -> bool:
        query = _own_word(newest.content)
        return query is None or self._connection.exec_driver_sql(sql.FINDS, (query, newest.first)).first() is not None


def check_pages(connection: Bare) -> Finding:
    """Every page of the file, its seal and its inner order; to be called when the log is folded in."""
    try:
        seals = connection.execute("pragma cipher_integrity_check").fetchall()
        inner = [] if seals else connection.execute("pragma integrity_check").fetchall()
    except sqlcipher.Error:
        return Finding(False, "The file is damaged so that it cannot be read to its end.")
    if seals:
        return Finding(False, f"{len(seals)} of the pages on the disk are damaged.")
    if inner != [("ok",)]:
        return Finding(False, "The order inside the file is damaged.")
    return Finding(True, f"All {connection.execute('pragma page_count').fetchall()[0][0]} pages are as written.")


def _told_of(walked: Walked) -> Iterator[Finding]:
    if len(walked.broken) == 1:
        yield Finding(False, f"Entry {walked.broken[0]} no longer matches its seal. It was changed outside the app.")
    elif walked.broken:
        yield Finding(
            False,
            f"{numbered(walked.broken)} no longer match their seals. They were changed or moved outside the app.",
        )
    if walked.missing:
        verb = "is missing. It was" if len(walked.missing) == 1 else "are missing. They were"
        yield Finding(False, f"{numbered(walked.missing)} {verb} removed outside the app.")


def _disagreement(type_: str, id_: str, newest: Newest, row: tuple[object, ...] | None) -> Iterator[str]:
    if row is None:
        yield f"Entry {newest.n} of the ledger keeps {_one(type_)} that is no longer shown."
    elif row[-1] != newest.n:
        shown = f"{_one(type_).capitalize()} is shown as in entry {row[-1]} of the ledger"
        yield f"{shown}, but entry {newest.n} is the newest about it."
    elif row != (id_, *_columns(type_, newest.content), newest.first, newest.n):
        yield f"{_one(type_).capitalize()} is listed otherwise than entry {newest.n} of the ledger has it."


def _columns(type_: str, content: str) -> tuple[str | None, ...]:
    """What the content says belongs in the index; for content that cannot be read, what no index holds."""
    try:
        return columns(parse(type_, content))
    except ValidationError:
        return ("unreadable",) * 9


def _own_word(content: str) -> str | None:
    """A word that surely is one for the search index too; None if the entry has no such word, or cannot be read."""
    try:
        entry = parse("entry", content)
    except ValidationError:
        return None
    words = entry.text.split() if isinstance(entry, Entry) else []
    return next((quoted(word) for word in words if word.isascii() and any(map(str.isalnum, word))), None)


def _one(type_: str) -> str:
    return f"{'an' if type_[:1] in 'aeiou' else 'a'} {type_}"
