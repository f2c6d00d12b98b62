"""From an empty journal to a running session whose card says exactly what was written, by the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from kapjournal.domain.course import Limits, Route, SessionKind
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.measures.view import MeasuresView
from kapjournal.gui.prepare.view import PrepareView
from kapjournal.gui.settings.view import SettingsView
from kapjournal.gui.widgets.place_form import PlaceForm
from tests.journeys.stage import Stage, looked_into, type_text, until

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

FACTS = {
    "Pronouns": "she/her",
    "Emergency contact, with the phone number": "friend J. 555-0177",
    "Prescriber, with the phone number": "Dr. L. 555-0142",
    "Medicines, as reported": "lamotrigine",
    "Sessions, of any kind, in all": "8",
    "Vitals, minutes after the first dose: 0, 20, 60": "0, 20, 60",
    "Upper, mmHg": "160",
    "Lower, mmHg": "100",
}
INTENTION = {
    "What I hope, in one or two sentences": "To stop bracing.",
    "What would be enough, smaller is fine": "One breath all the way out.",
}
SECTIONS = {
    "Safety plan": {
        "How we notice it is getting hard": "held breath",
        "What I can do by myself": "look out of the window",
        "People and places that take my mind elsewhere": "the allotment",
        "Whom I ask for help": "friend J.",
        "Professionals and services to call": "Dr. L.",
        "Making the place around me safer": "bowl near, lamp low",
        "Danger signs to watch for, one a line": "goes silent",
        "Ride home": "friend J. at 16:30",
    },
    "Clearance from the prescriber": {
        "What the prescriber cleared, as reported": "60 mg IM",
        "When, 24 February 2026": "",
    },
    "Parts asked beforehand": {"What each part says to it, @Planner agrees to sit nearby": "@Planner sits nearby"},
}
PLAN = tuple(f"{heading}: {words}" for heading, words in list(SECTIONS["Safety plan"].items())[:6])


class Keys:
    """Hands on the keyboard: nothing here touches a widget but by its keys."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    @property
    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.stage.press(key, modifiers)
        self.stage.settle()

    def type(self, words: str) -> None:
        type_text(self.focused, words)

    def tab_to(self, name: str) -> None:
        """Press Tab until a control of this name has the focus."""
        passed = []
        for _ in range(150):
            said = self.focused.accessibleName() or getattr(self.focused, "text", str)()
            if said == name:
                return
            passed.append(said)
            self.stage.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {name}, only to {passed[:60]}")

    def until_screen(self, screen: type[QWidget]) -> None:
        window = self.stage.navigator.window
        until(lambda: isinstance(window.screen_shown, screen), f"{screen.__name__} is in front")
        self.stage.settle()


def test_from_an_empty_journal_to_a_card_by_keyboard_alone(stage: Callable[..., Stage]) -> None:
    s = stage()
    s.open()
    keys = Keys(s)
    keys.until_screen(HomeView)
    keys.press(Qt.Key.Key_Return)  # New client has the focus in an empty journal
    keys.type("Wren")
    keys.press(Qt.Key.Key_Return)
    keys.until_screen(ClientView)
    for name, words in FACTS.items():
        keys.tab_to(name)
        keys.press(Qt.Key.Key_A, CONTROL)
        keys.type(words)
    keys.tab_to("Route: Into the muscle")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_N, CONTROL)
    keys.type("24 September 10:00")
    keys.tab_to("Kind: Dosing")
    keys.press(Qt.Key.Key_Return)
    keys.tab_to("Plan it")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_2, CONTROL)
    keys.until_screen(PrepareView)
    for name, words in INTENTION.items():
        keys.tab_to(name)
        keys.type(words)
    keys.press(Qt.Key.Key_Return, CONTROL)
    keys.tab_to("Change: Touch and boundaries")
    keys.press(Qt.Key.Key_Return)
    keys.type("Hand only, when she asks.")
    for words in ("", "harbour", "left palm raised"):
        keys.press(Qt.Key.Key_Tab)
        keys.type(words)
    keys.press(Qt.Key.Key_Return)
    for section, fields in SECTIONS.items():
        keys.tab_to(f"Change: {section}")
        keys.press(Qt.Key.Key_Return)
        for name, words in fields.items():
            keys.tab_to(name)
            keys.type(words)
        keys.tab_to("Keep this")
        keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_1, CONTROL)
    keys.until_screen(ClientView)
    keys.tab_to("Start dosing 1")
    keys.press(Qt.Key.Key_Return)
    keys.until_screen(LiveView)
    state = s.view._state
    assert state is not None
    card = state.card
    assert (card.intention, card.enough, card.touch) == (
        "“To stop bracing.”",
        "“One breath all the way out.”",
        "Hand only, when she asks.",
    )
    assert card.stop == "Says “harbour”, or left palm raised."
    assert card.phone == "Dr. L. 555-0142"
    said = s.presenter.held.said_card()
    assert (said.plan, said.watch_for) == (PLAN, ("goes silent",))
    keys.type("breath slower")
    keys.press(Qt.Key.Key_Return)
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        (client,), (course,), (session,) = journal.clients(), journal.courses(), journal.sessions()
        assert (client.pronouns, client.medicines) == ("she/her", "lamotrigine")
        assert client.emergency_contact == "friend J. 555-0177"
        assert (course.route, course.planned_sessions, course.vitals_schedule) == (Route.IM, 8, (0, 20, 60))
        assert course.limits == Limits(systolic=160, diastolic=100)
        assert (session.kind, session.number, session.course) == (SessionKind.DOSING, 1, course.id)
        assert session.planned_for is not None
        assert session.planned_for.strftime("%d %B %H:%M") == "24 September 10:00"
        assert session.running
        assert [part.name for part in journal.parts()] == ["Planner"]
        assert "breath slower" in [e.text for e in journal.entries()]


