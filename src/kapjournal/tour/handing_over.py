"""The tour's last steps: a record is chosen, read page by page and sealed, and a colleague's bundle is taken in.

The sealed bundle stays beside the pictures, with the key of the throwaway colleague that opens it:
`age -d -i KEY BUNDLE > bundle.zip`.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from nacl.signing import SigningKey
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from kapjournal import paths
from kapjournal.app import Parts, compose, make_sealer
from kapjournal.application.hand_over import Handover, preview, seal
from kapjournal.application.open_vault import make_journal
from kapjournal.application.ports import Keys, Sealer
from kapjournal.domain.bundle import Recipient
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.selection import Selection
from kapjournal.gui.client.view import ClientView
from kapjournal.gui.handover.state import Copy
from kapjournal.gui.handover.view import HandOverView
from kapjournal.gui.handovers.view import HandoversView
from kapjournal.gui.receive.view import ReceiveView
from kapjournal.handoff.keys import identity_of
from kapjournal.tour.driver import CTRL, Driver, breathe, expect
from kapjournal.tour.entering import CLIENT, CLIENT_ID
from kapjournal.vault.document import LEAST_MEMORY
from kapjournal.vault.keyfile import Cost, KeyFile

COLLEAGUE = "T.M."
THEIR_CLIENT = "Alder"
PRIVATE = "private"


class TheColleague(NamedTuple):
    """Somebody invented, with a throwaway journal of their own."""

    parts: Parts
    folder: Path
    keys: Keys
    sealer: Sealer

    def sends(self, to: str, at: Path) -> Path:
        """A bundle about a client of theirs, sealed for this key."""
        parts = self.parts
        journal = parts.journals.open(self.folder, self.keys)
        now = parts.clock.now().at
        journal.keep(
            Client(id="alder", alias=THEIR_CLIENT, pronouns="they/them"),
            Session(id="alder-1", client="alder", kind=SessionKind.INTEGRATION, number=1, started_at=now),
            Entry(
                id="alder-1-1",
                client="alder",
                session="alder-1",
                kind=Kind.OBSERVATION,
                text="Breath low and even. Sits nearer the door than last week.",
                noticed_at=now,
            ),
        )
        handover = Handover(
            selection=Selection(client="alder"),
            recipient=Recipient(name="You", key=to),
            purpose="Cover for three weeks",
            sender=COLLEAGUE,
        )
        shown = preview(journal, handover, parts.clock, parts.new_id)
        path = at / "alder.kapbundle.age"
        seal(journal, self.sealer, handover, shown, path, parts.clock, parts.new_id)
        journal.close()
        return path


def the_colleague(on: Driver) -> TheColleague:
    """The same one every time within a run."""
    parts = compose(on.clock, KeyFile(Cost(LEAST_MEMORY, 2)))
    folder = paths.folders().data / "colleague.kapvault"
    if folder.exists():
        keys = parts.keys.unlock(folder, COLLEAGUE * 4)
    else:
        made = make_journal(parts.keys, parts.journals, folder, COLLEAGUE * 4)
        keys = made.keys
        made.journal.close()
    return TheColleague(parts, folder, keys, make_sealer(keys))


def it_is_said_whom_it_is_for(on: Driver) -> str:
    """A key is pasted with a name; the six words are there to be said to each other."""
    on.navigator.go_client(CLIENT_ID)
    on.until_screen(ClientView)
    on.settle()
    on.press(Qt.Key.Key_6, CTRL)
    view = on.until_screen(HandOverView)
    form = view.who.form
    on.until(form.name.hasFocus, "the form is ready")
    on.picture("handover-whom", large=True)
    key = the_colleague(on).sealer.own.recipient
    for text in (COLLEAGUE, key, "Takes over integration"):
        on.key_in(text)
        on.press(Qt.Key.Key_Tab)
    on.key_in("Dr. L.")
    on.press(Qt.Key.Key_Return)
    on.until(lambda: view.seal.seal.text().startswith("Seal, after"), "the pages are laid out")
    view.who.compared.click()
    on.settle()
    on.until(lambda: "compared" in view.who.note.text(), "the words are compared")
    return view.who.words.accessibleName()


def private_notes_stay_without_a_permission(on: Driver) -> str:
    """Ticking them is refused; the client's permission is recorded, and then they can be ticked."""
    view = on.screen(HandOverView)
    tree, private = view.what.tree, view.what.private
    _tick(on, tree, PRIVATE)
    expect("Nothing private was ticked" in private.sentence.text(), "nothing says why it was not ticked")
    refused = private.sentence.text()
    on.press_in(private.begin, Qt.Key.Key_Return)
    on.until(private.scope.hasFocus, "the paper is asked for")
    on.key_in("Her own words and the parts, for integration")
    on.picture("handover-permission", large=True)
    private.scope.setFocus()
    on.press(Qt.Key.Key_Return)
    on.until(lambda: "recorded" in private.title.words.text(), "the permission is recorded")
    _tick(on, tree, PRIVATE)
    on.until(lambda: "of your own state" in view.what.stays.text(), "the own state stays")
    _picture(on, "handover", view.paper)
    return refused


