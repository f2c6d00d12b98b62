from __future__ import annotations

from datetime import date

from kapjournal.domain.trend import Dosing, Point, Series, days, table

PHQ = Series(
    "PHQ-9",
    0,
    27,
    (Point(date(2026, 1, 8), 18), Point(date(2026, 1, 20), None, "partial, 7 of 9"), Point(date(2026, 2, 24), 9)),
    cutoff=10,
    cutoff_label="10 moderate",
)
GAD = Series("GAD-7", 0, 21, (Point(date(2026, 2, 24), 8),))
DOSED = (Dosing(date(2026, 1, 22), "1"),)


def test_a_series_is_a_sentence_with_every_number() -> None:
    assert PHQ.sentence == (
        "PHQ-9 of 27: 18 on 8 Jan, partial, 7 of 9 on 20 Jan, 9 on 24 Feb. Dashed line: 10 moderate."
    )
    assert Series("MEQ-30", 0, 150).sentence == "MEQ-30 of 150: not taken yet."


def test_only_totals_are_drawn() -> None:
    assert [point.total for point in PHQ.scored] == [18, 9]


def test_the_table_holds_the_same_numbers_and_the_dosing_sessions() -> None:
    assert table((PHQ, GAD), DOSED) == (
        ("8 Jan 2026", "18", "–", "–"),
        ("20 Jan 2026", "partial, 7 of 9", "–", "–"),
        ("22 Jan 2026", "–", "–", "dosing 1"),
        ("24 Feb 2026", "9", "8", "–"),
    )
    assert len(days((PHQ, GAD), DOSED)) == 4
