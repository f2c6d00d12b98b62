"""A journal in memory: quick, forgetful, and held to the same contract as the real one."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from kapjournal.application.changes import Changes
from kapjournal.application.ports import (
    Clock,
    Finding,
    Inspected,
    Keys,
    Noted,
    Place,
    SessionRecord,
    Spoken,
    Told,
    Vectors,
    Version,
)
from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.entry import Amendment, Entry, Kind
from kapjournal.domain.errors import BadInput, JournalError, NoJournal, Refused
from kapjournal.domain.label import Link, Part, Tag, TagState, Theme
from kapjournal.domain.selection import Disclosure
from kapjournal.recall.stems import stems
from kapjournal.storage.records import MODELS, canonical, key, part_named
from kapjournal.storage.rules import check_may_change, check_references
from tests.fakes.clock import FakeClock

Kept = TypeVar("Kept", bound=Record)


class FakeJournal:
    """Implements the `Journal` port.

    `trouble`, when set, is raised by every write until it is taken away (a full disk, a drive that is gone).
    `copy_trouble` does the same for copies.
    `ledger` holds everything that was ever kept, in order, as the real one would.
    """

    def __init__(self, clock: Clock | None = None) -> None:
        self.trouble: JournalError | None = None
        self.copy_trouble: JournalError | None = None
        self.ledger: list[Record] = []
        self._clock = clock or FakeClock()
        self._kept_at: list[datetime] = []
        self.settled = 0
        self.closed = False
        self._records: dict[tuple[str, str], Record] = {}
        self._desk: dict[str, str] = {}
        self.index = FakeNoteIndex(self)

    def keep(self, *records: Record, desk: Mapping[str, str | None] | None = None, received: bool = False) -> Changes:
        self._write()
        after, changed = dict(self._records), []

        def find(type_: str, id_: str) -> Record | None:
            return after.get((type_, id_))

        for record in records:
            known, content = (record.type, key(record)), canonical(record)
            before = after.get(known)
            if before is not None and canonical(before) == content:
                continue
            if before is not None:
                check_may_change(before, record, find, received=received)
            check_references(record, find)
            after[known] = record
            changed.append(record)
        self._records = after
        self.ledger.extend(changed)
        self._kept_at += [self._clock.now().at.astimezone(UTC)] * len(changed)
        for place, words in (desk or {}).items():
            self._lay(place, words)
        return Changes(records=tuple(changed))

    def _write(self) -> None:
        self._use()
        if self.trouble is not None:
            raise self.trouble

    def _use(self) -> None:
        if self.closed:
            raise RuntimeError("this journal was closed")

    def _lay(self, place: str, content: str | None) -> None:
        if content is None:
            self._desk.pop(place, None)
        else:
            self._desk[place] = content

    def desk(self, place: str) -> str | None:
        self._use()
        return self._desk.get(place)

    def put_on_desk(self, place: str, content: str | None) -> None:
        self._write()
        self._lay(place, content)

    def _all(self, kind: type[Kept]) -> list[Kept]:
        self._use()
        return [record for record in self._records.values() if isinstance(record, kind)]

    def clients(self) -> tuple[Client, ...]:
        return tuple(self._all(Client))

    def courses(self, client: str | None = None) -> tuple[Course, ...]:
        return tuple(c for c in self._all(Course) if client in {None, c.client})

    def sessions(self, client: str | None = None) -> tuple[Session, ...]:
        return tuple(s for s in self._all(Session) if client in {None, s.client})

    def session_record(self, session: str) -> SessionRecord:
        found = self._records.get(("session", session))
        if not isinstance(found, Session):
            raise BadInput(f"There is no session {session} in this journal.")
        entries = tuple(e for e in self._all(Entry) if e.session == session)
        ids = {e.id for e in entries}
        return SessionRecord(
            session=found,
            entries=entries,
            amendments=tuple(a for a in self._all(Amendment) if a.entry in ids),
            tags=tuple(t for t in self._all(Tag) if t.entry in ids),
        )

    def entries(self, client: str | None = None, kinds: Sequence[str] | None = None) -> tuple[Entry, ...]:
        return tuple(
            e for e in self._all(Entry) if client in {None, e.client} and (kinds is None or e.kind in set(kinds))
        )

    def _entries_of(self, client: str | None) -> set[str]:
        return {e.id for e in self.entries(client)}

    def amendments(self, client: str | None = None, kinds: Sequence[str] | None = None) -> tuple[Amendment, ...]:
        about = {e.id for e in self.entries(client, kinds)}
        return tuple(a for a in self._all(Amendment) if a.entry in about)

    def themes(self) -> tuple[Theme, ...]:
        return tuple(self._all(Theme))

    def parts(self, client: str | None = None) -> tuple[Part, ...]:
        return tuple(p for p in self._all(Part) if client in {None, p.client})

    def tags(self, client: str | None = None) -> tuple[Tag, ...]:
        return tuple(t for t in self._all(Tag) if t.entry in self._entries_of(client))

    def links(self) -> tuple[Link, ...]:
        return tuple(self._all(Link))

    def disclosures(self, client: str | None = None) -> tuple[Disclosure, ...]:
        return tuple(d for d in self._all(Disclosure) if client in {None, d.client})

    def versions(self, record: str) -> tuple[Version, ...]:
        self._use()
        kept = zip(self._kept_at, self.ledger, strict=True)
        return tuple(Version(at, one) for at, one in kept if isinstance(one, Entry) and one.id == record)

    def everything(self) -> Iterator[Record]:
        for kind in MODELS.values():
            yield from self._all(kind)

    def count(self) -> dict[str, int]:
        return {type_: len(self._all(kind)) for type_, kind in MODELS.items()}

    def search(self, words: str, client: str | None = None) -> tuple[Entry, ...]:
        """Entries that hold every word; whole words only, without the real one's stems and ranks."""
        wanted = {"".join(filter(str.isalnum, word)).casefold() for word in words.split()} - {""}
        return tuple(e for e in self.entries(client) if wanted and wanted <= self._words_of(e))

    def _words_of(self, entry: Entry) -> set[str]:
        said = [entry.text, *(a.text or "" for a in self._all(Amendment) if a.entry == entry.id)]
        return {"".join(filter(str.isalnum, word)).casefold() for word in " ".join(said).split()}

    def verify(self, progress: Callable[[int, int], None] | None = None) -> tuple[Finding, ...]:
        self._use()
        if progress is not None and self.ledger:
            progress(len(self.ledger), len(self.ledger))
        return (Finding(True, f"All {len(self.ledger)} entries of the ledger match their seals."),)

    def settle(self) -> None:
        self._write()
        self.settled += 1

    def copy_to(self, folder: Path) -> Inspected:
        """A copy that any `FakeJournals` opens: the file holds the number of what is kept in memory."""
        self._use()
        if self.copy_trouble is not None:
            raise self.copy_trouble
        if (folder / "vault.db").exists():
            raise Refused("There is a journal in that folder already. It was not touched.")
        COPIES.append(copy.deepcopy(self))
        (folder / "vault.db").write_text(str(len(COPIES) - 1))
        return Inspected(COPIES[-1].verify(), COPIES[-1].count())

    def close(self) -> None:
        self.closed = True


