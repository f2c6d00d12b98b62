"""What the live view does: keeps every key, logs entries, and tells the view what to show. No Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from kapjournal.application.keep_entry import HalfTyped, read_draft
from kapjournal.application.start_session import Opened
from kapjournal.domain.capture import Draft, Piece, PieceKind
from kapjournal.domain.capture_again import WRITTEN_WITH_A_SIGN, line_of_entry
from kapjournal.domain.entry import DoseDetails, Entry, Kind
from kapjournal.domain.label import Part, Theme
from kapjournal.domain.timeline import as_it_stands
from kapjournal.gui.live.keeping import Ground, Keeping, Unsaved
from kapjournal.gui.live.line import Line, Names
from kapjournal.gui.live.record import Held
from kapjournal.gui.live.showing import Showing
from kapjournal.gui.live.situation import Situation
from kapjournal.gui.live.state import Banner, Live, Mode
from kapjournal.gui.live.tables import Tables
from kapjournal.gui.live.tapping import LANDING, Tapping

WRONG_CODES_BEFORE_LOCK = 5
CLOCK_SET_S = 60.0  # a wall clock that moved by less is not worth a word


class View(Protocol):
    """What the presenter needs of the window."""

    def show_state(self, state: Live) -> None: ...


class LivePresenter:
    """One session, running or closed."""

    def __init__(
        self, ground: Ground, tables: Tables, opened: Opened, veil_code: str = "", shipped: Tables | None = None
    ) -> None:
        self._view: View | None = None
        self._ground = ground
        self.held = Held(opened, tables.starter, tables.wording, tables.classes)
        self.line = Line(lambda: Names(self.held.themes, self.held.parts))
        self.situation = Situation(veil_code=veil_code)
        self.keeping = Keeping(ground, self.held, self.line, self.show)
        self.tapping = Tapping(ground, self.held, self.line, self.keeping, self.situation, tables, shipped or tables)
        self._showing = Showing(self.held)
        self._tick_due: Callable[[], None] | None = None
        self._stopped = False
        self._quit: Callable[[], None] = ground.leave
        self._wall_moved_s = self.held.wall_moved_by_last_entry_s
        self.situation.clock_moved_s = self._wall_moved()
        self._take_up(read_draft(opened.draft))

    def attach(self, view: View) -> None:
        """Begin to show what there is, and go on by the second."""
        self._view = view
        self._tick()

    # --- writing -------------------------------------------------------------------------------------------

    def typed(self, text: str, cursor: int) -> None:
        """Hear the text change; the stamp is read before anything else."""
        now = self._ground.clock.now()
        self.line.typed(text, cursor, now)
        self.keeping.draft_soon()
        self.show()

    def cursor_moved(self, cursor: int) -> None:
        """Remember where the cursor is, so that it is there again after a lock."""
        if cursor != self.line.half_typed.cursor:
            self.line.half_typed = self.line.half_typed.model_copy(update={"cursor": cursor})
            self.show()

    def enter(self) -> None:
        """Log the line, as what it was opened for."""
        half_typed = self.line.half_typed
        if self.situation.mode is Mode.TAP:
            self.write()
            return
        if not half_typed.text.strip() or self.situation.closing:
            return  # a line that comes between the landing and its being kept waits, and is a late entry then
        if half_typed.doing in {"edit", "comment"}:
            self.keeping.log_edit()
        elif half_typed.doing != "write":
            self.keeping.log_amendment()
        elif self.held.session.closed_at:
            self.keeping.log_late()
        else:
            self.keeping.log_line()
        self.show()

    def tab(self) -> bool:
        """Take the chosen completion; False when there is none and the focus should move."""
        offered = self.line.completions()
        if not offered:
            return False
        completion = offered[min(self.line.chosen, len(offered) - 1)]
        if completion.note:
            self._offer_new(completion.label, is_part=completion.text.startswith("@"))
        self.line.complete(completion)
        self.keeping.draft_soon()
        self.show()
        return True

    def completion_moved(self, delta: int) -> None:
        """Choose another completion."""
        offered = len(self.line.completions())
        if offered:
            self.line.chosen = (self.line.chosen + delta) % offered
            self.show()

    def dismiss_chip(self, index: int) -> None:
        """Turn what a chip stands for back into plain text."""
        piece = self._showing.piece_of_chip(index)
        if piece is not None:
            self.line.dismiss(piece)
            self.keeping.draft_soon()
            self.show()

    def backspace_after_chip(self) -> bool:
        """Dismiss the piece that ends at the cursor; False when there is none and Backspace should delete."""
        half_typed = self.line.half_typed
        if half_typed.stamp is None:
            return False
        ending = [p for p in self.line.draft(half_typed.stamp).pieces if p.end == half_typed.cursor]
        ending = [piece for piece in ending if self._is_dismissed_first(piece)]
        if not ending:
            return False
        self.line.dismiss(ending[-1])
        self.keeping.draft_soon()
        self.show()
        return True

    def _is_dismissed_first(self, piece: Piece) -> bool:
        """Whether Backspace takes the chip before it takes a letter.

        Not after a figure: a slip is corrected far more often than a reading is meant as words. Nor in a label that
        names nothing, or that is being deleted letter by letter.
        """
        if piece.kind in {PieceKind.DETAIL, PieceKind.PROBLEM} or not piece.known:
            return False
        return not any(
            gone.kind is piece.kind and gone.text.startswith(piece.key.text) for gone in self.line.half_typed.dismissed
        )

    def change_kind(self) -> None:
        """Choose the next kind for a line without a prefix."""
        self.line.next_kind()
        self.keeping.draft_soon()
        self.show()

    def escape(self) -> None:
        """Leave a correction or a form; otherwise tap mode on, with the half-written line kept."""
        if self.situation.mode is Mode.FORM:
            self.tapping.leave_form()
        elif self.line.half_typed.doing != "write":
            self.line.clear()
            self.keeping.flush()
        elif self.situation.mode is Mode.WRITE:
            self.situation.mode = Mode.TAP
            self.keeping.flush()
        self.show()

    def write(self) -> None:
        """Turn tap mode off: back to the line."""
        self.tapping.leave()
        self.situation.mode = self._resting_mode()
        self.show()

    # --- entries without a line ----------------------------------------------------------------------------

    def mark(self) -> None:
        """Mark this moment: an entry of its own, so that nothing written is touched."""
        now = self._ground.clock.now()
        if not self.held.session.closed_at:
            draft = Draft(kind=Kind.MARK, text="", noticed_at=now.at, starred=True)
            self.keeping.log(self.keeping.entry_from(draft, now)[0])

    def first_dose_now(self) -> None:
        """Start the time since the first dose; amount and route wait as dashed chips."""
        now = self._ground.clock.now()
        given = self.held.first_dose_s is not None or any(e.kind is Kind.DOSE for e in self.keeping.pending)
        if not given and not self.held.session.closed_at:
            draft = Draft(kind=Kind.DOSE, text="", noticed_at=now.at, details=DoseDetails())
            self.keeping.log(self.keeping.entry_from(draft, now)[0])

    def tap(self, key: str, shift: bool) -> None:
        """Hear a key in tap mode."""
        self.tapping.tap(key, shift, self._ground.clock.now())
        self.show()

    def tap_key_released(self, key: str) -> None:
        """Hear that a key is up again."""
        self.tapping.released(key)

    def form_changed(self, key: str, value: str) -> None:
        """Keep what is typed into a one-line form."""
        values = {**self.line.half_typed.form_values, key: value}
        self.line.half_typed = self.line.half_typed.model_copy(update={"form_values": values})
        self.keeping.draft_soon()

    def form_enter(self) -> None:
        """Log what the blanks say, or do what the form is for."""
        self.tapping.form_enter()
        self.show()

    def open_form(self, name: str) -> None:
        """Open a one-line form in the place of the field (vitals, dose, touch, safety, landing, veil code)."""
        self.tapping.open_form(name)
        self.show()

    def land(self) -> None:
        """Open the landing list, which closes the session."""
        if self.held.session.running and not self.situation.closing:
            self.open_form(LANDING)

    # --- what stands already -------------------------------------------------------------------------------

    def up_in_empty(self) -> None:
        """Correct the last entry, in its place."""
        last = self.keeping.last_written()
        if last is not None and not self.line.half_typed.text and not self.held.session.closed_at:
            self._bring_back(last, "edit")

    def take_back(self) -> None:
        """Take the last entry back; it stays in the record, struck through."""
        last = self.keeping.last_written()
        if last is not None and not self.held.session.closed_at:
            self.tapping.taken_back()
            self.keeping.retract(last.id)
            self.show()

    def row_action(self, id_: str, action: str) -> None:
        """Correct, comment on, add to, or take back the entry of a row."""
        note, action = self.held.entry(id_), action.replace(" ", "_")
        closed = self.held.session.closed_at is not None
        if note is None:
            return
        if action == "retract":
            self.keeping.retract(id_)
        elif action == "correct":
            self._bring_back(as_it_stands(note), "correction" if closed else "edit")
        else:
            self.line.open_for(HalfTyped(editing=id_, doing=action))
            self.situation.mode = self._resting_mode()
        self.show()

    def row_opened(self, id_: str) -> None:
        """Show or fold the details of a row."""
        self.situation.opened_row = "" if self.situation.opened_row == id_ else id_
        self.show()

    def _bring_back(self, entry: Entry, doing: str) -> None:
        text = line_of_entry(entry, self.held.labels_beside(entry))
        stamp = self._ground.clock.now().model_copy(update={"at": entry.noticed_at})
        kind = Kind.OBSERVATION if entry.kind in WRITTEN_WITH_A_SIGN | {Kind.PART} else entry.kind
        self.line.open_for(
            HalfTyped(text=text, cursor=len(text), stamp=stamp, kind=kind, editing=entry.id, doing=doing)
        )
        self.situation.mode = self._resting_mode()
        self.keeping.draft_soon()
        self.show()

    # --- the room ------------------------------------------------------------------------------------------

    def toggle_card(self) -> None:
        """Hide or show the pinned card."""
        self.situation.card_hidden = not self.situation.card_hidden
        self.show()

    def toggle_plan(self) -> None:
        """Show or hide the safety plan in the card."""
        self.situation.plan_open = not self.situation.plan_open
        self.situation.card_hidden = False
        self.show()

    def dim(self, delta: int) -> None:
        """Make the text dimmer or brighter, in three steps."""
        self.situation.dim = min(2, max(0, self.situation.dim + delta))
        self.show()

    def veil(self) -> None:
        """Blank all content; the same key brings it back, with the short code where one was chosen."""
        situation = self.situation
        if not situation.veiled:
            self.keeping.flush()
            situation.veiled, situation.veil_asks, situation.wrong_codes = True, False, 0
        elif situation.veil_code:
            situation.veil_asks = True
        else:
            situation.veiled = False
        self.show()

    def unveil_code(self, code: str) -> None:
        """Lift the veil with the right code; five wrong ones lock the journal."""
        situation = self.situation
        if code == situation.veil_code:
            situation.veiled, situation.veil_asks = False, False
        else:
            situation.wrong_codes += 1
        self.show()
        if situation.wrong_codes >= WRONG_CODES_BEFORE_LOCK:
            self._ground.lock()

    def focus_lost(self) -> None:
        """Keep the half-typed line at once."""
        if not self._stopped:
            self.keeping.flush()

    def try_again(self) -> None:
        """Try to save now what the disk would not take."""
        self.keeping.try_again()

    def say(self, banner: Banner | None) -> None:
        """Show a strip under the top bar, or take it away."""
        self.situation.banner = banner
        self.show()

    def ask_to_quit(self, quit_: Callable[[], None]) -> None:
        """Ask in the strip; the session stays open whatever the answer."""
        self._quit = quit_
        sentence = "The session stays open and resumes next time."
        if self.keeping.trouble:
            sentence = "What you wrote last is not saved yet. It is held here, and would be lost by quitting."
        self.say(Banner(sentence, actions=(("quit", "Quit"), ("stay", "Stay"))))

    def too_much_pasted(self, characters: int) -> None:
        """Say that a paste was larger than one note can be."""
        self.say(
            Banner(
                f"That paste has {characters:,} characters, more than one note holds. Nothing was put into the line. "
                "Paste it in parts.",
                actions=(("close", "Close"),),
            )
        )

    def banner_action(self, name: str) -> None:
        """Do what a strip offers."""
        self.situation.banner = None
        if name == "leave":
            self._ground.leave()
        elif name == "try_again":
            self.keeping.try_again()
        elif name == "quit":
            self._quit()
        if not self._stopped:
            self.show()

    def stop(self) -> None:
        """Let go of the session (lock, quit, back to home): what is not on the disk is sent there a last time."""
        self._stopped = True
        if self._tick_due is not None:
            self._tick_due()
        self.keeping.stop()

    def put_back(self, unsaved: Unsaved) -> None:
        """Bring back the words that a lock took away before the disk would take them."""
        self._take_up(unsaved.half_typed)
        self.keeping.send_again(unsaved.writes)
        self.show()

    def show(self) -> None:
        """Tell the view what there is to see now."""
        if self._view is not None and not self._stopped:
            now = self._ground.clock.now()
            self._view.show_state(self._showing.state(now, self.line, self.keeping, self.tapping, self.situation))

    def _take_up(self, half_typed: HalfTyped) -> None:
        self.line.put(half_typed)
        self.situation.mode = self._resting_mode()
        if half_typed.form:
            self.tapping.open_form(half_typed.form)

    def _resting_mode(self) -> Mode:
        return Mode.CLOSED if self.held.session.closed_at else Mode.WRITE

    def _offer_new(self, name: str, *, is_part: bool) -> None:
        new_id = self._ground.new_id()
        self.held.offer(
            Part(id=new_id, client=self.held.client.id, name=name) if is_part else Theme(id=new_id, name=name)
        )

    def _wall_moved(self) -> float:
        return self.held.wall_moved_s(self._ground.clock.now())

    def _tick(self) -> None:
        moved = self._wall_moved()
        by = moved - self._wall_moved_s
        if abs(by) >= CLOCK_SET_S:
            self._wall_moved_s = moved
            before = self._ground.clock.now().at.strftime("%H:%M")
            self.situation.banner = Banner(
                f"The computer’s clock moved by {round(abs(by) / 60)} minutes. T+ was not affected. "
                f"Wall times from before {before} by the new clock are marked.",
                actions=(("close", "Close"),),
            )
            self.situation.clock_moved_s = moved
        self.show()
        self._tick_due = self._ground.timer.after(1.0, self._tick)
