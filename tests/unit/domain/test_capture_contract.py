"""Every row and note of the capture contract, as a table."""

from __future__ import annotations

from datetime import datetime

import pytest

from kapjournal.domain.capture import At, Context, Draft, PieceKind, Shift, read_line, write_line
from kapjournal.domain.course import Route
from kapjournal.domain.entry import (
    Details,
    DoseDetails,
    Kind,
    MusicDetails,
    PartDetails,
    Phase,
    PhaseDetails,
    SedationDetails,
    SudsDetails,
    TouchBasis,
    TouchDetails,
    VitalsDetails,
)
from tests.unit.domain.capture_world import CONTEXT, STAMP

AGREED, ASKED = TouchBasis.AGREED_BEFORE, TouchBasis.ASKED_NOW


def read(line: str, context: Context = CONTEXT) -> Draft:
    return read_line(line, STAMP, context)


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("tears, silent", Kind.OBSERVATION, "tears, silent"),
        ("", Kind.OBSERVATION, ""),
        ('"they are all holding me', Kind.QUOTE, "they are all holding me"),
        ('"they are all holding me"', Kind.QUOTE, "they are all holding me"),
        ('" they are "', Kind.QUOTE, "they are"),
        ("“the floor is breathing”", Kind.QUOTE, "the floor is breathing"),
        ("“the floor is breathing", Kind.QUOTE, "the floor is breathing"),
        ("„der Boden atmet“", Kind.QUOTE, "der Boden atmet"),
        ("«le sol respire»", Kind.QUOTE, "le sol respire"),
        ("«\xa0le sol respire\xa0»", Kind.QUOTE, "le sol respire"),
        ("»gulvet ånder«", Kind.QUOTE, "gulvet ånder"),
        ("”golvet andas”", Kind.QUOTE, "golvet andas"),
        ("\"I can't, it's Nan's\"", Kind.QUOTE, "I can't, it's Nan's"),
        ('"he said "go""', Kind.QUOTE, 'he said "go"'),
        ('"he said "go"', Kind.QUOTE, 'he said "go"'),
        ('"he said “go” and left"', Kind.QUOTE, "he said “go” and left"),
        ('"I can\'t breathe".', Kind.QUOTE, "I can't breathe."),
        ('"yes" she says, very low', Kind.QUOTE, '"yes" she says, very low'),
        ('""', Kind.QUOTE, ""),
        ("> hand on shoulder", Kind.INTERVENTION, "hand on shoulder"),
        (">hand on shoulder", Kind.INTERVENTION, "hand on shoulder"),
        ('> "you can let go" – her words', Kind.INTERVENTION, '"you can let go" – her words'),
        ("~ I feel sleepy, heavy", Kind.SELF, "I feel sleepy, heavy"),
        ("! nausea, mild", Kind.SAFETY, "nausea, mild"),
        ("* she stopped breathing out", Kind.MARK, "she stopped breathing out"),
        ("*", Kind.MARK, ""),
        ("@critic steps in", Kind.PART, "@critic steps in"),
        ("the @critic steps in", Kind.OBSERVATION, "the @critic steps in"),
        ("-2m tears", Kind.OBSERVATION, "tears"),
        ("dose of sunlight", Kind.OBSERVATION, "dose of sunlight"),
        ("dose 60", Kind.OBSERVATION, "dose 60"),
        ("dose 30 in the morning", Kind.OBSERVATION, "dose 30 in the morning"),
        ("dose 0.5 mg/kg agreed", Kind.OBSERVATION, "dose 0.5 mg/kg agreed"),
        ("dose", Kind.OBSERVATION, "dose"),
        ("booster seat", Kind.OBSERVATION, "booster seat"),
        ("hr fine", Kind.OBSERVATION, "hr fine"),
        ("bp 132/84 hr fine", Kind.OBSERVATION, "bp 132/84 hr fine"),
        ("bp up a little", Kind.OBSERVATION, "bp up a little"),
        ("temp in the room 21", Kind.OBSERVATION, "temp in the room 21"),
        ("1/2 sandwich", Kind.OBSERVATION, "1/2 sandwich"),
        ("suds 4 and falling", Kind.OBSERVATION, "suds 4 and falling"),
        ("suds not asked", Kind.OBSERVATION, "suds not asked"),
        ("moaas 5 I think", Kind.OBSERVATION, "moaas 5 I think"),
        ("touch of sadness in it", Kind.OBSERVATION, "touch of sadness in it"),
        ("touch wood", Kind.OBSERVATION, "touch wood"),
        ("phase two of the plan", Kind.OBSERVATION, "phase two of the plan"),
        ("phase", Kind.OBSERVATION, "phase"),
        ("music: harp thing", Kind.OBSERVATION, "music: harp thing"),
        ("musical, the way she says it", Kind.OBSERVATION, "musical, the way she says it"),
        ("\\> not an intervention #grief", Kind.OBSERVATION, "> not an intervention #grief"),
        ("\\-2m plain", Kind.OBSERVATION, "-2m plain"),
        ("first line\nsecond line", Kind.OBSERVATION, "first line\nsecond line"),
        ('"first line\nsecond line"', Kind.QUOTE, "first line\nsecond line"),
        ("first line\r\nsecond line", Kind.OBSERVATION, "first line\nsecond line"),
        ("bell\x07 null\x00 escape\x1b[0m", Kind.OBSERVATION, "bell␇ null␀ escape␛[0m"),
        ("half \ud83d an emoji", Kind.OBSERVATION, "half � an emoji"),
        ("  spaced  ", Kind.OBSERVATION, "spaced"),
    ],
)
def test_kind_and_text(line: str, kind: Kind, text: str) -> None:
    draft = read(line)
    assert (draft.kind, draft.text) == (kind, text)
    assert draft.starred is (kind is Kind.MARK)
    assert read(write_line(draft)).meaning == draft.meaning


