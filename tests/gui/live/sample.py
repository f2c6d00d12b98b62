"""The state that the design's pictures show, and its variants."""

from __future__ import annotations

from kapjournal.gui.live.state import (
    Band,
    BandSpan,
    Capture,
    Card,
    Chart,
    Chip,
    ChipKind,
    Code,
    Completion,
    Dose,
    Flag,
    Form,
    FormField,
    Hint,
    Live,
    Mode,
    Reading,
    Row,
    Span,
    Style,
    Top,
)

MARKED = (Flag("bookmark", "marked", "mark"),)
PRIVATE = (Flag("lock", "private", "private"),)


def said(text: str) -> tuple[Span, ...]:
    return (Span(text, Style.QUOTE),)


def plain(text: str) -> tuple[Span, ...]:
    return (Span(text),)


def row(
    number: int,
    wall: str,
    since: str | None,
    kind: tuple[str, str, str],
    spans: tuple[Span, ...],
    flags: tuple[Flag, ...] = (),
    bar: str | None = None,
    *,
    folded: bool = False,
) -> Row:
    icon, label, role = kind
    spoken = f"{wall}, {since} after first dose, {label}: {''.join(s.text for s in spans)}"
    details = (f"Noticed {wall}:07, written {wall}:31", "By you, as observed")
    return Row(f"e{number}", wall, since, icon, label, role, spans, flags, bar, folded, spoken, details)


WORDS = ("quote", "Client’s words", "quote")
OBSERVED = ("eye", "Observed", "text")
OFFERED = ("message-circle", "I offered", "intervention")

VITALS_SPANS = (
    Span("128/82", Style.BOLD),
    Span("  ·  pulse "),
    Span("84", Style.BOLD),
    Span("  ·  SpO₂ "),
    Span("97 %", Style.BOLD),
    Span("   +10/+6, pulse +12 from baseline", Style.QUIET),
)
DOSE_SPANS = (
    Span("Booster 30 mg IM", Style.BOLD),
    Span(", left deltoid, given by the clinic nurse. Agreed beforehand."),
)

ROWS = (
    row(1, "13:33", "0:11", WORDS, said("“It’s like the floor is breathing.”")),
    row(2, "13:41", "0:19", ("syringe", "Dose", "dose"), DOSE_SPANS),
    row(3, "13:44", "0:22", ("heart-pulse", "Vitals", "vitals"), VITALS_SPANS),
    row(4, "13:49", "0:27", OBSERVED, plain("Tears, silent. Breath stays slow and even.")),
    row(
        5,
        "13:50",
        "0:28",
        WORDS,
        (
            Span("“Nana’s kitchen. The yellow table. I never said goodbye to her.” ", Style.QUOTE),
            Span("#grief", Style.THEME),
        ),
        MARKED,
    ),
    row(
        6,
        "13:52",
        "0:30",
        ("notebook-pen", "My own state", "self-note"),
        plain("Strong pull to comfort; my own grandmother near. Stayed with my breath."),
        PRIVATE,
        "private",
    ),
    row(7, "13:54", "0:32", OFFERED, plain("“You’re not alone with it.” Then silence.")),
    row(
        8,
        "13:55",
        "0:33",
        ("users-round", "Part seen", "part-text"),
        (Span("@Watcher", Style.PART), Span(" at the back of the room, arms folded. Not blended.")),
    ),
    row(
        9,
        "13:57",
        "0:35",
        ("hand", "Touch", "intervention"),
        plain("Hand held. Wren asked; as agreed in preparation. Ended by Wren at 14:00."),
    ),
    row(10, "14:01", "0:39", ("music", "Music", "text-quiet"), plain("“Low Tide”, track 6. Strings, slower.")),
    row(
        11,
        "14:03",
        "0:41",
        ("shield-alert", "Safety", "safety"),
        plain("Mild nausea. Turned to left side, bowl near. Settled in two minutes."),
        bar="safety",
    ),
    row(
        12,
        "14:04",
        "0:42",
        ("waves", "Phase", "text-quiet"),
        plain("Speaking again in short sentences. Eyes still covered."),
    ),
    row(13, "14:05", "0:43", WORDS, said("“She’s not cross with me.”"), MARKED),
    row(14, "14:06", "0:44", OBSERVED, plain("Smile, sigh.")),
)

STATES = (
    row(
        21,
        "14:05",
        "0:43",
        WORDS,
        (Span("“She’s not cross with me.” ", Style.QUOTE), Span("#Nana", Style.THEME)),
        MARKED,
    ),
    row(
        22,
        "14:12",
        "0:50",
        OBSERVED,
        plain("Turned toward the window."),
        (Flag("history", "late, written 17:40", "text-quiet"),),
    ),
    row(
        23,
        "13:44",
        "0:22",
        ("heart-pulse", "Vitals", "vitals"),
        (Span("182/82", Style.STRUCK), Span("  "), Span("128/82", Style.BOLD)),
        (Flag("pen-line", "corrected 13:46", "text-quiet"),),
    ),
    row(24, "14:13", "0:51", OBSERVED, plain("Sigh. " * 60), folded=True),
    row(
        25,
        "14:14",
        "0:52",
        ("syringe", "Dose", "dose"),
        (Span("30 mg ", Style.BOLD), Span("route?", Style.MISSING)),
    ),
)

