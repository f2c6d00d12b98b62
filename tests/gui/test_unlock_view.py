from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.tasks import InlineTasks

from kapjournal.domain.errors import WrongPassphrase
from kapjournal.gui.look import Look, load_look
from kapjournal.gui.unlock.presenter import KnownJournal, Made, Page, Strength, UnlockPresenter, UnlockUses
from kapjournal.gui.unlock.view import UnlockView

FIRST, SECOND = Path("/one.kapvault"), Path("/two.kapvault")
SIX = "lantern orbit velvet canyon thimble heron"

Dress = Callable[[Look], None]


class World:
    def __init__(self, qtbot: QtBot, known: tuple[Path, ...] = (FIRST, SECOND)) -> None:
        self.entered: list[object] = []
        self.tasks = InlineTasks()
        self.view = UnlockView(load_look("day"), choose=lambda *_: Path("/chosen.kapvault"))
        qtbot.addWidget(self.view)
        uses = UnlockUses(
            known_journals=lambda: tuple(KnownJournal(folder, folder.stem, "here") for folder in known),
            open=self._open,
            recover=lambda folder, key, new: (folder, key, new),
            make=lambda folder, passphrase: Made((folder, passphrase), "K7QM-2XVT"),
            test_recovery=lambda _folder, typed: typed == "K7QM-2XVT",
            suggest=lambda: SIX,
            strength=lambda typed: Strength("Strong.", len(typed) > 12),
            cloud_folder=lambda _folder: None,
            open_demo=lambda: "demo",
            entered=self.entered.append,
        )
        self.presenter = UnlockPresenter(uses, self.tasks, self.view, Path("/docs"))
        self.view.bind(self.presenter)
        self.presenter.start()
        self.view.resize(1280, 720)
        self.view.show()
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)

    def _open(self, folder: Path, passphrase: str) -> object:
        if passphrase != "right":
            raise WrongPassphrase("That passphrase does not open this journal.")
        return folder


def test_typing_and_enter_open_the_chosen_journal(qtbot: QtBot) -> None:
    world = World(qtbot)
    page = world.view.open_page
    assert page.passphrase.hasFocus()
    qtbot.keyClick(page.journals, Qt.Key.Key_Down)
    qtbot.keyClicks(page.passphrase, "right")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert world.entered == [SECOND]
    assert page.passphrase.text() == ""


def test_a_wrong_passphrase_is_told_in_place_and_can_be_typed_again(qtbot: QtBot) -> None:
    world = World(qtbot)
    page = world.view.open_page
    world.tasks.hold = True
    qtbot.keyClicks(page.passphrase, "wrong")
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert page.open.text() == "Opening…"
    assert not page.open.isEnabled()
    world.tasks.release()
    assert page.banner.words.text() == "That passphrase does not open this journal."
    assert page.banner.isVisible()
    assert page.passphrase.text() == ""
    assert page.passphrase.hasFocus()
    assert page.open.text() == "Open"


def test_the_title_is_the_name_of_the_program_and_nothing_else(qtbot: QtBot) -> None:
    world = World(qtbot)
    world.presenter.choose(SECOND)
    world.presenter.turn_to(Page.MAKE)
    assert world.view.windowTitle() == "KAP Journal"


def test_a_journal_is_made_from_the_keyboard(qtbot: QtBot) -> None:
    world = World(qtbot)
    qtbot.keyClick(world.view.open_page.new, Qt.Key.Key_Return)
    page = world.view.make_page
    assert page.name.hasFocus()
    qtbot.keyClicks(page.name, "Room")  # replaces the suggestion, which is selected
    qtbot.keyClick(page.new.suggest, Qt.Key.Key_Space)
    assert page.new.first.text() == SIX
    assert page.new.second.hasFocus()
    qtbot.keyClicks(page.new.second, SIX)
    qtbot.keyClick(page.new.second, Qt.Key.Key_Return)

    key = world.view.key_page
    assert key.isVisible()
    assert not key.go_in.isVisible()
    assert SIX not in [field.text() for field in world.view.findChildren(QLineEdit)]
    qtbot.keyClicks(key.typed, "K7QM-2XVT")
    qtbot.keyClick(key.typed, Qt.Key.Key_Return)
    qtbot.keyClick(key.go_in, Qt.Key.Key_Return)
    assert world.entered == [(Path("/docs/Room.kapvault"), SIX)]
    assert "K7QM" not in key.key.text()


def test_a_first_start_offers_to_begin(qtbot: QtBot) -> None:
    page = World(qtbot, known=()).view.open_page
    assert page.empty.isVisible()
    assert not page.passphrase.isVisible()
    assert page.new.hasFocus()


def test_another_folder_can_be_chosen(qtbot: QtBot) -> None:
    world = World(qtbot)
    world.view.open_page.other.click()
    qtbot.keyClicks(world.view.open_page.passphrase, "right")
    world.view.open_page.open.click()
    assert world.entered == [Path("/chosen.kapvault")]


def test_every_control_has_a_name_and_tab_reaches_it_in_reading_order(qtbot: QtBot) -> None:
    world = World(qtbot)
    page = world.view.open_page
    order = []
    page.journals.setFocus()
    for _ in range(8):
        focused = world.view.focusWidget()
        assert isinstance(focused, QWidget)
        order.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    expected = [page.journals, page.other, page.new, page.passphrase, page.passphrase.show_button]
    assert order == [*expected, page.open, page.recover, page.demo]
    for control in order:
        says = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or says


def test_another_look_and_size_cut_nothing(qtbot: QtBot, qapp: QApplication, dress: Dress) -> None:
    world = World(qtbot)
    dress(load_look("night", 2.0))
    world.view.restyle(load_look("night", 2.0))
    world.view.resize(1280, 720)
    qapp.processEvents()
    assert not world.view.side.isVisible()
    page = world.view.open_page
    for widget in (page.open, page.demo, page.passphrase):
        assert widget.mapTo(world.view, widget.rect().topRight()).x() <= 1280
        assert widget.width() >= widget.minimumSizeHint().width()
