"""Two journals, one colleague each: hand over, receive, go on, hand back, merge. Nothing is doubled, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from kapjournal.application.colleagues import Trust, colleagues, remember
from kapjournal.application.deidentify import Reviewed
from kapjournal.application.export_records import exchanged, export_records
from kapjournal.application.hand_over import Sealed, holdings_of
from kapjournal.application.import_records import import_records
from kapjournal.application.ports import Keys, Sealer
from kapjournal.application.receive import Looked, Received, look, receipts, receive, senders
from kapjournal.domain.bundle import Form, Recipient
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Amendment, Entry, Kind
from kapjournal.domain.errors import Refused
from kapjournal.domain.exchange import fingerprint, identity
from kapjournal.domain.label import Tag, TagState, Theme
from kapjournal.domain.merging import Became
from kapjournal.domain.selection import Selection, outgoing
from kapjournal.storage.journal import SqlJournal
from kapjournal.storage.store import SqlJournals
from tests.fakes.clock import START, FakeClock
from tests.handed import A, B, C, authorized, fill, handover, sealed, sealer


class Desk(NamedTuple):
    """One therapist: their journal, their keys, their clock."""

    journal: SqlJournal
    keys: Keys
    folder: Path
    clock: FakeClock

    @property
    def sealer(self) -> Sealer:
        return sealer(self.keys)

    def look(self, path: Path) -> Looked:
        return look(self.journal, self.keys.vault_id, self.sealer.open(path.read_bytes()))

    def receive(self, path: Path, *, compared: bool = False) -> Received:
        return receive(self.journal, self.sealer, self.keys.vault_id, self.look(path), self.clock, compared=compared)

    def said(self) -> dict[tuple[str, ...], str]:
        """Everything that may go to a colleague, as it is written there."""
        held = self.journal
        selection = Selection(client="c", themes=frozenset(theme.id for theme in held.themes()))
        return {identity(r): fingerprint(r) for r in exchanged(outgoing(holdings_of(held, "c"), selection).records)}


def desk(folder: Path, keys: Keys) -> Desk:
    clock = FakeClock(START)
    return Desk(SqlJournals(clock).make(folder, keys), keys, folder, clock)


@pytest.fixture
def kestrel(tmp_path: Path) -> Iterator[Desk]:
    """The one who hands over first."""
    made = desk(tmp_path / "kestrel", A)
    fill(made.journal)
    yield made
    made.journal.close()


@pytest.fixture
def lark(tmp_path: Path) -> Iterator[Desk]:
    """The one who goes on, with work of their own."""
    made = desk(tmp_path / "lark", B)
    made.journal.keep(Client(id="l", alias="Lapwing"), Theme(id="lt", name="grief & loss", terms=("ache",)))
    yield made
    made.journal.close()


def hand(sender: Desk, to: Desk, path: Path, days: int, **given: object) -> Sealed:
    """Hand the clinical record of Wren over, with every theme."""
    themes = frozenset(theme.id for theme in sender.journal.themes())
    wanted = handover(
        Selection(client="c", themes=themes),
        recipient=Recipient(name=to.folder.name, key=to.sealer.own.recipient),
        sender=sender.folder.name,
        **given,
    )
    return sealed(sender.journal, path, wanted, sender.sealer, ids=f"{sender.folder.name}-{days}", days=days)


def note(id_: str, session: str, text: str, **more: object) -> Entry:
    given = {"id": id_, "client": "c", "session": session, "kind": "observation", "text": text, "noticed_at": START}
    return Entry.model_validate({**given, **more})


def test_what_was_received_is_labelled_and_read_only(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1)
    looked = lark.look(tmp_path / "1.age")
    assert (looked.known, looked.again, looked.refusal) == (False, False, None)
    assert looked.document.summary[0].title == "Referral summary"
    done = lark.receive(tmp_path / "1.age")
    assert done.merged.count(Became.NEW) > 20
    assert senders(lark.journal) == {A.vault_id: "kestrel"}
    received = [entry for entry in lark.journal.entries("c") if entry.id != receipts(lark.journal)[0].entry.id]
    assert {entry.origin for entry in received} == {A.vault_id}
    assert {session.origin for session in lark.journal.sessions("c")} == {A.vault_id}
    assert not any(session.running for session in lark.journal.sessions("c"))  # one of them is open over there
    open_note = next(entry for entry in received if entry.id == "practice")
    with pytest.raises(Refused, match="received from a colleague"):
        lark.journal.keep(open_note.model_copy(update={"text": "mine now"}))
    with pytest.raises(Refused, match="received from a colleague"):
        lark.journal.keep(open_note.model_copy(update={"text": "mine now", "origin": None}))
    with pytest.raises(Refused, match="received from a colleague"):
        lark.journal.keep(lark.journal.sessions("c")[1].model_copy(update={"setting": "elsewhere"}))
    assert all(finding.whole for finding in lark.journal.verify())


def test_one_transaction_with_its_receipt(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    done = hand(kestrel, lark, tmp_path / "1.age", 1)
    lark.receive(tmp_path / "1.age")
    receipt = receipts(lark.journal, "c")[0]
    assert receipt.details.bundle == done.disclosure.bundle_id
    assert receipt.details.key == kestrel.sealer.own.signing_key
    assert receipt.sender == "kestrel"
    assert receipt.entry.text.startswith("Received from kestrel: ")


def test_twice_is_once(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1)
    lark.receive(tmp_path / "1.age")
    before, counted = list(lark.journal.everything()), lark.journal.count()
    again = lark.receive(tmp_path / "1.age")
    assert not again.changes
    assert "stood in the journal already" in again.sentence
    assert (list(lark.journal.everything()), lark.journal.count()) == (before, counted)


def goes_on(lark: Desk) -> None:
    """A session of one's own under the received history, and words beside what was received."""
    began = START + timedelta(days=2)
    session = Session(id="ls", client="c", kind=SessionKind.INTEGRATION, number=2, started_at=began)
    lark.journal.keep(session, note("ln", "ls", "She telephoned"))
    lark.journal.keep(session.model_copy(update={"ended_at": began, "closed_at": began}))
    addendum = {"id": "la", "entry": "practice", "action": "addendum", "text": "kept daily", "written_at": began}
    state = {"id": "lm", "entry": "intention", "action": "addendum", "details": {"state": "met"}, "written_at": began}
    lark.journal.keep(Amendment.model_validate(addendum), Amendment.model_validate(state))
    lark.journal.keep(Tag(entry="practice", theme="lt", state=TagState.ACCEPTED))


