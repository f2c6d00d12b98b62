from __future__ import annotations

from datetime import date, timedelta

import pytest

from kapjournal.application import plan_course as do
from kapjournal.application.own_lists import WORDING_PLACE
from kapjournal.application.start_session import start_session
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.entry import Action, Amendment, Entry, Kind, PracticeState
from kapjournal.domain.errors import NotSaved
from kapjournal.domain.label import Part, PartRole
from kapjournal.domain.wording import Wording
from kapjournal.gui.client.asked import WHEN_UNREAD
from kapjournal.gui.client.presenter import NOT_RUNNING, ClientPresenter, ClientUses
from kapjournal.gui.client.state import ClientState
from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer


class World:
    """A presenter over a journal in memory, with the real use cases."""

    def __init__(self, journal: FakeJournal | None = None) -> None:
        self.journal = journal or FakeJournal()
        self.journal.keep(Client(id="w", alias="Wren"))
        self.clock, self.ids, self.tasks, self.timer = FakeClock(), FakeIds(), InlineTasks(), FakeTimer()
        self.went: list[str] = []
        self.told: list[str] = []
        self.state = ClientState()
        j, c, n = self.journal, self.clock, self.ids
        uses = ClientUses(
            read=lambda: do.read_client(j, "w"),
            put_typed=lambda typed: do.put_typed(j, "w", typed),
            change_fact=lambda name, words, rest: do.change_fact(j, c, n, "w", name, words, rest),
            plan=lambda kind, number, at: do.plan_session(j, n, "w", kind, number, at),
            move=lambda session, at: do.move_session(j, session, at),
            begin=lambda kind, planned: start_session(j, c, n, "w", kind, planned),
            add_contact=lambda who, text: do.add_contact(j, c, n, "w", who, text),
            add_practice=lambda agreed: do.add_practice(j, c, n, "w", *agreed),
            add_account=lambda text: do.add_account(j, c, n, "w", text),
            settle=lambda entry, became: do.settle_practice(j, c, n, entry, *became),
            archive=lambda archived: do.archive(j, c, "w", archived=archived),
            enter=self.went.append,
            prepare=lambda: self.went.append("prepare"),
            edit_card=lambda: self.went.append("card"),
            told=lambda _alias, saved: self.told.append(saved),
        )
        self.presenter = ClientPresenter(uses, self.tasks, self.clock, self.timer, self)

    def start(self) -> World:
        self.presenter.start(do.read_client(self.journal, "w"))
        return self

    def show_state(self, state: ClientState) -> None:
        self.state = state

    def note(self, kind: Kind, text: str, session: str | None = None, **details: object) -> str:
        given = {"id": self.ids(), "client": "w", "kind": kind, "text": text, "noticed_at": START}
        given |= {"session": session} if session else {}
        entry = Entry.model_validate(given | ({"details": details} if details else {}))
        self.journal.keep(entry)
        return entry.id

    @property
    def client(self) -> Client:
        return self.journal.clients()[0]


def held(kind: SessionKind, number: int, days_ago: int) -> Session:
    at = START - timedelta(days=days_ago)
    return Session(
        id=f"{kind}{number}", client="w", kind=kind, number=number, started_at=at, ended_at=at, closed_at=None
    )


def test_the_course_line_tells_days_and_doses() -> None:
    world = World()
    world.journal.keep(held(SessionKind.PREPARATION, 1, 9), held(SessionKind.DOSING, 1, 7))
    world.note(Kind.DOSE, "", "dosing1", amount_mg=60, route="IM")
    world.note(Kind.DOSE, "", "dosing1", amount_mg=30, route="IM", booster=True)
    do.plan_session(world.journal, world.ids, "w", SessionKind.DOSING, None, START + timedelta(days=3))
    world.start()
    told = [(bead.day, bead.below, bead.large, bead.stage) for bead in world.state.line]
    assert told == [
        ("21 Feb", "", False, "held"),
        ("23 Feb", "60 + 30 mg IM", True, "held"),
        ("5 Mar", "planned", True, "planned"),
        *[("", "", False, "open")] * 3,
    ]
    assert world.state.counted == "Two of six held"
    assert world.state.next_dosing == "Start dosing 2"
    assert [bead.present for bead in world.state.line] == [False, False, True, False, False, False]


def test_intentions_say_what_became_of_them_and_show_their_last_words() -> None:
    world = World()
    kept = world.note(Kind.INTENTION, "To get some quiet.", state="open")
    for action, text, details in (
        (Action.CORRECTION, "To get some quiet at night.", None),
        (Action.ADDENDUM, "It was quiet but I was guarding it.", {"state": "partly"}),
    ):
        amendment = {"id": world.ids(), "entry": kept, "action": action, "text": text, "written_at": START}
        world.journal.keep(Amendment.model_validate(amendment | ({"details": details} if details else {})))
    gone = world.note(Kind.INTENTION, "never mind", state="open")
    world.journal.keep(Amendment(id="r", entry=gone, action=Action.RETRACTION, written_at=START))
    (told,) = world.start().state.intentions
    assert told.text == "To get some quiet at night."
    assert told.became == "Partly met. It was quiet but I was guarding it."