@pytest.mark.parametrize(
    ("line", "details", "text", "missing"),
    [
        ("dose 60mg im", DoseDetails(amount_mg=60, route=Route.IM), "", ()),
        ("dose 50 mg IM", DoseDetails(amount_mg=50, route=Route.IM), "", ()),
        ("dose 30 im", DoseDetails(amount_mg=30, route=Route.IM), "", ()),
        ("dose 60mg", DoseDetails(amount_mg=60), "", ("route?",)),
        ("DOSE 12,5MG SL", DoseDetails(amount_mg=12.5, route=Route.SL), "", ()),
        ("booster 30mg im", DoseDetails(amount_mg=30, route=Route.IM, booster=True), "", ()),
        ("dose 20mg im booster", DoseDetails(amount_mg=20, route=Route.IM, booster=True), "", ()),
        ("dose 100mg sl hold 12m", DoseDetails(amount_mg=100, route=Route.SL, hold_min=12), "", ()),
        ("dose 100mg sl hold 12 min", DoseDetails(amount_mg=100, route=Route.SL, hold_min=12), "", ()),
        ("dose 100 hold 12m rdt", DoseDetails(amount_mg=100, route=Route.RDT, hold_min=12), "", ()),
        ("dose 40 in", DoseDetails(amount_mg=40, route=Route.IN), "", ()),
        ("dose 40mg IN left nostril", DoseDetails(amount_mg=40, route=Route.IN), "left nostril", ()),
        ("dose 40mg in two parts", DoseDetails(amount_mg=40), "in two parts", ("route?",)),
        ("dose 35mg iv", DoseDetails(amount_mg=35, route=Route.IV), "", ()),
        ("dose 150mg po with water", DoseDetails(amount_mg=150, route=Route.PO), "with water", ()),
        ("dose 150mg oral", DoseDetails(amount_mg=150, route=Route.PO), "", ()),
        ("dose 25mg sc", DoseDetails(amount_mg=25, route=Route.SC), "", ()),
        ("booster 30mg im left deltoid", DoseDetails(amount_mg=30, route=Route.IM, booster=True), "left deltoid", ()),
        ("booster 30mg im, left deltoid", DoseDetails(amount_mg=30, route=Route.IM, booster=True), "left deltoid", ()),
        ("dose 60mg im #grief", DoseDetails(amount_mg=60, route=Route.IM), "", ()),
        ("bp 132/84 hr 78 spo2 97 rr 14 temp 36.8",
         VitalsDetails(systolic=132, diastolic=84, heart_rate=78, spo2=97, resp_rate=14, temp_c=36.8), "", ()),
        ("temp 36,8 rr 14 spo2 97% hr 78 bp 132/84",
         VitalsDetails(systolic=132, diastolic=84, heart_rate=78, spo2=97, resp_rate=14, temp_c=36.8), "", ()),
        ("bp 128/82 84 97", VitalsDetails(systolic=128, diastolic=82, heart_rate=84, spo2=97), "", ()),
        ("bp 128/82 84", VitalsDetails(systolic=128, diastolic=82, heart_rate=84), "", ()),
        ("bp140/90", VitalsDetails(systolic=140, diastolic=90), "", ()),
        ("bp 140 / 90", VitalsDetails(systolic=140, diastolic=90), "", ()),
        ("140 / 90", VitalsDetails(systolic=140, diastolic=90), "", ()),
        ("bp140/90hr78spo297", VitalsDetails(systolic=140, diastolic=90, heart_rate=78, spo2=97), "", ()),
        ("HR 78", VitalsDetails(heart_rate=78), "", ()),
        ("spo2 97", VitalsDetails(spo2=97), "", ()),
        ("bp 132/84, left arm", VitalsDetails(systolic=132, diastolic=84), "left arm", ()),
        ("bp 132/84, hr 78", VitalsDetails(systolic=132, diastolic=84, heart_rate=78), "", ()),
        ("suds 4", SudsDetails(level=4), "", ()),
        ("suds 0", SudsDetails(level=0), "", ()),
        ("suds 10, asked softly", SudsDetails(level=10), "asked softly", ()),
        ("moaas 5", SedationDetails(level=5), "", ()),
        ("moaas 3, opens eyes to name", SedationDetails(level=3), "opens eyes to name", ()),
        ("touch hand", TouchDetails(where="hand", basis=AGREED), "", ("who began it?",)),
        ("touch shoulder asked", TouchDetails(where="shoulder", basis=ASKED), "", ("who began it?",)),
        ("touch left hand asked she nodded", TouchDetails(where="left hand", basis=ASKED), "she nodded",
         ("who began it?",)),
        ("touch hair", TouchDetails(where="hair", basis=AGREED), "", ("who began it?",)),
        ("touch asked", TouchDetails(basis=ASKED), "", ("where?", "who began it?")),
        ("touch", TouchDetails(basis=AGREED), "", ("where?", "who began it?")),
        ("touch hand, she reached", TouchDetails(where="hand", basis=AGREED), "she reached", ("who began it?",)),
        ("phase peak", PhaseDetails(phase=Phase.PEAK), "", ()),
        ("phase coming down", PhaseDetails(phase=Phase.COMING_DOWN), "", ()),
        ("phase landing, asks the time", PhaseDetails(phase=Phase.LANDING), "asks the time", ()),
        ("music next track name", MusicDetails(track="next track name"), "next track name", ()),
        ("music", None, "", ()),
        ("@critic", PartDetails(part="p-critic"), "", ()),
        ("@minder has gone", PartDetails(part="p-minder"), "@minder has gone", ()),
        ("@stranger here", None, "@stranger here", ()),
    ],
)  # fmt: skip
def test_details(line: str, details: Details | None, text: str, missing: tuple[str, ...]) -> None:
    draft = read(line)
    assert draft.kind is not Kind.OBSERVATION
    assert draft.details == details
    assert (draft.text, draft.missing, draft.problems) == (text, missing, ())
    assert read(write_line(draft)).meaning == draft.meaning


