"""What the live view shows: frozen values that the presenter makes and the view draws, without Qt."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Style(StrEnum):
    """How a stretch of an entry's content is set."""

    PLAIN = "plain"  # the therapist's words, sans
    QUOTE = "quote"  # the client's words, serif
    BOLD = "bold"  # amounts and readings
    QUIET = "quiet"  # change from baseline, reasons
    STRUCK = "struck"  # an original that was corrected or taken back
    THEME = "theme"  # a theme chip, text begins with #
    PART = "part"  # a part chip, text begins with @
    MISSING = "missing"  # a dashed chip for a detail still to come, such as route?


class Span(NamedTuple):
    """A stretch of content in one style."""

    text: str
    style: Style = Style.PLAIN


class Flag(NamedTuple):
    """A word at the right end of a row, with its glyph and colour role."""

    icon: str
    text: str
    role: str


class Row(NamedTuple):
    """One row of the stream. `since` is None while no dose was given and the column is hidden."""

    id: str
    wall: str
    since: str | None
    icon: str
    label: str
    role: str  # colour role of glyph and label, from the design tokens
    spans: tuple[Span, ...]
    flags: tuple[Flag, ...] = ()
    bar: str | None = None  # "private" (dashed) or "safety" (solid)
    folded: bool = False  # taken back: one struck-through line
    spoken: str = ""  # the whole row as a sentence, for screen readers
    details: tuple[str, ...] = ()  # shown when the row is opened: seconds, author, amendments


class Dose(NamedTuple):
    """A dose in the top strip."""

    icon: str
    amount: str  # "60 mg IM"
    at: str  # "13:22"


class BandSpan(NamedTuple):
    """One expected phase after a dose, in minutes since the first dose."""

    label: str
    start: float
    end: float
    strong: bool = False  # the peak, filled


class Band(NamedTuple):
    """The expected phases after one dose."""

    label: str
    spans: tuple[BandSpan, ...]


class Top(NamedTuple):
    """The strip at the top."""

    alias: str
    session: str  # "Session 3 of 6"
    since: str | None  # "0:45"; None before any dose
    clock: str  # "14:07", or the day of a session that does not run
    doses: tuple[Dose, ...] = ()
    bands: tuple[Band, ...] = ()
    band_caption: str = ""
    now_min: float | None = None
    vitals_due: str = ""  # "Next vitals about 14:22"
    vitals_why: str = ""  # "T+ 1:00, prescriber's schedule"
    vitals_now: bool = False  # due: drawn in the mark colour, nothing else changes
    clock_is: str = "clock"  # or "date"


class Card(NamedTuple):
    """The pinned card at the left; empty strings are left out."""

    intention: str = ""
    others: tuple[str, ...] = ()  # further intentions, in their order
    enough: str = ""
    touch: str = ""
    stop: str = ""  # 'Says “harbour”, or raises the left palm.'
    phone: str = ""  # "Dr. L.  555-0142"
    parts: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()  # the safety plan, line by line
    danger_signs: tuple[str, ...] = ()
    plan_open: bool = False  # F9 or a safety entry being written
    hidden: bool = False  # F8


class ChipKind(StrEnum):
    """What a chip under the capture line stands for."""

    KIND = "kind"
    TIME = "time"
    THEME = "theme"
    PART = "part"
    DETAIL = "detail"
    MISSING = "missing"
    PROBLEM = "problem"  # understood and kept as text, with the reason


class Chip(NamedTuple):
    """One part of the line that was understood."""

    kind: ChipKind
    icon: str
    text: str
    role: str
    start: int = 0  # where the words stand in the line, for colouring and for dismissing
    end: int = 0
    dismissable: bool = True


class Mode(StrEnum):
    """What the place of the capture field is being used for."""

    WRITE = "write"
    TAP = "tap"
    FORM = "form"  # vitals, dose, touch, safety on one line
    CLOSED = "closed"  # the session is closed: late entries only


class FormField(NamedTuple):
    """One blank of a one-line form."""

    key: str
    label: str
    value: str = ""
    choices: tuple[str, ...] = ()
    width: int = 4  # in figures


class Form(NamedTuple):
    """A one-line form in the place of the capture field."""

    title: str
    icon: str
    fields: tuple[FormField, ...]


class Completion(NamedTuple):
    """Something a # or @ being typed may become."""

    text: str  # what is put into the line, "#letting-go"
    label: str  # "Letting go / surrender"
    note: str = ""  # "new theme"


class Capture(NamedTuple):
    """The capture field."""

    mode: Mode = Mode.WRITE
    text: str = ""
    cursor: int = 0
    text_version: int = 0  # the view replaces its text only when this grows
    chips: tuple[Chip, ...] = ()
    stamp: str = "stamped at your first key"
    saved: str = "all saved"  # "saved", "saving", "saved 14:07:31", or empty
    trouble: str = ""  # "The disk is full. Your words are held here."
    completions: tuple[Completion, ...] = ()
    chosen: int = 0  # which completion Tab would take
    heading: str = ""  # "Correcting 13:44", "Comment on Sigh", "Late entry"
    last_key: str = ""  # tap mode: "G"
    last_text: str = ""  # tap mode: "Sigh, 14:06:48"
    last_saved: str = ""
    form: Form | None = None


class Code(NamedTuple):
    """A key of the palette."""

    key: str
    label: str
    event: bool = False  # stands under "Events"


class Reading(NamedTuple):
    """Vitals for the small chart, at minutes since the first dose (or since the first reading)."""

    minute: float
    systolic: int | None = None
    diastolic: int | None = None
    heart_rate: int | None = None
    spo2: int | None = None


class Chart(NamedTuple):
    """The vitals chart."""

    latest: str = ""  # "128/82 · 84 · 97 %"
    readings: tuple[Reading, ...] = ()
    limit: int | None = None  # the prescriber's upper limit for the systolic pressure
    limit_text: str = ""  # "prescriber’s limit 160"


class Banner(NamedTuple):
    """A strip under the top bar: a sentence and what can be done; each action is (name, label)."""

    sentence: str
    role: str = "text"
    actions: tuple[tuple[str, str], ...] = ()


class Hint(NamedTuple):
    """A key and what it does, under the capture field."""

    key: str
    text: str


class Live(NamedTuple):
    """The whole live view."""

    top: Top
    card: Card = Card()
    rows: tuple[Row, ...] = ()
    capture: Capture = Capture()
    codes: tuple[Code, ...] = ()
    tapping: bool = False
    chart: Chart = Chart()
    banner: Banner | None = None
    hints: tuple[Hint, ...] = ()
    veiled: bool = False
    veil_needs_code: bool = False
    veil_message: str = ""
    dim: int = 0  # 0, 1, 2: text moved toward text-quiet
    empty: str = ""  # the sentence in place of an empty stream
