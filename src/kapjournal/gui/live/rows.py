"""From entries to the rows of the stream; a new entry at the end costs one row, whatever the length."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kapjournal.domain.card import card_of, touch_is_outside
from kapjournal.domain.entry import (
    Action,
    Amended,
    Amendment,
    Details,
    Entry,
    Kind,
    RecordClass,
    TouchDetails,
    VitalsDetails,
)
from kapjournal.domain.label import Tag
from kapjournal.domain.moment import clock_text, since_text
from kapjournal.domain.telling import KIND_TOLD, spoken_row, told
from kapjournal.gui.live.record import Held
from kapjournal.gui.live.state import Flag, Row, Span, Style

LATE_AFTER = timedelta(minutes=10)


class Rows:
    """Makes rows and keeps them while nothing they depend on changed."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._made_for: tuple[object, ...] = ()
        self._made: dict[str, tuple[Amended, tuple[Tag, ...], tuple[object, ...], Row]] = {}
        self._rows: tuple[Row, ...] = ()
        self._pending: tuple[Entry, ...] = ()
        self._shown: tuple[Row, ...] = ()

    def rows(self, pending: Sequence[Entry], clock_moved: timedelta) -> tuple[Row, ...]:
        """The rows, and behind them what the disk has not taken yet."""
        held = self._held
        made_for = (held.version, clock_moved)
        if self._made_for != made_for:
            self._made_for, self._shown = made_for, ()
            self._rows = tuple(self._kept_row(n, clock_moved) for n in held.notes)
        if not self._shown or self._pending != tuple(pending):
            self._pending = tuple(pending)
            waiting = tuple(self._row(Amended(original=e), clock_moved, saved=False) for e in pending)
            self._shown = self._rows + waiting if waiting else self._rows
        return self._shown

    def _kept_row(self, note: Amended, clock_moved: timedelta) -> Row:
        held, id_ = self._held, note.original.id
        tags, rests_on = held.tags(id_), (held.first_dose_s, held.first_vitals, clock_moved)
        before = self._made.get(id_)
        if before is not None and before[0] is note and before[1] == tags and before[2] == rests_on:
            return before[3]
        row = self._row(note, clock_moved)
        self._made[id_] = (note, tags, rests_on, row)
        return row

    def _row(self, note: Amended, clock_moved: timedelta, *, saved: bool = True) -> Row:
        held, entry = self._held, note.original
        zero_s, here_s = held.first_dose_s, held.place(entry)
        said = KIND_TOLD[entry.kind]
        spans = self._spans(note)
        flags = self._flags(note, clock_moved, saved=saved)
        since = since_text(here_s - zero_s) if zero_s is not None else None
        text = " ".join(span.text for span in spans)
        private = entry.kind is Kind.SELF
        return Row(
            id=entry.id,
            wall=clock_text(entry.noticed_at),
            since=since,
            icon=said.icon,
            label=said.label,
            role=said.role,
            spans=spans,
            flags=flags,
            bar="private" if private else ("safety" if entry.kind is Kind.SAFETY else None),
            folded=note.retracted,
            spoken=spoken_row(entry, since, text, [f.text for f in flags]),
            details=tuple(self._details(note)),
        )

    def _spans(self, note: Amended) -> tuple[Span, ...]:
        entry = note.original
        if note.retracted:
            return (Span(entry.text or KIND_TOLD[entry.kind].label, Style.STRUCK),)
        corrected = [a for a in note.amendments if a.action is Action.CORRECTION]
        baseline = self._held.baseline(entry)
        spans = [Span(t, Style(s)) for t, s in told(entry, entry.details, baseline)]
        if corrected:
            spans = [Span(s.text, Style.STRUCK) for s in spans if s.style is not Style.QUIET]
            spans += self._corrected(entry, note.details, corrected, baseline)
        spans += self._labels(entry)
        spans += [Span(f"{_amended_as(a)} {a.text}", Style.QUIET) for a in note.amendments if _adds(a)]
        return tuple(spans)

    def _corrected(
        self, entry: Entry, details: Details | None, corrected: list[Amendment], baseline: VitalsDetails | None
    ) -> list[Span]:
        words = corrected[-1].text or ""
        if details is not None and details != entry.details:
            now = entry.model_copy(update={"details": details, "text": ""})
            return [*(Span(t, Style(s)) for t, s in told(now, details, baseline)), Span(words, Style.QUIET)]
        return [Span(words, Style.QUOTE if entry.kind is Kind.QUOTE else Style.PLAIN)]

    def _labels(self, entry: Entry) -> list[Span]:
        shown = []
        for tag in self._held.tags(entry.id):
            name = self._held.label_name(tag)
            if tag.part is not None and f"{name[:1]}{name[1:].replace(' ', '-')}".casefold() in entry.text.casefold():
                continue
            shown.append(Span(name, Style.PART if tag.part is not None else Style.THEME))
        return shown

    def _flags(self, note: Amended, clock_moved: timedelta, *, saved: bool) -> tuple[Flag, ...]:
        entry, flags = note.original, []
        if not saved:
            flags.append(Flag("triangle-alert", "not saved yet", "safety"))
        if entry.starred and entry.kind is not Kind.MARK:
            flags.append(Flag("bookmark", "marked", "mark"))
        if entry.kind is Kind.SELF or entry.record_class is RecordClass.PRIVATE:
            flags.append(Flag("lock", "private", "private"))
        if self._outside_agreement(note.details):
            flags.append(Flag("hand", "outside the agreement", "safety"))
        if self._late(entry):
            flags.append(Flag("history", f"late, written {self._written(entry)}", "text-quiet"))
        if note.retracted:
            flags.append(Flag("undo-2", "taken back", "text-quiet"))
        flags += [
            Flag("pen-line", f"corrected {clock_text(a.written_at)}", "text-quiet")
            for a in note.amendments
            if a.action is Action.CORRECTION
        ]
        if self._held.clock_moved_since(entry, clock_moved):
            flags.append(Flag("clock", "before the clock change", "text-quiet"))
        return tuple(flags)

    def _late(self, entry: Entry) -> bool:
        closed = self._held.session.closed_at
        return entry.typed_at - entry.noticed_at > LATE_AFTER or bool(closed and entry.typed_at > closed)

    def _written(self, entry: Entry) -> str:
        other_day = entry.typed_at.date() != entry.noticed_at.date()
        day = f"{entry.typed_at.day} {entry.typed_at:%b} " if other_day else ""
        return day + clock_text(entry.typed_at)

    def _outside_agreement(self, details: Details | None) -> bool:
        if not isinstance(details, TouchDetails) or not details.where:
            return False
        held = self._held
        return touch_is_outside(details.where, card_of(held.client, (*held.card_entries, *held.notes)))

    def _details(self, note: Amended) -> list[str]:
        entry = note.original
        lines = [f"Happened {clock_text(entry.noticed_at, seconds=True)}, {entry.noticed_at:%d %B %Y %z}"]
        if entry.written_at is not None:
            lines.append(f"Written {clock_text(entry.written_at, seconds=True)}, {entry.written_at:%d %B %Y}")
        kind = "psychotherapy note, private" if entry.in_class is RecordClass.PRIVATE else "clinical record"
        lines.append(f"{kind.capitalize()}; {entry.voice or 'therapist'}’s voice")
        for a in note.amendments:
            words = f": {a.text}" if a.text else ""
            why = f" ({a.reason})" if a.reason else ""
            lines.append(f"{_amended_as(a)} {clock_text(a.written_at)}{words}{why}")
        return lines


def _adds(amendment: Amendment) -> bool:
    return amendment.action in {Action.ADDENDUM, Action.LATE_ENTRY} and bool(amendment.text)


def _amended_as(amendment: Amendment) -> str:
    return {
        Action.ADDENDUM: "Added:",
        Action.LATE_ENTRY: "Late:",
        Action.CORRECTION: "Corrected",
        Action.RETRACTION: "Taken back",
    }[amendment.action]
