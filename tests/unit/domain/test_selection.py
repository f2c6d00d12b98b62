"""What leaves: exactly what was chosen, of one client, and why the rest stays."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.domain.course import Client, Course, Record, Session
from kapjournal.domain.entry import Amendment, Entry, Kind, RecordClass
from kapjournal.domain.label import Link, Part, Tag, TagState, Theme
from kapjournal.domain.references import Standing, check_references
from kapjournal.domain.selection import Group, Holdings, Outgoing, Selection, Why, group_of, outgoing
from tests.handed import CANARIES, LINES, ids_in, records
from tests.records import journals

PRIVATE = {"quote", "mine", "watcher", "insight", "account"}


def holdings(them: Sequence[Record], client: str = "c") -> Holdings:
    def of(kind: type) -> tuple:  # type: ignore[type-arg]
        return tuple(record for record in them if isinstance(record, kind))

    chosen = next(one for one in of(Client) if one.id == client)
    return Holdings(chosen, of(Course), of(Part), of(Session), of(Entry), of(Amendment), of(Theme), of(Tag), of(Link))


def going(**chosen: object) -> Outgoing:
    return outgoing(holdings(records()), Selection.model_validate({"client": "c", **chosen}))


def test_the_clinical_record_goes_and_nothing_private() -> None:
    every = {line["id"] for line in LINES if line["type"] == "entry" and line["client"] == "c"}
    assert going().ids == every - PRIVATE
    assert going().private == ()


def test_what_stays_says_why() -> None:
    why = {one.entry.id: one.why for one in going().stays}
    assert why == {
        "quote": Why.PRIVATE,
        "insight": Why.PRIVATE,
        "account": Why.PRIVATE,
        "watcher": Why.PRIVATE,
        "mine": Why.OWN_STATE,
    }
    assert going().staying == {Why.PRIVATE: 4, Why.OWN_STATE: 1}


def test_no_canary_is_in_the_clinical_record() -> None:
    said = "".join(str(record.content()) for record in going(themes=["t", "u"]).records)
    assert [canary for canary in CANARIES if canary in said] == []


def test_private_notes_go_by_group_and_own_state_never_does() -> None:
    quotes = Group("s2", Kind.QUOTE, RecordClass.PRIVATE)
    own = Group("s2", Kind.SELF, RecordClass.PRIVATE)
    assert going(private=[quotes, own]).ids == going().ids | {"quote"}


def test_own_state_goes_one_by_one() -> None:
    assert going(entries=["mine"]).ids == going().ids | {"mine"}


def test_own_state_that_was_put_into_the_record_goes_one_by_one_too() -> None:
    lines = tuple({**line, "record_class": "progress"} if line.get("id") == "mine" else line for line in LINES)
    assert "mine" not in outgoing(holdings(records(lines)), Selection(client="c")).ids


def test_an_entry_of_another_client_cannot_be_chosen() -> None:
    chosen = going(entries=["x"], parts=["q"], sessions=["so", "s2"])
    assert "x" not in chosen.ids
    assert {"o", "so", "q", "x"}.isdisjoint(str(getattr(record, "id", "")) for record in chosen.records)


def test_a_note_about_a_part_goes_only_with_the_part() -> None:
    assert [one.why for one in going(entries=["watcher"]).stays if one.entry.id == "watcher"] == [Why.PART_STAYS]
    chosen = going(entries=["watcher"], parts=["p"])
    assert "watcher" in chosen.ids
    assert {record.id for record in chosen.private} == {"watcher", "p"}


def test_groups_and_single_entries_can_be_left_out() -> None:
    left = going(off=[Group("s2", Kind.VITALS, RecordClass.PROGRESS)], without=["seen"])
    assert left.ids == going().ids - {"bp", "seen"}
    assert left.staying[Why.NOT_CHOSEN] == 2


def test_some_sessions_only() -> None:
    chosen = going(sessions=["s4", None])
    assert chosen.ids == {"practice", "call"}
    assert {record.id for record in chosen.records if isinstance(record, Session)} == {"s4"}
    assert chosen.staying[Why.OTHER_SESSION] > 0


def test_a_planned_session_stays() -> None:
    assert "s9" not in {getattr(record, "id", None) for record in going().records}


def test_labels_and_links_go_only_between_what_goes() -> None:
    bare = going()
    assert bare.counts.get("tag", 0) == 0
    assert bare.counts.get("theme", 0) == 0
    assert bare.counts["link"] == 1
    with_theme = going(themes=["t", "u"])
    assert [(tag.entry, tag.theme) for tag in with_theme.records if isinstance(tag, Tag)] == [("seen", "t")]


def test_a_theme_goes_without_the_words_it_was_learned_from() -> None:
    theme = next(record for record in going(themes=["t"]).records if isinstance(record, Theme))
    assert theme.content() == {"type": "theme", "id": "t", "name": "Grief & loss", "family": "Emotion"}


def test_amendments_go_with_their_entry() -> None:
    kept = {record.id for record in going().records if isinstance(record, Amendment)}
    assert kept == {"am", "gone"}


def test_authorizations_and_receipts_stay() -> None:
    paper = {"type": "entry", "id": "paper", "client": "c", "kind": "agreement", "text": "", "noticed_at":
             "2026-02-03T10:00:00Z", "details": {"about": "authorization", "signed_on": "2026-02-03"}}  # fmt: skip
    receipt = {"bundle": "b", "journal": "j", "key": "k", "created": "2026-02-03T10:00:00Z"}
    got = {**paper, "id": "got", "kind": "contact", "details": {"with": "T.M.", "received": receipt}}
    kept = outgoing(holdings(records((*LINES, paper, got))), Selection(client="c", entries=frozenset({"paper", "got"})))
    assert {"paper", "got"} & kept.ids == set()
    assert kept.staying[Why.OF_THE_JOURNAL] == 2


@given(journals(), st.data())
@settings(max_examples=60, deadline=None)
def test_whatever_is_chosen_fits_together_and_is_of_one_client(them: list[Record], data: st.DataObject) -> None:
    client = next(record for record in them if isinstance(record, Client))
    entries = [record for record in them if isinstance(record, Entry)]
    ids = [getattr(record, "id", "") for record in them if hasattr(record, "id")]
    groups = [group_of(entry) for entry in entries] or [Group(None, Kind.NOTE, RecordClass.PRIVATE)]

    def some(choices: list) -> frozenset:  # type: ignore[type-arg]
        return frozenset(data.draw(st.lists(st.sampled_from(choices), max_size=5)))

    selection = Selection(
        client=client.id,
        sessions=data.draw(st.none() | st.just(some([*ids, None]))),
        off=some(groups),
        private=some(groups),
        entries=some(ids),
        without=some(ids),
        themes=some(ids),
        parts=some(ids),
    )
    chosen = outgoing(holdings(them, client.id), selection)
    standing = Standing()
    for record in chosen.records:  # each after those it names, and nothing named that stays
        check_references(record, standing)
        standing.add(record)
    mine = {entry.id for entry in entries if entry.client == client.id}
    assert chosen.ids | {one.entry.id for one in chosen.stays} == mine
    assert chosen.ids.isdisjoint({one.entry.id for one in chosen.stays})
    own = {entry.id for entry in chosen.entries if entry.kind is Kind.SELF}
    assert own <= selection.entries
    for entry in chosen.entries:
        if entry.in_class is RecordClass.PRIVATE:
            assert entry.id in selection.entries or group_of(entry) in selection.private
    assert all(tag.state is TagState.ACCEPTED for tag in chosen.records if isinstance(tag, Tag))
    assert ids_in(chosen.records) == chosen.ids
