"""Puts the state of the review screen together from what was read and what is typed. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from kapjournal.application.review_session import ACCOUNT, LATE, LATE_AT, NOTE, OWN, Asked, Reviewed
from kapjournal.domain.capture_time import clock_near
from kapjournal.domain.course import Session
from kapjournal.domain.dates import date_text
from kapjournal.domain.moment import clock_text, since_text
from kapjournal.domain.timeline import as_it_stands
from kapjournal.gui.messages import Message
from kapjournal.gui.review import telling
from kapjournal.gui.review.state import NoteShown, Picture, Review, SaidThen, SessionChoice, Written

EMPTY = "No session has been held yet. What is written live can be looked back on here."
NOTHING = "Nothing was written in this session. It can be added late, below."
SIGNING = "Once it is signed, entries stay as they are. What comes later stands beside them with its own time."
READ_ONLY = "It stays as it is; a comment of yours stands beside it."
_SIGN = (("sign", "Sign it"), ("close", "Not yet"))
_TRY_AGAIN = (("try_again", "Try again"),)


class Facts(NamedTuple):
    """What the state is made of."""

    reviewed: Reviewed
    asked: Asked
    typed: Mapping[str, str]
    open: frozenset[str]
    versions: Mapping[str, int]
    unfolded: bool = False


def screen(before: Review, facts: Facts, picture: Picture, trouble: str, now: datetime) -> Review:
    """Everything there is to see."""
    reviewed, session = facts.reviewed, facts.reviewed.session
    if session is None:
        return before._replace(alias=reviewed.client.alias, empty=EMPTY, message=_told(before, trouble))
    laid = reviewed.laid[0]
    asks = before.asks_to_sign and session.closed_at is None
    actions = _TRY_AGAIN if trouble else _SIGN if asks else ()
    return before._replace(
        title=telling.heading(session, now),
        note=telling.span_text(laid),
        caption=reviewed.tables.bands.caption if reviewed.tables else "",
        sessions=tuple(
            SessionChoice(s.id, telling.heading(s, now), s.id in facts.asked.beside) for s in reviewed.sessions
        ),
        session=session.id,
        picture=picture,
        chosen=_chosen(facts, picture),
        alias=reviewed.client.alias,
        account=_account(facts, session),
        notes=_card(facts, NOTE, telling.written(reviewed.notes, session, told_as="{}")),
        own=_card(facts, OWN, telling.written(reviewed.own_after, session)) if facts.asked.own else None,
        own_count=reviewed.own,
        intentions=telling.intentions_told(reviewed.intentions),
        late_at=facts.typed.get(LATE_AT, ""),
        late=facts.typed.get(LATE, ""),
        late_says=_late_says(facts, session, now),
        said=_said(reviewed, picture, before.within) if before.comparing else (),
        said_title=f"Around {since_text((picture.cursor or 0) * 60)}, each time",
        checks=_checks(facts),
        signed=_signed(session, now),
        received=f"Received from {reviewed.sender}. {READ_ONLY}" if reviewed.sender else "",
        asks_to_sign=asks,
        empty="" if laid.placed else NOTHING,
        message=Message(SIGNING) if asks and not trouble else _told(before, trouble),
        actions=actions if trouble or asks else ((("close", "Close"),) if before.message else ()),
    )


def _told(before: Review, trouble: str) -> Message | None:
    if trouble:
        return Message(f"Not saved yet. {trouble}", "safety")
    stale = before.message is not None and before.message.sentence.startswith(("Not saved yet.", SIGNING))
    return None if stale else before.message


def _chosen(facts: Facts, picture: Picture) -> NoteShown | None:
    shown = telling.note_shown(facts.reviewed, picture.chosen)
    if shown is None:
        return None
    writing = next((how for how in ("comment", "correct") if f"{how}:{shown.id}" in facts.open), "")
    text = facts.typed.get(f"{writing}:{shown.id}", "")
    version = facts.versions.get(writing, 0)
    return shown._replace(unfolded=facts.unfolded, writing=writing, text=text, version=version)


def words_to_correct(reviewed: Reviewed | None, entry: str) -> str:
    """The words of an entry as they stand, to be put right."""
    placed = (p for laid in (reviewed.laid if reviewed else ()) for p in laid.placed)
    return next((as_it_stands(p.note).text for p in placed if p.note.original.id == entry), "")


def _account(facts: Facts, session: Session) -> Written:
    return _card(facts, ACCOUNT, telling.written(facts.reviewed.accounts, session, told_as="told {}, typed as said"))


def _card(facts: Facts, name: str, card: Written) -> Written:
    version = facts.versions.get(name, 0)
    return card._replace(text=facts.typed.get(name, ""), version=version, open=name in facts.open)


def _late_says(facts: Facts, session: Session, now: datetime) -> str:
    at = facts.typed.get(LATE_AT, "")
    then = clock_near(at, session.started_at or session.closed_at or now)
    about = f", about {clock_text(then)}" if then is not None else ""
    if then is not None and then.date() != now.date():
        about += f" on {date_text(then.date(), now.date())}"
    return f"Shown as written today {clock_text(now)}{about}"


def _said(reviewed: Reviewed, picture: Picture, within: int) -> tuple[SaidThen, ...]:
    return tuple(telling.said_around(reviewed, picture.cursor or 0.0, within))


def _checks(facts: Facts) -> tuple[tuple[str, str, str], ...]:
    items = facts.reviewed.tables.landing if facts.reviewed.tables else ()
    return tuple((item.key, item.label, facts.typed.get(f"check:{item.key}", "")) for item in items)


def _signed(session: Session, now: datetime) -> str:
    at = session.closed_at
    return f"Signed {date_text(at.date(), now.date())} {clock_text(at)}" if at is not None else ""


def laid_over_first(reviewed: Reviewed | None) -> tuple[str, ...]:
    """What is laid over a session to begin with: the one before of its kind, or else the one after."""
    if reviewed is None or reviewed.session is None:
        return ()
    alike = [s.id for s in reviewed.sessions if s.kind is reviewed.session.kind]
    here = alike.index(reviewed.session.id)
    return (alike[here - 1],) if here else tuple(alike[1:2])
