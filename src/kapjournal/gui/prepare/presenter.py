"""What the preparation screen does. Plain Python.

Every key press is on the desk a fifth of a second later; an entry is written when the therapist agrees on the words,
leaves, or rests. Nothing is said to be saved before the disk has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from kapjournal.application.agreements import Sheet
from kapjournal.application.keep_intentions import Changed
from kapjournal.application.ports import Tasks, Timer
from kapjournal.application.prepare import HalfWritten, Intention, Preparation
from kapjournal.domain.capture_labels import PART_SIGN, THEME_SIGN, Suggestion, nearest
from kapjournal.domain.course import Client
from kapjournal.domain.entry import IntentionState
from kapjournal.domain.errors import JournalError
from kapjournal.domain.intention import NO_LONGER_OPEN, Words, rank_of
from kapjournal.domain.label import Tag
from kapjournal.domain.moment import clock_text
from kapjournal.domain.theme_list import in_use
from kapjournal.gui.messages import Message, trouble
from kapjournal.gui.prepare.page import client_page
from kapjournal.gui.prepare.sheets import Sheets
from kapjournal.gui.prepare.showing import screen
from kapjournal.gui.prepare.state import Prepare, PrepareUses, View
from kapjournal.gui.saving import Outbox, Write

__all__ = ["PreparePresenter", "PrepareUses"]

DRAFT_S = 0.2  # from a key press to the desk
PAUSE_S = 5.0  # without a key press, until an open entry gets its next version
LONG_PAUSE_S = 60.0  # the same where every change is an amendment for good
_KEPT = "Earlier versions are kept."


class PreparePresenter:
    """Holds what is typed, keeps it, and tells the view what to show."""

    def __init__(self, uses: PrepareUses, tasks: Tasks, timer: Timer, view: View) -> None:
        self._uses, self._tasks, self._timer, self._view = uses, tasks, timer, view
        self._outbox: Outbox[PrepareUses] = Outbox(uses, tasks, timer, self._show, self._bug)
        self._client = ""
        self._alias = ""
        self._preparation: Preparation | None = None
        self._typed: dict[str, Words] = {}  # by intention, what stands in its fields
        self._clean: dict[str, Words] = {}  # what stood there when it was kept last
        self._fresh: list[str] = []  # intentions that are no entries yet
        self._made: dict[str, str] = {}  # labels that the therapist wants as new themes and parts, with their names
        self._sheets = Sheets()
        self._keystroke = 0
        self._timers: dict[str, Callable[[], None]] = {}
        self._leaving = False
        self.state = Prepare()

    def start(self, client: Client, held: HalfWritten | None = None) -> None:
        """Show this client's preparation; `held` is what a full disk had refused when the screen was left."""
        self._client, self._alias = client.id, client.alias
        self.state = Prepare(alias=client.alias, busy=True)
        self._show()
        self._tasks.run(lambda: self._uses.read(client.id), partial(self._read, held), self._failed)

    def _read(self, held: HalfWritten | None, preparation: Preparation) -> None:
        self._preparation = preparation
        self.state = self.state._replace(busy=False)
        draft = held or preparation.draft
        known = {one.id: one.words for one in preparation.intentions}
        for id_, fields in draft.words.items():
            self._typed[id_] = Words(**{k: v for k, v in fields.items() if k in Words._fields})
            self._clean[id_] = known.get(id_, Words())
            if id_ not in known:
                self._fresh.append(id_)
        self._sheets.take(preparation, draft.sheets)
        self._choose(self._first())
        if held is not None:
            self._keystroke += 1
            self._put()

    def _first(self) -> str:
        """What to begin with: what was half-written, the first in order, or else the one said last."""
        if self._typed:
            return next(iter(self._typed))
        alive = [one for one in self._intentions() if one.state not in NO_LONGER_OPEN]
        ranked = [one for one in alive if rank_of(one.note.original, one.note.amendments) is not None]
        if ranked:
            return ranked[0].id
        return alive[-1].id if alive else self._new()

    def _new(self) -> str:
        blank = [id_ for id_ in self._fresh if self._typed.get(id_, Words()).empty]
        if blank:
            return blank[0]
        self._fresh.append(self._uses.new_id())
        return self._fresh[-1]

    # --- intentions ------------------------------------------------------------------------------------------

    def _intentions(self) -> tuple[Intention, ...]:
        return self._preparation.intentions if self._preparation else ()

    def _one(self) -> Intention | None:
        return next((one for one in self._intentions() if one.id == self.state.chosen), None)

    def choose(self, intention: str) -> None:
        """Show another intention; what was typed into this one stays."""
        if intention != self.state.chosen:
            self._choose(intention)

    def _choose(self, intention: str) -> None:
        known = {one.id: one.words for one in self._intentions()}
        self._typed.setdefault(intention, known.get(intention, Words()))
        self._clean.setdefault(intention, self._typed[intention])
        version = self.state.words_version + 1
        self.state = self.state._replace(chosen=intention, words_version=version, comparison=None, versions_shown=False)
        self._show()

    def add(self) -> None:
        """Begin another intention."""
        self._choose(self._new())

    def typed(self, thread: str, text: str) -> None:
        """Hear a field change: `said`, `hope`, `fear` or `enough`."""
        before = self._typed.get(self.state.chosen)
        if before is None or self._preparation is None or getattr(before, thread) == text:
            return
        self._typed[self.state.chosen] = before._replace(**{thread: text})
        self._changed()
        one = self._one()
        lasting = (one is not None and not one.in_place) or (one is None and self._preparation.session is None)
        self._restart("pause", LONG_PAUSE_S if lasting else PAUSE_S, self._keep)
        self._show()

    def suggest(self, word: str) -> tuple[Suggestion, ...]:
        """What a # or @ being typed may become."""
        preparation = self._preparation
        if preparation is None or word[:1] not in (THEME_SIGN, PART_SIGN):
            return ()
        return nearest(word, preparation.parts if word.startswith(PART_SIGN) else in_use(preparation.themes))

    def accepted(self, suggestion: Suggestion) -> None:
        """Hear that a suggestion was taken; a name that is new becomes a theme or part with the next write."""
        if suggestion.id is None:
            self._made[suggestion.typed] = suggestion.name

    def untag(self, tag: Tag) -> None:
        """Take a label off."""
        self._do(lambda uses: uses.untag(self._client, tag))

    def say_state(self, state: IntentionState, beside: str) -> None:
        """Say what became of the chosen intention."""
        intention = self.state.chosen
        if self._one() is not None:
            self._keep()
            self._do(lambda uses: uses.set_state(self._client, intention, state, beside))

    def move(self, by: int) -> None:
        """Put the chosen intention one place earlier or later."""
        ids = [one.id for one in self._intentions() if one.state not in NO_LONGER_OPEN]
        if self.state.chosen not in ids:
            return
        at = ids.index(self.state.chosen)
        to = min(max(at + by, 0), len(ids) - 1)
        if to != at:
            ids.insert(to, ids.pop(at))
            self._do(lambda uses: uses.reorder(self._client, tuple(ids)))

    def show_past(self) -> None:
        """Unfold or fold the intentions that are no longer open."""
        self.state = self.state._replace(past_shown=not self.state.past_shown)
        self._show()

    def show_versions(self) -> None:
        """Unfold or fold the versions of the chosen intention."""
        shown = not self.state.versions_shown
        self.state = self.state._replace(versions_shown=shown, comparison=None)
        self._show()

    def compare_with(self, version: str) -> None:
        """Show a version beside the present one."""
        self.state = self.state._replace(versions_shown=True)
        self._show(compared=int(version))

    def bring_in(self) -> None:
        """Begin with what the last integration ended with."""
        known = {one.id for one in self._intentions()}

        def done(preparation: Preparation) -> None:
            self._take(preparation)
            brought = next((one.id for one in preparation.intentions if one.id not in known), None)
            if brought is not None:
                self._choose(brought)

        self._keep()
        draft = self._draft()
        self._outbox.send(Write(lambda uses: uses.bring_in(self._client, draft), done, self._refused))

    def open_note(self) -> None:
        """Show the session that the carried words stand in."""
        carried = self.state.carried
        if carried is not None:
            self._flush()
            self._uses.open_session(carried.session)

    def agree(self) -> None:
        """Keep everything that is typed, and that it was gone through today."""
        self._keep(agreed=True)

    def keep_now(self) -> None:
        """Keep everything that is typed now."""
        self._flush()

    def page(self) -> str:
        """The page for the client, as HTML: what the fields say now and nothing else."""
        alive = [one.id for one in self._intentions() if one.state not in NO_LONGER_OPEN]
        known = {one.id: one.words for one in self._intentions()}
        words = [self._typed.get(id_, known.get(id_, Words())) for id_ in (*alive, *self._fresh)]
        return client_page(words, self._sheets.value(Sheet.HELPS, "helps"))

    def edit_sheet(self, sheet: Sheet) -> None:
        """Unfold a section to write in it."""
        self._sheets.edit(sheet)
        self._show()

    def sheet_typed(self, sheet: Sheet, field: str, text: str) -> None:
        """Hear a field of a section change."""
        if self._sheets.typed(sheet, field, text):
            self._changed()
            self._show()

    def keep_sheet(self, sheet: Sheet) -> None:
        """Keep what was typed into a section."""
        values = self._sheets.values(sheet)
        draft = self._draft(without=sheet)
        number = self._keystroke

        def done(preparation: Preparation) -> None:
            self._sheets.kept(sheet, values)
            self._take(preparation)
            self._say_saved(preparation.at, number, _KEPT)

        def refused(error: JournalError) -> None:
            self._sheets.refuse(sheet, error.sentence)
            self._show()

        self._sheets.refuse(sheet, "")
        self._outbox.send(Write(lambda uses: uses.keep_sheet(self._client, sheet, values, draft), done, refused))

    def leave_sheet(self, sheet: Sheet) -> None:
        """Fold a section and leave it as it was."""
        self._sheets.leave(sheet)
        self._changed()
        self._show()

    def show_earlier(self, sheet: Sheet) -> None:
        """Unfold or fold what a section said before."""
        self._sheets.show_earlier(sheet)
        self._show()

    def turn_session(self) -> None:
        """Begin a preparation session, or close the one that is open."""
        if self._preparation is None:
            return
        self._keep()
        if self._preparation.session is None:
            self._do(lambda uses: uses.begin(self._client))
        else:
            self._do(lambda uses: uses.close(self._client))

    # --- keeping ----------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._keystroke += 1
        self.state = self.state._replace(saved="")
        if "draft" not in self._timers:
            self._restart("draft", DRAFT_S, self._put)

    def _restart(self, name: str, seconds: float, do: Callable[[], object]) -> None:
        self._cancel(name)

        def fire() -> None:
            self._timers.pop(name, None)
            do()

        self._timers[name] = self._timer.after(seconds, fire)

    def _cancel(self, *names: str) -> None:
        for name in names:
            cancel = self._timers.pop(name, None)
            if cancel is not None:
                cancel()

    def _draft(self, without: Sheet | None = None, *, words: bool = True) -> HalfWritten:
        """What is typed and not kept."""
        dirty = self._dirty() if words else ()
        return HalfWritten(
            words={id_: self._typed[id_]._asdict() for id_ in dirty}, sheets=self._sheets.half_written(without)
        )

    def _dirty(self) -> Sequence[str]:
        return [id_ for id_, words in self._typed.items() if words != self._clean[id_]]

    def _put(self) -> None:
        self._cancel("draft")
        draft, number = self._draft(), self._keystroke
        self._outbox.send(
            Write(
                lambda uses: uses.put_draft(self._client, draft),
                lambda at: self._say_saved(at, number),
                self._refused,
                key="draft",
            )
        )

    def _keep(self, *, agreed: bool = False) -> None:
        dirty = self._dirty()
        if self._preparation is None or not (dirty or agreed):
            return
        self._cancel("draft", "pause")
        self._outbox.drop("draft")
        sent = {id_: self._typed[id_] for id_ in dirty}
        changes = tuple(Changed(id_, words, tuple(self._made.items())) for id_, words in sent.items())
        draft, number = self._draft(words=False), self._keystroke

        def done(preparation: Preparation) -> None:
            self._clean |= sent
            self._take(preparation)
            self._say_saved(preparation.at, number, _KEPT)

        self._outbox.send(
            Write(lambda uses: uses.keep_words(self._client, changes, draft, agreed), done, self._refused)
        )

    def _do(self, work: Callable[[PrepareUses], Preparation]) -> None:
        self._outbox.send(Write(work, self._take, self._refused))

    def _take(self, preparation: Preparation) -> None:
        """Look at what stands now; what is typed and not kept stays as it is."""
        self._preparation = preparation
        known = {one.id for one in preparation.intentions}
        self._fresh = [id_ for id_ in self._fresh if id_ not in known]
        self._sheets.read(preparation)
        self.state = self.state._replace(message=None)
        self._show()

    def _say_saved(self, at: Any, number: int, more: str = "") -> None:  # noqa: ANN401 - what a write gives back
        if number == self._keystroke and not self._outbox.trouble:
            self.state = self.state._replace(saved=f"Saved {clock_text(at)}. {more}".strip())
        self._show()

    def _refused(self, error: JournalError) -> None:
        self.state = self.state._replace(message=Message(error.sentence, "safety"))
        self._show()

    def _failed(self, error: Exception) -> None:
        self.state = self.state._replace(busy=False, message=trouble(error))
        self._show()

    def _bug(self, error: Exception) -> None:
        self.state = self.state._replace(message=trouble(error))
        self._show()

    def _flush(self) -> None:
        if self._dirty():
            self._keep()  # with what is half-written in the sections
        elif "draft" in self._timers:
            self._put()

    def leave(self) -> None:
        """Keep what is typed and go back; what the disk refuses holds the screen until that is mended."""
        self._flush()
        if self._outbox.trouble:
            self._show()
        else:
            self._uses.leave()

    def try_again(self) -> None:
        """Try what the disk refused once more."""
        self._outbox.try_again()

    def stop(self, hold: Callable[[str, HalfWritten], None] = lambda _client, _held: None) -> None:
        """Let go of the journal: everything that is typed is sent a last time, ahead of its closing.

        `hold` hears of what the disk still refuses then, to be put back by `start`.
        """
        typed = self._draft()
        self._flush()
        self._cancel("draft", "pause")
        self._outbox.stop()
        if typed != HalfWritten():
            self._tasks.run(lambda: None, lambda _: hold(self._client, typed) if self._outbox.left else None, self._bug)

    def _show(self, compared: int | None = None) -> None:
        typed = self._typed.get(self.state.chosen, Words())
        self.state = screen(
            self.state, self._preparation, typed, self._fresh, self._sheets.shown(), self._outbox.trouble, compared
        )
        self._view.show_state(self.state)
