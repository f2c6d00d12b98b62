"""The therapist's own legend and phases: changed in one line, kept in the journal, and back to the program's own."""

from __future__ import annotations

import pytest

from kapjournal import resources
from kapjournal.domain.course import Route
from kapjournal.domain.errors import Refused
from kapjournal.gui.live.own_lists import (
    LEGEND_PLACE,
    changed_legend,
    changed_phases,
    own_tables,
    phases_filled_in,
)
from kapjournal.gui.live.tables import load_tables
from tests.fakes.journal import FakeJournal

SHIPPED = load_tables(resources.path)


def test_a_letter_is_renamed_and_the_journal_remembers() -> None:
    kept = changed_legend(SHIPPED, {"key": "t", "label": "Weeps"})
    journal = FakeJournal()
    journal.put_on_desk(kept.place, kept.content)
    assert {c.key: c.label for c in own_tables(journal, SHIPPED).codes}["T"] == "Weeps"
    assert next(c for c in own_tables(journal, SHIPPED).codes if c.key == "T").code == "tears"


def test_a_new_letter_stands_before_the_events_and_can_be_taken_out() -> None:
    kept = changed_legend(SHIPPED, {"key": "Y", "label": "Yawns wide"})
    new = next(c for c in kept.tables.codes if c.key == "Y")
    assert (new.code, new.event) == ("yawns_wide", False)
    assert kept.tables.codes.index(new) < next(i for i, c in enumerate(kept.tables.codes) if c.event)
    assert all(c.key != "Y" for c in changed_legend(kept.tables, {"key": "y", "label": ""}).tables.codes)


@pytest.mark.parametrize("values", [{"key": "", "label": "x"}, {"key": "9", "label": "x"}, {"key": "V", "label": ""}])
def test_what_the_legend_cannot_do_is_said(values: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        changed_legend(SHIPPED, values)
    assert refused.value.sentence.endswith(".")


def test_the_minutes_of_one_route_change_and_its_neighbour_stays() -> None:
    typed = {
        "route": "SL",
        "onset": "8",
        "rising": "16",
        "peak": "25",
        "easing": "50",
        "returning": "80",
        "until": "120",
    }
    kept = changed_phases(SHIPPED, SHIPPED, typed)
    sl, rdt = kept.tables.bands.of(Route.SL), kept.tables.bands.of(Route.RDT)
    assert sl is not None
    assert [b.start_min for b in sl.bands] == [8, 16, 25, 50, 80]
    assert sl.bands[-1].end_min == 120
    assert rdt is not None
    assert rdt.bands == SHIPPED.bands.of(Route.RDT).bands  # type: ignore[union-attr]
    assert phases_filled_in(kept.tables, Route.SL) == typed


def test_empty_blanks_bring_the_programs_own_back() -> None:
    typed = {"route": "IM", "onset": "1", "rising": "2", "peak": "3", "easing": "4", "returning": "5", "until": "6"}
    own = changed_phases(SHIPPED, SHIPPED, typed).tables
    back = changed_phases(own, SHIPPED, {"route": "IM"}).tables
    assert back.bands.of(Route.IM) == SHIPPED.bands.of(Route.IM)


@pytest.mark.parametrize("peak", ["", "ten", "900", "4"])
def test_minutes_that_do_not_follow_one_another_are_refused(peak: str) -> None:
    typed = {"route": "IM", "onset": "2", "rising": "5", "peak": peak, "easing": "30", "returning": "60", "until": "90"}
    with pytest.raises(Refused):
        changed_phases(SHIPPED, SHIPPED, typed)


def test_a_list_that_cannot_be_read_is_the_programs_own() -> None:
    journal = FakeJournal()
    journal.put_on_desk(LEGEND_PLACE, "{not json")
    assert own_tables(journal, SHIPPED) == SHIPPED
