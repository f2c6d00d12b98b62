"""The runner of the measurements."""

from __future__ import annotations

from bench.__main__ import rows, shown, table


def test_one_row_or_many_are_rows() -> None:
    assert rows(lambda: {"a": 1}) == rows(lambda: [{"a": 1}]) == [{"a": 1}]


def test_figures_are_set_to_the_right_under_their_names() -> None:
    set_in = table([{"what": "journal", "median_ms": 0.51234}, {"what": "bare insert", "median_ms": 12345.6}])
    assert set_in.splitlines() == [
        "what         median_ms",
        "───────────  ─────────",
        "journal          0.512",
        "bare insert     12,346",
    ]


def test_what_could_not_be_measured_is_a_dash() -> None:
    assert [shown(figure) for figure in (None, True, 20000)] == ["–", "yes", "20,000"]
