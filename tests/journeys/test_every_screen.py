"""Every screen: a title that says nothing, a name for every control, a way through by Tab, and a ring on the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from kapjournal.gui.client.view import ClientView
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.mine.view import MineView
from kapjournal.gui.parts.view import PartsView
from kapjournal.gui.picture.view import PictureView
from kapjournal.gui.prepare.view import PrepareView
from kapjournal.gui.themes.view import ThemesView
from tests.journeys.stage import Stage, type_text, until

KEY = Qt.Key


def unlock(s: Stage) -> None:
    s.navigator.go_unlock(s.folder)
    s.settle()


def unlock_new(s: Stage) -> None:
    s.navigator.go_unlock()
    s.settle()


def home(s: Stage) -> None:
    s.open()
    until(lambda: isinstance(s.navigator.window.screen_shown, HomeView), "the clients are in front")
    s.session_with("Wren")
    s.navigator.go_home()
    s.settle()


def home_empty(s: Stage) -> None:
    s.open()
    until(lambda: isinstance(s.navigator.window.screen_shown, HomeView), "the clients are in front")
    s.settle()


def prepare(s: Stage) -> None:
    live(s)
    s.navigator.go_prepare(s.presenter.held.client.id)
    until(lambda: isinstance(s.navigator.window.screen_shown, PrepareView), "the preparation is in front")
    s.settle()


def client(s: Stage) -> None:
    live(s)
    s.navigator.go_client(s.presenter.held.client.id)
    until(lambda: isinstance(s.navigator.window.screen_shown, ClientView), "the client is in front")
    s.settle()


def measures(s: Stage) -> None:
    live(s)
    s.navigator.go_measures(s.presenter.held.client)
    s.settle()


def a_course(s: Stage) -> str:
    """One client with a note under a theme, a part that was seen, and a note of the therapist's own."""
    live(s)
    s.write("stillness #grief @Fog")
    s.write("~ a lump in my own throat")
    return s.presenter.held.client.id


def arrive(s: Stage, kind: type[QWidget]) -> None:
    until(lambda: isinstance(s.navigator.window.screen_shown, kind), f"{kind.__name__} is in front")
    for _ in range(4):
        s.settle()


def themes(s: Stage) -> None:
    client = a_course(s)
    s.navigator.desk.go_themes(client, "theme-grief-loss")
    arrive(s, ThemesView)


def parts(s: Stage) -> None:
    s.navigator.desk.go_parts(a_course(s))
    arrive(s, PartsView)


def picture_of_the_course(s: Stage) -> None:
    s.navigator.desk.go_picture(a_course(s))
    arrive(s, PictureView)


def mine(s: Stage) -> None:
    a_course(s)
    s.navigator.desk.go_mine()
    arrive(s, MineView)


def settings(s: Stage) -> None:
    home_empty(s)
    s.navigator.go_settings()
    s.settle()


def live(s: Stage) -> None:
    s.open()
    s.session_with("Wren")
    s.write("dose 60mg im")
    s.write("bp 120/80 hr 70")
    s.write('"canary words')
    s.presenter.ask_to_quit(lambda: None)  # a strip with two buttons


def form(s: Stage) -> None:
    live(s)
    s.presenter.open_form("dose")


def landing(s: Stage) -> None:
    live(s)
    s.presenter.land()


def tap_mode(s: Stage) -> None:
    live(s)
    s.press(KEY.Key_Escape)


def closed(s: Stage) -> None:
    live(s)
    s.presenter.land()
    s.presenter.form_enter()
    s.settle()


def veil(s: Stage) -> None:
    live(s)
    s.presenter.situation.veil_code = "4711"
    s.press(KEY.Key_F12)
    s.press(KEY.Key_F12)


DESK = (unlock, unlock_new, home, home_empty, client, prepare, measures, settings)
DESK += (themes, parts, picture_of_the_course, mine)
SCREENS = (*DESK, live, form, landing, tap_mode, closed, veil)


@pytest.fixture(params=SCREENS, ids=lambda show: show.__name__)
def s(request: pytest.FixtureRequest, stage: Callable[..., Stage]) -> Stage:
    raised = stage()
    raised.navigator.window.activateWindow()
    request.param(raised)
    QApplication.processEvents()
    return raised


def reachable(s: Stage) -> Iterator[QWidget]:
    """Every control in sight that Tab should reach."""
    for widget in s.navigator.window.findChildren(QWidget):
        tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        inner = widget.focusProxy() is not None or widget.objectName().startswith("qt_")
        if tabbed and widget.isVisible() and widget.isEnabled() and not inner and not by_arrows(widget):
            yield widget


def by_arrows(widget: QWidget) -> bool:
    """One of several choices: Tab stops at one of them, the arrow keys go on from there."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive()


def told(widget: QWidget) -> str:
    """What a screen reader says of a control."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text().replace("&", "")
    labels = [one for one in widget.window().findChildren(QLabel) if one.buddy() is widget]
    return labels[0].text() if labels else ""


def walk(s: Stage, backwards: bool = False) -> list[QWidget]:
    """The controls in the order of Tab, once around."""
    start = QApplication.focusWidget()
    assert start is not None
    met, key = [start], KEY.Key_Backtab if backwards else KEY.Key_Tab
    for _ in range(120):
        s.press(key, Qt.KeyboardModifier.ShiftModifier if backwards else Qt.KeyboardModifier.NoModifier)
        focused = QApplication.focusWidget()
        assert focused is not None, f"the focus is lost after {told(met[-1])!r}"
        if focused is start:
            return met
        assert focused is not met[-1], f"Tab is trapped in {told(focused)!r}"
        assert focused not in met, f"Tab goes in a ring that leaves out {told(start)!r}"
        met.append(focused)
    raise AssertionError("Tab never comes around")


def test_every_screen(s: Stage) -> None:
    assert s.navigator.window.windowTitle() == "KAP Journal"
    wanted = list(reachable(s))
    assert [type(widget).__name__ for widget in wanted if not told(widget).strip()] == []
    there, back = walk(s), walk(s, backwards=True)
    assert {told(widget) for widget in wanted} <= {told(widget) for widget in there}
    assert there[1:] == back[:0:-1]


def picture(s: Stage) -> QImage:
    return s.navigator.window.grab().toImage()


def test_the_focus_can_be_seen(s: Stage) -> None:
    """A control with the focus does not look as it does without it."""
    if s.navigator.presenter is not None and s.presenter.situation.veiled:
        return  # the code is the one thing that can have it
    seen = [told(widget) for widget in walk(s) if looks_the_same(s, widget)]
    assert seen == []


def looks_the_same(s: Stage, widget: QWidget) -> bool:
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    focused = picture(s)
    widget.clearFocus()
    QApplication.processEvents()
    return picture(s) == focused


def test_no_word_of_a_client_is_in_the_title_of_any_window(stage: Callable[..., Stage]) -> None:
    s = stage()
    live(s)
    type_text(s.line, "canary")
    s.press(KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    s.press(KEY.Key_Escape)
    s.press(KEY.Key_F1)
    titles = [widget.windowTitle() for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert set(titles) <= {"KAP Journal", ""}