def test_parts_have_the_therapist_s_own_word() -> None:
    world = World()
    assert world.start().state.parts_word == "parts"
    world.journal.put_on_desk(WORDING_PLACE, Wording(part="voice").model_dump_json())
    assert world.start().state.parts_word == "voices"


def test_parts_measures_contacts_and_accounts_are_told() -> None:
    world = World()
    world.journal.keep(Part(id="p", client="w", name="Planner", role=PartRole.MANAGER, notes="keeps the list"))
    world.note(Kind.PART, "at the door", part="p")
    world.note(Kind.MEASURE, "", instrument="PHQ-9", total=18)
    world.note(Kind.MEASURE, "", instrument="PHQ-9", total=9)
    world.note(Kind.MEASURE, "", instrument="GAD-7")  # half answered: no total
    do.add_contact(world.journal, world.clock, world.ids, "w", "", "slept well")
    do.add_account(world.journal, world.clock, world.ids, "w", "It was quiet.")
    state = world.start().state
    assert [(p.name, p.role, p.notes) for p in state.parts] == [("Planner", "manager", "1 note")]
    assert [(m.name, m.totals) for m in state.measures] == [("PHQ-9", "18, 9")]
    assert [(n.text, n.note) for n in state.contacts] == [("slept well", "With client")]
    assert [n.text for n in state.accounts] == ["It was quiet."]


def test_a_fact_lies_on_the_desk_while_it_is_typed_and_is_kept_when_its_field_is_left() -> None:
    world = World().start()
    world.presenter.typed("pronouns", "she")
    assert world.state.saved == ""
    world.timer.pass_(0.3)
    assert do.read_client(world.journal, "w").typed == {"pronouns": "she"}
    assert world.state.saved == "Saved"
    assert world.client.pronouns is None
    world.presenter.typed("pronouns", "she/her")
    world.presenter.finished("pronouns", "she/her")
    world.timer.pass_(0.3)
    assert world.client.pronouns == "she/her"
    assert do.read_client(world.journal, "w").typed == {}
    assert world.told[-1] == "Saved"


def test_leaving_a_field_as_it_was_writes_nothing() -> None:
    world = World().start()
    before = world.journal.ledger[:]
    world.presenter.finished("pronouns", "")
    world.presenter.finished("planned_sessions", "6")
    assert world.journal.ledger == before


def test_a_fact_that_does_not_fit_says_so_beside_it_and_stays_typed() -> None:
    world = World().start()
    world.presenter.typed("systolic", "1600")
    world.presenter.finished("systolic", "1600")
    assert dict(world.state.problems)["systolic"].startswith("Upper blood pressure")
    assert world.journal.courses("w") == ()
    world.presenter.typed("systolic", "160")
    world.presenter.finished("systolic", "160")
    assert world.state.problems == ()
    assert world.journal.courses("w")[0].limits is not None


def test_what_was_half_typed_is_there_again_and_kept_where_it_fits() -> None:
    world = World()
    do.put_typed(world.journal, "w", {"pronouns": "she/her", "systolic": "9999", "contact.text": "half a"})
    world.start()
    assert world.client.pronouns == "she/her"
    assert dict(world.state.facts)["systolic"] == "9999"
    assert dict(world.state.problems)["systolic"]
    assert world.state.form.name == "contact"
    assert dict(world.state.form_words) == {"text": "half a"}


def test_going_away_puts_what_is_typed_on_the_disk_first() -> None:
    world = World().start()
    world.presenter.typed("notes", "band director")
    world.presenter.typed("vitals_schedule", "soon")
    world.presenter.leave()
    assert world.client.notes == "band director"
    assert do.read_client(world.journal, "w").typed == {"vitals_schedule": "soon"}


def test_a_full_disk_is_told_and_saved_is_not() -> None:
    world = World().start()
    world.journal.trouble = NotSaved("Not saved yet. The disk is full. Your words are held here.")
    world.presenter.typed("notes", "a word")
    world.timer.pass_(0.3)
    assert world.state.message is not None
    assert "disk is full" in world.state.message.sentence
    assert world.state.saved == ""
    world.journal.trouble = None
    world.presenter.typed("notes", "a word more")
    world.timer.pass_(0.3)
    assert (world.state.saved, world.state.message) == ("Saved", None)
    assert do.read_client(world.journal, "w").typed == {"notes": "a word more"}


