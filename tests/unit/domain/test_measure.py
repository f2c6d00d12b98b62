from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kapjournal import resources
from kapjournal.application.take_measure import load_instruments
from kapjournal.domain.details import MeasureDetails
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.errors import BadInput
from kapjournal.domain.exchange import line_of, read_lines
from kapjournal.domain.measure import Instrument, score, score_total
from kapjournal.domain.telling import told, told_text

SHIPPED = load_instruments(resources.path("instruments"))
WITH_ITEMS = [one for one in SHIPPED.known if one.items]
WITH_BANDS = [one for one in SHIPPED.known if one.bands]


def of(name: str) -> Instrument:
    found = SHIPPED.of(name)
    assert found is not None
    return found


def answers_for(instrument: Instrument, total: int) -> list[int]:
    """Some answers that add up to a total."""
    answers = []
    for number in range(1, len(instrument.items) + 1):
        answers.append(min(total, max(option.value for option in instrument.options_of(number))))
        total -= answers[-1]
    assert total == 0
    return answers


def test_everything_that_is_shipped_can_be_read() -> None:
    assert SHIPPED.mistakes == ()
    assert [one.id for one in SHIPPED.known[:4]] == ["PHQ-9", "GAD-7", "PCL-5", "SUDS"]
    assert {one.id for one in SHIPPED.known if one.score_only} == {"WHO-5", "CADSS", "MEQ-30", "C-SSRS Screener"}


# Published: Kroenke 2001, Spitzer 2006; the cut-off of the PCL-5 is one of 31, 32, 33.
BOUNDARIES = {
    "PHQ-9": "0 minimal, 4 minimal, 5 mild, 9 mild, 10 moderate, 14 moderate, 15 moderately severe,"
    " 19 moderately severe, 20 severe, 27 severe",
    "GAD-7": "0 minimal, 4 minimal, 5 mild, 9 mild, 10 moderate, 14 moderate, 15 severe, 21 severe",
    "PCL-5": "0 below the cut-off, 30 below the cut-off, 31 within the cut-off of 31 to 33,"
    " 32 within the cut-off of 31 to 33, 33 at or above the cut-off, 80 at or above the cut-off",
}


@pytest.mark.parametrize("name", BOUNDARIES)
def test_bands_change_exactly_where_they_were_published(name: str) -> None:
    for case in BOUNDARIES[name].split(", "):
        total, _, words = case.partition(" ")
        result = score(of(name), answers_for(of(name), int(total)))
        assert result.total == int(total)
        assert result.band is not None
        assert result.band.words == words


@pytest.mark.parametrize(
    ("total", "words"),
    [(28, "poor well-being, 28 or below"), (32, "poor well-being"), (48, "poor well-being"),
     (52, "above the cut-off of 50")],
)  # fmt: skip
def test_the_well_being_index_has_its_two_cut_offs(total: int, words: str) -> None:
    band = score_total(of("WHO-5"), total).band
    assert band is not None
    assert band.words == words


@pytest.mark.parametrize("instrument", WITH_BANDS, ids=lambda one: one.id)
def test_every_score_has_exactly_one_band(instrument: Instrument) -> None:
    span = instrument.range
    for total in range(int(span.low), int(span.high) + 1):
        assert sum(band.low <= total <= band.high for band in instrument.bands) == 1


def test_a_known_form_comes_to_its_known_score() -> None:
    result = score(of("PHQ-9"), [2, 3, 3, 3, 1, 3, 2, 1, 1])
    assert (result.total, result.band and result.band.words) == (19, "moderately severe")
    assert [one.sentence for one in result.marked] == ["Item 9 answered 1, several days."]


def test_the_sample_course_scores_as_it_says(shared_data: Path) -> None:
    lines = (shared_data / "course-wren.jsonl").read_bytes().splitlines(keepends=True)
    entries = [read.record for read in read_lines(lines, "course-wren.jsonl")]
    forms = [one.details for one in entries if isinstance(one, Entry) and isinstance(one.details, MeasureDetails)]
    assert len(forms) == 7
    for form in forms:
        assert score(of(form.instrument), form.answers or ()).total == form.total


def test_clusters_are_counted_apart() -> None:
    answers = [3, 2, 2, 3, 3, 3, 3, 2, 3, 4, 2, 3, 3, 3, 2, 1, 3, 3, 2, 3]
    clusters = score(of("PCL-5"), answers).clusters
    assert [(one.total, one.high) for one in clusters] == [(13, 20), (6, 8), (20, 28), (14, 24)]