def test_hand_over_go_on_hand_back(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1)
    lark.receive(tmp_path / "1.age")
    goes_on(lark)
    mine = note("kn", "s4", "Meanwhile, a call")
    kestrel.journal.keep(mine)
    hand(lark, kestrel, tmp_path / "2.age", 3)
    back = kestrel.receive(tmp_path / "2.age")
    assert sorted(str(identity(record)[-1]) for record in back.merged.of(Became.NEW)) == ["la", "lm", "ln", "ls", "t"]
    theirs = next(entry for entry in kestrel.journal.entries("c") if entry.id == "ln")
    assert theirs.origin == B.vault_id
    own = next(entry for entry in kestrel.journal.entries("c") if entry.id == "practice")
    assert own.origin is None
    hand(kestrel, lark, tmp_path / "3.age", 4)
    lark.receive(tmp_path / "3.age")
    assert _without_themes(kestrel) == _without_themes(lark)
    for one in (kestrel, lark):
        assert all(finding.whole for finding in one.journal.verify())


def _without_themes(one: Desk) -> dict[tuple[str, ...], str]:
    """Themes are each therapist's own words; the notes that carry them are compared by the theme's name."""
    names = {theme.id: theme.name.casefold() for theme in one.journal.themes()}
    said = one.said()
    tags = {(*name[:2], names[name[3]]): "" for name in said if name[0] == "tag"}
    return {name: words for name, words in said.items() if name[0] not in {"theme", "tag"}} | tags


def test_a_theme_of_the_same_name_is_the_same_theme(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1)
    lark.receive(tmp_path / "1.age")
    assert [theme.name for theme in lark.journal.themes()] == ["grief & loss", "Music"]
    assert {(tag.entry, tag.theme) for tag in lark.journal.tags("c")} == {("seen", "lt")}


