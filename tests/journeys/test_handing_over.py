"""Two journals, one colleague each, by keyboard: hand over, receive, continue, hand back, merge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from kapjournal.application.receive import receipts
from kapjournal.domain.entry import Entry, Kind
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.handover.state import Way
from kapjournal.gui.handover.view import HandOverView
from kapjournal.gui.receive.view import ReceiveView
from kapjournal.gui.shell import Shell
from tests.fakes.clock import FakeClock
from tests.journeys.stage import Stage, looked_into, type_text, until, vault

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
RAISE = Callable[..., Stage]
BEGUN = datetime(2026, 9, 22, 10, 0, tzinfo=timezone(timedelta(hours=1)))
PRIVATE = "canary private"
OWN = "canary own state"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where bundles are offered to lie."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


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


def read_and_seal(s: Stage, view: HandOverView) -> Path:
    """From whom it is for to the sealed file."""
    until(lambda: focused() is view.seal.next and "page" in view.seal.seal.text(), "the pages can be read")
    presses = 0
    while view.seal.next.isEnabled():
        s.press(KEY.Key_Return)
        presses += 1
    assert view.presenter is not None
    assert presses == view.presenter.state.pages - 1
    tab_to(s, view.seal.seal)
    s.press(KEY.Key_Return)
    until(view.sealed.isVisible, "the bundle is sealed")
    assert focused() is view.sealed.done
    path = Path(view.sealed.path.accessibleName())
    s.press(KEY.Key_Return)
    return path


def take_in(s: Stage, path: Path, *, compare: bool) -> ClientView:
    """Open a bundle and take it in; the program is at the client then."""
    s.navigator.window.activateWindow()
    s.navigator.desk.go_bundle(str(path))
    until(lambda: isinstance(in_front(s), ReceiveView), "the bundle is in front")
    view = in_front(s)
    assert isinstance(view, ReceiveView)
    until(view.signed.isVisible, "the signer is told")
    if compare:
        assert focused() is view.compared
        assert "key is new to you" in view.sentence.text()
        s.press(KEY.Key_Return)
    tab_to(s, view.take)
    s.press(KEY.Key_Return)
    until(view.go_on.isVisible, "it is taken in")
    assert focused() is view.go_on
    s.press(KEY.Key_Return)
    until(lambda: isinstance(in_front(s), ClientView), "the client is in front")
    found = in_front(s)
    assert isinstance(found, ClientView)
    return found


def notes(folder: Path) -> dict[str, tuple[str, str]]:
    """Every clinical note of Wren, by id."""
    with looked_into(folder) as journal:
        client = next(one for one in journal.clients() if one.alias == "Wren")
        received = {one.entry.id for one in receipts(journal, client.id)}
        return {e.id: (e.kind, e.text) for e in journal.entries(client.id) if e.id not in received and clinical(e)}


def clinical(entry: Entry) -> bool:
    return entry.in_class == "progress" and entry.kind is not Kind.SELF


def test_two_journals_hand_back_and_forth_and_agree(stage: RAISE, tmp_path: Path) -> None:
    theirs = vault(tmp_path / "theirs.kapvault")
    clock = FakeClock(BEGUN)
    t = stage(theirs, clock)
    t.open()
    key = own_key(t)
    t.quit()

    m = stage(clock=clock)
    m.open()
    held(m, "dose 60mg im", "bp 120/80 hr 70", "Right hand opens.", f'"{PRIVATE}', f"~{OWN}")
    m.press(KEY.Key_6, CTRL)
    view = hand_over_view(m)
    until(lambda: focused() is view.who.form.name, "the form is ready")
    fill_in(m, "T.M.", key, "Takes over", "Dr. L.")
    bundle = read_and_seal(m, view)
    assert bundle.name == "wren-2026-09-22.kapbundle.age"
    assert PRIVATE.encode() not in bundle.read_bytes()
    m.quit()

    clock.pass_(3600)
    t = stage(theirs, clock)
    t.open()
    client = take_in(t, bundle, compare=True)
    until(lambda: "read-only history from Dr. L." in shell(t).note.text(), "the history is labelled with its sender")
    assert client.isVisible()
    t.quit()
    assert notes(theirs) == notes(m.folder)

    t = stage(theirs, clock)
    t.open()
    held(t, "Jaw softer than last time.", "dose 30mg im")
    t.press(KEY.Key_6, CTRL)
    view = hand_over_view(t)
    until(lambda: view.who.form.isVisible() and view.who.form.known.isVisible(), "the sender is known already")
    tab_to(t, view.who.form.purpose)
    fill_in(t, "Hand back", "T.M.")
    back = read_and_seal(t, view)
    t.quit()

    clock.pass_(3600)
    m = stage(m.folder, clock)
    m.open()
    take_in(m, back, compare=False)
    take_in(m, back, compare=False)  # twice is once
    m.quit()
    assert notes(m.folder) == notes(theirs)
    assert "Jaw softer than last time." in {text for _, text in notes(m.folder).values()}
    with looked_into(m.folder) as journal:
        assert all(finding.whole for finding in journal.verify())
        assert len(journal.disclosures()) == 1
        texts = [entry.text for entry in journal.entries()]
        assert texts.count("Right hand opens.") == texts.count("Jaw softer than last time.") == 1
        assert any(PRIVATE in text for text in texts)
    with looked_into(theirs) as journal:
        assert not any("canary" in entry.text for entry in journal.entries())
        assert len(journal.disclosures()) == 1


def test_private_notes_are_refused_until_a_permission_is_recorded(stage: RAISE) -> None:
    s = stage(clock=FakeClock(BEGUN))
    s.open()
    held(s, "Right hand opens.", f'"{PRIVATE}')
    s.press(KEY.Key_6, CTRL)
    view = hand_over_view(s)
    until(lambda: focused() is view.who.form.name, "the form is ready")
    assert view.presenter is not None
    view.who.form.ways[Way.PASSPHRASE].setFocus()
    s.press(KEY.Key_Space)
    tab_to(s, view.who.form.name)
    fill_in(s, "T.M.", "Takes over", "Dr. L.")
    until(lambda: focused() is view.seal.next, "it is for somebody")
    s.settle()
    tree = view.what.tree
    tree.setFocus()
    tree.go_to("private")
    s.press(KEY.Key_Space)
    assert "Nothing private was ticked" in view.what.private.sentence.text()
    assert [row.tick for row in tree.rows if row.key == "private"] == ["off"]
    tab_to(s, view.what.private.begin)
    s.press(KEY.Key_Return)
    until(lambda: focused() is view.what.private.scope, "the paper is asked for")
    fill_in(s, "Session notes")  # to whom stands there already, and so does today
    until(lambda: "recorded" in view.what.private.title.words.text(), "the permission is recorded")
    tree.setFocus()
    tree.go_to("private")
    s.press(KEY.Key_Space)
    until(lambda: [row.tick for row in tree.rows if row.key == "private"] == ["on"], "private notes are ticked")
    presenter = view.presenter
    until(lambda: presenter.state.may_not == "", "nothing stands in the way")


def test_what_was_chosen_is_there_after_the_lock(stage: RAISE) -> None:
    s = stage(clock=FakeClock(BEGUN))
    s.open()
    held(s, "Right hand opens.", "dose 60mg im")
    wren = s.presenter.held.client.id
    s.press(KEY.Key_6, CTRL)
    view = hand_over_view(s)
    until(lambda: focused() is view.who.form.name, "the form is ready")
    view.what.tree.setFocus()
    view.what.tree.go_to("record/Doses, vitals, safety")
    s.press(KEY.Key_Space)
    view.letter.areas[0].setFocus()
    type_text(focused(), "Does the jaw soften?")
    s.press(KEY.Key_L, CTRL)
    until(lambda: s.navigator.journal is None, "the journal is locked")
    s.open()
    s.navigator.desk.go_hand_over(wren)
    view = hand_over_view(s)
    until(lambda: bool(view.what.tree.rows), "the tree is there")
    ticks = {row.key: row.tick for row in view.what.tree.rows}
    assert ticks["record/Doses, vitals, safety"] == "off"
    assert view.letter.areas[0].toPlainText() == "Does the jaw soften?"
