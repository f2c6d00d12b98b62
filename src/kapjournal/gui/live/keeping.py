"""Everything on its way from the field to the disk: drafts, entries, corrections and what is added later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from kapjournal.application import amend
from kapjournal.application.changes import Changes
from kapjournal.application.keep_entry import HalfTyped, as_entry, keep_draft, keep_entry, tags_of
from kapjournal.application.ports import Clock, Journal, NewId, Tasks, Timer
from kapjournal.domain.capture import Draft, read_line
from kapjournal.domain.capture_again import kept_details
from kapjournal.domain.entry import Entry
from kapjournal.domain.errors import JournalError
from kapjournal.domain.label import Part, Tag, Theme
from kapjournal.domain.moment import Moment, clock_text
from kapjournal.gui.live.line import Line
from kapjournal.gui.live.record import Held
from kapjournal.gui.saving import Outbox

DRAFT_EVERY_S = 0.2  # with the write itself this stays within the promised quarter of a second
SAY_SAVING_AFTER_S = 0.5


class Ground(NamedTuple):
    """What the live view stands on."""

    journal: Journal
    clock: Clock
    new_id: NewId
    tasks: Tasks
    timer: Timer
    bug: Callable[[Exception], None]
    leave: Callable[[], None]  # back to home, when the session is closed or left
    lock: Callable[[], None]


class Unsaved(NamedTuple):
    """What a lock took away before the disk would take it: held in memory until the journal is open again."""

    line: HalfTyped | None
    writes: tuple[Callable[[Journal], Changes], ...]


class Keeping:
    """Sends writes and says what became of them: `saved` is shown only for what is durable."""

    def __init__(self, ground: Ground, held: Held, line: Line, changed: Callable[[], None]) -> None:
        self._ground, self._held, self._line, self._changed = ground, held, line, changed
        self._outbox = Outbox(ground.journal, ground.tasks, ground.timer, changed, ground.bug)
        self._draft_due: Callable[[], None] | None = None
        self._slow: Callable[[], None] | None = None
        self._drafts_sent = self._drafts_kept = 0
        self.pending: list[Entry] = []
        self.saved = "all saved"
        self.refusal = ""

    @property
    def trouble(self) -> str:
        """Why the disk does not take what was written, or empty."""
        return self._outbox.trouble

    def try_again(self) -> None:
        """Try what is held up now."""
        self._outbox.try_again()

    # --- the half-typed line -------------------------------------------------------------------------------

    def draft_soon(self) -> None:
        """Keep the line within a quarter of a second, and with it all keys until then."""
        self._drafts_sent += 1
        if self._slow is None:
            self._slow = self._ground.timer.after(SAY_SAVING_AFTER_S, self._say_saving)
        if self._draft_due is None:
            self._draft_due = self._ground.timer.after(DRAFT_EVERY_S, self.flush)

    def flush(self) -> None:
        """Keep the half-typed line at once (focus lost, lock, suspend)."""
        self._cancel_draft()
        session, half_typed = self._held.session.id, self._line.half_typed
        sent = self._drafts_sent

        def kept(_: object) -> None:
            self._drafts_kept = sent
            if sent == self._drafts_sent:
                self._stop_waiting()
                self.saved = "all saved" if half_typed.empty else "saved"

        self._outbox.send(lambda journal: keep_draft(journal, session, half_typed), kept, self._refused, key="draft")

    def _cancel_draft(self) -> None:
        if self._draft_due is not None:
            self._draft_due()
            self._draft_due = None

    def _say_saving(self) -> None:
        self._slow = None
        if self._drafts_kept < self._drafts_sent or self._outbox.pending:
            self.saved = "saving"
            self._changed()

    def _stop_waiting(self) -> None:
        if self._slow is not None:
            self._slow()
            self._slow = None

    # --- entries -------------------------------------------------------------------------------------------

    def entry_from(self, draft: Draft, stamp: Moment) -> tuple[Entry, tuple[Tag, ...]]:
        """The entry and tags that a draft stands for."""
        held = self._held
        entry = as_entry(draft, stamp, held.clock, held.session, self._ground.new_id())
        return entry, tags_of(entry, draft.labels, stamp)

    def log(self, entry: Entry, tags: Iterable[Tag] = (), *, from_line: bool = False) -> None:
        """Send an entry to the disk; it joins the stream when it is there, and is shown as held until then."""
        tags = tuple(tags)
        labels = self._labels_not_kept_yet(tags)
        self.pending.append(entry)

        def kept(changes: Changes) -> None:
            self.pending = [e for e in self.pending if e.id != entry.id]
            self._absorb(changes)

        self._send(lambda journal: keep_entry(journal, entry, tags, labels, clear_draft=from_line), kept)

    def log_line(self) -> None:
        """Log the line as an entry of its own."""
        half_typed = self._line.half_typed
        stamp = half_typed.stamp or self._ground.clock.now()
        entry, tags = self.entry_from(self._line.draft(stamp), stamp)
        self._line_is_taken()
        self.log(entry, tags, from_line=True)

    def log_late(self) -> None:
        """Log the line as an entry of a closed session: it happened then, and is written now."""
        session, now = self._held.session, self._ground.clock.now()
        then = session.ended_at or session.closed_at or now.at
        draft = read_line(self._line.half_typed.text, then, self._line.context())
        entry, tags = self.entry_from(draft, now.model_copy(update={"at": then}))
        late = {**entry.content(), "written_at": now.at}
        self._line_is_taken()
        self.log(Entry.model_validate(late), tags, from_line=True)

    def log_edit(self) -> None:
        """Put the corrected line, or the comment, in the place of the entry it speaks of."""
        half_typed = self._line.half_typed
        note = self._held.entry(half_typed.editing or "")
        if note is None:
            self.log_line()
            return
        entry, tags = self._edited(note.original, half_typed)
        before = self._held.tags(entry.id)
        labels = self._labels_not_kept_yet(tags)

        def work(journal: Journal) -> Changes:
            if labels:
                journal.keep(*labels)
            return Changes(records=(*labels, *amend.edit(journal, entry, tags, before).records))

        self._line_is_taken()
        self._send(work, self._absorb)
        self.flush()

    def _edited(self, entry: Entry, half_typed: HalfTyped) -> tuple[Entry, tuple[Tag, ...]]:
        if half_typed.doing == "comment":
            words = f"{entry.text}: {half_typed.text.strip()}"
            return Entry.model_validate({**entry.content(), "text": words}), self._held.tags(entry.id)
        stamp = self._ground.clock.now().model_copy(update={"at": entry.noticed_at})
        draft = self._line.draft(stamp)
        moved = (draft.noticed_at - entry.noticed_at).total_seconds()
        given = {**entry.content(), "kind": draft.kind, "text": draft.text, "noticed_at": draft.noticed_at}
        given.pop("details", None)
        given.pop("starred", None)
        details = kept_details(entry.details, draft.details, draft.kind) if draft.kind is entry.kind else draft.details
        if details is not None:
            given["details"] = details
        if draft.starred or (entry.starred and draft.kind is entry.kind):
            given["starred"] = True
        if entry.elapsed_s is not None:
            given["elapsed_s"] = entry.elapsed_s + moved
        if moved:
            given["written_at"] = entry.typed_at
        edited = Entry.model_validate(given)
        return edited, tags_of(edited, draft.labels, stamp)

    def log_amendment(self) -> None:
        """Add to, or correct, an entry of a closed session: beside the original, never in its place."""
        half_typed = self._line.half_typed
        note = self._held.entry(half_typed.editing or "")
        if note is None:
            self.log_late()
            return
        ground, entry, text = self._ground, note.original, half_typed.text
        draft = self._line.draft(ground.clock.now().model_copy(update={"at": entry.noticed_at}))
        clock, new_id = ground.clock, ground.new_id

        def work(journal: Journal) -> Changes:
            if half_typed.doing == "correction":
                details = draft.details if draft.kind is entry.kind else None
                return amend.correct(journal, clock, new_id, entry, draft.text or text, details)
            if half_typed.doing == "late_entry":
                return amend.add_late_entry(journal, clock, new_id, entry.id, text)
            return amend.add_addendum(journal, clock, new_id, entry.id, text)

        self._line_is_taken()
        self._send(work, self._absorb)
        self.flush()

    def retract(self, entry: str) -> None:
        """Take an entry back, on record."""
        ground = self._ground
        self._send(lambda journal: amend.take_back(journal, ground.clock, ground.new_id, entry), self._absorb)

    def send_records(self, work: Callable[[Journal], Changes]) -> None:
        """Send any other write of records, behind what waits already."""
        self._send(work, self._absorb)

    def send_quietly(self, work: Callable[[Journal], None]) -> None:
        """Send a write that is no record (a preference on the desk)."""
        self._outbox.send(work, lambda _: None, self._refused)

    def stop(self) -> None:
        """Let go of the journal: the line and all that waits are sent a last time."""
        self.flush()
        self._stop_waiting()
        self._outbox.stop()

    def unsaved(self) -> Unsaved:
        """What the disk refused to the last; known once the journal is closed."""
        lost = self._outbox.lost
        line = self._line.half_typed if any(key == "draft" for key, _ in lost) else None
        return Unsaved(line, tuple(work for key, work in lost if key != "draft"))

    # --- within --------------------------------------------------------------------------------------------

    def _send(self, work: Callable[[Journal], Changes], done: Callable[[Any], None]) -> None:
        self.refusal = ""
        if self._slow is None:
            self._slow = self._ground.timer.after(SAY_SAVING_AFTER_S, self._say_saving)
        self._outbox.send(work, done, self._refused)

    def _line_is_taken(self) -> None:
        self._cancel_draft()
        self._outbox.drop("draft")
        self._line.clear()

    def _absorb(self, changes: Changes) -> None:
        self._stop_waiting()
        self._held.absorb(changes.records)
        now = self._ground.clock.now().at
        self.saved = f"saved {clock_text(now, seconds=True)}"

    def _refused(self, error: JournalError) -> None:
        self.refusal = error.sentence

    def _labels_not_kept_yet(self, tags: Iterable[Tag]) -> tuple[Theme | Part, ...]:
        return self._held.not_kept(tags)
