"""What the measures screen does: choose an instrument, fill it in by digits, keep it, look back. Plain Python.

Every answer is written to the desk at once, one write after another, so that nothing is lost by a lock, a crash or a
cut of the power; the form says “saved” when the latest is on the disk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from kapjournal.application.changes import Changes
from kapjournal.application.ports import Clock, Tasks
from kapjournal.application.take_measure import ClientMeasures, MeasureDraft, read_score
from kapjournal.domain.entry import Entry
from kapjournal.domain.errors import BadInput
from kapjournal.domain.instruments import Instruments
from kapjournal.domain.measure import Instrument, score, score_total
from kapjournal.domain.moment import clock_text
from kapjournal.gui.measures.state import Form, InstrumentCard, Measures
from kapjournal.gui.measures.telling import form_items, instrument_card, instrument_line, result_text
from kapjournal.gui.messages import Message, trouble


class Loaded(NamedTuple):
    """The instruments, and what was measured with the client."""

    instruments: Instruments
    measures: ClientMeasures


class MeasuresUses(NamedTuple):
    """What the screen can ask for, all about one client; all but `leave` run on the worker."""

    load: Callable[[], Loaded]
    put_draft: Callable[[Instrument, MeasureDraft], None]
    keep: Callable[[Instrument, MeasureDraft], Changes]
    take_back: Callable[[str], Changes]
    leave: Callable[[], None]


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: Measures) -> None: ...


class MeasuresPresenter:
    """Turns keys into answers, and answers into an entry."""

    def __init__(self, uses: MeasuresUses, tasks: Tasks, clock: Clock, view: View) -> None:
        self._uses = uses
        self._tasks = tasks
        self._clock = clock
        self._view = view
        self._loaded = Loaded(Instruments(), ClientMeasures())
        self._instrument: Instrument | None = None
        self._draft = MeasureDraft()
        self._on_desk = MeasureDraft()  # the draft as it lies on the disk
        self._saved_at = ""
        self._writing = 0
        self._version = 0
        self._state = Measures()

    def start(self, alias: str) -> None:
        """Read what there is and show it."""
        self._show(alias=alias)
        self._read()

    # --- the list ------------------------------------------------------------------------------------------

    def choose(self, instrument: str) -> None:
        """Look at an instrument."""
        self._show_card(instrument)

    def look_at(self, entry: str) -> None:
        """Look at the answers of an earlier form."""
        self._show_card(self._state.card.id, entry)

    def ask_to_take_back(self) -> None:
        """Ask in place whether the form that is looked at was a mistake."""
        seen = next((line for line in self._state.card.history if line.entry == self._state.card.seen), None)
        if seen is not None:
            sentence = f"Take back {self._state.card.id} of {seen.day}? It stays in the record, struck through."
            self._show(
                message=Message(sentence, "mark"), actions=(("take back", "Take it back"), ("close", "Leave it"))
            )

    def leave(self) -> None:
        """Back to where the screen was opened from; from a form, back to the list. The draft stays."""
        if self._state.form is not None:
            self._close_form()
            self._read()
        else:
            self._uses.leave()

    def act(self, action: str) -> None:
        """What was answered to a question in the strip."""
        self._show(message=None, actions=())
        if action == "take back":
            entry = self._state.card.seen
            self._run(lambda: self._uses.take_back(entry), lambda _: self._read())
        elif action == "keep partial":
            self._keep()
        elif action == "discard":
            self._discard()
        elif action == "go to":
            self._go_to_open_item()
        elif action == "again":
            self._save_draft()

    # --- filling in ----------------------------------------------------------------------------------------

    def take(self) -> None:
        """Open the form of the chosen instrument, where it was left."""
        found = self._loaded.instruments.of(self._state.card.id) if self._state.card.id else None
        if found is None or self._state.busy:
            return
        self._instrument = found
        lying = dict(self._loaded.measures.drafts).get(found.id)
        self._draft = self._on_desk = lying or MeasureDraft(answers=(None,) * len(found.items))
        self._saved_at = ""
        self._version += 1
        first_open = self._first_open() or 0
        form = Form(found.id, self._version, found.name, at=first_open)
        self._state = self._state._replace(form=form, message=None, actions=())
        self._show_form()

    def digit(self, digit: int) -> None:
        """Answer the current item and move on; an item that goes to ten or beyond waits for a second digit."""
        instrument, at = self._instrument, self._at
        if instrument is None or not instrument.items:
            return
        values = [option.value for option in instrument.options_of(at + 1)]
        before = self._draft.answers[at]
        two_digits = before * 10 + digit if before and max(values) >= 10 else None
        if two_digits in values:
            self.answer(at, two_digits)
        elif digit in values:
            self.answer(at, digit, move_on=max(values) < 10)
        else:
            self._show(message=Message(f"Item {at + 1} takes {values[0]} to {values[-1]}."), actions=())

    def answer(self, at: int, value: int | None, *, move_on: bool = True) -> None:
        """Answer the item at a place, from 0; None takes its answer away."""
        answers = list(self._draft.answers)
        answers[at] = value
        self._change(answers=tuple(answers))
        last = len(answers) - 1
        self.go_to(min(at + 1, last) if move_on and value is not None else at)

    def step(self, by: int) -> None:
        """The next higher or lower answer to the current item."""
        instrument, at = self._instrument, self._at
        if instrument is None or not instrument.items:
            return
        values = [option.value for option in instrument.options_of(at + 1)]
        before = self._draft.answers[at]
        place = 0 if before is None else min(max(values.index(before) + by, 0), len(values) - 1)
        self.answer(at, values[place], move_on=False)

    def clear(self) -> None:
        """Leave the current item unanswered."""
        if self._draft.answers:
            self.answer(self._at, None)

    def move(self, by: int) -> None:
        """To the item before or after."""
        self.go_to(self._at + by)

    def go_to(self, at: int) -> None:
        """To the item at a place, from 0."""
        form = self._state.form
        if form is not None and self._draft.answers:
            at = min(max(at, 0), len(self._draft.answers) - 1)
            self._state = self._state._replace(form=form._replace(at=at))
            self._show_form()

    def type_score(self, typed: str) -> None:
        """The score, as typed."""
        self._change(score=typed)

    def type_note(self, typed: str) -> None:
        """Words beside the form."""
        self._change(note=typed)

    def type_day(self, typed: str) -> None:
        """The day it was answered, where it was not now."""
        self._change(taken_on=typed)

    def keep(self) -> None:
        """Keep the form; for one with open items, say which and ask in place."""
        still_open = [str(n) for n, answer in enumerate(self._draft.answers, start=1) if answer is None]
        if self._instrument is None or self._state.busy:
            return
        if still_open and len(still_open) < len(self._draft.answers):
            which = f"Item {still_open[0]} is" if len(still_open) == 1 else f"Items {', '.join(still_open)} are"
            sentence = f"{which} not answered. Kept like this the form is partial and has no total."
            actions = (("go to", f"Go to item {still_open[0]}"), ("keep partial", "Keep it as partial"))
            self._show(message=Message(sentence, "mark"), actions=actions)
        else:
            self._keep()

    def ask_to_discard(self) -> None:
        """Ask in place whether the draft may go."""
        actions = (("discard", "Discard the draft"), ("close", "Go on"))
        self._show(message=Message("Discard what is filled in here? It was not kept yet.", "mark"), actions=actions)

    # --- within --------------------------------------------------------------------------------------------

    @property
    def _at(self) -> int:
        return self._state.form.at if self._state.form else 0

    def _first_open(self) -> int | None:
        return next((place for place, answer in enumerate(self._draft.answers) if answer is None), None)

    def _go_to_open_item(self) -> None:
        first_open = self._first_open()
        if first_open is not None:
            self.go_to(first_open)

    def _change(self, **changed: object) -> None:
        begun = {} if self._draft.begun_at else {"begun_at": self._clock.now().at}
        self._draft = self._draft.model_copy(update={**changed, **begun})
        self._state = self._state._replace(message=None, actions=())
        self._save_draft()

    def _save_draft(self) -> None:
        instrument, draft = self._instrument, self._draft
        if instrument is not None:
            self._writing += 1
            put = self._uses.put_draft
            self._tasks.run(lambda: put(instrument, draft), lambda _: self._saved(draft), self._not_saved)
            self._show_form()

    def _saved(self, draft: MeasureDraft) -> None:
        self._writing -= 1
        self._on_desk, self._saved_at = draft, clock_text(self._clock.now().at)
        self._show_form()

    def _not_saved(self, error: Exception) -> None:
        self._writing -= 1
        self._state = self._state._replace(message=trouble(error), actions=(("again", "Try again"),))
        self._show_form()

    def _told_saved(self) -> str:
        if self._draft == self._on_desk:
            return "" if self._draft.empty else f"Draft saved {self._saved_at}".strip()
        return "Saving" if self._writing else "Not saved yet"

    def _keep(self) -> None:
        instrument, draft = self._instrument, self._draft
        if instrument is not None:
            self._run(lambda: self._uses.keep(instrument, draft), self._kept)

    def _kept(self, changes: Changes) -> None:
        instrument = self._instrument
        kept = next((record for record in changes.records if isinstance(record, Entry)), None)
        said = self._told_result() if instrument else ""
        words = f"{instrument.id} is kept: {said}" if instrument and kept else "Kept."
        self._close_form()
        self._show(message=Message(words, "accent"), actions=())
        self._read()

    def _told_result(self) -> str:
        form = self._state.form
        if form is None:
            return ""
        return " ".join((f"{form.result or form.progress}.", *form.plain))

    def _discard(self) -> None:
        instrument = self._instrument
        if instrument is not None:
            self._run(lambda: self._uses.put_draft(instrument, MeasureDraft()), lambda _: self._discarded())

    def _discarded(self) -> None:
        self._close_form()
        self._read()

    def _close_form(self) -> None:
        self._instrument, self._draft = None, MeasureDraft()
        self._show(form=None, message=None, actions=())

    def _read(self) -> None:
        self._run(self._uses.load, self._read_done)

    def _read_done(self, loaded: Loaded) -> None:
        self._loaded = loaded
        lines = tuple(instrument_line(one, loaded.measures) for one in loaded.instruments.known)
        self._show(lines=lines, mistakes=loaded.instruments.mistakes)
        self._show_card(self._state.card.id, self._state.card.seen)

    def _show_card(self, instrument: str, seen: str = "") -> None:
        known = self._loaded.instruments.known
        found = next((one for one in known if one.id == instrument), known[0] if known else None)
        self._show(card=instrument_card(found, self._loaded.measures, seen) if found else InstrumentCard())

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        if self._state.busy:
            return
        self._show(busy=True)

        def finished(result: object) -> None:
            self._state = self._state._replace(busy=False)
            done(result)

        self._tasks.run(work, finished, self._failed)

    def _failed(self, error: Exception) -> None:
        self._show(busy=False, message=trouble(error), actions=())

    def _show_form(self) -> None:
        """Bring the form up to what is answered."""
        instrument, form, draft = self._instrument, self._state.form, self._draft
        if instrument is None or form is None:
            return
        counted = _counted(instrument, draft)
        form = form._replace(
            stem=instrument.stem or "",
            instructions=instrument.instructions or (instrument.note or "" if instrument.score_only else ""),
            today=self._clock.now().at.date().isoformat(),
            notice=instrument.licence.notice or "",
            items=form_items(instrument, draft),
            score=draft.score,
            taken_on=draft.taken_on,
            note=draft.note,
            saved=self._told_saved(),
            score_hint=counted.score_hint,
            progress=counted.progress,
            result=counted.result,
            plain=counted.plain,
        )
        self._show(form=form)

    def _show(self, **changes: object) -> None:
        self._state = self._state._replace(**changes)  # type: ignore[arg-type]
        self._view.show_state(self._state)


class _Counted(NamedTuple):
    score_hint: str = ""
    progress: str = ""
    result: str = ""
    plain: tuple[str, ...] = ()


def _counted(instrument: Instrument, draft: MeasureDraft) -> _Counted:
    """Progress, result and marked answers of a form as it stands."""
    if instrument.score_only:
        low, high = instrument.range.low, instrument.range.high
        hint = f"{instrument.score_word}, {low:g} to {high:g}"
        try:
            result = score_total(instrument, read_score(instrument, draft.score))
        except BadInput:
            return _Counted(hint)
        return _Counted(hint, "", result_text(instrument, result), tuple(one.sentence for one in result.marked))
    result = score(instrument, draft.answers)
    total = result_text(instrument, result) if result.complete else ""
    progress = f"{result.answered} of {result.of} answered"
    return _Counted("", progress, total, tuple(one.sentence for one in result.marked))