def test_a_newer_bundle_adds_its_amendments_and_its_versions(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1)
    lark.receive(tmp_path / "1.age")
    changed = next(e for e in kestrel.journal.entries("c") if e.id == "practice").model_copy(update={"text": "Hum"})
    kestrel.journal.keep(changed)
    session = next(s for s in kestrel.journal.sessions("c") if s.id == "s4")
    kestrel.journal.keep(session.model_copy(update={"ended_at": START, "closed_at": START}))
    amendment = {"id": "new", "entry": "seen", "action": "addendum", "text": "and a smile", "written_at": START}
    kestrel.journal.keep(Amendment.model_validate(amendment))
    done = hand(kestrel, lark, tmp_path / "2.age", 2)
    assert done.opened.manifest.supersedes == "kestrel-1-1"
    merged = lark.receive(tmp_path / "2.age").merged
    assert [getattr(record, "id", "") for record in merged.of(Became.NEWER)] == ["s4", "practice"]
    assert [getattr(record, "id", "") for record in merged.of(Became.NEW)] == ["new"]
    assert next(e for e in lark.journal.entries("c") if e.id == "practice").text == "Hum"
    older = lark.receive(tmp_path / "1.age")  # arrives late
    assert not older.changes
    assert next(e for e in lark.journal.entries("c") if e.id == "practice").text == "Hum"
    assert _without_themes(kestrel) == _without_themes(lark)


def test_an_earlier_version_of_ones_own_changes_nothing(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1)
    lark.receive(tmp_path / "1.age")
    changed = next(e for e in kestrel.journal.entries("c") if e.id == "practice").model_copy(update={"text": "Hum"})
    kestrel.journal.keep(changed)
    hand(lark, kestrel, tmp_path / "2.age", 2)
    back = kestrel.receive(tmp_path / "2.age")
    assert [getattr(record, "id", "") for record in back.merged.of(Became.OLDER)] == ["practice"]
    assert next(e for e in kestrel.journal.entries("c") if e.id == "practice").text == "Hum"


