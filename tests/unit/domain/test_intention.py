"""An intention's versions, its order among others, and what differs between two wordings."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapjournal.domain.entry import Action, Amended, Amendment, Entry, IntentionState, Kind
from kapjournal.domain.intention import (
    Stretch,
    Words,
    compare,
    in_order,
    without_label_signs,
    without_trailing_labels,
    wordings,
    words_of,
)

DAY = datetime(2026, 2, 9, 15, 0, tzinfo=timezone(timedelta(hours=-5)))
_ids = count()


def intention(text: str, day: int = 0, **details: object) -> Entry:
    given = {"id": f"e{next(_ids)}", "client": "wren", "kind": "intention", "text": text, "details": details or None}
    return Entry.model_validate({**given, "noticed_at": DAY + timedelta(days=day)})


def amend(one: Entry, day: int, text: str = "", action: Action = Action.ADDENDUM, **details: object) -> Amendment:
    return Amendment(
        id=f"a{next(_ids)}", entry=one.id, action=action, text=text, details=details or None,
        written_at=DAY + timedelta(days=day),
    )  # fmt: skip


def test_the_text_is_the_hope_unless_they_differ() -> None:
    assert words_of(intention("Stop bracing.", hope="stop bracing")) == Words(hope="Stop bracing.")
    assert words_of(intention("Stop bracing.")) == Words(hope="Stop bracing.")
    both = words_of(intention("Meet her, and ask her.", hope="ask her", fear="him"))
    assert both == Words(hope="ask her", fear="him", said="Meet her, and ask her.")
    assert both.wording == "Meet her, and ask her."


def test_every_version_is_told_once_and_in_order() -> None:
    one = intention("To rest.", hope="To rest.", state="open")
    two = one.model_copy(update={"text": "To rest well.", "details": one.details.model_copy(update={"hope": None})})  # type: ignore[union-attr]
    amendments = [
        amend(one, 5, "W: met.", state="met"),
        amend(one, 3, "to rest, and be seen", hope="to rest, and be seen"),
        amend(one, 4, rank=2),
        amend(one, 6, action=Action.RETRACTION),
    ]
    found = wordings([(DAY, one), (DAY + timedelta(hours=1), two)], amendments)
    assert [(v.how, v.words.wording, v.state) for v in found] == [
        ("first wording", "To rest.", IntentionState.OPEN),
        ("edited", "To rest well.", IntentionState.OPEN),
        ("addendum", "to rest, and be seen", IntentionState.OPEN),
        ("addendum", "to rest, and be seen", IntentionState.MET),
    ]
    assert found[3].beside == "W: met."
    assert found[1].at == DAY + timedelta(hours=1)


def test_a_change_that_does_not_fit_is_passed_over() -> None:
    one = intention("To rest.", fear="x")
    assert words_of(one, [amend(one, 1, hope=["no", "words"])]) == Words(hope="To rest.", fear="x")


def test_ordered_by_hand_first_then_by_time() -> None:
    late, early = intention("late", 2), intention("early", 1)
    second, first = intention("second", 0, rank=2), intention("first", 3)
    gone = intention("gone", 0)
    notes = [
        Amended(original=late),
        Amended(original=early),
        Amended(original=second),
        Amended(original=first, amendments=(amend(first, 4, rank=1),)),
        Amended(original=gone, amendments=(amend(gone, 1, action=Action.RETRACTION),)),
        Amended(original=late.model_copy(update={"id": "n", "kind": Kind.NOTE, "details": None})),
    ]
    assert [one.original.text for one in in_order(notes)] == ["first", "second", "early", "late"]


def test_changed_words_are_marked_on_both_sides() -> None:
    before, after = compare("To stop bracing.", "To stop hiding, and rest.")
    assert before == (Stretch("To stop ", changed=False), Stretch("bracing", changed=True), Stretch(".", changed=False))
    assert after == (
        Stretch("To stop ", changed=False), Stretch("hiding, and rest", changed=True), Stretch(".", changed=False),
    )  # fmt: skip


@given(st.text(max_size=200), st.text(max_size=200))
def test_comparing_loses_no_letter(before: str, after: str) -> None:
    left, right = compare(before, after)
    assert ("".join(s.text for s in left), "".join(s.text for s in right)) == (before, after)
    if before == after:
        assert not any(s.changed for s in (*left, *right))


def test_a_book_is_not_compared_word_by_word() -> None:
    assert compare("a b " * 5000, "b a " * 5000)[0] == (Stretch("a b " * 5000, changed=True),)


@pytest.mark.parametrize(
    ("typed", "kept", "labels"),
    [
        ("To let go. #letting-go @Planner", "To let go.", ("#letting-go", "@Planner")),
        ("To let #trust in.", "To let #trust in.", ("#trust",)),
        ("#trust", "", ("#trust",)),
        ("at 5@night and C# ", "at 5@night and C#", ()),
        ("plain", "plain", ()),
    ],
)
def test_labels_at_the_very_end_are_not_the_clients_words(typed: str, kept: str, labels: tuple[str, ...]) -> None:
    assert without_trailing_labels(typed) == (kept, labels)


def test_a_label_in_the_middle_is_spoken_without_its_sign() -> None:
    assert without_label_signs("To be #letting-go of the @Planner, at 5@six.") == (
        "To be letting go of the Planner, at 5@six."
    )
