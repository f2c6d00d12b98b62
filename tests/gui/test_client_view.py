from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QListView, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer

from kapjournal.application import plan_course as do
from kapjournal.application.own_lists import WORDING_PLACE
from kapjournal.application.start_session import start_session
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.label import Part
from kapjournal.domain.wording import Wording
from kapjournal.gui.client.presenter import ClientPresenter, ClientUses
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.look import NAMES, Look, load_look
from kapjournal.gui.widgets.told_rows import ToldRows

Dress = Callable[[Look], None]
PRESETS = (("Lozenge: before and after", "0, 120"), ("Intranasal: before, 40 minutes, 2 hours", "0, 40, 120"))


class World:
    def __init__(self, qtbot: QtBot, *, measures: bool = False, full: bool = False) -> None:
        self.journal, self.clock, self.ids = FakeJournal(), FakeClock(), FakeIds()
        self.journal.keep(Client(id="w", alias="Wren"))
        self.went: list[str] = []
        if full:
            self._fill()
        j, c, n = self.journal, self.clock, self.ids
        uses = ClientUses(
            read=lambda: do.read_client(j, "w"),
            put_typed=lambda typed: do.put_typed(j, "w", typed),
            change_fact=lambda name, words, rest: do.change_fact(j, c, n, "w", name, words, rest),
            plan=lambda kind, number, at: do.plan_session(j, n, "w", kind, number, at),
            move=lambda session, at: do.move_session(j, session, at),
            begin=lambda kind, planned: start_session(j, c, n, "w", kind, planned),
            add_contact=lambda who, text: do.add_contact(j, c, n, "w", who, text),
            add_practice=lambda agreed: do.add_practice(j, c, n, "w", *agreed),
            add_account=lambda text: do.add_account(j, c, n, "w", text),
            settle=lambda entry, became: do.settle_practice(j, c, n, entry, *became),
            archive=lambda archived: do.archive(j, c, "w", archived=archived),
            enter=self.went.append,
            prepare=lambda: self.went.append("prepare"),
            edit_card=lambda: self.went.append("card"),
            told=lambda _alias, _saved: None,
            measure=(lambda: self.went.append("measure")) if measures else None,
        )
        self.view = ClientView(load_look("day"), PRESETS)
        qtbot.addWidget(self.view)
        self.presenter = ClientPresenter(uses, InlineTasks(), self.clock, FakeTimer(), self.view)
        self.view.bind(self.presenter)
        self.view.resize(1280, 720)
        self.view.show()
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)
        self.presenter.start(do.read_client(j, "w"))

    def _fill(self) -> None:
        j, c, n = self.journal, self.clock, self.ids
        for number in (1, 2):
            at = START - timedelta(days=20 - 7 * number)
            j.keep(
                Session(id=f"d{number}", client="w", kind=SessionKind.DOSING, number=number, started_at=at, ended_at=at)
            )
        do.plan_session(j, n, "w", SessionKind.DOSING, None, START + timedelta(days=3))
        do.change_fact(j, c, n, "w", "route", "IM", {})
        words = "a practice in rather more words than fit on one line of a narrow card, with averyverylongwordindeed"
        do.add_practice(j, c, n, "w", words, "every evening at the window", START.date())
        do.add_contact(j, c, n, "w", "client and her wife", words)
        do.add_account(j, c, n, "w", words)
        j.keep(Part(id="p", client="w", name="Planner", notes=words))


def test_a_fact_is_kept_by_enter_and_by_going_on(qtbot: QtBot) -> None:
    world = World(qtbot)
    field = world.view.facts.fields["prescriber"].field
    field.setFocus()
    qtbot.keyClicks(field, "Dr. L.")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert world.journal.clients()[0].prescriber == "Dr. L."
    area = world.view.facts.fields["allergies"].field
    area.setFocus()
    qtbot.keyClicks(area, "none known")
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert world.journal.clients()[0].allergies == "none known"


def test_a_published_schedule_is_a_start_that_can_be_edited(qtbot: QtBot) -> None:
    world = World(qtbot)
    qtbot.keyClick(world.view.plan.presets[1], Qt.Key.Key_Return)
    assert world.journal.courses("w")[0].vitals_schedule == (0, 40, 120)
    field = world.view.plan.fields["vitals_schedule"].field
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0, 30")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert world.journal.courses("w")[0].vitals_schedule == (0, 30)


def test_a_route_is_chosen_and_taken_back(qtbot: QtBot) -> None:
    world = World(qtbot)
    button = world.view.plan.routes["SL"]
    button.click()
    assert world.journal.courses("w")[0].route == "SL"
    button.click()
    assert world.journal.courses("w")[0].route is None
    assert not button.isChecked()


