"""Everything on its way from the field to the disk: drafts, entries, corrections and what is added later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import NamedTuple

from kapjournal.application import amend
from kapjournal.application.changes import Changes
from kapjournal.application.keep_entry import HalfTyped, as_entry, class_given, keep_draft, keep_entry, tags_of
from kapjournal.application.ports import Clock, Journal, NewId, Tasks, Timer
from kapjournal.domain.capture import At, Draft
from kapjournal.domain.capture_again import kept_details
from kapjournal.domain.entry import Entry
from kapjournal.domain.errors import JournalError
from kapjournal.domain.label import Part, Tag, Theme
from kapjournal.domain.moment import Moment, clock_text
from kapjournal.domain.timeline import as_it_stands
from kapjournal.gui.live.line import Line
from kapjournal.gui.live.record import Held
from kapjournal.gui.saving import Outbox, Write

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
    """What the disk had not taken when a session was left."""

    half_typed: HalfTyped
    writes: tuple[Write[Journal], ...]


class Keeping:
    """Sends writes and says what became of them: `saved` is shown only for what is durable."""

    def __init__(self, ground: Ground, held: Held, line: Line, changed: Callable[[], None]) -> None:
        self._ground, self._held, self._line, self._changed = ground, held, line, changed
        self._outbox = Outbox(ground.journal, ground.tasks, ground.timer, changed, ground.bug)
        self._draft_due: Callable[[], None] | None = None
        self._slow: Callable[[], None] | None = None
        self._drafts_sent = self._drafts_kept = 0
        self._taken_back: set[str] = set()
        self._last_saved = "all saved"
        self._saved = "all saved"
        self.refusal = ""

    @property
    def saved(self) -> str:
        """What can be said of the last thing written; nothing, while that is on its way."""
        return "not saved yet" if self.trouble else self._saved

    @property
    def trouble(self) -> str:
        """Why the disk does not take what was written, or empty."""
        return self._outbox.trouble

    @property
    def pending(self) -> tuple[Entry, ...]:
        """The entries that are not durable yet."""
        return self._outbox.entries

    @property
    def busy(self) -> bool:
        """Whether anything is not durable yet."""
        return self._outbox.pending > 0

    def entry(self, id_: str | None) -> Entry | None:
        """An entry of the session, durable or on its way."""
        note = self._held.entry(id_ or "")
        return note.original if note else next((e for e in self.pending if e.id == id_), None)

    def last_written(self) -> Entry | None:
        """The entry that was written last and not taken back, durable or on its way."""
        written = (*self._held.standing, *self.pending)
        return next((e for e in reversed(written) if e.id not in self._taken_back), None)

    def try_again(self) -> None:
        """Try what is held up now."""
        self._outbox.try_again()

    # --- the half-typed line -------------------------------------------------------------------------------

    def draft_soon(self) -> None:
        """Keep the line within a quarter of a second, and with it all keys until then."""
        self._drafts_sent += 1
        if self._saved not in {"saved", "saving"}:
            self._saved = ""
        self._say_saving_later()
        if self._draft_due is None:
            self._draft_due = self._ground.timer.after(DRAFT_EVERY_S, self.flush)

    def flush(self) -> None:
        """Keep the half-typed line at once (focus lost, lock, suspend)."""
        self._cancel_draft()
        session, half_typed = self._held.session.id, self._line.half_typed
        sent = self._drafts_sent

        def kept(_: object) -> None:
            self._drafts_kept = max(sent, self._drafts_kept)
            self._stop_waiting()
            if self._outbox.records_pending or sent < self._drafts_sent:
                self._say_saving_later()
            if not self._outbox.records_pending:
                self._saved = self._last_saved if half_typed.empty and sent == self._drafts_sent else "saved"

        def work(journal: Journal) -> None:
            keep_draft(journal, session, half_typed)

        self._outbox.send(Write(work, kept, self._refused, key="draft"))

    def _cancel_draft(self) -> None:
        if self._draft_due is not None:
            self._draft_due()
            self._draft_due = None

    def _say_saving_later(self) -> None:
        if self._slow is None:
            self._slow = self._ground.timer.after(SAY_SAVING_AFTER_S, self._say_saving)

    def _say_saving(self) -> None:
        self._slow = None
        if self._drafts_kept < self._drafts_sent or self._outbox.pending:
            self._saved = "saving"
            self._changed()

    def _stop_waiting(self) -> None:
        if self._slow is not None:
            self._slow()
            self._slow = None

    # --- entries -------------------------------------------------------------------------------------------

    def entry_from(self, draft: Draft, stamp: Moment) -> tuple[Entry, tuple[Tag, ...]]:
        """The entry and tags that a draft stands for."""
        held = self._held
        entry = as_entry(draft, stamp, held.clock, held.session, self._ground.new_id(), held.classes)
        return entry, tags_of(entry, draft.labels, stamp)

    def log(self, entry: Entry, tags: Iterable[Tag] = (), *, from_line: bool = False) -> None:
        """Send an entry to the disk; it joins the stream when it is there, and is shown as held until then."""
        tags = tuple(tags)
        labels = self._labels_not_kept_yet(tags)
        taken = self._take_line() if from_line else None
        clear_draft = from_line and self._line.half_typed.empty

        def work(journal: Journal) -> Changes:
            return keep_entry(journal, entry, tags, labels, clear_draft=clear_draft)

        self._send(work, entry=entry, taken=taken)
        if from_line and not clear_draft:
            self.flush()

    def log_line(self) -> None:
        """Log the line as an entry of its own."""
        half_typed = self._line.half_typed
        stamp = half_typed.stamp or self._ground.clock.now()
        entry, tags = self.entry_from(self._line.draft(stamp), stamp)
        self.log(entry, tags, from_line=True)

    def log_late(self) -> None:
        """Log the line as an entry of a closed session: it happened then, and is written now."""
        now, then = self._ground.clock.now(), self.reading_stamp(self._line.half_typed)
        if then is None:
            return
        draft = self._line.draft(then)
        began, a_day = self._held.session.started_at, timedelta(days=1)
        if isinstance(draft.when, At) and began and draft.noticed_at < began and draft.noticed_at + a_day <= now.at:
            draft = draft._replace(noticed_at=draft.noticed_at + a_day)  # after the session ended, not the day before
        entry, tags = self.entry_from(draft, then)
        late = {**entry.content(), "written_at": now.at}
        self.log(Entry.model_validate(late), tags, from_line=True)

    def reading_stamp(self, half_typed: HalfTyped) -> Moment | None:
        """The moment that the line is read at: of the first key, or the end of a session that is closed."""
        session, stamp = self._held.session, half_typed.stamp
        closed = session.ended_at or session.closed_at
        if closed is not None and half_typed.doing == "write" and stamp is not None:
            return stamp.model_copy(update={"at": closed})
        return stamp

    def log_edit(self) -> None:
        """Put the corrected line, or the comment, in the place of the entry it speaks of."""
        half_typed = self._line.half_typed
        original = self.entry(half_typed.editing)
        if original is None:
            self.log_line()
            return
        entry, tags = self._edited(original, half_typed)
        before = self._held.tags(entry.id)
        labels = self._labels_not_kept_yet(tags)

        self._send(lambda journal: amend.edit(journal, entry, tags, before, labels), taken=self._take_line())
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
        if draft.kind is not entry.kind:  # the class goes with the kind
            given.pop("record_class", None)
            given |= class_given(draft.kind, self._held.classes)
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
        entry = as_it_stands(note)
        ground, text, doing = self._ground, half_typed.text, half_typed.doing
        draft = self._line.draft(ground.clock.now().model_copy(update={"at": entry.noticed_at}))
        details = draft.details if draft.kind is entry.kind else None
        words = draft.text if details else draft.text or text
        id_, at = ground.new_id(), ground.clock.now().at

        def work(journal: Journal) -> Changes:
            if doing == "correction":
                return amend.correct(journal, id_, at, entry, words, details=details)
            if doing == "late_entry":
                return amend.add_late_entry(journal, id_, at, entry.id, text)
            return amend.add_addendum(journal, id_, at, entry.id, text)

        self._send(work, taken=self._take_line())
        self.flush()

    def retract(self, entry: str) -> None:
        """Take an entry back, on record."""
        id_, at = self._ground.new_id(), self._ground.clock.now().at
        self._taken_back.add(entry)
        self._send(lambda journal: amend.take_back(journal, id_, at, entry))

    def send_records(
        self, work: Callable[[Journal], Changes], done: Callable[[], None] = lambda: None, *, entry: Entry | None = None
    ) -> None:
        """Send any other write of records, behind what waits already."""
        self._send(work, entry=entry, done=done)

    def send_quietly(self, work: Callable[[Journal], None]) -> None:
        """Send a write that is no record (a preference on the desk)."""
        self._outbox.send(Write(work, lambda _: None, self._refused))

    def stop(self) -> None:
        """Let go: keep the line a last time; `unsaved` knows later what the disk would not take."""
        self.flush()
        self._stop_waiting()
        self._outbox.stop()

    def unsaved(self) -> Unsaved | None:
        """After the end: what has to be brought back, or None where all of it is on the disk."""
        left = self._outbox.left
        return Unsaved(self._line.half_typed, tuple(w for w in left if not w.key)) if left else None

    def send_again(self, writes: Iterable[Write[Journal]]) -> None:
        """Send what the disk would not take before."""
        for write in writes:
            self._send(write.work, entry=write.entry)
        self.flush()

    # --- within --------------------------------------------------------------------------------------------

    def _send(
        self,
        work: Callable[[Journal], Changes],
        *,
        entry: Entry | None = None,
        taken: HalfTyped | None = None,
        done: Callable[[], None] = lambda: None,
    ) -> None:
        def kept(changes: Changes) -> None:
            self._absorb(changes)
            done()

        def refused(error: JournalError) -> None:
            self._refused(error)
            self._give_back(taken)

        self.refusal = ""
        if self._saved != "saving":
            self._saved = ""
        self._say_saving_later()
        self._outbox.send(Write(work, kept, refused, entry=entry))

    def _take_line(self) -> HalfTyped:
        """Empty the field for what comes next; what stood in it is on its way."""
        self._cancel_draft()
        self._outbox.drop("draft")
        self._drafts_kept = self._drafts_sent  # those keys are the entry's now
        taken = self._line.half_typed
        self._line.clear()
        return taken

    def _give_back(self, taken: HalfTyped | None) -> None:
        """Put words that the journal refused back into the field, or behind what is written there now."""
        if taken is None:
            return
        now = self._line.half_typed
        if now.text or now.form:
            self._line.half_typed = now.model_copy(update={"behind": now.behind or taken})
        else:
            self._line.put(taken)
        self.draft_soon()

    def _absorb(self, changes: Changes) -> None:
        self._stop_waiting()
        self._held.absorb(changes.records)
        now = self._ground.clock.now().at
        self._last_saved = f"saved {clock_text(now, seconds=True)}"
        self._saved = "" if self._outbox.records_pending else self._last_saved
        if self._outbox.pending:
            self._say_saving_later()

    def _refused(self, error: JournalError) -> None:
        self.refusal = error.sentence

    def _labels_not_kept_yet(self, tags: Iterable[Tag]) -> tuple[Theme | Part, ...]:
        return self._held.not_kept(tags)
