"""The session as the presenter holds it: what was written, what was said about it, and its labels."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from kapjournal.application.start_session import Opened
from kapjournal.domain.capture_labels import Label, Names, labels_in, short_name, slug
from kapjournal.domain.card import Card, card_of
from kapjournal.domain.course import Record, Session
from kapjournal.domain.entry import Amended, Amendment, Entry, VitalsDetails
from kapjournal.domain.label import Part, Tag, TagState, Theme
from kapjournal.domain.moment import Moment, SessionClock
from kapjournal.domain.theme_list import every_theme, in_use
from kapjournal.domain.timeline import amended, doses, in_order, place_s
from kapjournal.domain.vitals import Taken, baseline
from kapjournal.domain.wording import DefaultClasses, Wording


class Held:
    """Entries in the order they happened, kept up with every write that is durable."""

    def __init__(
        self,
        opened: Opened,
        starter: Iterable[Theme],
        wording: Wording | None = None,
        classes: DefaultClasses | None = None,
    ) -> None:
        self.wording, self.classes = wording or Wording(), classes or DefaultClasses()
        self.session: Session = opened.record.session
        self.clock: SessionClock | None = opened.clock
        self.client, self.course = opened.client, opened.course
        self.card_entries = opened.card_entries
        self._notes = {n.original.id: n for n in amended(opened.record.entries, opened.record.amendments)}
        self._tags = {(t.entry, t.theme, t.part): t for t in opened.record.tags}
        self.kept_themes = {t.id: t for t in opened.themes}
        self.kept_parts = {p.id: p for p in opened.parts}
        self._offered = {t.id: t for t in starter}
        self._new_parts: dict[str, Part] = {}
        self.version = 0
        self._order()

    def absorb(self, records: Iterable[Record]) -> None:
        """Take in what a write says it changed."""
        for record in records:
            match record:
                case Entry():
                    before = self._notes.get(record.id)
                    self._notes[record.id] = Amended(original=record, amendments=before.amendments if before else ())
                case Amendment():
                    note = self._notes.get(record.entry)
                    if note is not None:
                        self._notes[record.entry] = note.model_copy(update={"amendments": (*note.amendments, record)})
                case Tag():
                    self._tags[record.entry, record.theme, record.part] = record
                case Theme():
                    self.kept_themes[record.id] = record
                case Part():
                    self.kept_parts[record.id] = record
                    self._new_parts.pop(record.id, None)
                case Session():
                    self.session = record
                    self.clock = self.clock if record.running else None
        self._order()

    def offer(self, label: Theme | Part) -> None:
        """Let a label that is not in the journal yet be named; it is kept with the first entry that carries it."""
        if isinstance(label, Theme):
            self._offered[label.id] = label
        else:
            self._new_parts[label.id] = label

    def not_kept(self, tags: Iterable[Tag]) -> tuple[Theme | Part, ...]:
        """The labels among these tags that the journal does not have yet."""
        themes = (
            self._offered[t.theme]
            for t in tags
            if t.theme and t.theme in self._offered and t.theme not in self.kept_themes
        )
        parts = (self._new_parts[t.part] for t in tags if t.part and t.part in self._new_parts)
        return (*themes, *parts)

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The journal's themes, and those of the starter set that it does not have; without those that were retired."""
        return in_use(every_theme(tuple(self.kept_themes.values()), self._offered.values()))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The client's parts, without those that were taken out of the roster."""
        return (*in_use(self.kept_parts.values()), *self._new_parts.values())

    def tags(self, entry: str) -> tuple[Tag, ...]:
        """The accepted labels of an entry."""
        return tuple(t for t in self._tags_of.get(entry, ()) if t.state is TagState.ACCEPTED)

    def label_name(self, tag: Tag) -> str:
        """A label as a chip writes it."""
        if tag.part is not None:
            part = self.kept_parts.get(tag.part)
            return f"@{part.name}" if part else "@"
        theme = self.kept_themes.get(tag.theme or "") or self._offered.get(tag.theme or "")
        return f"#{short_name(theme)}" if theme else "#"

    def labels_beside(self, entry: Entry) -> tuple[Label, ...]:
        """The accepted labels of an entry that are not words of its text, as they would be typed."""
        words = tuple(labels_in(entry.text, 0, len(entry.text)))
        themes, parts = (Names(self.themes), Names(self.parts)) if words else (Names(()), Names(()))
        known = {(parts if word.is_part else themes).id_of(word.typed[1:]) for word in words}
        return tuple(
            Label(name[:1] + slug(name[1:]), tag.part is not None, tag.part or tag.theme)
            for tag in self.tags(entry.id)
            if (tag.part or tag.theme) not in known and (name := self.label_name(tag))
        )

    def names_beside(self, entry: Entry) -> tuple[str, ...]:
        """The same labels, as chips name them."""
        return tuple(label.typed for label in self.labels_beside(entry))

    def entry(self, id_: str) -> Amended | None:
        """One entry with its amendments."""
        return self._notes.get(id_)

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The entries that were not taken back, in the order they were written."""
        return tuple(n.original for n in self._notes.values() if not n.retracted)

    @property
    def first_dose_s(self) -> float | None:
        """Where the first dose stands in the session, in seconds."""
        return place_s(self.doses[0].original, self.session) if self.doses else None

    def place(self, entry: Entry) -> float:
        """Where an entry stands in the session, in seconds."""
        return place_s(entry, self.session)

    def said_card(self) -> Card:
        """What the pinned card says, from everything written about the client."""
        notes = {n.original.id: n for n in (*self.card_entries, *self.notes)}.values()
        return card_of(self.client, (n.original for n in notes), (a for n in notes for a in n.amendments))

    def wall_moved_s(self, now: Moment) -> float:
        """How far the wall clock runs ahead of the session's own clock; it changes when somebody sets it."""
        began = self.session.started_at
        if self.clock is None or began is None:
            return self.wall_moved_by_last_entry_s
        return (now.at - began).total_seconds() - self.clock.seconds(now)

    @property
    def wall_moved_by_last_entry_s(self) -> float:
        """The same, as it was when the last entry was noticed."""
        return next((s for n in reversed(self.notes) if (s := self._wall_moved_at(n.original)) is not None), 0.0)

    def _wall_moved_at(self, entry: Entry) -> float | None:
        if entry.elapsed_s is None or self.session.started_at is None:
            return None
        return (entry.noticed_at - self.session.started_at).total_seconds() - entry.elapsed_s

    def clock_moved_since(self, entry: Entry, now_moved: timedelta) -> bool:
        """Whether the wall clock was set by a minute or more after this entry was written."""
        then = self._wall_moved_at(entry)
        return then is not None and abs(then - now_moved.total_seconds()) >= 60

    @property
    def baseline(self) -> VitalsDetails | None:
        """The reading that later ones are compared with: the last one before or at the first dose."""
        return self._baseline

    def _order(self) -> None:
        self.version += 1
        self.notes = in_order(tuple(self._notes.values()), self.session)
        self.doses = doses(self.notes, self.session)
        zero_s = self.first_dose_s or 0.0
        self._baseline = baseline(
            [
                Taken((self.place(n.original) - zero_s) / 60, n.details)
                for n in self.notes
                if isinstance(n.details, VitalsDetails) and not n.retracted
            ]
            if self.doses
            else []
        )
        self._tags_of: dict[str, list[Tag]] = {}
        for tag in self._tags.values():
            self._tags_of.setdefault(tag.entry, []).append(tag)
