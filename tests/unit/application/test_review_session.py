"""Looking back on a session: what is read, what is left out, and how what is written now stands beside it."""

from __future__ import annotations

import pytest

from kapjournal.application.keep_entry import HalfTyped, keep_draft
from kapjournal.application.review_session import (
    HALF_TYPED,
    NO_WORDS,
    NOT_YET,
    TIME_UNREAD,
    Asked,
    Reviewed,
    Where,
    add_late,
    comment,
    correct,
    keep_words,
    put_typed,
    read_review,
    sign,
    typed_place,
)
from kapjournal.domain.course import Session
from kapjournal.domain.entry import Action, Entry, Kind, Phase, PhaseDetails, Voice
from kapjournal.domain.errors import BadInput, NotSaved, Refused
from kapjournal.domain.moment import Moment, SessionClock
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.reviewed import BEGUN, CANARY, NOON, course, tables


@pytest.fixture
def where() -> Where:
    clock = FakeClock(NOON.replace(hour=17, minute=40))
    return Where(course(clock), clock, FakeIds(), tables(), "d3")


def read(where: Where, asked: Asked = Asked()) -> Reviewed:  # noqa: B008 - a frozen value
    return read_review(where.journal, where.clock, where.shipped, "wren", asked)


def ids(reviewed: Reviewed, number: int = 0) -> list[str]:
    return [p.note.original.id for p in reviewed.laid[number].placed]


def one(where: Where, id_: str) -> Entry:
    return next(e for e in where.journal.entries() if e.id == id_)


def close(where: Where) -> None:
    sign(where, {}, {})


# --- reading -------------------------------------------------------------------------------------------------------


def test_the_latest_session_with_entries_is_looked_at(where: Where) -> None:
    where.journal.keep(Session.model_validate({"id": "d4", "client": "wren", "kind": "dosing", "planned_for": NOON}))
    found = read(where)
    assert found.session is not None
    assert found.session.id == "d3"
    assert [s.id for s in found.sessions] == ["d1", "d2", "d3"]


def test_an_entry_leads_to_its_session(where: Where) -> None:
    found = read(where, Asked("q1"))
    assert (found.session.id if found.session else "", found.entry) == ("d1", "q1")


def test_somebody_without_sessions_has_nothing_to_look_back_on(where: Where) -> None:
    from kapjournal.domain.course import Client

    where.journal.keep(Client(id="sol", alias="Sol"))
    found = read_review(where.journal, where.clock, where.shipped, "sol", Asked())
    assert (found.session, found.laid) == (None, ())


def test_the_own_state_is_left_out_until_it_is_asked_for(where: Where) -> None:
    found = read(where)
    assert "own" not in ids(found)
    assert CANARY not in repr(found)
    assert found.own == 1
    asked = read(where, Asked(own=True))
    assert "own" in ids(asked)
    assert CANARY in repr(asked)


def test_accepted_labels_stand_with_the_entry(where: Where) -> None:
    assert read(where).labels["nana"] == ("#grief",) or read(where).labels["nana"] == ("#grief-loss",)


def test_sessions_are_laid_over_one_another(where: Where) -> None:
    found = read(where, Asked("d3", ("d1", "d2")))
    assert [one.session.id for one in found.laid] == ["d3", "d1", "d2"]
    assert ids(found, 1) == ["dose-d1", "q1"]


def test_what_was_told_between_sessions_belongs_to_the_one_before(where: Where) -> None:
    assert [n.original.id for n in read(where, Asked("d2")).accounts] == ["told"]
    assert read(where, Asked("d1")).accounts == ()
    assert read(where, Asked("d3")).accounts == ()


def test_the_intention_of_the_session_or_the_last_one_before_it(where: Where) -> None:
    assert [n.original.id for n in read(where, Asked("d3")).intentions] == ["hope"]
    assert read(where, Asked("d1")).intentions == ()


# --- writing -------------------------------------------------------------------------------------------------------


def test_an_account_is_in_the_clients_voice_and_private(where: Where) -> None:
    put_typed(where, {"account": "I was at", "note": "mine"})
    keep_words(where, "account", " I was at the table again. ", {"note": "mine"})
    kept = where.journal.entries()[-1]
    assert (kept.kind, kept.voice, kept.text) == (Kind.ACCOUNT, Voice.CLIENT, "I was at the table again.")
    assert kept.session == "d3"
    assert kept.noticed_at == where.clock.now().at
    assert read(where).typed == {"note": "mine"}


def test_words_are_needed(where: Where) -> None:
    with pytest.raises(BadInput, match=NO_WORDS):
        keep_words(where, "note", "  ", {})


def test_a_late_entry_carries_both_times(where: Where) -> None:
    close(where)
    id_ = add_late(where, "14:12", "Turned toward the window.", {})
    late = one(where, id_)
    assert late.kind is Kind.OBSERVATION
    assert (late.noticed_at.hour, late.noticed_at.minute) == (14, 12)
    assert late.written_at == where.clock.now().at
    found = next(p for p in read(where).laid[0].placed if p.note.original.id == id_)
    assert found.minute == 50


def test_a_late_line_is_read_like_a_live_one(where: Where) -> None:
    late = one(where, add_late(where, "14:12", "“I can put it down.” #grief", {}))
    assert (late.kind, late.text) == (Kind.QUOTE, "I can put it down.")
    assert [t.theme for t in where.journal.tags() if t.entry == late.id] == ["grief"]


