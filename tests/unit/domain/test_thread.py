"""From an intention to moments, to what was understood, to what is practised: and what ties each to it."""

from __future__ import annotations

from datetime import timedelta

from kapjournal.domain.entry import Action, Amended, Amendment, Entry, Kind
from kapjournal.domain.label import Link, Relation, Tag, TagState
from kapjournal.domain.thread import thread
from tests.fakes.clock import START


def note(id_: str, kind: Kind, day: int, session: str | None = None, *, gone: bool = False) -> Amended:
    at = START + timedelta(days=day)
    entry = Entry(id=id_, client="wren", session=session, kind=kind, text=id_, noticed_at=at)
    back = (Amendment(id="x", entry=id_, action=Action.RETRACTION, written_at=at),) if gone else ()
    return Amended(original=entry, amendments=back)


NOTES = (
    note("before", Kind.QUOTE, -1),
    note("intention", Kind.INTENTION, 0),
    note("moment", Kind.QUOTE, 1, "d1"),
    note("insight", Kind.INSIGHT, 3, "i1"),
    note("practice", Kind.PRACTICE, 3, "i1"),
    note("elsewhere", Kind.PRACTICE, 3, "i2"),
    note("tagged", Kind.OBSERVATION, 4, "d2"),
    note("next", Kind.INTENTION, 5),
    note("next moment", Kind.QUOTE, 6, "d2"),
    note("own", Kind.SELF, 2, "d1"),
    note("gone", Kind.QUOTE, 2, "d1", gone=True),
)
LINKS = (
    Link(source="moment", target="intention", relation=Relation.ECHOES),
    Link(source="insight", target="moment", relation=Relation.ANSWERS),
    Link(source="next", target="intention", relation=Relation.FOLLOWS_UP),
    Link(source="next moment", target="next", relation=Relation.ECHOES),
    Link(source="own", target="intention", relation=Relation.ECHOES),
    Link(source="gone", target="intention", relation=Relation.ECHOES),
)
TAGS = tuple(
    Tag(entry=entry, theme="trust", state=state)
    for entry, state in (
        ("intention", TagState.ACCEPTED), ("tagged", TagState.ACCEPTED), ("before", TagState.ACCEPTED),
        ("next moment", TagState.REJECTED),
    )
)  # fmt: skip


def told(intention: str = "intention") -> dict[str, str]:
    return {one.note.original.id: one.why for one in thread(intention, NOTES, LINKS, TAGS, {"trust": "Trust"})}


def test_the_thread_runs_from_the_intention_to_the_practice_with_what_ties_each() -> None:
    assert told() == {
        "intention": "the intention",
        "moment": "echoes the intention",
        "insight": "answers another note of this thread",
        "practice": "agreed in the same session",
        "tagged": "tagged Trust, as the intention is",
        "next": "follows up the intention",
    }


def test_it_is_told_in_the_order_of_time() -> None:
    found = thread("intention", NOTES, LINKS, TAGS, {})
    days = [one.note.original.noticed_at for one in found]
    assert days == sorted(days)


def test_the_thread_of_another_intention_is_not_followed() -> None:
    assert told("next") == {
        "intention": "the intention follows it up",
        "next": "the intention",
        "next moment": "echoes the intention",
    }


def test_neither_what_is_the_therapist_s_own_nor_what_was_taken_back() -> None:
    assert not {"own", "gone"} & set(told())


def test_an_unknown_intention_has_no_thread() -> None:
    assert thread("nobody", NOTES, LINKS, TAGS, {}) == ()
