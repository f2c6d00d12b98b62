"""Two journals, one colleague each, by keyboard: hand over, receive, continue, hand back, merge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kapjournal.application.receive import receipts
from kapjournal.domain.entry import Entry, Kind
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.handover.state import Way
from kapjournal.gui.receive.view import ReceiveView
from kapjournal.gui.review.view import ReviewView
from tests.fakes.clock import FakeClock
from tests.journeys.handing_keys import (
    fill_in,
    focused,
    hand_over_view,
    held,
    in_front,
    own_key,
    read_every_page,
    seal,
    shell,
    tab_to,
)
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
    read_every_page(m, view)
    bundle = seal(m, view)
    assert bundle.name == "wren-2026-09-22.kapbundle.age"
    assert PRIVATE.encode() not in bundle.read_bytes()
    m.quit()

    clock.pass_(3600)
    t = stage(theirs, clock)
    t.open()
    client = take_in(t, bundle, compare=True)
    until(lambda: "read-only history from Dr. L." in shell(t).note.text(), "the history is labelled with its sender")
    tab_to(t, client.course.line)
    t.press(KEY.Key_Right)
    t.press(KEY.Key_Return)
    until(lambda: isinstance(in_front(t), ReviewView), "what was received is looked at, not written")
    until(lambda: "read-only history from Dr. L." in shell(t).note.text(), "it is labelled there too")
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
    read_every_page(t, view)
    back = seal(t, view)
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


def test_a_bundle_that_the_program_was_started_with_is_shown_after_unlocking(stage: RAISE, tmp_path: Path) -> None:
    s = stage(clock=FakeClock(BEGUN))
    path = tmp_path / "sent.kapbundle.age"
    path.write_bytes(b"no bundle")
    s.navigator.desk.rooms.waiting = str(path)
    s.open()
    until(lambda: isinstance(in_front(s), ReceiveView), "the bundle is in front")
    view = in_front(s)
    assert isinstance(view, ReceiveView)
    until(lambda: "not a sealed bundle" in view.banner.words.text(), "what is wrong with it is told")
    s.navigator.go_home()
    assert not isinstance(in_front(s), ReceiveView)
