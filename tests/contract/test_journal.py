"""What every journal does, the one in memory and the one on the disk alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import pytest

from kapjournal.application.ports import Journal, Keys
from kapjournal.domain.course import Client, Course, Record, Session, SessionKind
from kapjournal.domain.entry import Action, Amendment, DoseDetails, Entry, Kind, PartDetails
from kapjournal.domain.errors import BadInput, NoJournal, Refused
from kapjournal.domain.label import Link, Part, Relation, Tag, TagState, Theme
from kapjournal.domain.selection import Disclosure
from kapjournal.storage.store import SqlJournals
from tests.fakes.clock import START, FakeClock
from tests.fakes.journal import FakeJournal, FakeJournals

KEYS = Keys("vault-1", b"d" * 32, b"l" * 32, b"s" * 32)

HERON = Client(id="heron", alias="Heron")
OTTER = Client(id="otter", alias="Otter")
COURSE = Course(id="course", client="heron", vitals_schedule=(0, 20))
OPEN = Session(id="open", client="heron", course="course", kind=SessionKind.DOSING, started_at=START)
CLOSED = Session(id="closed", client="heron", kind=SessionKind.PREPARATION, closed_at=START)
OTHERS = Session(id="others", client="otter", kind=SessionKind.INTEGRATION)
GUARD = Part(id="guard", client="heron", name="The guard")
TRUST = Theme(id="trust", name="Trust", terms=("let go", "held"))
TEAR = Entry(id="tear", client="heron", session="open", kind=Kind.OBSERVATION, text="a tear", noticed_at=START)
DOSE = Entry(
    id="dose", client="heron", session="open", kind=Kind.DOSE, text="", noticed_at=START,
    details=DoseDetails(amount_mg=60, booster=False),
)  # fmt: skip
OLD = Entry(id="old", client="heron", session="closed", kind=Kind.NOTE, text="said before", noticed_at=START)
ALONE = Entry(id="alone", client="heron", kind=Kind.INTENTION, text="to rest", noticed_at=START)
SEEN = Entry(
    id="seen", client="heron", session="open", kind=Kind.PART, text="stands at the door", noticed_at=START,
    details=PartDetails(part="guard"),
)  # fmt: skip
TOLD = Entry(id="told", client="otter", session="others", kind=Kind.QUOTE, text="it was quiet", noticed_at=START)
LATER = Amendment(id="later", entry="old", action=Action.ADDENDUM, text="and smiled", written_at=START)
TAG = Tag(entry="tear", theme="trust", state=TagState.ACCEPTED)
ECHO = Link(source="tear", target="alone", relation=Relation.ECHOES)
SHARED = Disclosure(
    id="shared", client="heron", sealed_at=START, recipient="Dr K", purpose="care", what="one session", bundle_id="b",
)  # fmt: skip
ALL: tuple[Record, ...] = (
    HERON, OTTER, COURSE, OPEN, CLOSED, OTHERS, GUARD, TRUST, TEAR, DOSE, OLD, ALONE, SEEN, TOLD, LATER, TAG, ECHO,
    SHARED,
)  # fmt: skip


class Searching(Journal, Protocol):
    def search(self, words: str, client: str | None = None) -> tuple[Entry, ...]: ...


@pytest.fixture(params=["fake", "real"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Searching]:
    made: Searching = FakeJournal() if request.param == "fake" else SqlJournals(FakeClock()).make(tmp_path / "j", KEYS)
    yield made
    made.close()


@pytest.fixture
def full(journal: Searching) -> Searching:
    journal.keep(*ALL)
    return journal


def standing(journal: Journal) -> list[Record]:
    return list(journal.everything())


def test_a_new_journal_is_empty(journal: Searching) -> None:
    assert standing(journal) == []
    assert set(journal.count().values()) == {0}
    assert len(journal.count()) == 10
    assert all(finding.whole for finding in journal.verify())


def test_what_was_kept_is_read_back_equal(full: Searching) -> None:
    read = {record.type + str(record.content()): record for record in standing(full)}
    assert read == {record.type + str(record.content()): record for record in ALL}
    assert sum(full.count().values()) == len(ALL)


def test_everything_comes_after_what_it_names(full: Searching) -> None:
    FakeJournal().keep(*full.everything())  # would raise on an unknown name


def test_keeping_says_what_changed(journal: Searching) -> None:
    assert journal.keep(HERON, OTTER).records == (HERON, OTTER)


def test_keeping_twice_is_keeping_once(full: Searching) -> None:
    before = standing(full)
    assert not full.keep(*ALL)
    assert standing(full) == before


def test_a_change_in_place_replaces_what_stood(full: Searching) -> None:
    better = TEAR.model_copy(update={"text": "two tears"})
    assert full.keep(better).records == (better,)
    assert better in full.entries()
    assert TEAR not in full.entries()
    assert full.count()["entry"] == 6


def test_a_changed_entry_keeps_its_place(full: Searching) -> None:
    before = [e.id for e in full.session_record("open").entries]
    full.keep(TEAR.model_copy(update={"text": "two tears"}))
    assert [e.id for e in full.session_record("open").entries] == before == ["tear", "dose", "seen"]


def test_every_version_of_an_entry_is_kept_oldest_first(full: Searching) -> None:
    one, two = (TEAR.model_copy(update={"text": text}) for text in ("one tear", "two tears"))
    full.keep(one)
    full.keep(DOSE.model_copy(update={"text": "in between"}))
    full.keep(two, OPEN.model_copy(update={"closed_at": START}))
    found = full.versions("tear")
    assert [version.record for version in found] == [TEAR, one, two]
    assert {version.at for version in found} == {START}
    assert [version.record for version in full.versions("alone")] == [ALONE]
    assert full.versions("nothing") == ()
    assert full.versions("heron") == ()


def test_two_versions_in_one_call_leave_the_second(full: Searching) -> None:
    one, two = (TEAR.model_copy(update={"text": text}) for text in ("one", "two"))
    assert full.keep(one, two).records == (one, two)
    assert full.entries("heron", ["observation"]) == (two,)


@pytest.mark.parametrize(
    "change",
    [
        OLD.model_copy(update={"text": "other words"}),
        OLD.model_copy(update={"session": "open"}),
        ALONE.model_copy(update={"text": "other words"}),
        CLOSED.model_copy(update={"setting": "office"}),
        CLOSED.model_copy(update={"closed_at": None}),
        LATER.model_copy(update={"text": "and frowned"}),
        SHARED.model_copy(update={"what": "everything"}),
        TEAR.model_copy(update={"client": "otter", "session": "others"}),
        GUARD.model_copy(update={"client": "otter"}),
    ],
)
def test_what_has_to_stay_stays(full: Searching, change: Record) -> None:
    before = standing(full)
    with pytest.raises(Refused):
        full.keep(HERON.model_copy(update={"notes": "new"}), change, desk={"place": "words"})
    assert standing(full) == before
    assert full.desk("place") is None


def test_a_closed_session_still_takes_late_entries_and_amendments(full: Searching) -> None:
    late = OLD.model_copy(update={"id": "late", "written_at": START + timedelta(hours=1)})
    taken_back = Amendment(id="back", entry="old", action=Action.RETRACTION, written_at=START)
    assert full.keep(late, taken_back).records == (late, taken_back)


def test_closing_a_session_closes_its_entries(full: Searching) -> None:
    last = TEAR.model_copy(update={"text": "dried"})
    full.keep(last, OPEN.model_copy(update={"closed_at": START}))
    assert last in full.entries()
    with pytest.raises(Refused):
        full.keep(TEAR)


def test_closing_comes_first_if_it_is_said_first(full: Searching) -> None:
    with pytest.raises(Refused):
        full.keep(OPEN.model_copy(update={"closed_at": START}), TEAR.model_copy(update={"text": "dried"}))
    assert OPEN in full.sessions()


@pytest.mark.parametrize(
    ("record", "named"),
    [
        (Course(id="x", client="nobody"), "nobody"),
        (Session(id="x", client="nobody", kind=SessionKind.DOSING), "nobody"),
        (Session(id="x", client="heron", course="nowhere", kind=SessionKind.DOSING), "nowhere"),
        (Session(id="x", client="otter", course="course", kind=SessionKind.DOSING), "course"),
        (TEAR.model_copy(update={"id": "x", "session": "nowhere"}), "nowhere"),
        (TEAR.model_copy(update={"id": "x", "client": "otter"}), "open"),
        (SEEN.model_copy(update={"id": "x", "details": PartDetails(part="nobody")}), "nobody"),
        (Part(id="x", client="nobody", name="X"), "nobody"),
        (LATER.model_copy(update={"id": "x", "entry": "nothing"}), "nothing"),
        (
            Amendment(id="x", entry="seen", action=Action.CORRECTION, details={"part": "nobody"}, written_at=START),
            "nobody",
        ),
        (Tag(entry="nothing", theme="trust", state=TagState.ACCEPTED), "nothing"),
        (Tag(entry="tear", theme="nothing", state=TagState.ACCEPTED), "nothing"),
        (Tag(entry="tear", part="nobody", state=TagState.ACCEPTED), "nobody"),
        (Link(source="nothing", target="tear", relation=Relation.ANSWERS), "nothing"),
        (Link(source="tear", target="nothing", relation=Relation.ANSWERS), "nothing"),
        (SHARED.model_copy(update={"id": "x", "client": "nobody"}), "nobody"),
    ],
)
def test_what_is_named_has_to_be_there(full: Searching, record: Record, named: str) -> None:
    before = standing(full)
    with pytest.raises(BadInput, match=named):
        full.keep(HERON.model_copy(update={"notes": "new"}), record)
    assert standing(full) == before


def test_what_cannot_be_written_as_text_is_bad_input(full: Searching) -> None:
    with pytest.raises(BadInput):
        full.keep(TEAR.model_copy(update={"text": "half a \ud83d pair"}))


@pytest.mark.parametrize("text", ["", "\0 \x07 \x1b[31m", "'; DROP TABLE ledger; --", "🫀 ﷽ é", "x" * 1_000_000])
def test_any_text_comes_back_as_it_was(full: Searching, text: str) -> None:
    entry = TEAR.model_copy(update={"id": "odd", "text": text})
    full.keep(entry, desk={"odd": text})
    assert entry in full.entries()
    assert full.desk("odd") == text


def test_a_tag_is_known_by_entry_and_label(full: Searching) -> None:
    no = TAG.model_copy(update={"state": TagState.REJECTED})
    part = Tag(entry="tear", part="guard", state=TagState.ACCEPTED)
    full.keep(no, part)
    assert full.tags() == (no, part)


def test_a_link_is_known_by_ends_and_relation(full: Searching) -> None:
    answer = ECHO.model_copy(update={"relation": Relation.ANSWERS})
    full.keep(ECHO, answer)
    assert full.links() == (ECHO, answer)


def test_reading_by_client_and_kind(full: Searching) -> None:
    assert full.clients() == (HERON, OTTER)
    assert full.courses("otter") == ()
    assert full.courses() == full.courses("heron") == (COURSE,)
    assert full.sessions("otter") == (OTHERS,)
    assert full.entries("otter") == (TOLD,)
    assert full.entries(kinds=["note", "quote"]) == (OLD, TOLD)
    assert full.entries("heron", ["quote"]) == ()
    assert full.entries(kinds=[]) == ()
    assert full.amendments("otter") == ()
    assert full.amendments() == full.amendments("heron") == (LATER,)
    assert full.amendments(kinds=[Kind.NOTE]) == full.amendments("heron", [Kind.NOTE, Kind.DOSE]) == (LATER,)
    assert full.amendments(kinds=[Kind.DOSE]) == full.amendments("otter", [Kind.NOTE]) == ()
    assert full.themes() == (TRUST,)
    assert full.parts("otter") == ()
    assert full.tags("otter") == ()
    assert full.tags("heron") == (TAG,)
    assert full.disclosures("heron") == (SHARED,)
    assert full.disclosures("otter") == ()


def test_a_session_record_holds_all_that_was_said(full: Searching) -> None:
    assert full.session_record("open") == (OPEN, (TEAR, DOSE, SEEN), (), (TAG,))
    assert full.session_record("closed") == (CLOSED, (OLD,), (LATER,), ())
    with pytest.raises(BadInput, match="nowhere"):
        full.session_record("nowhere")


def test_the_desk_is_put_read_replaced_and_cleared(journal: Searching) -> None:
    assert journal.desk("line") is None
    journal.put_on_desk("line", "half a")
    journal.put_on_desk("line", "half a sentence")
    assert journal.desk("line") == "half a sentence"
    journal.put_on_desk("line", None)
    journal.put_on_desk("line", None)
    assert journal.desk("line") is None


def test_the_desk_changes_with_the_records(full: Searching) -> None:
    full.put_on_desk("line", "a tear falls")
    full.keep(TEAR.model_copy(update={"text": "a tear falls"}), desk={"line": None, "clock": "12"})
    assert (full.desk("line"), full.desk("clock")) == (None, "12")


def test_the_desk_changes_even_if_no_record_does(full: Searching) -> None:
    assert not full.keep(TEAR, desk={"line": "x"})
    assert full.desk("line") == "x"


def test_search_finds_words_in_entries_and_amendments(full: Searching) -> None:
    assert full.search("tear") == (TEAR,)
    assert full.search("before smiled") == (OLD,)
    assert full.search("tear", "otter") == ()
    assert full.search("nowhere") == ()


def test_search_follows_every_change(full: Searching) -> None:
    assert full.search("tear") == (TEAR,)
    dried = TEAR.model_copy(update={"text": "dried"})
    full.keep(dried, Amendment(id="more", entry="alone", action=Action.ADDENDUM, text="deeply", written_at=START))
    assert full.search("tear") == ()
    assert full.search("dried") == (dried,)
    assert full.search("rest deeply") == (ALONE,)


@pytest.mark.parametrize("words", ['"', "tear AND", "NOT", "tea*r(", "a:b", "'", "^", "", "  ", "…", "\0", "NEAR(a b)"])
def test_no_search_is_an_error(full: Searching, words: str) -> None:
    assert isinstance(full.search(words), tuple)


def test_a_whole_journal_verifies(full: Searching) -> None:
    heard: list[tuple[int, int]] = []
    findings = full.verify(lambda done, of: heard.append((done, of)))
    assert findings
    assert all(finding.whole for finding in findings), findings
    assert heard[-1] == (len(ALL), len(ALL))


def test_after_closing_it_cannot_be_used(full: Searching) -> None:
    full.settle()
    full.close()
    full.close()
    with pytest.raises(RuntimeError):
        full.keep(HERON)
    with pytest.raises(RuntimeError):
        full.clients()


def test_a_copy_holds_the_same_and_the_journal_goes_on(full: Searching, tmp_path: Path) -> None:
    to = tmp_path / "copy"
    to.mkdir()
    inspected = full.copy_to(to)
    assert inspected.whole
    assert inspected.counts == full.count()
    full.keep(TEAR.model_copy(update={"text": "two tears"}))
    store = FakeJournals() if isinstance(full, FakeJournal) else SqlJournals(FakeClock())
    looked = store.inspect(to, KEYS)
    assert (looked.whole, looked.counts) == (True, inspected.counts)
    copy = store.open(to, KEYS)
    assert TEAR in copy.entries()
    copy.close()


def test_a_copy_is_never_written_over_a_journal(full: Searching, tmp_path: Path) -> None:
    to = tmp_path / "copy"
    to.mkdir()
    full.copy_to(to)
    before = (to / "vault.db").read_bytes()
    with pytest.raises(Refused):
        full.copy_to(to)
    assert (to / "vault.db").read_bytes() == before


def test_the_files_of_a_closed_journal_are_copied_as_they_are(full: Searching, tmp_path: Path) -> None:
    first, second = tmp_path / "copy", tmp_path / "copy of the copy"
    for folder in (first, second):
        folder.mkdir()
    full.copy_to(first)
    store = FakeJournals() if isinstance(full, FakeJournal) else SqlJournals(FakeClock())
    store.copy_files(first, second)
    assert store.inspect(second, KEYS).counts == full.count()
    with pytest.raises(NoJournal):
        store.copy_files(tmp_path / "nowhere", second)


AWAY = "b" * 32
CAME = (
    HERON.model_copy(update={"origin": AWAY}),
    COURSE.model_copy(update={"origin": AWAY}),
    OPEN.model_copy(update={"origin": AWAY}),
    TEAR.model_copy(update={"origin": AWAY}),
    GUARD.model_copy(update={"origin": AWAY}),
)


@pytest.mark.parametrize(
    "changed",
    [
        COURSE.model_copy(update={"origin": AWAY, "title": "mine"}),
        OPEN.model_copy(update={"origin": AWAY, "setting": "mine"}),
        TEAR.model_copy(update={"origin": AWAY, "text": "mine"}),
        TEAR.model_copy(update={"text": "mine"}),
        GUARD.model_copy(update={"origin": AWAY, "name": "mine"}),
    ],
    ids=["course", "session", "entry", "an entry made one's own", "part"],
)
def test_what_was_received_stays_as_it_is(journal: Searching, changed: Record) -> None:
    journal.keep(*CAME)
    before = standing(journal)
    with pytest.raises(Refused, match="received from a colleague"):
        journal.keep(changed)
    assert standing(journal) == before
    assert not journal.keep(*CAME)


def test_the_journal_it_came_from_may_bring_a_newer_version(journal: Searching) -> None:
    journal.keep(*CAME)
    newer = TEAR.model_copy(update={"origin": AWAY, "text": "two tears"})
    assert journal.keep(newer, received=True).records == (newer,)
    with pytest.raises(Refused, match="another journal"):
        journal.keep(newer.model_copy(update={"origin": "c" * 32, "text": "three"}), received=True)


def test_a_client_who_was_received_can_be_worked_with(journal: Searching) -> None:
    journal.keep(*CAME)
    own = OLD.model_copy(update={"session": "open"})
    journal.keep(CAME[0].model_copy(update={"notes": "mine"}), own)
    journal.keep(LATER.model_copy(update={"entry": "tear"}))
    assert own in journal.entries("heron")
