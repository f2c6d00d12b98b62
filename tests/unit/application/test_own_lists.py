"""The lists of Settings: each change keeps to its rules, lies on the desk as a whole, and goes back to the default."""

from __future__ import annotations

import json

import pytest

from kapjournal import resources
from kapjournal.application.keep_entry import as_entry
from kapjournal.application.own_lists import (
    CLASSES_PLACE,
    PLACES,
    SIGNS_PLACE,
    WORDING_PLACE,
    Kept,
    Tables,
    changed_class,
    changed_landing,
    changed_part_word,
    changed_preset,
    changed_sign,
    changed_word,
    load_tables,
    own_tables,
    read_minutes,
    tables_on,
)
from kapjournal.domain.capture import Draft
from kapjournal.domain.course import Session, SessionKind
from kapjournal.domain.entry import ALWAYS_PROGRESS, Kind, RecordClass
from kapjournal.domain.errors import Refused
from kapjournal.domain.wording import DefaultClasses
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal

SHIPPED = load_tables(resources.path)


def again(kept: Kept) -> Tables:
    """The lists as the journal has them the next time it is opened."""
    journal = FakeJournal()
    journal.put_on_desk(kept.place, kept.content)
    tables = own_tables(journal, SHIPPED)
    assert tables == kept.tables
    return tables


def test_a_sign_is_reworded_added_and_taken_out() -> None:
    assert again(changed_sign(SHIPPED, 0, "Says it is  hopeless")).danger_signs[0] == "Says it is hopeless"
    longer = again(changed_sign(SHIPPED, len(SHIPPED.signs), "Faints"))
    assert (longer.signs[-1].sign, longer.signs[-1].source) == ("Faints", "the therapist’s own")
    assert len(again(changed_sign(longer, len(longer.signs) - 1, " ")).signs) == len(SHIPPED.signs)
    with pytest.raises(Refused):
        changed_sign(SHIPPED, 1, SHIPPED.signs[0].sign.upper())


def test_a_list_has_an_end() -> None:
    tables = SHIPPED
    for number in range(60 - len(SHIPPED.signs)):
        tables = changed_sign(tables, len(tables.signs), f"sign {number}").tables
    with pytest.raises(Refused, match="60"):
        changed_sign(tables, 60, "one more")


def test_a_landing_item_keeps_its_key_and_a_new_one_gets_its_own() -> None:
    renamed = again(changed_landing(SHIPPED, 1, "Walk", "steady, with a stick, , steady"))
    assert (renamed.landing[1].key, renamed.landing[1].choices) == ("gait", ("steady", "with a stick"))
    twice = again(changed_landing(renamed, 5, "Mood", ""))
    assert len({item.key for item in twice.landing}) == 6


def test_a_schedule_is_changed_and_says_whose_it_is() -> None:
    relabelled = again(changed_preset(SHIPPED, 0, "Lozenge", "0, 120"))
    assert relabelled.presets[0].source == SHIPPED.presets[0].source
    timed = again(changed_preset(SHIPPED, 0, "Lozenge", "2:00 0:30 -10"))
    assert timed.presets[0].minutes == (-10, 30, 120)
    assert timed.presets[0].source == "the therapist’s own"


@pytest.mark.parametrize("typed", ["", "soon", "0:75", "2000", "-700", "1 2 x"])
def test_a_time_that_is_none_is_told(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        read_minutes(typed)
    assert refused.value.sentence.endswith(".")


def test_a_word_for_a_kind_goes_on_and_comes_off() -> None:
    own = again(changed_word(SHIPPED, Kind.INTERVENTION, "I said"))
    assert own.wording.of(Kind.INTERVENTION) == "I said"
    assert changed_word(own, Kind.INTERVENTION, "").content is None
    with pytest.raises(Refused, match="another kind"):
        changed_word(SHIPPED, Kind.NOTE, "observed")
    with pytest.raises(Refused):
        changed_word(SHIPPED, Kind.NOTE, "x" * 41)


def test_the_word_for_part_is_used_where_no_other_was_chosen() -> None:
    own = again(changed_part_word(SHIPPED, "voice"))
    assert (own.wording.part, own.wording.of(Kind.PART)) == ("voice", "Voice seen")
    assert again(changed_word(own, Kind.PART, "Came forward")).wording.of(Kind.PART) == "Came forward"
    assert changed_part_word(own, "part").content is None


@pytest.mark.parametrize("kind", sorted({*ALWAYS_PROGRESS, Kind.SELF}))
def test_what_the_law_fixes_stays_fixed(kind: Kind) -> None:
    with pytest.raises(Refused):
        changed_class(SHIPPED, kind, RecordClass.PRIVATE)
    with pytest.raises(ValueError, match="fixed"):
        DefaultClasses(kinds={kind: RecordClass.PRIVATE})


def test_an_entry_gets_the_class_that_was_chosen_for_its_kind() -> None:
    own = again(changed_class(SHIPPED, Kind.OBSERVATION, RecordClass.PRIVATE))
    session = Session(id="s", client="c", kind=SessionKind.DOSING)
    stamp = FakeClock().now()
    draft = Draft(Kind.OBSERVATION, "a tear", stamp.at)
    assert as_entry(draft, stamp, None, session, "e", own.classes).record_class is RecordClass.PRIVATE
    assert as_entry(draft, stamp, None, session, "e").record_class is None
    assert changed_class(own, Kind.OBSERVATION, RecordClass.PROGRESS).content is None


@pytest.mark.parametrize("place", PLACES)
def test_a_list_that_cannot_be_read_is_the_programs_own_and_spoils_no_other(place: str) -> None:
    kept = changed_sign(SHIPPED, 0, "Faints") if place != SIGNS_PLACE else changed_part_word(SHIPPED, "voice")
    assert tables_on({place: "{", kept.place: kept.content}, SHIPPED) == kept.tables


def test_what_lies_on_the_desk_holds_only_the_difference() -> None:
    assert json.loads(changed_word(SHIPPED, Kind.NOTE, "Remark").content or "")["kinds"] == {"note": "Remark"}
    assert {WORDING_PLACE, CLASSES_PLACE} < set(PLACES)