def test_what_a_journal_lost_comes_home_as_its_own(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    """A journal brought back from an older backup, and a colleague who still has the rest."""
    hand(kestrel, lark, tmp_path / "1.age", 1)
    lark.receive(tmp_path / "1.age")
    hand(lark, kestrel, tmp_path / "2.age", 2)
    bare = desk(tmp_path / "again", A)
    bare.receive(tmp_path / "2.age")
    assert {entry.origin for entry in bare.journal.entries("c") if entry.kind is not Kind.CONTACT} == {None}
    assert {session.origin for session in bare.journal.sessions("c")} == {None}
    bare.journal.close()


def test_a_conflict_stands_side_by_side(kestrel: Desk, tmp_path: Path) -> None:
    """Both took in the same file once, and one of them has other words for the same note."""
    wren = desk(tmp_path / "lark", B)
    fill(wren.journal)
    theirs = next(e for e in wren.journal.entries("c") if e.id == "practice").model_copy(update={"text": "Sing aloud"})
    wren.journal.keep(theirs)
    hand(wren, kestrel, tmp_path / "1.age", 1)
    merged = kestrel.receive(tmp_path / "1.age").merged
    beside = merged.of(Became.BESIDE)
    assert [(getattr(r, "text", ""), getattr(r, "beside", "")) for r in beside] == [("Sing aloud", "practice")]
    texts = sorted(e.text for e in kestrel.journal.entries("c", [Kind.PRACTICE]))
    assert texts == ["Breathe out before the telephone", "Sing aloud"]
    assert not kestrel.receive(tmp_path / "1.age").changes
    hand(wren, kestrel, tmp_path / "2.age", 2)
    assert kestrel.receive(tmp_path / "2.age").merged.count(Became.BESIDE) == 0  # the same words, once
    assert ("entry", getattr(beside[0], "id", "")) not in kestrel.said()
    wren.journal.close()


def test_facts_of_the_client_stay_and_theirs_are_told(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1)
    lark.receive(tmp_path / "1.age")
    wren = next(c for c in lark.journal.clients() if c.id == "c")
    lark.journal.keep(wren.model_copy(update={"alias": "W.", "medicines": "none any more"}))
    hand(lark, kestrel, tmp_path / "2.age", 2)
    looked = kestrel.look(tmp_path / "2.age")
    assert looked.differing == {"medicines": ("lamotrigine", "none any more")}
    kestrel.receive(tmp_path / "2.age")
    assert next(c for c in kestrel.journal.clients() if c.id == "c").medicines == "lamotrigine"
    assert "Medicines as they have it: none any more" in receipts(kestrel.journal)[0].entry.text


def test_two_people_under_one_id_are_not_merged(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    lark.journal.keep(Client(id="c", alias="Somebody else"))
    hand(kestrel, lark, tmp_path / "1.age", 1)
    with pytest.raises(Refused, match="may be two people"):
        lark.receive(tmp_path / "1.age")
    assert lark.journal.entries("c") == ()


def test_a_consultation_copy_is_for_reading(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1, form=Form.CONSULTATION, reviewed=Reviewed(unattended=True))
    assert lark.look(tmp_path / "1.age").document.summary[0].title == "Summary for a consultation"
    with pytest.raises(Refused, match="for reading"):
        lark.receive(tmp_path / "1.age")


def test_a_first_key_is_trusted_by_words_once(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1)
    first = lark.look(tmp_path / "1.age").signed
    assert first.trust is Trust.FIRST
    assert kestrel.sealer.own.words in first.sentence
    lark.receive(tmp_path / "1.age")
    assert lark.look(tmp_path / "1.age").signed.trust is Trust.SEEN
    lark.receive(tmp_path / "1.age", compared=True)
    assert lark.look(tmp_path / "1.age").signed.trust is Trust.COMPARED
    lark.receive(tmp_path / "1.age")
    known = colleagues(lark.journal).named("KESTREL")
    assert known is not None
    assert known.compared_on is not None  # kept, though not compared again
    assert known.recipient == kestrel.sealer.own.recipient


def test_a_changed_key_is_told_loudly(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1)
    lark.receive(tmp_path / "1.age", compared=True)
    impostor = Desk(kestrel.journal, C, kestrel.folder, kestrel.clock)
    hand(impostor, lark, tmp_path / "2.age", 2)
    looked = lark.look(tmp_path / "2.age")
    assert looked.signed.trust is Trust.CHANGED
    assert "another key than the one you know" in looked.signed.sentence
    before = lark.journal.count()
    with pytest.raises(Refused, match="Call kestrel before"):
        lark.receive(tmp_path / "2.age")
    assert lark.journal.count() == before
    lark.receive(tmp_path / "2.age", compared=True)
    assert lark.look(tmp_path / "2.age").signed.trust is Trust.COMPARED


def test_a_pasted_key_does_not_replace_one_that_is_known(lark: Desk) -> None:
    remember(lark.journal, lark.sealer, "Kestrel", sealer(A).own.recipient, START)
    with pytest.raises(Refused, match="Another key is known"):
        remember(lark.journal, lark.sealer, "kestrel", sealer(C).own.recipient)
    assert remember(lark.journal, lark.sealer, "kestrel", sealer(A).own.recipient).compared_on is not None


def test_with_an_authorization_private_notes_arrive_private(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    paper = authorized(kestrel.journal, "lark")
    wanted = handover(
        Selection(client="c", entries=frozenset({"quote"})),
        recipient=Recipient(name="lark", key=lark.sealer.own.recipient),
        authorization=paper,
    )
    sealed(kestrel.journal, tmp_path / "1.age", wanted)
    lark.receive(tmp_path / "1.age")
    quote = next(entry for entry in lark.journal.entries("c") if entry.id == "quote")
    assert quote.in_class == "private"
    onward = outgoing(holdings_of(lark.journal, "c"), Selection(client="c"))
    assert "quote" not in onward.ids  # nor does it leave again unasked


def test_an_export_of_what_was_received_comes_back_the_same(kestrel: Desk, lark: Desk, tmp_path: Path) -> None:
    hand(kestrel, lark, tmp_path / "1.age", 1)
    lark.receive(tmp_path / "1.age")
    export_records(lark.journal, tmp_path / "plain", lark.clock)
    third = desk(tmp_path / "third", C)
    import_records(third.journal, tmp_path / "plain" / "journal.jsonl")
    assert sorted(map(fingerprint, third.journal.everything())) == sorted(map(fingerprint, lark.journal.everything()))
    assert {s.origin for s in third.journal.sessions("c")} == {A.vault_id}
    done = import_records(lark.journal, tmp_path / "plain" / "journal.jsonl")
    assert done.wrote == 0
    third.journal.close()
