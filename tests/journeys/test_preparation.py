"""Preparation in the real program: typed by keyboard, kept through a lock, and standing on the card of the session."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from kapjournal.application.agreements import Sheet
from kapjournal.application.start_session import add_client
from kapjournal.domain.course import Client
from kapjournal.domain.entry import Kind
from kapjournal.gui.prepare.view import PrepareView
from tests.journeys.stage import PASSPHRASE, Stage, looked_into, type_text, until

CTRL = Qt.KeyboardModifier.ControlModifier


def prepare(stage: Stage, alias: str = "Wren") -> PrepareView:
    journal, world = stage.navigator.journal, stage.navigator.world
    stage.navigator.window.activateWindow()
    assert journal is not None
    found: list[Client] = []

    def work() -> Client:
        known = next((c for c in journal.clients() if c.alias == alias), None)
        return known or add_client(journal, world.new_id, alias)

    world.tasks.run(work, found.append, world.bug)
    until(lambda: bool(found), "the client is there")
    stage.navigator.go_prepare(found[0].id)
    until(lambda: isinstance(stage.navigator.window.screen_shown, PrepareView), "the preparation is in front")
    view = shown(stage)
    until(lambda: bool(view.title.text()), "the preparation is read")
    until(view.fields.areas["hope"].hasFocus, "typing starts with the hope")
    return view


def shown(stage: Stage) -> PrepareView:
    view = stage.navigator.window.screen_shown
    assert isinstance(view, PrepareView)
    return view


def write(text: str) -> None:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    type_text(focused, text)


def test_what_is_prepared_by_keyboard_stands_on_the_card(stage: Callable[..., Stage]) -> None:
    s = stage()
    s.open()
    view = prepare(s)
    write("To stop bracing. #letting-go")
    s.press(Qt.Key.Key_Tab)  # takes the new theme
    s.press(Qt.Key.Key_Tab)
    s.press(Qt.Key.Key_Tab)
    write("One breath.")
    s.press(Qt.Key.Key_Return, CTRL)
    until(lambda: "Earlier versions are kept." in view.saved.words.text(), "the words are kept")
    touch = view.sections[Sheet.TOUCH]
    touch.change.setFocus()
    s.press(Qt.Key.Key_Return)
    write("Hand only.")
    s.press(Qt.Key.Key_Tab)
    s.press(Qt.Key.Key_Tab)
    write("harbour")
    s.press(Qt.Key.Key_Return)
    until(lambda: "harbour" in touch.says.text(), "the touch agreement is kept")
    s.session_with("Wren")
    presenter = s.navigator.presenter
    assert presenter is not None
    card = presenter.held.said_card()
    assert (card.intention, card.enough) == ("To stop bracing.", "One breath.")
    assert (card.touch, card.stop) == ("Hand only.", "Says “harbour”.")


def test_a_lock_in_the_middle_of_a_word_loses_nothing(stage: Callable[..., Stage]) -> None:
    s = stage()
    s.open()
    prepare(s)
    write("To stop bra")
    s.navigator.lock()  # before any timer has fired
    s.settle()
    with looked_into(s.folder) as journal:
        assert [e.text for e in journal.entries(kinds=(Kind.INTENTION,))] == ["To stop bra"]
    s.navigator.enter_with(lambda: s.navigator.world.entrance.open(s.folder, PASSPHRASE))
    until(lambda: s.navigator.journal is not None, "the journal is open")
    s.settle()
    assert prepare(s).fields.areas["hope"].toPlainText() == "To stop bra"


def test_closing_the_window_keeps_a_half_written_section(stage: Callable[..., Stage]) -> None:
    s = stage()
    s.open()
    view = prepare(s)
    view.sections[Sheet.TOUCH].change.click()
    write("Hand on")
    s.quit()
    again = stage(s.folder)
    again.open()
    field = prepare(again).sections[Sheet.TOUCH].fields["allowed"]
    assert field.toPlainText() == "Hand on"  # type: ignore[attr-defined]


def test_going_into_the_session_keeps_what_was_typed(stage: Callable[..., Stage]) -> None:
    s = stage()
    s.open()
    prepare(s)
    write("To rest.")
    s.session_with("Wren")
    presenter = s.navigator.presenter
    assert presenter is not None
    assert presenter.held.said_card().intention == "To rest."
