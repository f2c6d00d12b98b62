"""A card as tests want it: the entries that it is made of, written in one go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from kapjournal.application.changes import Changes
from kapjournal.application.ports import Clock, Journal, NewId
from kapjournal.domain.course import Client, Course, Limits, Record, Route
from kapjournal.domain.entry import AgreementDetails, Amended, Entry, IntentionDetails, Kind, PlanDetails
from kapjournal.domain.timeline import amended

TOUCH, SAFETY_PLAN = "touch", "safety plan"

Model = TypeVar("Model", Client, Course)


class CardValues(NamedTuple):
    """What the card is made of. The schedule is in minutes after the first dose."""

    intention: str = ""
    enough: str = ""
    touch: str = ""
    stop_word: str = ""
    stop_gesture: str = ""
    safety_plan: str = ""  # line by line
    prescriber: str = ""  # with the phone number
    emergency_contact: str = ""
    route: Route | None = None
    vitals_schedule: tuple[int, ...] = ()
    limits: Limits = Limits()


def card_values(journal: Journal, client: str) -> CardValues:
    """What stands now."""
    person, course = _client(journal, client), _course(journal, client)
    notes = amended(journal.entries(client, (Kind.INTENTION, Kind.AGREEMENT, Kind.PLAN)), journal.amendments(client))
    standing = [n for n in notes if not n.retracted]
    intention, touch, plan = (_latest(standing, about) for about in (Kind.INTENTION, TOUCH, SAFETY_PLAN))
    intention_details = intention.details if intention else None
    touch_details = touch.details if touch else None
    said = IntentionDetails() if not isinstance(intention_details, IntentionDetails) else intention_details
    agreed = AgreementDetails(about=TOUCH) if not isinstance(touch_details, AgreementDetails) else touch_details
    return CardValues(
        intention=intention.original.text if intention else "",
        enough=said.enough or "",
        touch=touch.original.text if touch else "",
        stop_word=agreed.stop_word or "",
        stop_gesture=agreed.stop_gesture or "",
        safety_plan=plan.original.text if plan else "",
        prescriber=person.prescriber or "",
        emergency_contact=person.emergency_contact or "",
        route=course.route if course else None,
        vitals_schedule=(course.vitals_schedule or ()) if course else (),
        limits=(course.limits or Limits()) if course else Limits(),
    )


def save_card(journal: Journal, clock: Clock, new_id: NewId, client: str, values: CardValues) -> Changes:
    """Keep what differs, all in one: a changed agreement is a new entry, and what was agreed before stays."""
    before = card_values(journal, client)
    at = clock.now().at
    made: list[Record] = []

    def entry(kind: Kind, text: str, details: IntentionDetails | AgreementDetails | PlanDetails) -> None:
        made.append(Entry(id=new_id(), client=client, kind=kind, text=text.strip(), noticed_at=at, details=details))

    if (values.intention, values.enough) != (before.intention, before.enough):
        enough = {"enough": values.enough.strip()} if values.enough.strip() else {}
        entry(Kind.INTENTION, values.intention, IntentionDetails.model_validate(enough | {"state": "open"}))
    agreed = ("touch", "stop_word", "stop_gesture")
    if any(getattr(values, name) != getattr(before, name) for name in agreed):
        given = {
            "allowed": values.touch.strip(),
            "stop_word": values.stop_word.strip(),
            "stop_gesture": values.stop_gesture.strip(),
        }
        details = AgreementDetails.model_validate({"about": TOUCH} | {k: v for k, v in given.items() if v})
        entry(Kind.AGREEMENT, values.touch, details)
    if values.safety_plan != before.safety_plan:
        entry(Kind.PLAN, values.safety_plan, PlanDetails(about=SAFETY_PLAN))
    return journal.keep(*_people(journal, new_id, client, before, values), *made)


def _people(
    journal: Journal, new_id: NewId, client: str, before: CardValues, values: CardValues
) -> Iterable[Client | Course]:
    person, course = _client(journal, client), _course(journal, client)
    if (values.prescriber, values.emergency_contact) != (before.prescriber, before.emergency_contact):
        yield _with(person, prescriber=values.prescriber, emergency_contact=values.emergency_contact)
    planned = (values.route, values.vitals_schedule, values.limits)
    if planned != (before.route, before.vitals_schedule, before.limits):
        course = course or Course(id=new_id(), client=client)
        yield _with(
            course,
            route=values.route,
            vitals_schedule=values.vitals_schedule or None,
            limits=values.limits if values.limits != Limits() else None,
        )


def _with(record: Model, **changed: object) -> Model:
    """The record with these fields; an empty one is taken out rather than kept empty."""
    content = {**record.content(), **changed}
    given = {key: value for key, value in content.items() if value not in (None, "", ())}
    return type(record).model_validate(given)


def _latest(notes: list[Amended], about: str) -> Amended | None:
    """The newest entry of a kind, or the newest agreement or plan about something."""
    found = [
        n for n in notes if n.original.kind == about or about in (getattr(n.details, "about", "") or "").casefold()
    ]
    return max(found, key=lambda n: n.original.typed_at, default=None)


def _client(journal: Journal, client: str) -> Client:
    return next(c for c in journal.clients() if c.id == client)


def _course(journal: Journal, client: str) -> Course | None:
    courses = journal.courses(client)
    return courses[-1] if courses else None
