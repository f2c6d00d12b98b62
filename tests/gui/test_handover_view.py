"""The handover screen, offscreen: the tree by keys, pages that scroll and turn, a clipboard that is cleared."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer
from tests.handed import CANARIES, A, fill, sealer

from kapjournal.application.progress_note import CLEARED_AFTER_S
from kapjournal.gui.handover.presenter import HandOverPresenter
from kapjournal.gui.handover.state import Copy, Way
from kapjournal.gui.handover.uses import hand_over_uses
from kapjournal.gui.handover.view import HandOverView, Outside
from kapjournal.gui.look import apply_look, load_fonts, load_look
from kapjournal.gui.widgets.tick_rows import TickRow, TickRows

KEY = Qt.Key


class Screen:
    """The screen with a journal in memory and the real keys."""

    def __init__(self, qtbot: QtBot, tmp_path: Path) -> None:
        load_fonts()
        self.look = load_look("day")
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_look(app, self.look)
        self.journal = FakeJournal(FakeClock())
        fill(self.journal)
        self.timer, self.printed = FakeTimer(), list[tuple[str, int | None]]()
        self.path = tmp_path / "given"
        outside = Outside(self.timer, self._choose, lambda _, pages: lambda html: self.printed.append((html, pages)))
        self.view = HandOverView(self.look, outside)
        qtbot.addWidget(self.view)
        uses = hand_over_uses(self.journal, lambda: sealer(A), FakeClock(), FakeIds("new"), "c")
        uses = uses._replace(place=lambda _: tmp_path / "wren.kapbundle.age")
        self.presenter = HandOverPresenter(uses, InlineTasks(), FakeClock(), self.timer, self.view, lambda tell: tell)
        self.view.bind(self.presenter)
        self.view.resize(1300, 820)
        self.view.show()
        self.view.activateWindow()
        self.presenter.start("Wren")
        self.presenter.keep_who("T.M.", sealer(A).own.recipient, "Transfer", "Dr. L.")
        QApplication.processEvents()

    def _choose(self, _: QWidget, __: str, ___: Path, kind: str, ____: str) -> Path:
        return self.path.with_suffix(kind.rpartition("*")[2].rstrip(")"))

    def dress(self, name: str, scale: float, width: int, height: int) -> None:
        look = load_look(name, scale)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_look(app, look)
        self.view.restyle(look)
        self.view.resize(width, height)
        for _ in range(4):
            QApplication.processEvents()


@pytest.fixture
def screen(qtbot: QtBot, tmp_path: Path) -> Screen:
    return Screen(qtbot, tmp_path)


def test_the_tree_is_all_keyboard(screen: Screen, qtbot: QtBot) -> None:
    tree = screen.view.what.tree
    tree.setFocus()
    assert tree.rows[tree.currentIndex().row()].key == "record"
    qtbot.keyClick(tree, KEY.Key_Down)
    doses = tree.rows[tree.currentIndex().row()]
    assert (doses.text, doses.tick) == ("Doses, vitals, safety", "on")
    qtbot.keyClick(tree, KEY.Key_Right)
    assert tree.rows[tree.currentIndex().row() + 1].level == 2
    qtbot.keyClick(tree, KEY.Key_Down)
    qtbot.keyClick(tree, KEY.Key_Space)
    assert tree.rows[tree.currentIndex().row()].tick == "off"
    qtbot.keyClick(tree, KEY.Key_Left)  # to what is over it
    assert tree.rows[tree.currentIndex().row()].text == doses.text
    assert tree.rows[tree.currentIndex().row()].tick == "off"
    spoken = tree.model().data(tree.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Doses, vitals, safety, 0 of 5, not ticked, unfolded"


def test_a_click_on_the_arrow_folds_and_one_on_the_rest_ticks(qtbot: QtBot) -> None:
    tree = TickRows(load_look("day"), "Things")
    qtbot.addWidget(tree)
    tree.show_rows([TickRow("a", "One", tick="on", unfolded=False), TickRow("b", "Two", tick="off", level=1)])
    tree.resize(300, 200)
    tree.show()
    heard: list[str] = []
    tree.ticked.connect(lambda key: heard.append(f"tick {key}"))
    tree.turned.connect(lambda key: heard.append(f"turn {key}"))
    areas = [tree.visualRect(tree.model().index(n, 0)) for n in range(2)]
    for area, x in ((areas[0], 6), (areas[0], 120), (areas[1], 6)):
        point = area.topLeft()
        point.setX(x)
        point.setY(area.center().y())
        qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert heard == ["turn a", "tick a", "tick b"]


def test_the_page_scrolls_and_turns_by_keys(screen: Screen, qtbot: QtBot) -> None:
    paper = screen.view.paper
    paper.setFocus()
    assert "Page 1 of" in paper.accessibleName()
    qtbot.keyClick(paper, KEY.Key_Right)
    qtbot.keyClick(paper, KEY.Key_Right)
    assert "Page 3 of" in paper.accessibleName()
    assert "Dosing 1" in paper.accessibleName()
    qtbot.keyClick(paper, KEY.Key_Left)
    assert "Page 2 of" in paper.accessibleName()
    screen.view.resize(1300, 360)
    QApplication.processEvents()
    area = next(
        a for a in screen.view.findChildren(QScrollArea) if a.isAncestorOf(paper) and a.verticalScrollBar().maximum()
    )
    qtbot.keyClick(paper, KEY.Key_PageDown)
    assert area.verticalScrollBar().value() > 0
    qtbot.keyClick(paper, KEY.Key_Right)
    assert area.verticalScrollBar().value() == 0  # each page begins at its top


@pytest.mark.parametrize("size", [(1.0, 1196, 660), (2.0, 1140, 560)])
def test_nothing_is_cut_at_the_side(screen: Screen, size: tuple[float, int, int]) -> None:
    screen.dress("dusk", *size)
    for copy in Copy:
        screen.presenter.choose_copy(copy)
        screen.presenter.begin_permission()
        for _ in range(3):
            QApplication.processEvents()
        areas = [area for area in screen.view.findChildren(QScrollArea) if area.isVisible()]
        assert areas
        for area in areas:
            assert area.widget().minimumSizeHint().width() <= area.viewport().width(), copy


def test_the_clipboard_is_cleared_after_a_minute(screen: Screen) -> None:
    screen.presenter.choose_copy(Copy.NOTE)
    board = QApplication.clipboard()
    screen.view.note.copy.click()
    assert "Start and stop" in board.text()
    assert not any(canary in board.text() for canary in CANARIES)
    screen.timer.pass_(CLEARED_AFTER_S - 1)
    assert board.text()
    screen.timer.pass_(2)
    assert board.text() == ""
    screen.view.note.copy.click()
    board.setText("copied elsewhere meanwhile")
    screen.timer.pass_(CLEARED_AFTER_S + 1)
    assert board.text() == "copied elsewhere meanwhile"


def test_the_summary_leaves_as_two_pages_of_pdf_or_as_html(screen: Screen) -> None:
    screen.presenter.choose_copy(Copy.SUMMARY)
    assert not screen.view.seal.pdf.isVisible()
    while screen.view.seal.next.isEnabled():
        screen.view.seal.next.click()
    screen.view.seal.pdf.click()
    pages = PdfReader(screen.path.with_suffix(".pdf")).pages
    words = " ".join(page.extract_text() for page in pages)
    assert len(pages) == 2
    assert "Wren" in words
    assert not any(canary in words for canary in CANARIES)
    screen.view.seal.html.click()
    assert "Referral summary" in screen.path.with_suffix(".html").read_text()
    assert [d.what for d in screen.journal.disclosures()] == [
        "Referral summary as PDF, not encrypted",
        "Referral summary as HTML, not encrypted",
    ]
    screen.view.log.print.click()
    ((html, pages_wanted),) = screen.printed
    assert "not encrypted" in html
    assert pages_wanted is None


def test_a_passphrase_that_was_shown_leaves_the_screen(screen: Screen) -> None:
    screen.presenter.choose_way(Way.PASSPHRASE)
    screen.presenter.keep_who("T.M.", "", "Transfer", "Dr. L.")
    while screen.view.seal.next.isEnabled():
        screen.view.seal.next.click()
    screen.view.seal.seal.click()
    words = screen.view.sealed.passphrase.words
    assert len(words.text().split()) == 6
    screen.view.sealed.done.click()
    assert words.text() == ""
    assert words.accessibleName().endswith(": ")
