"""From what the presenter holds to what the view shows; pure, and cheap when little has changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from kapjournal.application.keep_entry import HalfTyped
from kapjournal.domain.capture import Draft, Piece, PieceKind
from kapjournal.domain.card import Card as SaidCard
from kapjournal.domain.entry import DoseDetails, Entry, Kind, VitalsDetails
from kapjournal.domain.moment import Moment, clock_text, since_text
from kapjournal.domain.phase import bands_after
from kapjournal.domain.telling import KIND_TOLD
from kapjournal.domain.timeline import doses_given
from kapjournal.domain.vitals import next_due, short_reading_text, told_due
from kapjournal.domain.wording import Wording
from kapjournal.gui.live.keeping import Keeping
from kapjournal.gui.live.line import Line, chip, stamp_text
from kapjournal.gui.live.record import Held
from kapjournal.gui.live.rows import Rows
from kapjournal.gui.live.situation import Situation
from kapjournal.gui.live.state import (
    Band,
    BandSpan,
    Banner,
    Capture,
    Card,
    Chart,
    Chip,
    ChipKind,
    Code,
    Dose,
    Hint,
    Live,
    Mode,
    Reading,
    Top,
)
from kapjournal.gui.live.tables import Tables
from kapjournal.gui.live.tapping import Tapping

WRITE_HINTS = (
    Hint("Enter", "log it"),
    Hint("Shift Enter", "new line"),
    Hint("Esc", "tap mode"),
    Hint("Ctrl M", "mark"),
    Hint("F9", "safety plan"),
    Hint("Ctrl K", "everything"),
)
TAP_HINTS = (
    Hint("Enter", "write"),
    Hint("+", "same moment"),
    Hint("K", "mark last"),
    Hint("F9", "safety plan"),
    Hint("Ctrl K", "everything"),
)
FORM_HINTS = (Hint("Tab", "next blank"), Hint("Ctrl K", "everything"))
CLOSED_HINTS = (Hint("Enter", "add it late"), Hint("Ctrl K", "everything"))
HINTS = {Mode.WRITE: WRITE_HINTS, Mode.TAP: TAP_HINTS, Mode.FORM: FORM_HINTS, Mode.CLOSED: CLOSED_HINTS}
DOING = {
    "edit": "Correcting",
    "correction": "Correcting, beside the original,",
    "comment": "A comment on",
    "addendum": "Adding to",
    "late_entry": "Late, to the moment of",
}
PIECE_ICON = {PieceKind.TIME: "clock", PieceKind.PROBLEM: "info"}


class Showing:
    """Makes the state of the live view; keeps what did not change, so that the view can tell by identity."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._rows = Rows(held)
        self._tables: Tables | None = None
        self._codes: tuple[Code, ...] = ()
        self._pieces: tuple[Piece | None, ...] = ()
        self._card_for: tuple[object, ...] = ()
        self._card = SaidCard()
        self._chart_kept = (-1, Chart())

    def piece_of_chip(self, index: int) -> Piece | None:
        """The understood piece that a chip stands for, if it can be turned back into text."""
        return self._pieces[index] if index < len(self._pieces) else None

    def state(self, now: Moment, line: Line, keeping: Keeping, tapping: Tapping, situation: Situation) -> Live:
        """Everything there is to see."""
        tables = tapping.tables
        if tables is not self._tables:
            self._tables = tables
            self._codes = tuple(Code(c.key, c.label, c.event) for c in tables.codes)
        rows = self._rows.rows(keeping.pending if keeping.trouble else (), timedelta(seconds=situation.clock_moved_s))
        return Live(
            top=self._top(now, tables),
            card=self._card_state(line, tables, situation),
            rows=rows,
            capture=self._capture(line, keeping, tapping, situation),
            codes=self._codes if self._held.session.running else (),
            tapping=situation.mode is Mode.TAP,
            chart=self._chart(),
            banner=situation.banner or self._trouble(keeping, situation),
            hints=HINTS[situation.mode],
            veiled=situation.veiled,
            veil_needs_code=situation.veil_asks,
            veil_message="That code does not lift the veil." if situation.wrong_codes else "",
            dim=situation.dim,
            empty="" if rows else "Ready. The clock starts with the first dose, or when you press Ctrl+Shift+T.",
        )

    def _trouble(self, keeping: Keeping, situation: Situation) -> Banner | None:
        if keeping.refusal:
            return Banner(keeping.refusal, "safety")
        if keeping.trouble and situation.mode in {Mode.TAP, Mode.FORM}:  # the line says it itself
            return Banner(f"Not saved yet. {keeping.trouble}", "safety", (("try_again", "Try again"),))
        return None

    # --- strip ---------------------------------------------------------------------------------------------

    def _top(self, now: Moment, tables: Tables) -> Top:
        held = self._held
        session, course = held.session, held.course
        of = f" of {course.planned_sessions}" if course and course.planned_sessions else ""
        label = {"dosing": "Session"}.get(session.kind, session.kind.capitalize())
        number = f"{label} {session.number}{of}" if session.number else label
        now_s, zero_s = self._now_s(now), held.first_dose_s
        running = session.running
        since = since_text(now_s - zero_s) if running and zero_s is not None else None
        due, why, due_now = self._due(now, now_s)
        return Top(
            alias=held.client.alias,
            session=number,
            since=since,
            clock=clock_text(now.at) if running else _day(session.started_at),
            doses=tuple(self._dose(n.original.noticed_at, n.details) for n in held.doses),
            bands=self._bands(tables),
            band_caption=tables.bands.caption,
            now_min=(now_s - zero_s) / 60 if running and zero_s is not None else None,
            vitals_due=due,
            vitals_why=why,
            vitals_now=due_now,
            clock_is="clock" if running else "date",
        )

    def _now_s(self, now: Moment) -> float:
        clock = self._held.clock
        return clock.seconds(now) if clock else 0.0

    def _dose(self, at: datetime, details: object) -> Dose:
        if not isinstance(details, DoseDetails):
            return Dose("syringe", "dose", clock_text(at))
        amount = f"{details.amount_mg:g} mg" if details.amount_mg else "dose"
        route = f" {details.route}" if details.route else ""
        icon = "plus" if details.booster else ("syringe" if details.route in {None, "IM", "IV", "SC"} else "pill")
        return Dose(icon, amount + route, clock_text(at))

    def _bands(self, tables: Tables) -> tuple[Band, ...]:
        held, zero_s = self._held, self._held.first_dose_s
        if zero_s is None:
            return ()
        given = doses_given(held.doses, held.session, held.course.route if held.course else None)
        return tuple(
            Band(band.label, tuple(BandSpan(s.label, s.start, s.end, s.strong) for s in band.spans))
            for band in bands_after(given, tables.bands)
        )

    def _due(self, now: Moment, now_s: float) -> tuple[str, str, bool]:
        held, zero_s = self._held, self._held.first_dose_s
        schedule = held.course.vitals_schedule if held.course else None
        if not schedule or not held.session.running:
            return "", "", False
        began_s = zero_s or 0.0
        taken = [
            (held.place(n.original) - began_s) / 60
            for n in held.notes
            if n.original.kind is Kind.VITALS and not n.retracted
        ]
        due = next_due(schedule, taken, None if zero_s is None else (now_s - zero_s) / 60)
        # By the wall clock as it is now, which may have been set since the dose.
        first = None if zero_s is None else now.at - timedelta(seconds=now_s - zero_s)
        return (*told_due(due, first), due is not None and due.now)

    # --- card, chart ---------------------------------------------------------------------------------------

    def _card_state(self, line: Line, tables: Tables, situation: Situation) -> Card:
        held = self._held
        stamp = line.half_typed.stamp
        warns = stamp is not None and line.half_typed.text.lstrip().startswith("!")
        if self._card_for != (held.version,):
            self._card_for = (held.version,)
            self._card = held.said_card()
        said = self._card
        return Card(
            intention=_in_marks(said.intention),
            others=tuple(_in_marks(one) for one in said.others),
            enough=_in_marks(said.enough),
            touch=said.touch,
            stop=said.stop,
            phone=said.phone,
            parts=tuple(p.name for p in held.parts),
            plan=said.plan,
            danger_signs=(*said.watch_for, *tables.danger_signs),
            plan_open=situation.plan_open or warns,
            hidden=situation.card_hidden and not warns,
        )

    def _chart(self) -> Chart:
        """Made anew only when something was written: it reads every entry, and a key press must not wait for that."""
        if self._chart_kept[0] != self._held.version:
            self._chart_kept = (self._held.version, self._made_chart())
        return self._chart_kept[1]

    def _made_chart(self) -> Chart:
        held, zero_s = self._held, self._held.first_dose_s
        readings: list[Reading] = []
        latest = ""
        for note in held.notes:
            details = note.details
            if isinstance(details, VitalsDetails) and not note.retracted:
                minute = (held.place(note.original) - (zero_s or 0.0)) / 60
                d = details
                readings.append(Reading(minute, d.systolic, d.diastolic, d.heart_rate, d.spo2))
                latest = short_reading_text(details)
        limit = held.course.limits.systolic if held.course and held.course.limits else None
        return Chart(latest, tuple(readings), limit, f"prescriber’s limit {limit}" if limit else "")

    # --- field ---------------------------------------------------------------------------------------------

    def _capture(self, line: Line, keeping: Keeping, tapping: Tapping, situation: Situation) -> Capture:
        half_typed = line.half_typed
        draft = self._read(line, keeping.reading_stamp(half_typed))
        chips = self._chips(line, draft)
        return Capture(
            mode=situation.mode,
            text=half_typed.text,
            cursor=half_typed.cursor,
            text_version=line.version,
            chips=chips,
            stamp=tapping.waiting or stamp_text(half_typed.stamp if half_typed.text else None),
            saved=keeping.saved,
            trouble=keeping.trouble,
            completions=line.completions() if half_typed.text else (),
            chosen=line.chosen,
            heading=self._heading(half_typed, keeping.entry(half_typed.editing)),
            last_key=tapping.last_key,
            last_text=tapping.last_text,
            last_saved=keeping.saved if tapping.last_key else "",
            form=tapping.form(),
        )

    def _read(self, line: Line, stamp: Moment | None) -> Draft | None:
        if stamp is None or not line.half_typed.text:
            return None
        return line.draft(stamp)

    def _heading(self, half_typed: HalfTyped, entry: Entry | None) -> str:
        if entry is None:
            return "" if self._held.session.running else "Late entry: when it happened first, such as 14:05"
        kind = self._held.wording.of(entry.kind)
        return f"{DOING.get(half_typed.doing, 'About')} {clock_text(entry.noticed_at)} {kind}. Esc leaves it"

    def _chips(self, line: Line, draft: Draft | None) -> tuple[Chip, ...]:
        if draft is None:
            self._pieces = ()
            return ()
        made: list[tuple[Chip, Piece | None]] = []
        told = KIND_TOLD[draft.kind]
        if not any(p.kind is PieceKind.KIND for p in draft.pieces) and line.half_typed.kind is not Kind.OBSERVATION:
            label = self._held.wording.of(draft.kind)
            made.append((chip(ChipKind.KIND, label, icon=told.icon, role=told.role), None))
        made += [(_chip_of(piece, draft, self._held.wording), piece) for piece in draft.pieces]
        made += [(chip(ChipKind.MISSING, words), None) for words in draft.missing]
        self._pieces = tuple(piece for _, piece in made)
        return tuple(one for one, _ in made)


def _chip_of(piece: Piece, draft: Draft, wording: Wording) -> Chip:
    kind = ChipKind(piece.kind.value)
    if kind is ChipKind.KIND:
        told = KIND_TOLD[draft.kind]
        words = wording.of(draft.kind) if piece.told == told.label else piece.told
        return chip(kind, words, icon=told.icon, role=told.role, start=piece.start, end=piece.end)
    if not piece.known:
        return chip(kind, f"{piece.told}?", role="mark", start=piece.start, end=piece.end)
    return chip(kind, piece.told, icon=PIECE_ICON.get(piece.kind, ""), start=piece.start, end=piece.end)


def _day(at: datetime | None) -> str:
    return f"{at.day} {at:%b}" if at else ""


def _in_marks(words: str) -> str:
    """The client's own words in quotation marks, unless they were written with them."""
    return words if not words or words[0] in '“"„«' else f"“{words}”"
