"""Tap mode and its one-line forms, from key press to entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from kapjournal.application.changes import Changes
from kapjournal.application.close_session import close_session
from kapjournal.application.keep_entry import HalfTyped
from kapjournal.application.ports import Journal
from kapjournal.domain.capture import Draft
from kapjournal.domain.entry import Kind, MusicDetails, ObservationDetails
from kapjournal.domain.errors import Refused
from kapjournal.domain.moment import Moment, clock_text
from kapjournal.domain.presets import TapCode
from kapjournal.gui.live.forms import FORMS, draft_of
from kapjournal.gui.live.keeping import Ground, Keeping
from kapjournal.gui.live.line import Line
from kapjournal.gui.live.own_lists import (
    LEGEND,
    LEGEND_FORM,
    PHASES,
    PHASES_FORM,
    changed_legend,
    changed_phases,
    phases_filled_in,
)
from kapjournal.gui.live.record import Held
from kapjournal.gui.live.situation import Situation
from kapjournal.gui.live.state import Banner, Form, FormField, Mode
from kapjournal.gui.live.tables import Tables
from kapjournal.gui.live.taps import Taps

LANDING, VEIL = "landing", "veil"
VEIL_PLACE = "veil_code"


class Tapping:
    """What the keys do while the field is in tap mode."""

    def __init__(
        self,
        ground: Ground,
        held: Held,
        line: Line,
        keeping: Keeping,
        situation: Situation,
        tables: Tables,
        shipped: Tables,
    ) -> None:
        self._ground, self._held, self._line, self._keeping = ground, held, line, keeping
        self._situation = situation
        self._taps = Taps()
        self._codes: Mapping[str, TapCode] = {}
        self._tables, self._shipped = tables, shipped
        self._learn(tables)
        self._came_from = Mode.WRITE
        self.last_key = self.last_text = ""

    @property
    def tables(self) -> Tables:
        """The lists as they are now; another object whenever one was changed."""
        return self._tables

    def _learn(self, tables: Tables) -> None:
        self._tables = tables
        self._codes = {code.key: code for code in tables.codes}

    @property
    def waiting(self) -> str:
        """What is said while a prefix waits for its letter."""
        return self._taps.waiting

    def tap(self, key: str, shift: bool, now: Moment) -> None:
        """Hear a key press in tap mode."""
        key = key.upper()
        if key == "+":
            self._taps.share_moment()
        elif key == "-":
            self._taps.minus()
        elif key.isdecimal():
            self._taps.digit(key)
        elif (code := self._codes.get(key)) and self._taps.pressed(key, now):
            self._tapped(code, shift, now)

    def released(self, key: str) -> None:
        """Hear that a key is up again."""
        self._taps.released(key.upper())

    def taken_back(self) -> None:
        """Say that the last entry was taken back."""
        self._taps.take_back(self.last_key)
        self.last_text = f"{self.last_text.split(',')[0]}, taken back" if self.last_text else ""

    def leave(self) -> None:
        """Leave tap mode."""
        self._taps.forget_prefixes()
        self._taps.forget_keys()

    # --- one key, one entry --------------------------------------------------------------------------------

    def _tapped(self, code: TapCode, shift: bool, now: Moment) -> None:
        if code.form:
            self.open_form(code.kind)
            return
        if code.kind is Kind.MARK and self._star_last():
            self._said(code, now)
            return
        moment = self._taps.moment(now, self._last_moment(now))
        draft = self._draft(code, moment)
        entry, tags = self._keeping.entry_from(draft, now)
        self._keeping.log(entry, tags)
        self._said(code, moment)
        if shift:
            self._taps.forget_keys()
            self._situation.mode = Mode.WRITE
            self._line.open_for(HalfTyped(editing=entry.id, doing="comment"))

    def _last_moment(self, now: Moment) -> Moment:
        """When the last entry happened, told by today's wall clock even if it was set since."""
        last, clock = self._keeping.last_written(), self._held.clock
        if last is None or clock is None:
            return now
        return now.earlier(timedelta(seconds=clock.seconds(now) - self._held.place(last)))

    def _draft(self, code: TapCode, moment: Moment) -> Draft:
        if code.kind is Kind.OBSERVATION:
            return Draft(code.kind, code.label, moment.at, details=ObservationDetails(code=code.code))
        if code.kind is Kind.MUSIC:
            return Draft(code.kind, "Music changes", moment.at, details=MusicDetails())
        return Draft(code.kind, code.label, moment.at, starred=code.kind is Kind.MARK)

    def _star_last(self) -> bool:
        last = self._keeping.last_written()
        if last is None:
            return False
        starred = last.model_copy(update={"starred": True})
        self._keeping.send_records(lambda journal: journal.keep(starred))
        return True

    def _said(self, code: TapCode, moment: Moment) -> None:
        self.last_key = code.key.upper()
        self.last_text = f"{code.label}, {clock_text(moment.at, seconds=True)}"

    # --- one-line forms ------------------------------------------------------------------------------------

    def form(self) -> Form | None:
        """The form that is open, with what was typed into it."""
        name = self._line.half_typed.form
        if not name:
            return None
        values = self._line.half_typed.form_values
        blank = self._blank(name)
        return blank._replace(fields=tuple(f._replace(value=values.get(f.key, f.value)) for f in blank.fields))

    def open_form(self, name: str) -> None:
        """Open a form in the place of the field; a half-written line waits behind it."""
        line = self._line.half_typed
        if line.form != name:
            behind = line.behind if line.form else line
            values = line.left_forms.get(name, {})
            if name == PHASES and not values:
                values = phases_filled_in(self._tables, self._held.course.route if self._held.course else None)
            stamp = self._ground.clock.now()
            self._line.put(
                HalfTyped(form=name, form_values=values, stamp=stamp, behind=behind, left_forms=line.left_forms)
            )
            self._keeping.draft_soon()
        self._taps.forget_keys()
        if self._situation.mode is not Mode.FORM:
            self._came_from = self._situation.mode
        self._situation.mode = Mode.FORM

    def leave_form(self, *, used: bool = False) -> None:
        """Close the form and bring the line behind it back; what was typed stays until it is used."""
        line = self._line.half_typed
        behind = line.behind or HalfTyped()
        left = {name: values for name, values in line.left_forms.items() if name != line.form}
        if not used and any(value.strip() for value in line.form_values.values()):
            left[line.form] = line.form_values
        self._line.put(behind.model_copy(update={"left_forms": left}))
        self._situation.mode = self._came_from
        self._keeping.flush()

    def form_enter(self) -> None:
        """Log what the blanks say, or do what the form is for."""
        half_typed = self._line.half_typed
        if half_typed.form == LANDING:
            self._close(half_typed.form_values)
        elif half_typed.form == VEIL:
            self._choose_code(half_typed.form_values.get("code", "").strip())
        elif half_typed.form in {LEGEND, PHASES}:
            self._change_lists(half_typed)
        else:
            self._log_form(half_typed)

    def _log_form(self, half_typed: HalfTyped) -> None:
        stamp = half_typed.stamp or self._ground.clock.now()
        if any(v.strip() for v in half_typed.form_values.values()):
            draft = draft_of(half_typed.form, half_typed.form_values, stamp.at, self._line.context())
            entry, tags = self._keeping.entry_from(draft, stamp)
            self._keeping.log(entry, tags)
        self.leave_form(used=True)

    def _blank(self, name: str) -> Form:
        if name == LANDING:
            return Form(
                "Landing",
                "check",
                tuple(
                    FormField(i.key, i.label, choices=("", *i.choices) if i.choices else (), width=10)
                    for i in self._tables.landing
                ),
            )
        if name == VEIL:
            return Form("Veil code, four figures or more", "lock", (FormField("code", "code", width=8),))
        if name == LEGEND:
            return LEGEND_FORM
        return PHASES_FORM if name == PHASES else FORMS[name]

    def _change_lists(self, half_typed: HalfTyped) -> None:
        values = half_typed.form_values
        try:
            if half_typed.form == LEGEND:
                kept = changed_legend(self._tables, values)
            else:
                kept = changed_phases(self._tables, self._shipped, values)
        except Refused as refused:
            self._situation.banner = Banner(refused.sentence, actions=(("close", "Close"),))
            return
        self._learn(kept.tables)
        self._keeping.send_quietly(lambda journal: journal.put_on_desk(kept.place, kept.content))
        self.leave_form(used=True)

    def _choose_code(self, code: str) -> None:
        if len(code) < 4:
            self._situation.banner = Banner("A veil code has four figures or letters at least.")
            return
        self._situation.veil_code = code
        self._keeping.send_quietly(lambda journal: journal.put_on_desk(VEIL_PLACE, code))
        self.leave_form(used=True)

    def _close(self, found: Mapping[str, str]) -> None:
        ground, held = self._ground, self._held
        labels = {item.key: item.label for item in self._tables.landing}
        landing = {labels[key]: words for key, words in found.items() if key in labels}

        session, clock = held.session, held.clock

        def work(journal: Journal) -> Changes:
            return close_session(journal, ground.clock, ground.new_id, session, clock, landing)

        def closed() -> None:
            self._situation.closing, self._situation.mode = False, Mode.CLOSED
            self._situation.banner = Banner(
                "The session is closed. From now on its record is only added to.",
                actions=(("leave", "Back to clients"), ("close", "Stay here")),
            )

        self._situation.closing = True
        self.leave_form(used=True)
        self._keeping.send_records(work, closed)
        if not self._line.half_typed.empty:
            self._keeping.flush()  # behind the closing, which clears the desk
