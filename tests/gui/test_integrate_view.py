"""The integration screen with real widgets: found, said, quoted and kept by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.integrating import CANARY, DAYS, Room, course, note

from kapjournal.domain.entry import Kind
from kapjournal.domain.label import TagState
from kapjournal.gui.integrate.note_layout import spans
from kapjournal.gui.integrate.note_list import NoteList
from kapjournal.gui.integrate.view import IntegrateView
from kapjournal.gui.look import Look, load_look

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
Dress = Callable[[Look], None]


@pytest.fixture
def enter(qtbot: QtBot, dress: Dress) -> Callable[..., Room]:
    def make(look: str = "day", scale: float = 1.0, size: tuple[int, int] = (1356, 840), **given: object) -> Room:
        made = load_look(look, scale)
        dress(made)
        view = IntegrateView(made)
        qtbot.addWidget(view)
        view.resize(*size)
        view.show()
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        room = Room(view, **given)
        view.begin()
        QApplication.processEvents()
        return room

    return make


def view_of(room: Room) -> IntegrateView:
    assert isinstance(room.view, IntegrateView)
    return room.view


def press(qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, modifiers)
    QApplication.processEvents()


def found(room: Room, qtbot: QtBot) -> NoteList:
    """The theme is chosen by keyboard, and the keys are in its list."""
    view = view_of(room)
    while view.shelf.rows[view.shelf.currentIndex().row()].key != "theme:nana":
        press(qtbot, KEY.Key_Down)
    press(qtbot, KEY.Key_Return)
    press(qtbot, KEY.Key_F6)
    assert view.middle.notes.hasFocus()
    return view.middle.notes


def test_the_arrows_pass_over_headings_and_enter_brings_the_notes(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter()
    shelf = view_of(room).shelf
    met = []
    for _ in range(8):
        met.append(shelf.rows[shelf.currentIndex().row()].key)
        press(qtbot, KEY.Key_Down)
    assert met[:6] == ["theme:nana", "theme:grief", "theme:held", "part:little", "part:planner", "intention:i3"]
    assert room.state.rows == ()
    press(qtbot, KEY.Key_Return)
    assert room.state.title == "Marked moments, session 3"


def test_the_letters_say_and_ctrl_z_takes_it_back(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter()
    notes = found(room, qtbot)
    press(qtbot, KEY.Key_Down)
    assert notes.current == "q3"
    for key, state in ((KEY.Key_B, TagState.ACCEPTED), (KEY.Key_N, TagState.REJECTED), (KEY.Key_H, TagState.HIDDEN)):
        press(qtbot, key)
        assert room.said("q3", "nana") is state
    assert notes.current == "q3"
    for _ in range(3):
        press(qtbot, KEY.Key_Z, CTRL)
    assert room.said("q3", "nana") is TagState.WITHDRAWN
    press(qtbot, KEY.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert room.said("q3", "nana") is TagState.ACCEPTED


def test_the_folded_row_unfolds_with_right_and_folds_with_left(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter()
    found(room, qtbot)
    middle = view_of(room).middle
    assert not middle.related.isVisible()
    press(qtbot, KEY.Key_Tab)
    assert middle.fold.hasFocus()
    press(qtbot, KEY.Key_Right)
    assert middle.related.hasFocus()
    assert middle.related.current == "q4"
    press(qtbot, KEY.Key_B)
    assert room.said("q4", "nana") is TagState.ACCEPTED
    press(qtbot, KEY.Key_Left)
    assert middle.fold.hasFocus()
    assert not middle.related.isVisible()


def test_ctrl_enter_quotes_from_the_list_and_from_the_note(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter()
    found(room, qtbot)
    press(qtbot, KEY.Key_Return, CTRL)
    area = view_of(room).note.area
    assert area.toPlainText().startswith("> “Nana’s kitchen.")
    press(qtbot, KEY.Key_F6)
    assert area.hasFocus()
    qtbot.keyClicks(area, "And then ")
    press(qtbot, KEY.Key_Return, CTRL)
    assert area.toPlainText().count("> — Session 3, T+ 0:28") == 2
    assert "And then \n\n> “Nana" in area.toPlainText()
    press(qtbot, KEY.Key_Z, CTRL)
    assert area.toPlainText().count("> — Session 3, T+ 0:28") == 1
    assert room.state.text == area.toPlainText()


def test_a_digit_and_the_picker_tag(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter()
    found(room, qtbot)
    press(qtbot, KEY.Key_2)
    assert room.said("q1", "little") is TagState.ACCEPTED
    qtbot.keyClicks(view_of(room).middle.notes, "#")
    picker = QApplication.focusWidget()
    assert picker is not None
    qtbot.keyClicks(picker, "grie")
    press(qtbot, KEY.Key_Return)
    assert room.said("q1", "grief") is TagState.ACCEPTED
    assert view_of(room).middle.notes.hasFocus()


def test_enter_opens_the_moment(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter()
    found(room, qtbot)
    press(qtbot, KEY.Key_Return)
    assert room.went[-1] == ("review", "wren", "q1")


def test_coming_back_stands_on_the_same_note(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter(about="theme:nana\no1")
    assert view_of(room).middle.notes.current == "o1"


def test_the_painted_buttons_can_be_pressed(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter()
    notes = found(room, qtbot)

    def click(entry: str, does: str) -> None:
        number = next(n for n, row in enumerate(notes.rows) if row.id == entry)
        area = notes.visualRect(notes.model().index(number, 0))
        laid = notes._painter._at(notes.rows[number], area.width())
        press_ = next(one for one in laid.presses if one.does == does)
        at = press_.area.center().toPoint() + area.topLeft() + QPoint(notes._look.px(26), 0)
        qtbot.mouseClick(notes.viewport(), Qt.MouseButton.LeftButton, pos=at)
        QApplication.processEvents()

    click("q3", TagState.ACCEPTED)
    assert room.said("q3", "nana") is TagState.ACCEPTED
    click("q3", "undo")
    assert room.said("q3", "nana") is TagState.WITHDRAWN
    click("q3", TagState.REJECTED)
    assert room.said("q3", "nana") is TagState.REJECTED


def test_right_and_left_lead_to_the_notes_and_back(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter()
    view = view_of(room)
    press(qtbot, KEY.Key_Right)
    assert view.shelf.hasFocus()  # there is nothing to go to
    press(qtbot, KEY.Key_Return)
    press(qtbot, KEY.Key_Right)
    assert view.middle.notes.hasFocus()
    press(qtbot, KEY.Key_Left)
    assert view.shelf.hasFocus()


def test_f6_goes_round_and_passes_over_an_empty_middle(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter()
    view = view_of(room)
    press(qtbot, KEY.Key_F6)
    assert view.note.area.hasFocus()
    press(qtbot, KEY.Key_F6)
    assert view.shelf.hasFocus()
    press(qtbot, KEY.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert view.note.area.hasFocus()


def test_at_200_percent_one_pane_at_a_time(enter: Callable[..., Room], qtbot: QtBot) -> None:
    room = enter(scale=2.0, size=(1300, 700))
    view = view_of(room)
    panes = (view._left, view.middle, view.note)
    assert [pane.isVisible() for pane in panes] == [True, False, False]
    press(qtbot, KEY.Key_Return)
    assert [pane.isVisible() for pane in panes] == [False, True, False]
    assert view.middle.notes.hasFocus()
    press(qtbot, KEY.Key_F6)
    assert [pane.isVisible() for pane in panes] == [False, False, True]
    assert view.note.area.hasFocus()
    assert view.minimumSizeHint().width() <= 1300


def test_larger_text_leaves_the_pane_one_writes_in(enter: Callable[..., Room], dress: Dress) -> None:
    view = view_of(enter())
    view.note.area.setFocus()
    for scale in (2.0, 1.0):
        look = load_look("day", scale)
        dress(look)
        view.restyle(look)
        QApplication.processEvents()
        assert view.note.area.hasFocus()


def test_two_thousand_notes_are_shown_at_once_and_walked_to_the_end(enter: Callable[..., Room], qtbot: QtBot) -> None:
    many = [
        note(
            f"m{n}", None, Kind.OBSERVATION, f"Nana, number {n}, and what follows of it.", DAYS[1] + timedelta(hours=n)
        )
        for n in range(2000)
    ]
    room = enter(records=[*course(), *many])
    notes = found(room, qtbot)
    assert len([row for row in notes.rows if row.id]) == 2004
    assert notes._known < 400  # the others are measured in idle moments
    press(qtbot, KEY.Key_End)
    assert notes.visualRect(notes.currentIndex()).bottom() <= notes.viewport().height()
    assert [row for row in notes.rows if row.id][-1].id == notes.current


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("🌊🌊 Nana by the sea 👩‍👧", "Nana"),
        ("אמרה שלום ל Nana ואז שתקה", "Nana"),
        ("سلام نانا عند الباب", "نانا"),
        ("Nana " + "and the long road home " * 40_000, "Nana"),
    ],
    ids=["emoji", "hebrew", "arabic", "huge"],
)
def test_a_mark_lies_under_its_word_in_any_script(
    enter: Callable[..., Room], qtbot: QtBot, words: str, mark: str
) -> None:
    strange = note("strange", None, Kind.QUOTE, words, DAYS[3] + timedelta(days=2))
    room = enter(records=[*course(), strange])
    room.presenter.look_for(mark)
    notes = view_of(room).middle.notes
    row = next(row for row in notes.rows if row.id == "strange")
    assert [row.words[a:b] for a, b in row.marks][:1] == [mark]
    laid = notes._painter._at(row, notes.viewport().width())
    drawn = list(spans(laid.words, row.words, row.marks[0]))
    wide = QFontMetricsF(notes._painter._type.quote).horizontalAdvance(mark)
    assert sum(right - left for left, right, _ in drawn) == pytest.approx(wide, abs=4)
    assert laid.height < 600
    view_of(room).grab()


def test_nothing_moves_above_the_reader_while_the_rest_is_measured(enter: Callable[..., Room], qtbot: QtBot) -> None:
    many = [
        note(f"m{n}", None, Kind.OBSERVATION, "Nana " + "and on " * (n % 40), DAYS[1] + timedelta(hours=n))
        for n in range(600)
    ]
    room = enter(records=[*course(), *many])
    notes = view_of(room).middle.notes
    room.presenter.choose("theme:nana")
    notes._idle.stop()
    assert notes._known < 60
    notes.verticalScrollBar().setValue(6000)
    view_of(room).grab()
    notes._idle.stop()
    assert notes._known < 400
    row = notes.rowAt(5)
    at = notes.rowViewportPosition(row)
    notes._idle.start()
    qtbot.waitUntil(lambda: notes._known == len(notes.rows))
    assert (notes.rowAt(5), notes.rowViewportPosition(row)) == (row, at)


def test_the_therapist_s_own_words_are_in_no_picture_and_no_accessible_text(
    enter: Callable[..., Room], qtbot: QtBot
) -> None:
    room = enter()
    view = view_of(room)
    for row in [row.key for row in room.state.shelf if row.key]:
        room.presenter.choose(row)
        said = [w.accessibleName() + w.accessibleDescription() for w in view.findChildren(QWidget)]
        said += [one.spoken for notes in (view.middle.notes, view.middle.related) for one in notes.rows]
        assert CANARY not in " ".join(said)


def shot(view: QWidget) -> QImage:
    return view.grab().toImage()


@pytest.mark.parametrize("look", ["day", "dusk", "night"])
def test_a_quotation_is_drawn_without_its_signs(enter: Callable[..., Room], qtbot: QtBot, look: str) -> None:
    room = enter(look)
    area = view_of(room).note.area
    area.put_block("> “Her.”\n> — Session 3, T+ 0:43")
    QApplication.processEvents()
    block = area.document().firstBlock()
    formats = [(f.start, f.length, f.format.fontFamilies()) for f in block.layout().formats()]
    assert formats[0][:2] == (0, 2)
    assert any("Serif" in str(families) for _, _, families in formats)
    assert area.toPlainText().startswith("> “Her.”")  # what is kept is plain text


def test_what_is_written_survives_another_look(enter: Callable[..., Room], qtbot: QtBot, dress: Dress) -> None:
    room = enter()
    found(room, qtbot)
    view = view_of(room)
    view.note.area.insertPlainText("Half a senten")
    night = load_look("night", 1.5)
    dress(night)
    view.restyle(night)
    assert view.note.area.toPlainText() == "Half a senten"
    assert [row for row in view.middle.notes.rows if row.id]
