"""The line being written: its stamp, what waits behind it, and what a name may become."""

from __future__ import annotations

import pytest

from kapjournal.application.keep_entry import HalfTyped
from kapjournal.domain.entry import Kind
from kapjournal.domain.label import Part, Theme
from kapjournal.gui.live.line import Line, Names, stamp_text
from tests.fakes.clock import FakeClock

NAMES = Names((Theme(id="grief", name="Grief & loss"), Theme(id="music", name="Music")), (Part(
    id="minder", client="wren", name="The minder"),))  # fmt: skip


@pytest.fixture
def line() -> Line:
    return Line(lambda: NAMES)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def type_(line: Line, text: str, clock: FakeClock, cursor: int | None = None) -> None:
    line.typed(text, len(text) if cursor is None else cursor, clock.now())


def test_the_stamp_is_that_of_the_first_key_until_the_field_is_empty(line: Line, clock: FakeClock) -> None:
    first = clock.now()
    type_(line, "o", clock)
    clock.pass_(10)
    type_(line, "on", clock)
    assert line.half_typed.stamp == first
    type_(line, "", clock)
    assert (line.half_typed.stamp, stamp_text(None)) == (None, "stamped at your first key")
    type_(line, "t", clock)
    assert line.half_typed.stamp == clock.now()
    assert stamp_text(clock.now()) == "stamped 09:00:10"


def test_an_emptied_field_forgets_kind_and_dismissals(line: Line, clock: FakeClock) -> None:
    line.half_typed = HalfTyped(kind=Kind.QUOTE)
    type_(line, "> x", clock)
    assert line.half_typed.kind is Kind.QUOTE
    line.dismiss(line.draft(clock.now()).pieces[0])
    assert line.draft(clock.now()).kind is Kind.QUOTE
    type_(line, "", clock)
    type_(line, "> x", clock)
    assert line.draft(clock.now()).kind is Kind.INTERVENTION


def test_the_version_grows_only_when_the_field_has_to_change(line: Line, clock: FakeClock) -> None:
    type_(line, "one", clock)
    assert line.version == 0
    line.put(HalfTyped(text="two"))
    assert line.version == 1


def test_what_is_half_typed_waits_behind_something_else(line: Line, clock: FakeClock) -> None:
    type_(line, "half a li", clock)
    line.open_for(HalfTyped(editing="e1", doing="edit", text="left hand"))
    line.open_for(HalfTyped(editing="e2", doing="addendum"))
    assert (line.half_typed.text, line.half_typed.empty) == ("", False)
    line.clear()
    assert line.half_typed.text == "half a li"
    line.clear()
    assert line.half_typed.empty


def test_a_form_that_is_pushed_aside_keeps_its_values(line: Line) -> None:
    line.put(HalfTyped(form="dose", form_values={"amount": "60"}, behind=HalfTyped(text="half a li")))
    line.open_for(HalfTyped(editing="e1", doing="addendum"))
    assert line.half_typed.left_forms == {"dose": {"amount": "60"}}
    line.clear()
    assert (line.half_typed.text, line.half_typed.left_forms) == ("half a li", {"dose": {"amount": "60"}})


@pytest.mark.parametrize(
    ("text", "cursor", "offered"),
    [
        ("soft #gr", 8, ["#grief", "#gr"]),
        ("soft #grief", 11, ["#grief"]),
        ("@mind", 5, ["@minder", "@mind"]),
        ("@14", 3, []),
        ("soft#gr", 7, []),
        ("#gr soft", 3, ["#grief", "#gr"]),
        ("#grief", 3, []),
        ("soft", 4, []),
    ],
)
def test_what_the_word_at_the_cursor_may_become(
    line: Line, clock: FakeClock, text: str, cursor: int, offered: list[str]
) -> None:
    type_(line, text, clock, cursor)
    assert [completion.text for completion in line.completions()] == offered


def test_a_completion_takes_the_place_of_the_word(line: Line, clock: FakeClock) -> None:
    type_(line, "soft #gr and open", clock, 8)
    line.complete(line.completions()[0])
    assert (line.half_typed.text, line.half_typed.cursor) == ("soft #grief and open", 12)