@pytest.mark.parametrize(
    ("at", "line", "says"),
    [("", "a", TIME_UNREAD), ("25:00", "a", TIME_UNREAD), ("14:12", " ", NO_WORDS), ("18:00", "a", NOT_YET)],
)
def test_what_a_late_entry_lacks_is_told(where: Where, at: str, line: str, says: str) -> None:
    before = len(where.journal.entries())
    with pytest.raises(BadInput) as told:
        add_late(where, at, line, {})
    assert told.value.sentence == says
    assert len(where.journal.entries()) == before


def test_a_time_after_midnight_belongs_to_the_next_day(where: Where) -> None:
    late_begun = NOON.replace(hour=22)
    night = {"id": "night", "client": "wren", "kind": "dosing", "started_at": late_begun}
    where.journal.keep(Session.model_validate(night))
    clock = FakeClock(NOON.replace(day=27, hour=9))
    assert one(where, add_late(where._replace(session="night", clock=clock), "0:30", "Still here.", {})).noticed_at == (
        NOON.replace(day=27, hour=0, minute=30)
    )


def test_a_late_entry_of_a_running_session_has_its_place_by_the_steady_clock(where: Where) -> None:
    anchor = SessionClock(anchor=Moment(at=BEGUN["d3"], tick_s=0.0, boot="boot-1"))
    where.journal.put_on_desk("clock:d3", anchor.model_dump_json())
    now = where.clock.now()
    late = one(where, add_late(where, f"{now.at:%H:%M}", "Now.", {}))
    assert late.elapsed_s == pytest.approx(now.tick_s)


def test_a_comment_and_a_correction_stand_beside_the_original(where: Where) -> None:
    close(where)
    comment(where, "tears", "Both eyes.", {})
    correct(where, "tears", "Tears, then a sigh.", {})
    note = next(p.note for p in read(where).laid[0].placed if p.note.original.id == "tears")
    assert note.original.text == "Tears, silent."
    assert [(a.action, a.text) for a in note.amendments] == [
        (Action.ADDENDUM, "Both eyes."),
        (Action.CORRECTION, "Tears, then a sigh."),
    ]
    assert {a.written_at for a in note.amendments} == {where.clock.now().at}


def test_what_is_written_and_what_stays_half_typed_are_one_write(where: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise NotSaved("Not saved yet. The disk is full.")

    monkeypatch.setattr(where.journal, "put_on_desk", full)
    writes = (
        lambda left: add_late(where, "14:12", "A sigh.", left),
        lambda left: comment(where, "tears", "Both eyes.", left),
        lambda left: correct(where, "tears", "Tears, then a sigh.", left),
        lambda left: sign(where, {}, left),
    )
    for number, write in enumerate(writes):
        write({"note": f"half {number}"})
        assert where.journal.desk(typed_place("d3")) == f'{{"note": "half {number}"}}'


def test_a_correction_has_to_change_something(where: Where) -> None:
    with pytest.raises(Refused):
        correct(where, "tears", "Tears, silent.", {})
    assert where.journal.amendments() == ()


def test_signing_closes_and_keeps_what_the_landing_found(where: Where) -> None:
    sign(where, {"Gait": "steady", "Mood": ""}, {"late": "half"})
    session = read(where).session
    assert session is not None
    assert session.closed_at == session.ended_at == where.clock.now().at
    discharge = where.journal.entries()[-1]
    assert (discharge.text, discharge.details) == ("Gait: steady", PhaseDetails(phase=Phase.DISCHARGE))
    assert where.journal.desk(typed_place("d3")) == '{"late": "half"}'
    with pytest.raises(Refused):
        where.journal.keep(one(where, "tears").model_copy(update={"text": "Other."}))


def test_signing_leaves_the_hour_at_which_it_ended(where: Where) -> None:
    session = where.journal.session_record("d3").session
    ended = {**session.content(), "ended_at": NOON.replace(hour=16)}
    where.journal.keep(Session.model_validate(ended))
    close(where)
    signed = where.journal.session_record("d3").session
    assert (signed.ended_at, signed.closed_at) == (NOON.replace(hour=16), where.clock.now().at)


def test_a_half_typed_live_line_is_not_lost_by_signing(where: Where) -> None:
    assert isinstance(where.journal, FakeJournal)
    keep_draft(where.journal, "d3", HalfTyped(text="She sm"))
    with pytest.raises(Refused, match=HALF_TYPED):
        sign(where, {}, {})
    assert where.journal.session_record("d3").session.closed_at is None


def came_from_kestrel(where: Where) -> None:
    """The session that is looked at was received, and the journal knows from whom."""
    away = {"origin": "b" * 32}
    received = {"bundle": "1" * 32, "journal": away["origin"], "key": "RW", "created": NOON}
    receipt = {"id": "receipt", "client": "wren", "kind": "contact", "text": "Received", "noticed_at": NOON}
    session = where.journal.session_record("d3").session
    where.journal.keep(
        Session.model_validate({**session.content(), **away}),
        Entry.model_validate({**receipt, "details": {"with": "Kestrel", "received": received}}),
    )


def test_nothing_is_added_to_a_session_that_a_colleague_handed_over(where: Where) -> None:
    came_from_kestrel(where)
    entries = where.journal.entries()
    for write in (
        lambda: keep_words(where, "note", "Mine.", {}),
        lambda: keep_words(where, "account", "Told to me.", {}),
        lambda: add_late(where, "14:12", "A sigh.", {}),
        lambda: sign(where, {"Gait": "steady"}, {}),
    ):
        with pytest.raises(Refused, match="received from a colleague and stays as it is"):
            write()
    assert where.journal.entries() == entries
    assert read(where).sender == "Kestrel"
    comment(where, "tears", "As she told me, too.", {})
    assert len(where.journal.amendments()) == 1


def test_it_is_signed_once(where: Where) -> None:
    close(where)
    with pytest.raises(Refused):
        close(where)