class FakeNoteIndex:
    """Implements the `NoteIndex` port over a journal in memory: an entry's number is where it stands in the ledger."""

    def __init__(self, journal: FakeJournal) -> None:
        self._journal = journal
        self.made_by = ""
        self.kept: dict[int, bytes] = {}
        self.up_to = 0

    def places(self) -> tuple[Place, ...]:
        return tuple(self._place(entry) for entry in self._journal.entries())

    def _place(self, entry: Entry) -> Place:
        of = enumerate(self._journal.ledger, start=1)
        number = next(n for n, record in of if isinstance(record, Entry) and record.id == entry.id)
        return Place(number, entry.id, entry.client, entry.session, entry.kind.value, part_named(entry))

    def changed_since(self, number: int, most: int) -> Told:
        lines = [
            (n, record.id if isinstance(record, Entry) else record.entry)
            for n, record in enumerate(self._journal.ledger, start=1)
            if n > number and isinstance(record, Entry | Amendment)
        ][:most]
        noted = self.noted(list(dict.fromkeys(entry for _, entry in lines)))
        spoken = tuple(Spoken(self._place(one.entry), one.words, one.gone) for one in noted)
        return Told(spoken, lines[-1][0] if lines else number, whole=len(lines) < most)

    def holding(self, terms: Sequence[str]) -> dict[str, list[tuple[int, float]]]:
        """By stems, the shorter notes first."""
        found: dict[str, list[tuple[int, float]]] = {}
        for term in terms:
            parts = stems(term)
            said = {self._place(e).number: self.noted([e.id])[0].words for e in self._journal.entries()}
            held = {n: stems(words) for n, words in said.items()}
            found[term] = [(n, 1 / len(of)) for n, of in held.items() if parts and _stands_in(parts, of)]
        return found

    def vectors(self, made_by: str) -> Vectors:
        if made_by != self.made_by:
            return Vectors((), 0)
        return Vectors(tuple(sorted(self.kept.items())), self.up_to)

    def keep_vectors(self, made_by: str, vectors: Mapping[int, bytes], up_to: int) -> None:
        if self._journal.trouble is not None:
            raise self._journal.trouble
        if made_by != self.made_by:
            self.kept = {}
        self.made_by, self.up_to = made_by, up_to
        self.kept |= vectors

    def noted(self, entries: Sequence[str]) -> tuple[Noted, ...]:
        known = {entry.id: entry for entry in self._journal.entries()}
        about, tags = self._journal.amendments(), self._journal.tags()
        return tuple(
            Noted(
                known[id_], tuple(a for a in about if a.entry == id_), tuple(t for t in tags if t.entry == id_)
            )
            for id_ in entries
            if id_ in known
        )  # fmt: skip

    def opinions(self, themes: Sequence[str]) -> tuple[tuple[str, str, str], ...]:
        said = (t for t in self._journal.tags() if t.state is not TagState.WITHDRAWN)
        return tuple(
            (t.entry, t.theme or "", t.state.value)
            for t in said
            if t.theme in themes or t.state is TagState.HIDDEN
        )  # fmt: skip

    def doses(self, sessions: Sequence[str]) -> tuple[Entry, ...]:
        given = [e for e in self._journal.entries(kinds=[Kind.DOSE]) if e.session in sessions]
        return tuple(one.entry for one in self.noted([e.id for e in given]) if not one.gone)