@pytest.mark.parametrize(
    ("line", "kind", "text", "problem"),
    [
        ("spo2 9", Kind.OBSERVATION, "spo2 9", "spo2 9 is outside 50 to 100"),
        ("bp 400/90", Kind.OBSERVATION, "bp 400/90", "bp 400/90: 400 is outside 40 to 300"),
        ("bp 84/132", Kind.OBSERVATION, "bp 84/132", "bp 84/132: the lower number is not below the upper one"),
        ("bp 132/84 spo2 9", Kind.VITALS, "spo2 9", "spo2 9 is outside 50 to 100"),
        ("bp 128/82 84 9", Kind.VITALS, "spo2 9", "spo2 9 is outside 50 to 100"),
        ("hr 78.5", Kind.OBSERVATION, "hr 78.5", "hr 78.5 is not a whole number"),
        ("suds 11", Kind.OBSERVATION, "suds 11", "suds 11 is outside 0 to 10"),
        ("moaas 6", Kind.OBSERVATION, "moaas 6", "moaas 6 is outside 0 to 5"),
        ("dose 0mg im", Kind.OBSERVATION, "dose 0mg im", "0 mg is outside 0 to 5000"),
        ("dose 60000mg im", Kind.OBSERVATION, "dose 60000mg im", "60000 mg is outside 0 to 5000"),
        ("dose 60mg sl hold 300m", Kind.DOSE, "hold 300m", "hold 300 min is outside 0 to 240"),
        ("-200m tears", Kind.OBSERVATION, "-200m tears", "-200m is more than 3 hours ago"),
    ],
)
def test_what_cannot_be_stays_text_and_says_why(line: str, kind: Kind, text: str, problem: str) -> None:
    draft = read(line)
    assert (draft.kind, draft.text, draft.problems) == (kind, text, (problem,))
    assert problem in {piece.told for piece in draft.pieces if piece.kind is PieceKind.PROBLEM}
    assert read(write_line(draft)).meaning == draft.meaning


