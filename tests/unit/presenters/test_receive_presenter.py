"""Receiving without Qt: who signed is told, words are compared, and only then it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from kapjournal.application.colleagues import OWN_NAME
from kapjournal.application.deidentify import Reviewed
from kapjournal.application.hand_over import preview, seal
from kapjournal.application.ports import Keys
from kapjournal.domain.bundle import Form, Recipient
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.errors import NotSaved
from kapjournal.gui.handovers.presenter import Handovers, HandoversPresenter, HandoversUses, read_handovers
from kapjournal.gui.receive.presenter import ReceivePresenter
from kapjournal.gui.receive.state import Receive
from kapjournal.gui.receive.uses import ReceiveUses, open_bundle, take_in
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.handed import CANARIES, A, B, C, fill, handover, sealer


class Sent(NamedTuple):
    path: Path
    passphrase: str | None


class Home:
    """One therapist with a journal in memory and the real keys."""

    def __init__(self, keys: Keys, folder: Path) -> None:
        self.keys, self.folder = keys, folder
        self.clock = FakeClock()
        self.journal = FakeJournal(self.clock)
        self.sealer = sealer(keys)
        self.sent = 0

    def send(self, to: Recipient, form: Form = Form.HANDOVER, sender: str = "K.L.") -> Sent:
        self.sent += 1
        self.clock.pass_(60)
        wanted = handover(recipient=to, form=form, sender=sender)
        path = self.folder / f"{self.keys.vault_id[:1]}{self.sent}.kapbundle.age"
        ids = FakeIds(f"{self.keys.vault_id[:1]}{self.sent}")
        shown = preview(self.journal, wanted, self.clock, ids)
        if form is Form.CONSULTATION:
            wanted = wanted.model_copy(update={"reviewed": Reviewed(unattended=True)})
            shown = preview(self.journal, wanted, self.clock, ids)
        done = seal(self.journal, self.sealer, wanted, shown, path, self.clock, ids)
        return Sent(path, done.passphrase)

    def look(self, path: Path) -> Screen:
        return Screen(self, path)

    @property
    def key(self) -> Recipient:
        return Recipient(name="me", key=self.sealer.own.recipient)


class Screen:
    def __init__(self, home: Home, path: Path) -> None:
        self.told: list[Receive] = []
        self.went: list[str] = []
        uses = ReceiveUses(
            open=lambda file, words: open_bundle(home.journal, home.sealer, home.keys.vault_id, file, words),
            take=lambda looked, compared: take_in(
                home.journal, home.sealer, home.keys.vault_id, home.clock, looked, compared=compared
            ),
            go_client=self.went.append,
            leave=lambda: self.went.append("away"),
        )
        self.presenter = ReceivePresenter(uses, InlineTasks(), self)
        self.presenter.start(path)

    def show_state(self, state: Receive) -> None:
        self.told.append(state)

    @property
    def state(self) -> Receive:
        return self.told[-1]


@pytest.fixture
def a(tmp_path: Path) -> Home:
    made = Home(A, tmp_path)
    fill(made.journal)
    return made


@pytest.fixture
def b(tmp_path: Path) -> Home:
    return Home(B, tmp_path)


def test_a_first_key_is_told_so_and_its_words_are_compared_once(a: Home, b: Home) -> None:
    screen = b.look(a.send(b.key).path)
    signer = screen.state.signer
    assert signer is not None
    assert "for the first time" in signer.title
    assert signer.words == a.sealer.own.words
    assert b.journal.clients() == ()  # looking takes nothing in
    assert screen.state.page is not None
    assert dict(screen.state.facts)["About"] == "Wren"
    screen.presenter.compared()
    screen.presenter.take()
    assert screen.state.taken.startswith("Taken in from K.L.")
    assert not screen.state.may_take
    screen.presenter.go_on()
    assert screen.went == ["c"]
    assert [client.alias for client in b.journal.clients()] == ["Wren"]
    assert {e.origin for e in b.journal.entries() if e.kind is not Kind.CONTACT} == {A.vault_id}
    again = b.look(a.send(b.key).path).state.signer
    assert again is not None
    assert again.asks == ""  # compared once is enough


def test_twice_is_once(a: Home, b: Home) -> None:
    sent = a.send(b.key)
    for _ in range(2):
        screen = b.look(sent.path)
        screen.presenter.take()
    assert "stood in the journal already" in screen.state.taken
    assert dict(screen.state.facts)["Received before"]
    assert len(b.journal.entries("c", [Kind.OBSERVATION])) == len(
        {e.id for e in b.journal.entries("c", [Kind.OBSERVATION])}
    )


def test_another_key_under_a_known_name_is_told_loudly(a: Home, b: Home, tmp_path: Path) -> None:
    b.look(a.send(b.key).path).presenter.take()
    stranger = Home(C, tmp_path)
    fill(stranger.journal)
    screen = b.look(stranger.send(b.key).path)
    assert screen.state.signer is not None
    assert screen.state.signer.role == "safety"
    assert "another key" in screen.state.signer.sentence
    assert not screen.state.may_take
    before = b.journal.count()
    screen.presenter.take()
    assert b.journal.count() == before
    screen.presenter.compared()
    assert screen.state.signer.role == "text"
    assert screen.state.may_take


def test_a_passphrase_is_asked_for_and_tried_until_it_opens(a: Home, b: Home) -> None:
    sent = a.send(Recipient(name="me"))
    screen = b.look(sent.path)
    assert screen.state.asks_passphrase
    screen.presenter.try_passphrase("six words that are not it")
    assert screen.state.asks_passphrase
    assert "does not open" in screen.state.problem
    assert screen.state.signer is None
    assert sent.passphrase is not None
    screen.presenter.try_passphrase(f"  {sent.passphrase.replace(' ', '   ')} ")
    assert not screen.state.asks_passphrase
    assert screen.state.signer is not None


def test_what_is_no_bundle_for_this_journal_is_one_sentence(a: Home, b: Home, tmp_path: Path) -> None:
    text = tmp_path / "words.txt"
    text.write_text("words")
    cut = tmp_path / "cut.age"
    cut.write_bytes(a.send(b.key).path.read_bytes()[:-40])
    for path, says in (
        (a.send(a.key).path, "not for you"),
        (text, "not a sealed bundle"),
        (cut, "cut short"),
        (tmp_path / "none.age", "could not be read"),
    ):
        screen = b.look(path)
        assert screen.state.message is not None
        assert says in screen.state.message.sentence
        assert screen.state.signer is None
    assert b.journal.clients() == ()


def test_a_consultation_copy_is_read_and_not_taken_in(a: Home, b: Home) -> None:
    screen = b.look(a.send(b.key, Form.CONSULTATION).path)
    assert "is not taken into a journal" in screen.state.refusal
    assert not screen.state.may_take
    screen.presenter.step(1)
    assert screen.state.number == 2
    screen.presenter.take()
    assert b.journal.clients() == ()


def test_what_is_told_differently_stands_side_by_side(a: Home, b: Home) -> None:
    b.look(a.send(b.key).path).presenter.take()
    client = b.journal.clients()[0]
    b.journal.keep(client.model_copy(update={"medicines": "lamotrigine, evening only"}))
    screen = b.look(a.send(b.key).path)
    told = {one.what: (one.ours, one.theirs) for one in screen.state.differences}
    ours, theirs = told["Medicines"]
    assert "".join(s.text for s in ours) == "lamotrigine, evening only"
    assert "".join(s.text for s in theirs) == "lamotrigine"
    assert any(s.changed for s in ours)


def test_an_own_entry_that_came_back_changed_stands_beside(a: Home, b: Home) -> None:
    b.look(a.send(b.key).path).presenter.take()
    insight = next(e for e in a.journal.entries("c", [Kind.PLAN]))
    changed = Home(B, a.folder)  # the colleague's journal, in which the entry was worded anew
    for record in a.journal.everything():
        same = isinstance(record, Entry) and record.id == insight.id
        changed.journal.keep(record.model_copy(update={"text": "Call the sister first"}) if same else record)
    changed.clock.pass_(3600)
    screen = a.look(changed.send(a.key, sender="T.M.").path)
    told = {one.what: one for one in screen.state.differences}
    assert "".join(s.text for s in told["Plan"].ours) != "".join(s.text for s in told["Plan"].theirs)
    screen.presenter.take()
    texts = [e.text for e in a.journal.entries("c", [Kind.PLAN])]
    assert {insight.text, "Call the sister first"} <= set(texts)


# --- the place of all handovers -------------------------------------------------------------------------------------


class Place:
    def __init__(self, home: Home) -> None:
        self.told: list[Handovers] = []
        self.went: list[str] = []
        uses = HandoversUses(
            read=lambda: read_handovers(home.journal, home.sealer),
            start=lambda client: self.went.append(f"hand over {client}"),
            go_client=lambda client: self.went.append(f"client {client}"),
            open=lambda path: self.went.append(f"open {path}"),
            keep_name=lambda name: home.journal.put_on_desk(OWN_NAME, name or None),
        )
        self.presenter = HandoversPresenter(uses, InlineTasks(), self)
        self.presenter.start()

    def show_state(self, state: Handovers) -> None:
        self.told.append(state)

    @property
    def state(self) -> Handovers:
        return self.told[-1]


def test_all_that_left_and_came_is_told_over_all_clients(a: Home, b: Home) -> None:
    sent = a.send(b.key)
    b.look(sent.path).presenter.take()
    left, came = Place(a), Place(b)
    assert [line.title for line in left.state.left] == ["Wren, to me"]
    assert left.state.came == ()
    assert [line.title for line in came.state.came] == ["Wren, from K.L."]
    assert [line.title for line in came.state.known] == ["K.L."]
    assert left.state.recipient == a.sealer.own.recipient
    assert not any(canary in repr(left.state) + repr(came.state) for canary in CANARIES)
    left.presenter.look_at_left(left.state.left[0].key)
    came.presenter.look_at_came(came.state.came[0].key)
    assert (left.went, came.went) == (["hand over c"], ["client c"])


def test_the_own_name_is_kept_for_the_next_bundle(b: Home) -> None:
    place = Place(b)
    assert (place.state.name, place.state.name_says) == ("", "")
    place.presenter.keep_name("  Dr.  M. ")
    assert b.journal.desk(OWN_NAME) == "Dr. M."
    assert place.state.name_says == "Kept. The next bundle is signed “Dr. M.”"
    assert Place(b).state.name == "Dr. M."
    b.journal.trouble = NotSaved("The disk is full.")
    place.presenter.keep_name("Dr. N.")
    assert (place.state.name, place.state.name_says) == ("Dr. M.", "")
    b.journal.trouble = None
    place.presenter.keep_name("")
    assert b.journal.desk(OWN_NAME) is None


def test_a_handover_begins_with_a_client(a: Home, b: Home) -> None:
    place = Place(a)
    place.presenter.begin()
    assert [line.title for line in place.state.clients] == ["Wren", "Heron"]
    assert place.state.starting
    place.presenter.choose("o")
    assert place.went == ["hand over o"]
    nobody = Place(b)
    nobody.presenter.begin()
    assert nobody.state.message is not None
    assert not nobody.state.starting
    b.look(a.send(b.key).path).presenter.take()
    one = Place(b)
    one.presenter.begin()
    assert one.went == ["hand over c"]
