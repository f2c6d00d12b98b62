"""The hands of handing over: a session held, a form filled in, every page read and the seal pressed, by keyboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from kapjournal.domain.document import Page
from kapjournal.gui.handover.view import HandOverView
from kapjournal.gui.shell import Shell
from tests.journeys.stage import Stage, type_text, until

KEY = Qt.Key


def shell(s: Stage) -> Shell:
    found = s.navigator.window.shell
    assert found is not None
    return found


def in_front(s: Stage) -> QWidget | None:
    return s.navigator.window.shell.screen_shown if s.navigator.window.shell is not None else None


def hand_over_view(s: Stage) -> HandOverView:
    until(lambda: isinstance(in_front(s), HandOverView), "the handover is in front")
    view = in_front(s)
    assert isinstance(view, HandOverView)
    return view


def own_key(s: Stage) -> str:
    found: list[str] = []
    world, rooms = s.navigator.world, s.navigator.desk.rooms
    world.tasks.run(lambda: rooms.sealer().own.recipient, found.append, world.bug)
    until(lambda: bool(found), "the key is known")
    return found[0]


def held(s: Stage, *lines: str) -> None:
    """A session is held by keyboard, and closed."""
    s.navigator.window.activateWindow()
    s.session_with("Wren")
    for line in lines:
        s.write(line)
    s.presenter.land()
    s.presenter.form_enter()
    s.settle()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def tab_to(s: Stage, widget: QWidget) -> None:
    """Press Tab until the focus is there."""
    for _ in range(120):
        if focused() is widget:
            return
        s.press(KEY.Key_Tab)
    raise AssertionError(f"Tab never comes to {widget.accessibleName() or widget}")


def fill_in(s: Stage, *words: str) -> None:
    for number, text in enumerate(words):
        type_text(focused(), text)
        s.press(KEY.Key_Tab if number < len(words) - 1 else KEY.Key_Return)


def read_every_page(s: Stage, view: HandOverView) -> list[Page]:
    """Page by page to the last, from whom it is for; the pages that stood there."""
    until(lambda: focused() is view.seal.next and "page" in view.seal.seal.text(), "the pages can be read")
    assert view.presenter is not None
    read = [view.presenter.state.page]
    while view.seal.next.isEnabled():
        s.press(KEY.Key_Return)
        read.append(view.presenter.state.page)
    assert len(read) == view.presenter.state.pages
    return [page for page in read if page is not None]


def seal(s: Stage, view: HandOverView) -> Path:
    """Press the seal; the file."""
    tab_to(s, view.seal.seal)
    s.press(KEY.Key_Return)
    until(view.sealed.isVisible, "the bundle is sealed")
    assert focused() is view.sealed.done
    path = Path(view.sealed.path.accessibleName())
    s.press(KEY.Key_Return)
    return path