def test_the_line_is_walked_with_arrows_and_enter_opens(qtbot: QtBot) -> None:
    world = World(qtbot, full=True)
    line = world.view.course.line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Right)
    assert line.accessibleName() == "Course, 6 sessions: Dosing 1, 17 Feb, held"
    assert not world.view.course.begin.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClick(line, Qt.Key.Key_End)
    assert world.view.course.begin.isVisible()
    assert world.view.course.another_date.isVisible()
    assert world.went == ["d1"]


def test_escape_leaves_a_form_and_it_comes_back_with_its_words(qtbot: QtBot) -> None:
    world = World(qtbot)
    course = world.view.course
    course.plan.click()
    when = course.plan_form.fields["when"]
    assert when.hasFocus()
    qtbot.keyClicks(when, "12 March 14:00")
    assert course.plan_form.says.text() == "Thursday 12 March 2026, 14:00"
    qtbot.keyClick(when, Qt.Key.Key_Escape)
    assert not course.plan_form.isVisible()
    course.plan.click()
    assert course.plan_form.words()["when"] == "12 March 14:00"
    qtbot.keyClick(when, Qt.Key.Key_Return)
    (session,) = world.journal.sessions("w")
    assert session.planned_for is not None
    assert not course.plan_form.isVisible()


def test_a_practice_is_settled_from_its_row(qtbot: QtBot) -> None:
    world = World(qtbot, full=True)
    practices = world.view.practices
    assert not practices.kept.isVisible()
    practices.rows.setFocus()
    assert practices.kept.isVisible()
    practices.kept.click()
    why = practices.became_form.fields["why"]
    assert why.hasFocus()
    qtbot.keyClicks(why, "most mornings")
    qtbot.keyClick(why, Qt.Key.Key_Return)
    assert [row.end for row in practices.rows.rows] == ["kept"]
    assert "kept: most mornings" in practices.rows.rows[0].note
    assert [a.reason for a in world.journal.amendments("w")] == ["most mornings"]
    assert not practices.kept.isVisible()


def test_the_card_of_parts_has_the_therapist_s_own_word(qtbot: QtBot) -> None:
    world = World(qtbot)
    world.journal.put_on_desk(WORDING_PLACE, Wording(part="person", parts="people").model_dump_json())
    world.presenter.start(do.read_client(world.journal, "w"))
    card = world.view.parts
    assert (card.title.text(), card.none.text()) == ("People", "No people are named yet.")
    assert (card.rows.accessibleName(), card.add.accessibleName()) == ("People", "People: Roster")


def test_measures_can_be_added_only_where_there_is_a_place_for_it(qtbot: QtBot) -> None:
    assert not World(qtbot).view.measures.add.isVisible()
    world = World(qtbot, measures=True)
    world.view.measures.add.click()
    assert world.went == ["measure"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("width", "height", "scale"), [(1330, 840, 1.0), (1190, 660, 1.0), (1100, 560, 2.0), (620, 480, 2.0)]
)
def test_nothing_is_cut_in_any_look_or_size(
    qtbot: QtBot, qapp: QApplication, dress: Dress, name: str, width: int, height: int, scale: float
) -> None:
    world, look = World(qtbot, full=True), load_look(name, scale)
    dress(look)
    world.view.restyle(look)
    world.view.resize(width, height)
    for _ in range(4):
        qapp.processEvents()
    view = world.view
    for part in view.findChildren(QWidget):
        if not part.isVisible() or not isinstance(
            part, QAbstractButton | QLabel | QLineEdit | QPlainTextEdit | QListView
        ):
            continue
        if isinstance(part.parentWidget(), QPlainTextEdit | QListView) or part.objectName().startswith("qt_"):
            continue
        right = part.mapTo(view, part.rect().topRight()).x()
        assert right <= view.width(), f"{part} {getattr(part, 'text', str)()} ends at {right}"
        if isinstance(part, QAbstractButton):
            assert part.width() >= part.minimumSizeHint().width(), part.text()
        if isinstance(part, QLabel) and part.text():
            need = part.heightForWidth(part.width()) if part.wordWrap() else part.sizeHint().height()
            assert part.height() >= need - 1, part.text()
            assert part.wordWrap() or part.width() >= part.sizeHint().width() - 1, part.text()
        if isinstance(part, ToldRows):
            assert part.height() >= sum(part.row_area(n) for n in range(len(part.rows)))


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    world = World(qtbot, full=True, measures=True)
    for name in ("plan", "contact", "practice", "account"):
        world.presenter.open_form(name)
        for part in world.view.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
                words = part.accessibleName() or (part.text() if isinstance(part, QAbstractButton) else "")
                assert words.strip(), part