LINE = "“I can put it down now. I don’t have to hold the whole list.” #letting-go @Planner -2m"
CHIPS = (
    Chip(ChipKind.KIND, "quote", "Client’s words", "quote", 0, 1),
    Chip(ChipKind.THEME, "", "#letting go", "theme-text", 62, 73),
    Chip(ChipKind.PART, "", "@Planner", "part-text", 74, 82),
    Chip(ChipKind.TIME, "clock", "2 min ago, 14:05", "text-quiet", 83, 86),
)
CAPTURE = Capture(text=LINE, cursor=len(LINE), text_version=1, chips=CHIPS, stamp="stamped 14:07:12", saved="saved")
TAP = Capture(mode=Mode.TAP, last_key="G", last_text="Sigh, 14:06:48", last_saved="saved")
TROUBLE = CAPTURE._replace(trouble="The disk is full. Your words are held here.")
FORM = Capture(
    mode=Mode.FORM,
    form=Form(
        "Dose",
        "syringe",
        (
            FormField("amount", "mg", "30", width=4),
            FormField("route", "route", "IM", choices=("IM", "SL", "RDT", "IN", "IV", "PO", "SC")),
            FormField("by", "given by", "", choices=("self", "medical")),
            FormField("text", "note", "", width=14),
        ),
    ),
)
COMPLETING = CAPTURE._replace(
    completions=(
        Completion("#letting-go", "Letting go / surrender"),
        Completion("#letter", "Letter to Nana", "theme of Wren"),
        Completion("#let", "#let", "new theme"),
    )
)

TOP = Top(
    alias="Wren",
    session="Session 3 of 6",
    since="0:45",
    clock="14:07",
    doses=(Dose("syringe", "60 mg IM", "13:22"), Dose("plus", "30 mg IM", "13:41")),
    bands=(
        Band(
            "60 mg",
            (
                BandSpan("", 0, 8),
                BandSpan("peak", 8, 28, strong=True),
                BandSpan("easing", 28, 58),
                BandSpan("returning", 58, 123),
            ),
        ),
        Band(
            "+30 mg",
            (
                BandSpan("", 20, 28),
                BandSpan("peak", 28, 48, strong=True),
                BandSpan("easing", 48, 78),
                BandSpan("returning", 78, 136),
            ),
        ),
    ),
    band_caption="expected phase after each dose: typical, varies widely",
    now_min=45,
    vitals_due="Next vitals about 14:22",
    vitals_why="T+ 1:00, prescriber’s schedule",
)
CARD = Card(
    intention="“To stop bracing. To let someone be kind to me without paying for it.”",
    enough="“One breath all the way out.”",
    touch="Hand only, and only when Wren asks. May be narrowed now, never widened.",
    stop="Says “harbour”, or raises the left palm.",
    phone="Dr. L.  555-0142",
    parts=("Planner", "Watcher", "Little one"),
    plan=("Turn to the left side, bowl near.", "Call Dr. L. if it lasts ten minutes."),
    danger_signs=("Chest pain", "Does not answer to the name"),
)
_SEEN = (
    "T Tears|S Smile|G Sigh|R Tremor|B Slow breath|F Fast breath|"
    "Z Stillness|P Speaks|H Hand|C Curls up|L Laughs|N Sings"
)
_EVENTS = "M Music|K Mark|V Vitals…|D Dose…|O Touch…|X Safety…"
CODES = tuple(Code(pair[0], pair[2:]) for pair in _SEEN.split("|")) + tuple(
    Code(pair[0], pair[2:], event=True) for pair in _EVENTS.split("|")
)
CHART = Chart(
    latest="128/82  ·  84  ·  97 %",
    readings=(Reading(-6, 118, 76, 72, 98), Reading(22, 128, 82, 84, 97)),
    limit=160,
    limit_text="prescriber’s limit 160",
)
HINTS = (
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

WRITING = Live(top=TOP, card=CARD, rows=ROWS, capture=CAPTURE, codes=CODES, chart=CHART, hints=HINTS)
TAPPING = WRITING._replace(capture=TAP, tapping=True, hints=TAP_HINTS)
EMPTY = Live(
    top=Top("Wren", "Session 3 of 6", None, "13:02"),
    card=CARD,
    codes=CODES,
    hints=HINTS,
    empty="Ready. The clock starts with the first dose, or when you press Ctrl+Shift+T.",
)


def many_rows(count: int) -> tuple[Row, ...]:
    return tuple(ROWS[i % len(ROWS)]._replace(id=f"m{i}") for i in range(count))