def test_a_session_is_planned_with_a_date_that_is_read_back_while_typing() -> None:
    world = World().start()
    world.presenter.open_form("plan")
    world.presenter.typed("plan.when", "12 March 14:00")
    assert world.state.form.says == "Thursday 12 March 2026, 14:00"
    world.presenter.keep_form({"kind": "preparation", "number": "", "when": "12 March 14:00"})
    (session,) = world.journal.sessions("w")
    assert (session.kind, session.number) == (SessionKind.PREPARATION, 1)
    assert (world.state.form.name, world.state.chosen and world.state.chosen.title) == ("", "Preparation 1")
    world.timer.pass_(0.3)
    assert do.read_client(world.journal, "w").typed == {}


@pytest.mark.parametrize(("words", "says"), [({"when": "soon"}, WHEN_UNREAD), ({"number": "x"}, "Number")])
def test_a_plan_that_cannot_be_read_is_kept_open(words: dict[str, str], says: str) -> None:
    world = World().start()
    world.presenter.open_form("plan")
    world.presenter.keep_form({"kind": "dosing", **words})
    assert says in world.state.form.problem
    assert world.journal.sessions("w") == ()


def test_a_planned_session_gets_another_date_or_begins() -> None:
    world = World()
    session = do.plan_session(world.journal, world.ids, "w", SessionKind.INTEGRATION)
    world.start()
    world.presenter.choose(session.id)
    assert world.state.chosen is not None
    assert (world.state.chosen.may_begin, world.state.chosen.may_open) == (True, False)
    world.presenter.open_form("move")
    world.presenter.keep_form({"when": "tomorrow 9:00"})
    assert world.journal.sessions("w")[0].planned_for == START + timedelta(days=1)
    world.presenter.open_chosen()
    assert world.went == [session.id]
    assert world.journal.sessions("w")[0].running


def test_begin_goes_in_and_a_running_session_is_gone_back_to() -> None:
    world = World().start()
    world.presenter.return_to_running()
    assert world.state.message is not None
    assert world.state.message.sentence == NOT_RUNNING
    world.presenter.begin(SessionKind.DOSING)
    (session,) = world.journal.sessions("w")
    assert world.went == [session.id]
    world.presenter.look_again()
    assert world.state.running == "Dosing 1 is open now"
    world.presenter.return_to_running()
    assert world.went == [session.id, session.id]


def test_notes_are_kept_from_their_forms() -> None:
    world = World().start()
    for form, words in (
        ("contact", {"with": "", "text": "slept"}),
        ("practice", {"text": "ten breaths", "how_often": "daily", "on": "12 March"}),
        ("account", {"text": "It was quiet."}),
    ):
        world.presenter.open_form(form)
        world.presenter.keep_form(words)
        assert world.state.form.name == ""
    assert [e.text for e in world.journal.entries("w")] == ["slept", "ten breaths", "It was quiet."]
    (practice,) = world.state.practices
    assert practice.end == "follow up 12 Mar"
    world.presenter.settle(practice.key, PracticeState.KEPT)
    world.presenter.keep_form({"why": ""})
    assert [(p.end, p.settled) for p in world.state.practices] == [("kept", True)]
    world.presenter.open_form("account")
    world.presenter.keep_form({"text": " "})
    assert "no words" in world.state.form.problem


def test_a_practice_is_agreed_by_domain_and_until_a_day_and_goes_on_when_it_is_changed() -> None:
    world = World().start()
    world.presenter.open_form("practice")
    world.presenter.typed("practice.on", "12 March")
    world.presenter.typed("practice.until", "30 April")
    assert world.state.form.says == "Thursday 12 March 2026, until Thursday 30 April 2026"
    words = {"text": "ten breaths", "domain": "body", "how_often": "daily", "on": "12 March"}
    world.presenter.keep_form({**words, "until": "one day"})
    assert world.state.form.problem == "A day, such as 12 March, or nothing."
    world.presenter.keep_form({**words, "until": "30 April"})
    (practice,) = world.state.practices
    assert practice.note == "Body, daily, agreed 2 March, until 30 April"
    world.presenter.settle(practice.key, PracticeState.CHANGED)
    world.presenter.keep_form({"why": "evenings are hers now", "on": "20 March"})
    (practice,) = world.state.practices
    assert practice.note == "Body, daily, agreed 2 March, changed: evenings are hers now"
    assert (practice.end, practice.settled) == ("follow up 20 Mar", False)
    world.presenter.settle(practice.key, PracticeState.DROPPED)
    world.presenter.keep_form({"why": "not needed any more", "on": ""})
    (practice,) = world.state.practices
    assert practice.note == "Body, daily, agreed 2 March, let go: not needed any more"
    assert (practice.end, practice.settled) == ("let go", True)


def test_a_client_is_archived_and_brought_back() -> None:
    world = World().start()
    world.presenter.archive()
    assert world.client.archived_on == date(2026, 3, 2)
    assert world.state.archived == "Archived 2 March"
    world.presenter.archive()
    assert world.client.archived_on is None
    assert world.state.archived == ""
