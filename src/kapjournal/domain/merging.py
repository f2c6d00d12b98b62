"""What taking a colleague's records into a journal does: new, the same, a newer version, or another wording beside it.

Pure: what stands and what comes in, what is to be written out. A record keeps its id wherever it lies, so that two
journals that hand back and forth hold each note once. Whose it is stands in `origin`; only that journal's own bundle,
newer than the last one, replaces a version. Whatever differs otherwise gets an id of its own and stands beside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeVar

from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.entry import Amendment, Entry
from kapjournal.domain.exchange import as_exchanged, fingerprint, identity
from kapjournal.domain.label import Link, Part, Tag, Theme

Kept = TypeVar("Kept", bound=Record)


class Became(StrEnum):
    """What became of a record that came in."""

    NEW = "new"
    SAME = "same"
    NEWER = "newer"  # replaced the version that its own journal had sent earlier
    OLDER = "older"  # an earlier version of what stands; nothing was done
    BESIDE = "beside"  # differs, and stands beside one's own


class Source(NamedTuple):
    """Where records come from. `last` is when the newest bundle that was received from there was made."""

    journal: str
    own: str  # the journal that receives
    created: datetime
    last: datetime | None = None


class Merged(NamedTuple):
    """What to write, in an order in which everything comes after what it names, and what became of each."""

    records: tuple[Record, ...]
    became: tuple[tuple[Became, Record], ...]

    def count(self, became: Became) -> int:
        """How many records became that."""
        return sum(one is became for one, _ in self.became)

    def of(self, became: Became) -> tuple[Record, ...]:
        """The records that became that."""
        return tuple(record for one, record in self.became if one is became)


Versions = Callable[[str], Iterable[Entry]]
"""Every version of an entry that the journal ever held."""


class Merging:
    """Takes records in one by one, each after those it names."""

    def __init__(self, standing: Iterable[Record], source: Source, versions: Versions) -> None:
        self._source, self._versions = source, versions
        self._stands: dict[tuple[str, ...], Record] = {}
        self._begun: dict[str, datetime | None] = {}
        for record in standing:
            self._stand(record)
        self._themes = {t.name.casefold(): t.id for t in self._stands.values() if isinstance(t, Theme)}
        self._closed = {id_ for (type_, id_), r in self._known() if isinstance(r, Session) and r.closed_at}
        self._now_called: dict[tuple[str, str], str] = {}  # (type, id as it came) to the id it has here
        self._became: list[tuple[Became, Record]] = []

    def _known(self) -> list[tuple[tuple[str, str], Record]]:
        return [((name[0], name[1]), record) for name, record in self._stands.items()]

    def take(self, record: Record) -> None:
        """Decide about one record."""
        if isinstance(record, Theme) and (known := self._themes.get(record.name.casefold())):
            self._now_called["theme", record.id] = known
            self._became.append((Became.SAME, record))
            return
        came = self._owned(record)
        if self._same(came):
            self._became.append((Became.SAME, record))
            return
        self._place(self._renamed(came))

    def done(self) -> Merged:
        """What is to be written."""
        written = {Became.NEW, Became.BESIDE}
        new = [record for became, record in self._became if became in written]
        newer = [record for became, record in self._became if became is Became.NEWER]
        closing = [r for r in newer if isinstance(r, Session) and r.closed_at]
        others = [r for r in newer if not (isinstance(r, Session) and r.closed_at)]
        return Merged((*new, *others, *closing), tuple(self._became))

    # --- one record -------------------------------------------------------------------------------------------------

    def _owned(self, record: Record) -> Record:
        """With the journal it comes from; what comes home is one's own again."""
        if not isinstance(record, Client | Course | Session | Entry | Amendment | Part):
            return record
        origin = record.origin or self._source.journal
        return with_origin(record, None if origin == self._source.own else origin)

    def _place(self, record: Record) -> None:
        stood = self._stands.get(identity(record))
        if stood is None:
            self._keep(Became.NEW, record)
        elif self._print(stood) == self._print(record) or isinstance(record, Client | Tag | Link):
            self._became.append((Became.SAME, record))  # a client's facts are each journal's own; see `differing`
        elif self._superseded(stood, record) or self._stood_once(stood, record):
            self._became.append((Became.OLDER, record))
        elif self._from_there(stood, record) and self._may_change(stood):
            self._keep(Became.NEWER, record)
        else:
            self._beside(record)

    def _from_there(self, stood: Record, record: Record) -> bool:
        """Whether both are the word of the journal that sends: only that replaces what was received."""
        return getattr(stood, "origin", None) == getattr(record, "origin", None) == self._source.journal

    def _superseded(self, stood: Record, record: Record) -> bool:
        """Whether a newer bundle from there came before this one."""
        last = self._source.last
        return last is not None and self._source.created <= last and self._from_there(stood, record)

    def _may_change(self, stood: Record) -> bool:
        """Nothing replaces what is closed."""
        match stood:
            case Amendment():
                return False
            case Entry():
                return stood.session is not None and stood.session not in self._closed
            case Session():
                return stood.closed_at is None
            case _:
                return True

    def _stood_once(self, stood: Record, record: Record) -> bool:
        """Whether it says what stood here at some time; of what is not an entry, one's own word stands."""
        if isinstance(stood, Entry):
            said = self._print(record)
            return any(self._print(one) == said for one in self._versions(stood.id))
        mine = getattr(stood, "origin", None) is None and getattr(record, "origin", None) is None
        return mine and not isinstance(stood, Theme | Amendment)

    def _beside(self, record: Record) -> None:
        """Under an id of its own, the same one each time it comes."""
        came = str(getattr(record, "id", ""))
        given = hashlib.sha256("\n".join((self._source.journal, came, self._print(record))).encode()).hexdigest()[:32]
        self._now_called[record.type, came] = given
        update: dict[str, str | None] = {"id": given, "origin": self._source.journal}
        if isinstance(record, Entry):
            update["beside"] = came
        if isinstance(record, Theme):
            del update["origin"]
        copy = type(record).model_validate({**record.content(), **update})
        if identity(copy) in self._stands:
            self._became.append((Became.SAME, record))
        else:
            self._keep(Became.BESIDE, copy)

    def _keep(self, became: Became, record: Record) -> None:
        self._stand(record)
        self._became.append((became, record))

    def _stand(self, record: Record) -> None:
        self._stands[identity(record)] = record
        if isinstance(record, Session):
            self._begun[record.id] = record.started_at

    # --- saying the same --------------------------------------------------------------------------------------------

    def _same(self, record: Record) -> bool:
        stood = self._stands.get(identity(record))
        return stood is not None and self._print(stood) == self._print(record)

    def _print(self, record: Record) -> str:
        begun = self._begun.get(record.session or "") if isinstance(record, Entry) else None
        return fingerprint(as_exchanged(record, begun))

    def _renamed(self, record: Record) -> Record:
        """Naming what stands beside, where that is what it meant."""
        if not self._now_called:
            return record
        content = record.content()
        for field, type_ in _NAMES:
            name = content.get(field)
            if isinstance(name, str):
                content[field] = self._now_called.get((type_, name), name)
        details = content.get("details")
        if isinstance(details, Mapping) and isinstance(details.get("part"), str):
            part = details["part"]
            content["details"] = {**details, "part": self._now_called.get(("part", part), part)}
        return type(record).model_validate(content)


_NAMES = (("course", "course"), ("session", "session"), ("entry", "entry"), ("theme", "theme"), ("part", "part"),
          ("from", "entry"), ("to", "entry"))  # fmt: skip


def with_origin(record: Kept, origin: str | None) -> Kept:
    """The record as one received from that journal; None makes it one's own."""
    if getattr(record, "origin", None) == origin:
        return record
    content = {name: value for name, value in record.content().items() if name != "origin"}
    if origin is not None:
        content["origin"] = origin
    return type(record).model_validate(content)


def differing(ours: Client, theirs: Client) -> dict[str, tuple[str, str]]:
    """The facts of a client that both know and tell differently: ours and theirs, by field."""
    mine, yours = ours.content(), theirs.content()
    names = ("pronouns", "birth_year", "contact", "emergency_contact", "prescriber", "diagnoses", "medicines",
             "allergies")  # fmt: skip
    return {
        name: (str(mine.get(name, "")), str(yours[name]))
        for name in names
        if yours.get(name) is not None and mine.get(name) != yours[name]
    }
