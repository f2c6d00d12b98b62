"""Whatever is typed, pasted or held down: nothing is lost, and what does not fit is told in one plain sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, Qt

from kapjournal.domain.entry import Entry, Kind, VitalsDetails
from kapjournal.gui.live.state import ChipKind
from kapjournal.gui.live.writing_line import MOST_CHARACTERS
from tests.journeys.stage import Stage, half_typed_in, looked_into, type_text, until

KEY = Qt.Key


@pytest.fixture
def s(stage: Callable[..., Stage]) -> Stage:
    raised = stage()
    raised.open()
    raised.session_with("Wren")
    return raised


def paste(s: Stage, text: str) -> None:
    """As the clipboard hands it over."""
    clip = QMimeData()
    clip.setText(text)
    s.line.insertFromMimeData(clip)


def entries(s: Stage) -> tuple[Entry, ...]:
    s.settle()
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        return journal.entries()


def one_plain_sentence(told: str) -> bool:
    return bool(told) and told.endswith(".") and "!" not in told and "Error" not in told


def test_a_paste_of_ten_megabytes_is_refused_in_words_and_the_line_stays(s: Stage) -> None:
    type_text(s.line, "half a li")
    paste(s, "canary " * 1_500_000)
    assert s.line.toPlainText() == "half a li"
    banner = s.state.banner
    assert banner is not None
    assert one_plain_sentence(banner.sentence)
    assert "canary" not in banner.sentence
    type_text(s.line, "ne")
    s.presenter.banner_action("close")
    s.press(KEY.Key_Return)
    assert s.state.banner is None
    assert [e.text for e in entries(s)] == ["half a line"]


def test_a_long_paste_that_fits_is_kept_whole(s: Stage) -> None:
    long = "so it was. " * ((MOST_CHARACTERS - 100) // 11)
    paste(s, long)
    s.press(KEY.Key_Return)
    assert [e.text for e in entries(s)] == [long.strip()]


def test_lines_that_are_pasted_are_one_entry(s: Stage) -> None:
    paste(s, "one\r\ntwo\rthree\tfour")
    s.press(KEY.Key_Return)
    assert [e.text for e in entries(s)] == ["one\ntwo\nthree four"]


def test_control_characters_reach_neither_the_line_nor_the_journal(s: Stage) -> None:
    paste(s, "a\x00b\x1b[31mc\x07d\x7f\x9fe")
    assert s.line.toPlainText() == "ab[31mcde"
    s.press(KEY.Key_Return)
    (entry,) = entries(s)
    assert entry.text == "ab[31mcde"


@pytest.mark.parametrize(
    "line", ["bp 400/20", "bp 80/120", "hr 900", "suds 11", "moaas 9", "dose 9000mg im", "spo2 12", "-900m late"]
)
def test_a_value_that_no_body_can_have_is_kept_as_text_and_told(s: Stage, line: str) -> None:
    type_text(s.line, line)
    problems = [chip.text for chip in s.state.capture.chips if chip.kind is ChipKind.PROBLEM]
    assert len(problems) == 1
    assert problems[0]
    s.press(KEY.Key_Return)
    (entry,) = entries(s)
    assert (entry.kind, entry.text, entry.details) == (Kind.OBSERVATION, line, None)


def test_what_is_possible_beside_the_impossible_is_understood(s: Stage) -> None:
    s.write("bp 400/20 hr 80")
    (entry,) = entries(s)
    assert (entry.kind, entry.text, entry.details) == (Kind.VITALS, "bp 400/20", VitalsDetails(heart_rate=80))


@pytest.mark.parametrize(
    "words",
    [
        "she said 👩‍👧‍👦 and 🫀, then e\u0301te\u0301",
        "היא אמרה שלום",
        "قالت #grief سلام",
        "mixed שלום and hello 🙂 again",
        "#grief🙂 @ # @@ ## \\ \\\\",
    ],
)
def test_emoji_and_words_from_right_to_left_are_kept_as_typed(s: Stage, words: str) -> None:
    type_text(s.line, words)
    assert s.line.cursor_at() == len(words)
    for _ in range(3):
        s.press(KEY.Key_Left)
    at = s.line.cursor_at()
    s.press(KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
    s.come_back()
    assert (s.line.toPlainText(), s.line.cursor_at()) == (words, at)
    s.press(KEY.Key_Return)
    (entry,) = entries(s)
    assert entry.text == words


def test_a_line_of_nothing_is_no_entry_and_is_not_lost(s: Stage) -> None:
    type_text(s.line, "   ")
    s.press(KEY.Key_Return)
    assert s.line.toPlainText() == "   "
    assert entries(s) == ()


def test_enter_that_is_held_down_logs_once(s: Stage) -> None:
    type_text(s.line, "one")
    s.press(KEY.Key_Return)
    for _ in range(5):
        s.press(KEY.Key_Return)
    assert [e.text for e in entries(s)] == ["one"]


def test_nonsense_on_the_desk_becomes_text_rather_than_nothing(s: Stage) -> None:
    session, opened, done = s.presenter.held.session.id, s.navigator.journal, []
    world = s.navigator.world
    s.navigator.go_home()
    world.tasks.run(lambda: opened.put_on_desk(f"draft:{session}", '{"text": 5, broken'), done.append, world.bug)
    until(lambda: bool(done), "the desk holds nonsense")
    s.navigator.go_live(session)
    until(lambda: s.navigator.presenter is not None, "the session is in front")
    assert s.line.toPlainText() == '{"text": 5, broken'
    s.press(KEY.Key_Return)
    s.settle()
    s.quit()
    with looked_into(s.folder, s.clock) as again:
        assert half_typed_in(again).empty
