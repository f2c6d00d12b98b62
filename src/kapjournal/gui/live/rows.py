"""From entries to the rows of the stream; a new entry at the end costs one row, whatever the length."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kapjournal.domain.card import touch_is_outside
from kapjournal.domain.entry import (
    Action,
    Amended,
    Amendment,
    Details,
    Entry,
    Kind,
    RecordClass,
    TouchDetails,
)
from kapjournal.domain.label import Tag
from kapjournal.domain.moment import clock_text, since_text
from kapjournal.domain.telling import KIND_TOLD, Around, Told, icon_of, spoken, told
from kapjournal.domain.timeline import late_text
from kapjournal.gui.live.record import Held
from kapjournal.gui.live.state import Flag, Row, Span, Style


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
        tags, rests_on = held.tags(id_), (held.first_dose_s, held.baseline, clock_moved)
        before = self._made.get(id_)
        if before is not None and before[0] is note and before[1] == tags and before[2] == rests_on:
            return before[3]
        row = self._row(note, clock_moved)
        self._made[id_] = (note, tags, rests_on, row)
        return row

    def _row(self, note: Amended, clock_moved: timedelta, *, saved: bool = True) -> Row:
        held, entry = self._held, note.original
        zero_s, here_s = held.first_dose_s, held.place(entry)
        said, label = KIND_TOLD[entry.kind], held.wording.of(entry.kind)
        spans = self._spans(note)
        flags = self._flags(note, clock_moved, saved=saved)
        since = since_text(here_s - zero_s) if zero_s is not None else None
        text = tuple(Told(span.text) for span in spans)
        since_s = here_s - zero_s if zero_s is not None else None
        private = entry.kind is Kind.SELF
        return Row(
            id=entry.id,
            wall=clock_text(entry.noticed_at),
            since=since,
            icon=icon_of(entry.kind, note.details),
            label=label,
            role=said.role,
            spans=spans,
            flags=flags,
            bar="private" if private else ("safety" if entry.kind is Kind.SAFETY else None),
            folded=note.retracted,
            spoken="; ".join((spoken(entry, text, entry.noticed_at, since_s, label), *(f.text for f in flags))),
            details=tuple(self._details(note)),
        )

    def _spans(self, note: Amended) -> tuple[Span, ...]:
        entry = note.original
        if note.retracted:
            return (Span("".join(t.text for t in told(entry)) or self._held.wording.of(entry.kind), Style.STRUCK),)
        around = Around(
            part_names={p.id: p.name for p in self._held.parts},
            tags=tuple(self._held.names_beside(entry)),
            baseline=self._held.baseline,
        )
        corrected = [a for a in note.amendments if a.action is Action.CORRECTION]
        shown = [Span(t.text, Style(t.style)) for t in told(entry, entry.details, around)]
        if corrected:
            struck = "".join(t.text for t in told(entry) if t.style != Style.QUIET)
            shown = [Span(struck, Style.STRUCK), Span(" "), *self._corrected(note, corrected[-1], around)]
        for one in entry.earlier or ():
            shown.append(Span(f"  Until {clock_text(one.until)}: {one.text}", Style.QUIET))
        for amendment in note.amendments:
            if _adds(amendment):
                shown.append(Span(f"  {_amended_as(amendment)} {amendment.text}", Style.QUIET))
        return tuple(shown)

    def _corrected(self, note: Amended, last: Amendment, around: Around) -> list[Span]:
        entry, details = note.original, note.details
        if details != entry.details:
            now = entry.model_copy(update={"text": ""})
            words = [Span(f"  {last.text}", Style.QUIET)] if last.text else []
            return [*(Span(t.text, Style(t.style)) for t in told(now, details, around)), *words]
        now = entry.model_copy(update={"text": last.text or ""})
        return [Span(t.text, Style(t.style)) for t in told(now, details, around)]

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
        if late := late_text(entry, self._held.session):
            flags.append(Flag("history", late, "text-quiet"))
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

    def _outside_agreement(self, details: Details | None) -> bool:
        if not isinstance(details, TouchDetails) or not details.where:
            return False
        card = self._held.said_card()
        return bool(card.touch) and touch_is_outside(details.where, card)

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
