"""A whole live session as typed: what each of its 128 lines becomes."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from kapjournal.domain.capture import Draft, Shift, read_line, write_line
from kapjournal.domain.course import Route
from kapjournal.domain.entry import DoseDetails, Kind, MusicDetails, SudsDetails, VitalsDetails
from tests.unit.domain.capture_world import CONTEXT

KEYS = Path(__file__).parents[2] / "data" / "keys-live.txt"
START = datetime(2026, 3, 2, 14, 0, tzinfo=timezone(timedelta(hours=-5)))


def drafts() -> dict[int, tuple[str, Draft]]:
    """Each line and its draft, by its seconds after the start."""
    lines = (line.split("\t", 1) for line in KEYS.read_text("utf-8").splitlines())
    return {int(s): (line, read_line(line, START + timedelta(seconds=int(s)), CONTEXT)) for s, line in lines}


DRAFTS = drafts()
MARKS = {'"': Kind.QUOTE, ">": Kind.INTERVENTION, "~": Kind.SELF, "!": Kind.SAFETY, "*": Kind.MARK}
VITALS = {
    131: (126, 82, 80, 98), 688: (139, 88, 92, 97), 1455: (146, 90, 98, 96), 2190: (138, 86, 88, 97),
    2390: (None, None, None, 97), 2890: (142, 86, 90, 96), 3850: (132, 82, 82, 98), 4890: (124, 78, 74, 98),
    8100: (120, 76, 72, 99),
}  # fmt: skip
SUDS = {262: 5, 899: 6, 1402: 7, 2001: 5, 3570: 4, 4800: 2, 9600: 1}
DOSES = {
    455: DoseDetails(amount_mg=60, route=Route.IM),
    2700: DoseDetails(amount_mg=20, route=Route.IM, booster=True),
}
EARLIER_MIN = {655: 1, 1290: 2, 2345: 1, 3095: 3, 7000: 5}
LABELS = {
    751: [("#letting-go", "letgo", True)],
    985: [("#imagery", "imagery", True)],
    1140: [("#childhood", "childhood", True)],
    1180: [("@latchkey", None, False)],
    1650: [("@minder", "p-minder", False)],
    1850: [("#time", "time", False)],
    2144: [("#grief", "grief", True)],
    3320: [("#mother", "mother", True)],
    3650: [("@minder", "p-minder", False)],
    6300: [("#insight", "insight", True)],
}


def test_there_are_128_lines_of_these_kinds() -> None:
    assert len(DRAFTS) == 128
    assert Counter(draft.kind for _, draft in DRAFTS.values()) == {
        Kind.OBSERVATION: 53, Kind.QUOTE: 31, Kind.INTERVENTION: 12, Kind.VITALS: 9, Kind.SUDS: 7, Kind.MARK: 5,
        Kind.SELF: 5, Kind.DOSE: 2, Kind.SAFETY: 2, Kind.PART: 1, Kind.MUSIC: 1,
    }  # fmt: skip


@pytest.mark.parametrize("seconds", DRAFTS)
def test_each_line(seconds: int) -> None:
    line, draft = DRAFTS[seconds]
    kind, text, details = expected(seconds, line)
    assert (draft.kind, draft.text) == (kind, text)
    assert draft.details == details
    assert [(label.typed, label.id, label.trailing) for label in draft.labels] == LABELS.get(seconds, [])
    earlier = EARLIER_MIN.get(seconds)
    assert draft.when == (Shift(earlier * 60) if earlier else None)
    assert draft.noticed_at == START + timedelta(seconds=seconds, minutes=-(earlier or 0))
    assert (draft.missing, draft.problems) == ((), ())


def expected(seconds: int, line: str) -> tuple[Kind, str, object]:
    """Kind, words and details, from the tables above and the first sign of the line."""
    if seconds in VITALS:
        fields = zip(("systolic", "diastolic", "heart_rate", "spo2"), VITALS[seconds], strict=True)
        return Kind.VITALS, "", VitalsDetails(**dict(fields))
    if seconds in SUDS:
        return Kind.SUDS, "", SudsDetails(level=SUDS[seconds])
    if seconds in DOSES:
        return Kind.DOSE, "", DOSES[seconds]
    if seconds == 2233:
        return Kind.MUSIC, "to the choir one", MusicDetails(track="to the choir one")
    words = line.removeprefix(f"-{EARLIER_MIN.get(seconds)}m ")
    for typed, _, trailing in LABELS.get(seconds, []):
        words = words.removesuffix(typed).strip() if trailing else words
    if mark := MARKS.get(words[0]):
        return mark, words[1:].strip(), None
    return (Kind.PART if words.startswith("@") else Kind.OBSERVATION), words, None


@pytest.mark.parametrize("seconds", DRAFTS)
def test_each_draft_written_out_reads_the_same(seconds: int) -> None:
    _, draft = DRAFTS[seconds]
    again = read_line(write_line(draft), START + timedelta(seconds=seconds), CONTEXT)
    assert again.meaning == draft.meaning
