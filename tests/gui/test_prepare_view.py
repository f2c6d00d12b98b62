from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from tests.fakes.tasks import InlineTasks

from kapjournal.domain.course import Client, Route
from kapjournal.gui.look import load_look
from kapjournal.gui.prepare.presenter import CardValues, PreparePresenter, PrepareUses
from kapjournal.gui.prepare.view import PrepareView
from kapjournal.gui.widgets.button import Button


class World:
    def __init__(self, qtbot: QtBot) -> None:
        self.saved: list[CardValues] = []
        self.left: list[bool] = []
        self.view = PrepareView(load_look("day"))
        qtbot.addWidget(self.view)
        card = CardValues(intention="To stop bracing.", route=Route.IM)
        uses = PrepareUses(
            lambda _c: card, lambda _c, values: self.saved.append(values), lambda: self.left.append(True)
        )
        presenter = PreparePresenter(uses, InlineTasks(), self.view)
        self.view.bind(presenter)
        self.view.resize(1280, 720)
        self.view.show()
        self.view.activateWindow()
        qtbot.waitUntil(self.view.isActiveWindow)
        presenter.start(Client(id="w", alias="Wren"))
        self.view.begin()


def test_what_is_typed_is_what_is_kept(qtbot: QtBot) -> None:
    world = World(qtbot)
    view = world.view
    intention = view.fields["intention"].field
    assert intention.hasFocus()
    qtbot.keyClicks(intention, "Once. ")
    qtbot.keyClick(intention, Qt.Key.Key_Tab)
    qtbot.keyClicks(view.fields["enough"].field, "One breath.")
    qtbot.keyClicks(view.fields["vitals_schedule"].field, "0, 20")
    next(b for b in view.routes.findChildren(Button) if b.text() == "nasal").click()
    qtbot.keyClick(intention, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert world.saved == [
        CardValues(intention="Once. To stop bracing.", enough="One breath.", route=Route.IN, vitals_schedule=(0, 20))
    ]
    assert world.left == [True]


def test_a_route_can_be_taken_back(qtbot: QtBot) -> None:
    routes = World(qtbot).view.routes
    assert routes.chosen() == "IM"
    next(b for b in routes.findChildren(Button) if b.text() == "IM").click()
    assert routes.chosen() == ""


def test_a_problem_is_told_beside_its_field_which_gets_the_focus(qtbot: QtBot) -> None:
    world = World(qtbot)
    field = world.view.fields["systolic"]
    assert isinstance(field.field, QLineEdit)
    field.field.setText("1600")
    world.view.save.click()
    assert world.view.limit_trouble.isVisible()
    assert "from 40 to 300" in world.view.limit_trouble.words.text()
    assert "from 40 to 300" in field.field.accessibleDescription()
    assert field.field.hasFocus()
    assert world.saved == []


def test_going_back_with_unkept_words_asks_in_place(qtbot: QtBot) -> None:
    world = World(qtbot)
    qtbot.keyClicks(world.view.fields["touch"].field, "Hand only.")
    world.view.back.click()
    assert world.left == []
    says = [button.text() for button in world.view.banner.findChildren(Button) if button.isVisible()]
    assert says == ["Keep the card", "Leave without it"]
    world.view.banner.acted.emit("discard")
    assert world.left == [True]
    assert world.saved == []


def test_every_field_has_a_name_for_a_screen_reader(qtbot: QtBot) -> None:
    world = World(qtbot)
    assert all(field.field.accessibleName() for field in world.view.fields.values())