@pytest.mark.parametrize(
    ("answer", "marked"),
    [(0, []), (1, ["Item 9 answered 1, several days."]), (3, ["Item 9 answered 3, nearly every day."])],
)
def test_item_nine_is_marked_from_one_on(answer: int, marked: list[str]) -> None:
    assert [one.sentence for one in score(of("PHQ-9"), [0] * 8 + [answer]).marked] == marked


def test_a_partly_answered_form_has_no_total_no_band_and_still_its_marks() -> None:
    result = score(of("PHQ-9"), [2, None, 3, None, 1, 3, 2, 1, 2])
    assert not result.complete
    assert (result.total, result.band, result.answered, result.of) == (None, None, 7, 9)
    assert [one.sentence for one in result.marked] == ["Item 9 answered 2, more than half the days."]


def test_a_cluster_with_an_open_item_has_no_sum() -> None:
    clusters = score(of("PCL-5"), [None] + [1] * 19).clusters
    assert [one.total for one in clusters] == [None, 2, 7, 6]


@pytest.mark.parametrize("given_ones", [[1] * 8, [1] * 10, []])
def test_a_wrong_number_of_answers_is_told(given_ones: list[int]) -> None:
    with pytest.raises(BadInput, match=rf"^PHQ-9 has 9 items, and {len(given_ones)} answers were given\.$"):
        score(of("PHQ-9"), given_ones)


@pytest.mark.parametrize("wrong", [4, -1, 27])
def test_an_answer_out_of_range_names_instrument_and_item(wrong: int) -> None:
    with pytest.raises(BadInput, match=rf"^PHQ-9, item 3: {wrong} is outside 0 to 3\.$"):
        score(of("PHQ-9"), [0, 0, wrong, 0, 0, 0, 0, 0, 0])


@pytest.mark.parametrize(
    ("name", "total", "says"),
    [
        ("WHO-5", 104, "WHO-5: 104 is outside 0 to 100."),
        ("WHO-5", -4, "WHO-5: -4 is outside 0 to 100."),
        ("WHO-5", 50, "WHO-5: 50 cannot be; its scores go in steps of 4."),
        ("CADSS", 92.5, "CADSS: 92.5 is outside 0 to 92."),
    ],
)
def test_a_score_that_cannot_be_is_told(name: str, total: float, says: str) -> None:
    with pytest.raises(BadInput) as told_:
        score_total(of(name), total)
    assert told_.value.sentence == says


def test_a_level_is_marked_plainly() -> None:
    assert [one.sentence for one in score_total(of("C-SSRS Screener"), 2).marked] == ["Level 2."]
    assert score_total(of("C-SSRS Screener"), 0).marked == ()


@given(st.data())
def test_any_form_counts_or_is_partial_and_never_both(data: st.DataObject) -> None:
    instrument = data.draw(st.sampled_from(WITH_ITEMS))
    values = [
        st.sampled_from([option.value for option in instrument.options_of(n)])
        for n in range(1, len(instrument.items) + 1)
    ]
    answers = [data.draw(st.one_of(st.none(), one)) for one in values]
    result = score(instrument, answers)
    given_ones = [a for a in answers if a is not None]
    assert result.answered == len(given_ones)
    assert result.total == (sum(given_ones) if len(given_ones) == len(answers) else None)
    assert (result.band is None) or result.complete
    if result.complete:
        assert instrument.range.low <= (result.total or 0) <= instrument.range.high


@given(st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=1, max_size=20))
def test_a_form_goes_through_the_format_and_back(answers: list[int | None]) -> None:
    total = None if None in answers else sum(a or 0 for a in answers)
    details = {"instrument": "PCL-5", "answers": answers} | ({} if total is None else {"total": total})
    line = {"type": "entry", "id": "e", "client": "c", "kind": "measure", "text": "PCL-5",
            "noticed_at": "2026-02-24T10:00:00+01:00", "details": details}  # fmt: skip
    (read,) = read_lines([json.dumps(line).encode()], "file")
    assert json.loads(line_of(read.record))["details"] == details


def test_a_partial_form_with_a_total_is_refused() -> None:
    with pytest.raises(ValidationError, match="a partly answered form has no total"):
        MeasureDetails(instrument="GAD-7", answers=(1, None), total=1)


def test_every_view_and_export_tells_that_a_form_is_partial() -> None:
    details = MeasureDetails(instrument="GAD-7", answers=(1, None, 2))
    entry = Entry.model_validate(
        {"id": "e", "client": "c", "kind": Kind.MEASURE, "text": "GAD-7", "noticed_at": "2026-02-24T10:00:00+01:00"}
    ).model_copy(update={"details": details})
    assert told_text(told(entry)) == "GAD-7 partial, 2 of 3 answered, no total"
