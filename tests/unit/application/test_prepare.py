"""Intentions, agreements and plans as they are kept: in place while the session is open, beside the original after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kapjournal.application.agreements import DEVIATION, SAFETY_HEADINGS, Sheet, headed, unheaded
from kapjournal.application.keep_intentions import Changed, bring_in, keep_words, reorder, set_state, untag
from kapjournal.application.ports import Journal, Keys
from kapjournal.application.prepare import (
    Desk,
    HalfWritten,
    begin_preparation,
    close_preparation,
    keep_sheet,
    put_draft,
    read_draft,
)
from kapjournal.domain.card import card_of
from kapjournal.domain.course import Client, Course, Limits, Session, SessionKind
from kapjournal.domain.entry import Action, Amendment, Entry, IntentionState, Kind, RecordClass
from kapjournal.domain.errors import Refused
from kapjournal.domain.intention import Words
from kapjournal.domain.label import Part, Relation, Tag, TagState, Theme
from kapjournal.storage.store import SqlJournals
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal

WREN = Client(id="wren", alias="Wren")
NOTHING = HalfWritten()
KEYS = Keys("vault-1", b"d" * 32, b"l" * 32, b"s" * 32)


@pytest.fixture(params=["fake", "real"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    clock = FakeClock()
    real: Callable[[], Journal] = lambda: SqlJournals(clock).make(tmp_path / "j", KEYS)  # noqa: E731
    journal = FakeJournal(clock) if request.param == "fake" else real()
    journal.keep(WREN, Theme(id="trust", name="Trust"))
    yield Desk(journal, clock, FakeIds(), "wren")
    journal.close()


def later(desk: Desk, minutes: float = 10) -> None:
    assert isinstance(desk.clock, FakeClock)
    desk.clock.pass_(minutes * 60)


def write(desk: Desk, id_: str = "one", **words: str) -> None:
    keep_words(desk, [Changed(id_, Words(**words))], NOTHING)
    later(desk)


def test_edited_before_close_after_close_and_by_two_amendments(desk: Desk) -> None:
    begin_preparation(desk)
    write(desk, hope="To rest.")
    write(desk, hope="To rest well.", fear="Nobody comes.")
    close_preparation(desk)
    write(desk, hope="To rest, and be seen.", fear="Nobody comes.")
    write(desk, hope="To rest, and be seen.", enough="One breath.")
    one = desk.read().intentions[0]
    assert [(v.how, v.words) for v in one.wordings] == [
        ("first wording", Words("To rest.")),
        ("edited", Words("To rest well.", "Nobody comes.")),
        ("addendum", Words("To rest, and be seen.", "Nobody comes.")),
        ("addendum", Words("To rest, and be seen.", "", "One breath.")),
    ]
    assert one.words == one.wordings[-1].words
    assert [(v.at - START) / timedelta(minutes=1) for v in one.wordings] == [0, 10, 20, 30]
    assert {v.at.utcoffset() for v in one.wordings} == {START.utcoffset()}
    assert card_of(WREN, desk.journal.entries(), desk.journal.amendments()).intention == "To rest, and be seen."
    assert desk.journal.entries()[0].text == "To rest well."  # the last words of the open session stand as they were


def test_without_a_session_every_change_is_an_addendum(desk: Desk) -> None:
    write(desk, hope="To rest.")
    write(desk, hope="To rest well.")
    assert [(a.action, a.text, a.details) for a in desk.journal.amendments()] == [
        (Action.ADDENDUM, "To rest well.", {"hope": "To rest well."})
    ]
    assert len(desk.journal.versions("one")) == 1


def test_what_did_not_change_is_not_written_again(desk: Desk) -> None:
    write(desk, hope="To rest.")
    write(desk, hope="To rest.")
    write(desk, id_="two")
    assert len(desk.journal.entries()) == 1
    assert desk.journal.amendments() == ()


def test_an_edit_keeps_the_state_and_the_place(desk: Desk) -> None:
    begin_preparation(desk)
    write(desk, hope="To rest.")
    set_state(desk, "one", IntentionState.PARTLY)
    write(desk, hope="To rest well.")
    one = desk.read().intentions[0]
    assert (one.state, one.words.hope, desk.journal.amendments()) == (IntentionState.PARTLY, "To rest well.", ())


def test_what_became_of_it_keeps_what_was_said_about_it(desk: Desk) -> None:
    begin_preparation(desk)
    write(desk, hope="To rest.")
    set_state(desk, "one", IntentionState.MET, "W: I slept.")
    write(desk, hope="To rest still.")
    one = desk.read().intentions[0]
    assert one.state is IntentionState.MET
    assert "W: I slept." in [v.beside for v in one.wordings]
    assert one.words.hope == "To rest still."


def test_the_order_given_by_hand_stays(desk: Desk) -> None:
    for id_ in ("one", "two", "three"):
        write(desk, id_=id_, hope=id_)
    reorder(desk, ["three", "one", "two"])
    assert [i.id for i in desk.read().intentions] == ["three", "one", "two"]
    card = card_of(WREN, desk.journal.entries(), desk.journal.amendments())
    assert (card.intention, card.others) == ("three", ("one", "two"))
    assert all(len(i.wordings) == 1 for i in desk.read().intentions)  # moving is no new wording


def test_labels_are_kept_as_tags_and_new_ones_only_when_wanted(desk: Desk) -> None:
    words = Words(hope="To let go. #trust #new-thing @Planner @Nobody")
    keep_words(desk, [Changed("one", words, (("#new-thing", "new thing"), ("@Planner", "Planner")))], NOTHING)
    read = desk.read()
    assert read.intentions[0].words.hope == "To let go."
    assert {t.name for t in read.themes} == {"Trust", "new thing"}
    assert [p.name for p in read.parts] == ["Planner"]
    assert len(read.intentions[0].tags) == 3
    assert len(untag(desk, read.intentions[0].tags[0]).intentions[0].tags) == 2


def test_agreeing_is_written_once_a_day_unless_something_changed(desk: Desk) -> None:
    for words in ("To rest.", "To rest.", "To sleep."):
        keep_words(desk, [Changed("one", Words(hope=words))], NOTHING, agreed=True)
    agreed = desk.journal.entries(kinds=(Kind.AGREEMENT,))
    assert [getattr(e.details, "about", "") for e in agreed] == ["intentions", "intentions"]


def test_the_last_integration_is_brought_in_once_with_a_link(desk: Desk) -> None:
    session = Session(id="i1", client="wren", kind=SessionKind.INTEGRATION, started_at=START, closed_at=START)
    quote = Entry(id="q", client="wren", session="i1", kind=Kind.QUOTE, text="Who notices me?", noticed_at=START)
    old = Entry(id="old", client="wren", kind=Kind.INTENTION, text="See her.", noticed_at=START - timedelta(days=9))
    met = Amendment(
        id="m", entry="old", action=Action.ADDENDUM, text="Saw her.", details={"state": "met"}, written_at=START
    )
    desk.journal.keep(session, quote, old, met, Tag(entry="q", theme="trust", state=TagState.ACCEPTED))
    carried = desk.read().carried
    assert carried is not None
    assert (carried.found[0].words.hope, carried.before, carried.became, carried.beside) == (
        "Who notices me?", "See her.", IntentionState.MET, "Saw her.",
    )  # fmt: skip
    after = bring_in(bring(desk), NOTHING)
    assert [link.relation for link in desk.journal.links()] == [Relation.FOLLOWS_UP]
    assert after.intentions[0].words.hope == "Who notices me?"
    assert len(after.intentions[0].tags) == 1
    assert after.carried is not None
    assert after.carried.brought_in
    assert len(bring_in(desk, NOTHING).intentions) == len(after.intentions)


def bring(desk: Desk) -> Desk:
    return desk


def test_several_intentions_come_together_in_their_order_and_those_that_ended_stay(desk: Desk) -> None:
    desk.journal.keep(Session(id="i", client="wren", kind=SessionKind.INTEGRATION, started_at=START))
    for rank, (id_, state) in enumerate((("b", "open"), ("a", "partly"), ("c", "met")), start=1):
        content = {"id": id_, "client": "wren", "session": "i", "kind": "intention", "text": id_, "noticed_at": START}
        desk.journal.keep(Entry.model_validate({**content, "details": {"state": state, "rank": rank}}))
    first = bring_in(desk, NOTHING)
    later(desk)
    new = [one.words.hope for one in first.intentions if one.id not in "abc"]
    assert new == ["b", "a"]
    assert first.carried is not None
    assert first.carried.brought_in
    assert len(bring_in(desk, NOTHING).intentions) == len(first.intentions)
    assert {link.target for link in desk.journal.links()} == {"a", "b"}


def test_a_draft_lies_on_the_desk_until_it_is_kept(desk: Desk) -> None:
    draft = HalfWritten(words={"one": {"hope": "To re"}}, sheets={"touch": {"allowed": "ha"}})
    assert put_draft(desk.journal, desk.clock, "wren", draft) == START
    assert desk.read().draft == draft
    keep_words(desk, [Changed("one", Words(hope="To rest."))], HalfWritten())
    assert desk.read().draft == HalfWritten()
    assert read_draft("{broken") == HalfWritten()


def sheet(desk: Desk, which: Sheet, **values: str) -> None:
    keep_sheet(desk, which, values, NOTHING)
    later(desk)


def test_a_changed_agreement_is_a_new_entry_and_the_earlier_one_can_be_seen(desk: Desk) -> None:
    sheet(desk, Sheet.TOUCH, allowed="Hand only.", stop_word="harbour", begun_by="Wren", if_more_is_asked="Wait.")
    sheet(desk, Sheet.TOUCH, allowed="No touch.")
    sheet(desk, Sheet.TOUCH, allowed="No touch.")
    now = desk.read().sheets[Sheet.TOUCH]
    assert (now.values["allowed"], now.values["stop_word"]) == ("No touch.", "harbour")
    assert [e.text for e in now.earlier] == [
        "Hand only.\nMay be begun by: Wren\nStop word: harbour\nIf more is asked for: Wait."
    ]
    assert len(desk.journal.entries(kinds=(Kind.AGREEMENT,))) == 2


def test_in_the_room_an_agreement_is_narrowed_and_widening_is_a_deviation(desk: Desk) -> None:
    sheet(desk, Sheet.TOUCH, allowed="hand; shoulder. not hair", stop_word="harbour")
    desk.journal.keep(Session(id="d", client="wren", kind=SessionKind.DOSING, started_at=START))
    sheet(desk, Sheet.TOUCH, allowed="hand only")
    sheet(desk, Sheet.TOUCH, allowed="hand and feet")
    said = [(getattr(e.details, "about", ""), e.session) for e in desk.journal.entries(kinds=(Kind.AGREEMENT,))]
    assert said == [("touch", None), ("touch", "d"), (DEVIATION, "d")]
    assert desk.read().sheets[Sheet.TOUCH].values["allowed"] == "hand only"
    assert card_of(WREN, desk.journal.entries()).touch == "hand only"


def test_the_safety_sheet_makes_what_the_card_needs(desk: Desk) -> None:
    sheet(desk, Sheet.SAFETY, signs="silent", ask="friend J.", danger="held breath", ride="J. at 16:30",
          emergency_contact="J. 555-0177", prescriber="Dr. L. 555-0142")  # fmt: skip
    client = desk.read().client
    card = card_of(client, desk.journal.entries())
    assert card.plan == (f"{SAFETY_HEADINGS['signs']}: silent", f"{SAFETY_HEADINGS['ask']}: friend J.")
    assert (card.watch_for, card.phone) == (("held breath",), "Dr. L. 555-0142")
    assert client.emergency_contact == "J. 555-0177"
    values = desk.read().sheets[Sheet.SAFETY].values
    assert (values["signs"], values["ask"], values["ride"]) == ("silent", "friend J.", "J. at 16:30")


def test_a_plan_written_elsewhere_is_kept_whole() -> None:
    text = "Call Ash.\n\nHow we notice it is getting hard: silent\nand still\nWhom I ask for help: J."
    values = unheaded(text, SAFETY_HEADINGS)
    assert (values["more"], values["signs"], values["ask"]) == ("Call Ash.", "silent\nand still", "J.")
    assert unheaded(headed(values, SAFETY_HEADINGS), SAFETY_HEADINGS) == values


def test_clearance_has_its_own_day_and_the_limits_go_to_the_course(desk: Desk) -> None:
    sheet(desk, Sheet.CLEARANCE, cleared="60 mg IM, one booster", on="20 February", systolic="160", route="im",
          vitals_schedule="1:00 0:20; 0, −10")  # fmt: skip
    read = desk.read()
    entry = desk.journal.entries(kinds=(Kind.PLAN,))[0]
    assert (entry.noticed_at.date().isoformat(), entry.written_at) == ("2026-02-20", START)
    assert read.course == Course(
        id=read.course.id if read.course else "", client="wren", route="IM", vitals_schedule=(-10, 0, 20, 60),
        limits=Limits(systolic=160),
    )  # fmt: skip
    assert read.sheets[Sheet.CLEARANCE].values["on"] == "20 February 2026"


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("on", "yesterweek", "is not a day"),
        ("on", "2027-01-01", "still to come"),
        ("systolic", "1600", "Upper blood pressure"),
        ("diastolic", "-5", "Lower blood pressure"),
        ("spo2", "101", "Oxygen"),
        ("vitals_schedule", "0:75", "Vitals"),
        ("vitals_schedule", "99999", "Vitals"),
        ("route", "XX", "Route"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_kept(desk: Desk, field: str, typed: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        keep_sheet(desk, Sheet.CLEARANCE, {"cleared": "x", field: typed}, NOTHING)
    assert desk.journal.entries() == ()
    assert desk.journal.courses() == ()


def test_consent_has_a_date_and_a_version_each(desk: Desk) -> None:
    assert [item.sentence for item in desk.read().items if item.key == "consent"] == [
        "consent to discuss: treatment and off-label use, keeping notes, sharing with a colleague"
    ]
    sheet(desk, Sheet.CONSENT, treatment="Signed.", treatment_on="8 January", treatment_version="3", notes="Signed.")
    sheet(desk, Sheet.CONSENT, sharing="No, not yet.")
    values = desk.read().sheets[Sheet.CONSENT].values
    assert (values["treatment_on"], values["treatment_version"]) == ("8 January 2026", "3")
    assert (values["sharing"], values["sharing_on"]) == ("No, not yet.", "2 March 2026")
    assert all(item.ready for item in desk.read().items if item.key == "consent")
    assert len(desk.journal.entries()) == 3


def test_the_clients_own_account_carries_the_clients_voice(desk: Desk) -> None:
    sheet(desk, Sheet.ACCOUNT, account="I slept badly.")
    entry = desk.journal.entries()[0]
    assert (entry.kind, entry.voice, entry.text) == (Kind.ACCOUNT, "client", "I slept badly.")
    assert desk.read().sheets[Sheet.ACCOUNT].values == {"account": "I slept badly."}


def test_parts_asked_beforehand_are_kept_private_and_tagged(desk: Desk) -> None:
    desk.journal.keep(Part(id="head", client="wren", name="The Headmistress"))
    sheet(desk, Sheet.PARTS, parts="@Headmistress agrees to sit nearby\n@Off-Switch unsure, mail@home.org")
    entry = desk.journal.entries("wren")[-1]
    assert (entry.kind, entry.in_class) == (Kind.PLAN, RecordClass.PRIVATE)
    names = {part.id: part.name for part in desk.journal.parts("wren")}
    assert sorted(names.values()) == ["Off Switch", "The Headmistress"]
    tagged = [names[tag.part or ""] for tag in desk.journal.tags("wren") if tag.entry == entry.id]
    assert tagged == ["The Headmistress", "Off Switch"]
    later(desk)
    sheet(desk, Sheet.PARTS, parts="@Headmistress agrees to sit nearby\n@Off-Switch agrees for today")
    now = desk.read().sheets[Sheet.PARTS]
    assert now.values["parts"].endswith("agrees for today")
    assert [one.text.splitlines()[1] for one in now.earlier] == ["@Off-Switch unsure, mail@home.org"]
    assert len(desk.journal.parts("wren")) == 2


def test_a_preparation_session_is_begun_once_and_closed(desk: Desk) -> None:
    planned = Session(
        id="p2", client="wren", kind=SessionKind.PREPARATION, number=2, planned_for=START - timedelta(hours=1)
    )
    desk.journal.keep(planned)
    assert begin_preparation(desk).session == planned.model_copy(update={"started_at": START})
    assert begin_preparation(desk).session == desk.read().session
    assert close_preparation(desk).session is None
    assert close_preparation(desk).session is None
    new = begin_preparation(desk).session
    assert new is not None
    assert new.number == 3