def on(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return STAMP.replace(day=day, hour=hour, minute=minute, second=second)


@pytest.mark.parametrize(
    ("line", "when", "noticed_at", "text"),
    [
        ("tears", None, STAMP, "tears"),
        ("-2m tears", Shift(120), on(2, 14, 5, 12), "tears"),
        ("- 2 m tears", Shift(120), on(2, 14, 5, 12), "tears"),
        ("-90s tears", Shift(90), on(2, 14, 5, 42), "tears"),
        ("-2min tears", Shift(120), on(2, 14, 5, 12), "tears"),
        ("−2m tears", Shift(120), on(2, 14, 5, 12), "tears"),
        ("-180m tears", Shift(10800), on(2, 11, 7, 12), "tears"),
        ("-10800s tears", Shift(10800), on(2, 11, 7, 12), "tears"),
        ("-181m tears", None, STAMP, "-181m tears"),
        ("-2 moderate tears", None, STAMP, "-2 moderate tears"),
        ("- tears", None, STAMP, "- tears"),
        ("-2h tears", None, STAMP, "-2h tears"),
        ("tears -2m", None, STAMP, "tears -2m"),
        ("@14:05 tears", At(14, 5), on(2, 14, 5), "tears"),
        ("@ 14:05 tears", At(14, 5), on(2, 14, 5), "tears"),
        ("14:05 tears", At(14, 5), on(2, 14, 5), "tears"),
        ("9:05 tears", At(9, 5), on(2, 9, 5), "tears"),
        ("14:07 tears", At(14, 7), on(2, 14, 7), "tears"),
        ("14:08 tears", At(14, 8), on(1, 14, 8), "tears"),
        ("23:50 tears", At(23, 50), on(1, 23, 50), "tears"),
        ("25:00 tears", None, STAMP, "25:00 tears"),
        ("14:60 tears", None, STAMP, "14:60 tears"),
        ("at 14:05 tears", None, STAMP, "at 14:05 tears"),
        ('-2m "it is so quiet"', Shift(120), on(2, 14, 5, 12), "it is so quiet"),
        ('-2m"it is so quiet"', Shift(120), on(2, 14, 5, 12), "it is so quiet"),
        ("-2m dose 60mg im", Shift(120), on(2, 14, 5, 12), ""),
        ("-2m \\> plain", Shift(120), on(2, 14, 5, 12), "> plain"),
        ("-2m", Shift(120), on(2, 14, 5, 12), ""),
        # right after a label or a closing quotation mark at the end, as in the design
        ("“I can put it down.” #letting-go @Planner -2m", Shift(120), on(2, 14, 5, 12), "I can put it down."),
        ("“I can put it down.” -30s", Shift(30), on(2, 14, 6, 42), "I can put it down."),
        ("“I can put it down.” -30s #grief", Shift(30), on(2, 14, 6, 42), "I can put it down."),
        ("tears #grief -2m", Shift(120), on(2, 14, 5, 12), "tears"),
        ("tears #unheard-of -2m", Shift(120), on(2, 14, 5, 12), "tears #unheard-of"),
        ("-1m tears #grief -2m", Shift(60), on(2, 14, 6, 12), "tears #grief -2m"),
    ],
)
def test_when_it_happened(line: str, when: object, noticed_at: datetime, text: str) -> None:
    draft = read(line)
    assert (draft.when, draft.noticed_at, draft.text) == (when, noticed_at, text)
    assert read(write_line(draft)).meaning == draft.meaning


def test_prefixes_combine() -> None:
    draft = read('-2m "it is so quiet" #stillness @little-one')
    assert (draft.kind, draft.text, draft.when) == (Kind.QUOTE, "it is so quiet", Shift(120))
    assert [(label.typed, label.id, label.trailing) for label in draft.labels] == [
        ("#stillness", "still", True),
        ("@little-one", "p-little", True),
    ]
    assert [(piece.kind, piece.told) for piece in draft.pieces] == [
        (PieceKind.TIME, "2 min ago, 14:05"),
        (PieceKind.KIND, "Client’s words"),
        (PieceKind.THEME, "#stillness"),
        (PieceKind.PART, "@Little one"),
    ]


def test_the_kind_of_an_unmarked_line_is_the_chosen_one() -> None:
    chosen = CONTEXT._replace(default_kind=Kind.NOTE)
    assert read("said on the phone", chosen).kind is Kind.NOTE
    assert read("\\> said on the phone", chosen).kind is Kind.NOTE
    assert read("> said on the phone", chosen).kind is Kind.INTERVENTION


def test_a_very_long_paste_is_kept_whole_and_unread() -> None:
    line = '"' + "ab #grief " * 1_000_000
    draft = read(line)
    assert draft.text == line.strip()
    assert draft.pieces == ()
    assert draft.problems == ("this is longer than the 1,000,000 characters that an entry holds",)
    assert read(write_line(draft)).meaning == draft.meaning


@pytest.mark.parametrize(
    "repeated",
    [
        "#grief ",
        "@critic -2m ",
        "-2m ",
        '"',
        "“«",
        "bp 132/84 ",
        "dose 60mg im, ",
        "touch left ",
        "a\x00",
        " ",
        "- ",
        "\n",
    ],
)
def test_a_long_line_of_anything_is_read_in_step_with_its_length(repeated: str) -> None:
    for line in (repeated * 15_000, "x " + repeated * 15_000, repeated * 15_000 + "x"):
        draft = read(line)  # work that grew with the square of the length would not come back
        assert read(write_line(draft)).meaning == draft.meaning


def test_one_half_of_a_blood_pressure_has_no_words_in_a_line() -> None:
    half = read("bp 128/82 hr 84")._replace(details=VitalsDetails(systolic=128, heart_rate=84))
    assert write_line(half) == "hr 84"