def every_page_is_read_and_it_is_sealed(on: Driver) -> str:
    """Page by page; then it is sealed, opened again and compared. The bundle stays beside the pictures."""
    view = on.screen(HandOverView)
    on.until(view.seal.next.isEnabled, "the pages can be read")
    pressed = 0
    while view.seal.next.isEnabled():
        on.press_in(view.seal.next, Qt.Key.Key_Return)
        pressed += 1
        if pressed == 3:
            _picture(on, "handover-page", view.paper)
            view.seal.next.setFocus()
    bundle, key = (on.out / f"{on.look}-{CLIENT.lower()}.{end}" for end in ("kapbundle.age", "key.txt"))
    bundle.unlink(missing_ok=True)
    key.write_text(identity_of(SigningKey(the_colleague(on).keys.signing_seed)) + "\n", encoding="utf-8")
    view.seal.path.setFocus()
    on.press(Qt.Key.Key_A, CTRL)
    on.key_in(str(bundle))
    on.press_in(view.seal.seal, Qt.Key.Key_Return)
    on.until(view.sealed.isVisible, "it is sealed")
    view.sealed.path.setText("juniper.kapbundle.age")  # the picture is the same wherever the tour runs
    _picture(on, "handover-sealed", view.sealed)
    on.press_in(view.sealed.done, Qt.Key.Key_Return)
    return f"{pressed + 1} pages read. Open it: age -d -i {key.name} {bundle.name} > bundle.zip"


def names_are_gone_through_for_a_consultation(on: Driver) -> str:
    """Every passage that would go, with what could tell who somebody is."""
    view = on.screen(HandOverView)
    view.copies[Copy.CONSULTATION].click()
    on.until(view.marks.isVisible, "the passages are there")
    on.settle()
    marked = _until_something_is_marked(on, view)
    _picture(on, "handover-names", view.marks)
    expect(not view.seal.seal.isEnabled(), "it can be sealed before it was gone through")
    view.copies[Copy.COLLEAGUE].click()
    on.until(view.paper.isVisible, "the pages are there again")
    on.settle()
    return marked


def a_progress_note_is_copied(on: Driver) -> str:
    """The draft for another record system, as text."""
    view = on.screen(HandOverView)
    view.copies[Copy.NOTE].click()
    on.until(lambda: bool(view.note.area.toPlainText()), "the draft is there")
    on.picture("handover-note")
    view.copies[Copy.COLLEAGUE].click()
    on.settle()
    return view.note.area.toPlainText().splitlines()[1]


def a_bundle_of_a_colleague_is_taken_in(on: Driver) -> str:
    """Who signed it is known by the words; it becomes a read-only history with its sender's name."""
    rooms = on.navigator.desk.rooms
    own = on.on_worker(lambda: rooms.sealer().own.recipient)
    path = the_colleague(on).sends(own, paths.folders().data)
    on.navigator.desk.go_bundle(str(path))
    view = on.until_screen(ReceiveView)
    on.until(view.signed.isVisible, "it is said who signed it")
    on.picture("receive", large=True)
    signer = view.signer.words.text()
    on.press_in(view.take, Qt.Key.Key_Return)
    on.until(view.go_on.isVisible, "it is taken in")
    on.picture("received")
    on.press_in(view.go_on, Qt.Key.Key_Return)
    on.until_screen(ClientView)
    shell = on.navigator.window.shell
    on.until(lambda: shell is not None and COLLEAGUE in shell.note.text(), "the history is labelled")
    on.picture("received-client")
    return signer


def all_that_left_and_came_is_in_one_place(on: Driver) -> str:
    """Over all clients, with the key that colleagues seal to."""
    on.navigator.desk.go_handovers()
    view = on.until_screen(HandoversView)
    on.until(lambda: bool(view.left.rows) and bool(view.came.rows), "what left and came is told")
    # Keys are made anew in each run, so that no picture is like the one before.
    on.picture("handovers", large=True)
    return f"{view.left.rows[0].title}; {view.came.rows[0].title}"


def _tick(on: Driver, tree: QWidget, key: str) -> None:
    view = on.screen(HandOverView)
    view.what.tree.setFocus()
    view.what.tree.go_to(key)
    on.press(Qt.Key.Key_Space)
    on.settle()


def _picture(on: Driver, name: str, of: QWidget) -> None:
    """With this in sight at every size."""
    view = on.screen(HandOverView)
    for _ in on.sizes(name, large=True):
        breathe()
        view.columns.to_top(of)
        breathe()


def _until_something_is_marked(on: Driver, view: HandOverView) -> str:
    for _ in range(200):
        marks = view.presenter.state.marks if view.presenter else None
        if marks is None:
            break
        found = [one for row in marks.rows for one in row.stretches if one.replaced is not None]
        if found:
            return f"“{found[0].text}” becomes “{found[0].replaced}” ({found[0].why})"
        on.press_in(view.forward, Qt.Key.Key_Return)
    return "nothing was marked"


HANDING_OVER = (
    it_is_said_whom_it_is_for,
    private_notes_stay_without_a_permission,
    every_page_is_read_and_it_is_sealed,
    names_are_gone_through_for_a_consultation,
    a_progress_note_is_copied,
    a_bundle_of_a_colleague_is_taken_in,
    all_that_left_and_came_is_in_one_place,
)