def with_client(s: Stage, alias: str) -> Keys:
    s.open()
    keys = Keys(s)
    keys.until_screen(HomeView)
    keys.press(Qt.Key.Key_N, CONTROL)
    keys.type(alias)
    keys.press(Qt.Key.Key_Return)
    keys.until_screen(ClientView)
    return keys


def test_the_list_of_everything_reaches_a_client_and_the_keys_go_back_and_forward(stage: Callable[..., Stage]) -> None:
    s = stage()
    keys = with_client(s, "Wren")
    keys.press(Qt.Key.Key_Left, ALT)
    keys.until_screen(HomeView)
    keys.press(Qt.Key.Key_Right, ALT)
    keys.until_screen(ClientView)
    keys.press(Qt.Key.Key_Left, ALT)
    keys.until_screen(HomeView)
    keys.press(Qt.Key.Key_K, CONTROL)
    keys.type("wren")
    keys.press(Qt.Key.Key_Return)
    keys.until_screen(ClientView)
    keys.press(Qt.Key.Key_K, CONTROL)
    keys.type("wren measures")
    keys.press(Qt.Key.Key_Return)
    keys.until_screen(MeasuresView)
    keys.press(Qt.Key.Key_K, CONTROL)
    keys.type("wren")
    keys.press(Qt.Key.Key_Return)
    keys.until_screen(ClientView)
    keys.press(Qt.Key.Key_3, CONTROL)  # nothing runs: no session is begun unasked
    keys.until_screen(ClientView)
    view = s.navigator.window.screen_shown
    assert isinstance(view, ClientView)
    assert view.banner.words.text() == "No session is running with this client. Start one here."
    s.quit()
    with looked_into(s.folder, s.clock) as after:
        assert after.sessions() == ()


def shown(s: Stage) -> QWidget | None:
    return s.navigator.window.screen_shown


def test_the_lock_wins_and_what_was_half_typed_is_there_again(stage: Callable[..., Stage]) -> None:
    s = stage()
    keys = with_client(s, "Wren")
    keys.tab_to("Notes")
    keys.type("band dire")
    keys.tab_to("Pronouns")
    keys.type("she")
    keys.press(Qt.Key.Key_K, CONTROL)
    keys.type("wre")
    s.navigator.lock()
    s.settle()
    assert s.navigator.window.shell is None
    assert not s.navigator.window._palette_of_commands.isVisible()
    assert s.navigator.window._palette_of_commands._list.count() == 0
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        (client,) = journal.clients()
        assert (client.notes, client.pronouns) == ("band dire", "she")


def test_locked_in_mid_word_the_word_is_in_the_journal(stage: Callable[..., Stage]) -> None:
    s = stage()
    keys = with_client(s, "Wren")
    keys.type("she/th")  # the focus is still in the field, and the quarter of a second has not passed
    s.navigator.lock()
    s.settle()
    s.quit()
    with looked_into(s.folder, s.clock) as journal:
        assert journal.clients()[0].pronouns == "she/th"


def test_under_the_veil_no_key_shows_a_client(stage: Callable[..., Stage]) -> None:
    s = stage()
    s.open()
    s.session_with("Wren")
    s.navigator._commands()
    s.settle()
    assert "Wren" in [c.name for c in s.navigator._commands() if c.sought]
    s.navigator.presenter.veil()  # type: ignore[union-attr]
    s.settle()
    for press in (lambda: s.navigator.desk.tab(1), s.navigator.desk.go_back):
        press()
        s.settle()
        assert isinstance(shown(s), LiveView)
    assert [c.name for c in s.navigator._commands() if "Wren" in c.name or c.sought] == []


def test_out_of_a_session_the_tabs_lead_to_its_client_and_back_in(stage: Callable[..., Stage]) -> None:
    s = stage()
    keys = with_client(s, "Wren")
    keys.tab_to("Start dosing 1")
    keys.press(Qt.Key.Key_Return)
    keys.until_screen(LiveView)
    keys.type("half a li")
    keys.press(Qt.Key.Key_1, CONTROL)
    keys.until_screen(ClientView)
    keys.press(Qt.Key.Key_3, CONTROL)
    keys.until_screen(LiveView)
    until(lambda: s.view.capture.line.plain_text() == "half a li", "the half-typed line is there again")


def test_what_can_be_pressed_and_every_page_of_the_settings_are_found_by_typing(stage: Callable[..., Stage]) -> None:
    s = stage()
    keys = with_client(s, "Wren")
    keys.press(Qt.Key.Key_K, CONTROL)
    keys.type("plan a session")
    keys.press(Qt.Key.Key_Return)
    view = s.navigator.window.screen_shown
    assert isinstance(view, ClientView)
    until(lambda: any(form.isVisible() for form in view.findChildren(PlaceForm)), "the form stands open")
    keys.press(Qt.Key.Key_K, CONTROL)
    keys.type("settings: keys")
    keys.press(Qt.Key.Key_Return)
    keys.until_screen(SettingsView)
    shown = s.navigator.window.screen_shown
    assert isinstance(shown, SettingsView)
    assert "Change the passphrase" in {one.text() for one in shown.findChildren(QAbstractButton) if one.isVisible()}
