"""A quotation in a note reads the same as text, on paper and on the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.entry import Kind
from kapjournal.domain.quotation import LineKind, line_kinds, put_in, quotation

W, S, N, Q = LineKind.WRITTEN, LineKind.SPOKEN, LineKind.NOTED, LineKind.SOURCE
BLOCK = quotation(Kind.QUOTE, "She’s not cross with me.", "Session 3, T+ 0:43")


def test_the_client_s_words_keep_their_marks_and_say_where_they_stand() -> None:
    assert BLOCK == "> “She’s not cross with me.”\n> — Session 3, T+ 0:43"
    assert quotation(Kind.QUOTE, "“as said”", "Session 1, T+ 0:01").startswith("> “as said”\n")


def test_what_the_therapist_noted_has_no_marks_and_names_its_kind() -> None:
    block = quotation(Kind.OBSERVATION, "Tears at “kitchen”.", "Session 2, T+ 1:11")
    assert block == "> Tears at “kitchen”.\n> — Observed, session 2, T+ 1:11"
    assert line_kinds(block) == (N, Q)


def test_an_observation_that_begins_with_quoted_words_is_still_the_therapist_s() -> None:
    assert line_kinds(quotation(Kind.OBSERVATION, "“Kitchen”, then tears.", "Session 2, T+ 1:11")) == (N, Q)


def test_words_of_several_lines_stay_one_quotation() -> None:
    block = quotation(Kind.ACCOUNT, "First.\n\nThen.", "20 March")
    assert block.splitlines() == ["> “First.", ">", "> Then.”", "> — Client’s account, 20 March"]
    assert line_kinds(block) == (S, S, S, Q)


def test_lines_around_a_quotation_are_written() -> None:
    assert line_kinds(f"Before.\n\n{BLOCK}\n\nAfter.") == (W, W, S, Q, W, W)


def test_two_quotations_in_a_row_are_told_apart_by_their_sources() -> None:
    noted = quotation(Kind.INTERVENTION, "Offered a hand.", "Session 2, T+ 1:11")
    assert line_kinds(f"{noted}\n{BLOCK}") == (N, Q, S, Q)


@pytest.mark.parametrize(
    ("text", "at", "after"),
    [
        ("", 0, f"{BLOCK}\n\n"),
        ("Before", 6, f"Before\n\n{BLOCK}\n\n"),
        ("Before\n", 7, f"Before\n\n{BLOCK}\n\n"),
        ("Before\n\nAfter", 7, f"Before\n\n{BLOCK}\n\nAfter"),
        ("BeforeAfter", 6, f"Before\n\n{BLOCK}\n\nAfter"),
    ],
)
def test_a_block_put_in_stands_by_itself(text: str, at: int, after: str) -> None:
    assert text[:at] + put_in(text, at, BLOCK) + text[at:] == after


@given(st.text(), st.data())
def test_whatever_is_quoted_wherever_the_block_can_be_found_again(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    whole = text[:at] + put_in(text, at, BLOCK) + text[at:]
    assert BLOCK in whole
    assert len(line_kinds(whole)) == whole.count("\n") + 1
