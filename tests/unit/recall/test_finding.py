"""What recall finds, in which order and with which reason; and what no text may do to it."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from kapjournal import resources
from kapjournal.app import Recalls, starter_themes
from kapjournal.application import recall_notes
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Action, Amendment, Entry, Kind
from kapjournal.domain.errors import NotSaved
from kapjournal.domain.label import Tag, TagState, Theme
from kapjournal.domain.recalled import Found, Tier
from kapjournal.recall.corpus import Corpus
from kapjournal.recall.journal_recall import JournalRecall
from kapjournal.storage.store import SqlJournals
from tests.fakes.clock import START, FakeClock
from tests.fakes.journal import FakeJournal
from tests.storage.journals import KEYS

GRIEF = Theme(id="grief", name="Farewells", terms=("grief", "funeral", "mourning", "goodbye"))
TABLE = resources.path("recall")


def journal_of(lines: Iterable[str], *, session: str | None = "s", kind: Kind = Kind.QUOTE) -> FakeJournal:
    journal = FakeJournal()
    journal.keep(Client(id="c", alias="Heron"))
    journal.keep(Session(id="s", client="c", kind=SessionKind.DOSING, started_at=START), GRIEF)
    journal.keep(*(entry(n, text, session=session, kind=kind) for n, text in enumerate(lines)))
    return journal


def entry(number: int, text: str, *, session: str | None = "s", kind: Kind = Kind.QUOTE) -> Entry:
    at = START + timedelta(seconds=number)
    return Entry(id=f"e{number}", client="c", session=session, kind=kind, text=text, noticed_at=at)


def recall(journal: FakeJournal) -> JournalRecall:
    return JournalRecall(journal, starter_themes(), TABLE)


def by_id(found: Iterable[Found]) -> dict[str, Found]:
    return {one.entry: one for one in found}


QUIET = ("breath slower", "asked for water", "the tram was late", "blinds half down", "signed the form")


def test_another_wording_is_related_and_names_the_words_that_carried_it() -> None:
    found = by_id(recall(journal_of(["she never stopped weeping for her dead brother", *QUIET])).by_theme(GRIEF, None))
    assert found["e0"].tier is Tier.RELATED
    assert {"weeping", "dead"} & set(found["e0"].why)
    text = "she never stopped weeping for her dead brother"
    assert {text[begin:end] for begin, end in found["e0"].marks} == set(found["e0"].why)


def test_what_holds_a_word_stands_before_what_is_only_alike() -> None:
    found = recall(journal_of([*QUIET, "weeping", "the funeral"])).by_theme(GRIEF, None)
    assert found[0].entry == "e6"


def test_a_line_beside_telling_ones_is_lent_a_share_and_says_whose_words() -> None:
    lines = [*QUIET, "the funeral, the coffin", "it was raining", "mourning her still", *QUIET]
    near = by_id(recall(journal_of(lines)).by_theme(GRIEF, None))["e6"]
    assert near.tier is Tier.RELATED
    assert near.why == ()
    assert near.beside in {("funeral",), ("mourning",)}
    alone = by_id(recall(journal_of(lines, session=None)).by_theme(GRIEF, None))
    assert "e6" not in alone or not alone["e6"].beside


def test_the_therapist_s_own_lines_lend_nothing() -> None:
    journal = journal_of([*QUIET, "it was raining"])
    journal.keep(entry(90, "the funeral of my own mother, canary", kind=Kind.SELF))
    found = recall(journal).by_theme(GRIEF, None)
    assert not any("canary" in word or "funeral" in word for one in found for word in (*one.why, *one.beside))


def test_what_is_denied_counts_less() -> None:
    found = recall(journal_of(["no grief today, news", "news, grief, no today", *QUIET])).by_theme(GRIEF, None)
    assert [one.entry for one in found][:2] == ["e1", "e0"]


def test_one_huge_note_does_not_stand_before_a_short_one() -> None:
    huge = " ".join(["we talked about the weather and about the bus"] * 20_000) + " funeral"
    found = recall(journal_of([huge, "the funeral", *QUIET])).by_theme(GRIEF, None)
    assert next(one.entry for one in found) == "e1"


def test_ten_thousand_lines_alike_are_no_trouble(tmp_path: Path) -> None:
    journal = SqlJournals(FakeClock()).make(tmp_path / "j", KEYS)
    journal.keep(Client(id="c", alias="Heron"), GRIEF)
    journal.keep(*(entry(n, "Set and setting: as usual, no grief", session=None) for n in range(10_000)))
    journal.keep(entry(10_001, "the funeral", session=None))
    found = JournalRecall(journal, (), TABLE).by_theme(GRIEF, "c", 5)
    assert found[0].entry == "e10001"
    assert len(found) == 5
    journal.close()


@pytest.mark.parametrize(
    "text",
    ["", " ", "🌊🌊", "שלום עולם", "אבא died", "\u202egrief", "grief\0grief", "e\u0301\u0301\u0301", "a" * 5_000, "—"],
)
def test_any_text_may_be_a_note_a_word_and_a_question(text: str) -> None:
    found = recall(journal_of([text, "the funeral", *QUIET]))
    strange = Theme(id="strange", name="Strange", terms=(text, '"', "*", "NEAR(a b)", "words:", "-", "funeral"))
    assert "e1" in by_id(found.by_theme(strange, None))
    found.by_words(text, None)
    found.like("e0", None)
    found.suggest(text, (strange, GRIEF))
    assert set(found.brings([text, "funeral"], None)) == {text, "funeral"}


def test_words_that_mean_nothing_bring_nothing() -> None:
    assert recall(journal_of(QUIET)).by_words("qwyzzle brimblet", None) == ()
    assert recall(FakeJournal()).by_theme(GRIEF, None) == ()


def test_right_to_left_words_are_found_and_marked() -> None:
    name = Theme(id="name", name="Name", terms=("סבתא",))
    found = recall(journal_of(["היא אמרה סבתא פעמיים", *QUIET])).by_theme(name, None)
    assert (found[0].why, found[0].marks) == (("סבתא",), ((9, 13),))


def test_an_amendment_is_found_and_what_was_taken_back_is_not() -> None:
    journal = journal_of([*QUIET])
    asked = recall(journal)
    assert "e0" not in by_id(one for one in asked.by_theme(GRIEF, None) if one.tier is Tier.CONTAINS)
    journal.keep(Amendment(id="a", entry="e0", action=Action.ADDENDUM, text="spoke of the funeral", written_at=START))
    found = by_id(asked.by_theme(GRIEF, None))["e0"]
    assert (found.tier, found.why, found.marks) == (Tier.CONTAINS, ("funeral",), ())
    journal.keep(Amendment(id="b", entry="e0", action=Action.RETRACTION, written_at=START))
    assert "e0" not in by_id(asked.by_theme(GRIEF, None))


def test_nothing_is_learnt_from_four_notes_and_a_name_from_six() -> None:
    lines = [f"Beto on the {place}" for place in ("stairs", "lawn", "roof", "phone", "porch", "truck", "boat")]
    journal = journal_of([*QUIET * 4, *lines], session=None)
    asked = recall(journal)

    def accept(count: int) -> None:
        journal.keep(*(Tag(entry=f"e{20 + n}", theme="grief", state=TagState.ACCEPTED) for n in range(count)))

    accept(4)
    before = by_id(asked.by_theme(GRIEF, None)).get("e26")
    assert before is None or not before.like_tagged
    accept(6)
    after = by_id(asked.by_theme(GRIEF, None))["e26"]
    assert after.like_tagged == 6
    assert "Beto" in after.why


def test_everyday_words_are_no_reason() -> None:
    lines = [f"if Beto is not on the {place}" for place in ("stairs", "lawn", "roof", "phone", "porch", "truck")]
    journal = journal_of([*QUIET * 4, *lines], session=None)
    journal.keep(*(Tag(entry=f"e{20 + n}", theme="grief", state=TagState.ACCEPTED) for n in range(6)))
    said = {word for one in recall(journal).by_theme(GRIEF, None) for word in one.why}
    assert "Beto" in said
    assert not {"if", "is", "not", "on", "the"} & said


def test_a_starter_theme_works_without_a_record_and_under_another_spelling() -> None:
    asked = recall(journal_of(["the funeral was small", *QUIET]))
    begun = next(theme for theme in starter_themes() if theme.id == "theme-grief-loss")
    assert asked.by_theme(begun, None)[0].entry == "e0"
    assert asked.by_theme(Theme(id="mine", name="bereavement"), None)[0].why == ("funeral",)
    without = Theme(id="mine", name="Bereavement", without=("funeral",))
    assert "funeral" not in by_id(asked.by_theme(without, None)).get("e0", Found("", Tier.RELATED, ())).why


def test_a_theme_has_the_words_and_notes_of_those_merged_into_it() -> None:
    journal = journal_of(["the old lighthouse", "Tuesday", *QUIET])
    journal.keep(Theme(id="lights", name="Lights", terms=("lighthouse",), merged_into="grief"))
    journal.keep(Tag(entry="e1", theme="lights", state=TagState.ACCEPTED))
    found = by_id(recall(journal).by_theme(GRIEF, None))
    assert found["e0"].why == ("lighthouse",)
    assert "e1" in found


def test_what_was_taken_in_lies_beside_the_words_and_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    journal = journal_of(["the funeral", *QUIET])
    assert recall(journal).catch_up()
    assert len(journal.index.kept) == 6
    monkeypatch.setattr("kapjournal.recall.taking_in.packed", lambda *_: pytest.fail("made again"))
    assert recall(journal).by_theme(GRIEF, None)[0].entry == "e0"


def test_a_full_disk_keeps_nobody_from_asking() -> None:
    journal = journal_of(["the funeral", *QUIET])
    journal.trouble = NotSaved("The disk is full.")
    asked = recall(journal)
    assert asked.catch_up()
    assert asked.by_theme(GRIEF, None)[0].entry == "e0"
    assert journal.index.kept == {}


def test_the_words_of_a_theme_weigh_in_memory_as_in_the_search_index(tmp_path: Path) -> None:
    from kapjournal.recall.taking_in import TakingIn
    from kapjournal.recall.word_table import WordTable

    lines = [
        "funeral",
        "the funeral of a friend, a funeral",
        "said goodbye",
        "never said goodbye to her",
        "rain",
        "rained",
    ]
    journal = SqlJournals(FakeClock()).make(tmp_path / "j", KEYS)
    journal.keep(Client(id="c", alias="Heron"), *(entry(n, text, session=None) for n, text in enumerate(lines * 3)))
    corpus: Corpus = TakingIn(journal, WordTable(TABLE)).corpus()
    for term in ("funeral", "said goodbye", "raining", "goodbye said"):
        mine = corpus.lexicon.spoken((term,), np.ones(1, np.float32), np.zeros_like(corpus.negated))
        theirs = dict(journal.index.holding([term])[term])
        assert {int(corpus.numbers[at]): pytest.approx(mine[at], rel=1e-3) for at in np.nonzero(mine)[0]} == theirs
    journal.close()


def test_a_recalled_note_says_where_it_stands_and_why() -> None:
    journal = journal_of([*QUIET, "We drove. Then the funeral. Then home."])
    one = recall_notes.by_theme(journal, recall(journal), GRIEF, "c", 1)[0]
    assert (one.snippet, one.why, one.since_dose_s) == ("Then the funeral.", ("funeral",), None)


def test_what_recall_remembers_goes_with_the_journal() -> None:
    recalls = Recalls()
    journal = journal_of(["the funeral", *QUIET])
    assert recalls(journal) is recalls(journal)
    assert recalls(journal).by_theme(GRIEF, None)[0].entry == "e0"
    gone = weakref.ref(recalls(journal))
    del journal
    gc.collect()
    assert gone() is None


def test_numpy_is_not_loaded_before_the_first_question() -> None:
    look = "import sys, kapjournal.app, kapjournal.recall.journal_recall; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", look], check=True, env={"PYTHONPATH": "src"})