def _stands_in(parts: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return any(words[at : at + len(parts)] == parts for at in range(len(words)))


COPIES: list[FakeJournal] = []  # what copies hold, by the number in their file


class FakeJournals:
    """Implements the `JournalStore` port; a folder opens as the same journal every time."""

    def __init__(self) -> None:
        self.journals: dict[Path, FakeJournal] = {}

    def make(self, folder: Path, keys: Keys) -> FakeJournal:
        if folder in self.journals:
            raise Refused("There is a journal in that folder already. It was not touched.")
        self.journals[folder] = FakeJournal()
        return self.journals[folder]

    def open(self, folder: Path, keys: Keys) -> FakeJournal:
        self._find(folder)
        self.journals[folder].closed = False
        return self.journals[folder]

    def inspect(self, folder: Path, keys: Keys, progress: Callable[[int, int], None] | None = None) -> Inspected:
        journal = self._find(folder)
        return Inspected(journal.verify(progress), journal.count())

    def copy_files(self, folder: Path, to: Path) -> None:
        self._find(folder)
        (to / "vault.db").write_bytes((folder / "vault.db").read_bytes())

    def _find(self, folder: Path) -> FakeJournal:
        if folder not in self.journals and (folder / "vault.db").exists():
            self.journals[folder] = copy.deepcopy(COPIES[int((folder / "vault.db").read_text())])
        if folder not in self.journals:
            raise NoJournal("There is no journal in that folder.")
        return self.journals[folder]
