"""The state of the handover screen, made of what was chosen, laid out and read. Plain Python."""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.domain.days import day_text
from kapjournal.domain.moment import Moment
from kapjournal.domain.selection import Holdings, Outgoing
from kapjournal.gui.handover.choice import Choice
from kapjournal.gui.handover.marking import Marking
from kapjournal.gui.handover.reading import Reading
from kapjournal.gui.handover.state import Copy, HandOver
from kapjournal.gui.handover.telling import (
    checks,
    next_says,
    preview_title,
    private_card,
    seal_says,
    stays_text,
)
from kapjournal.gui.handover.uses import Looked

_NOTHING = Outgoing((), ())


class Laid(NamedTuple):
    """What is laid out, and how far it was read."""

    looked: Looked | None
    marking: Marking
    reading: Reading
    wanted: bool  # whether it is being laid out anew


def shown(state: HandOver, choice: Choice, laid: Laid, now: Moment) -> HandOver:
    """The state, brought up to all of it."""
    looked, marking, reading = laid.looked, laid.marking, laid.reading
    recipient, today = choice.name, now.at.date()
    preview = looked.preview if looked else None
    may_not = _may_not(choice, laid)
    unread = reading.left if preview else 0
    going_through = choice.copy is Copy.CONSULTATION and (marking.left or marking.again)
    return state._replace(
        branches=choice.branches(looked.going if looked else _NOTHING),
        private=private_card(
            choice.alias, choice.copy, choice.latest_permission(today), recipient, now, asked=choice.refused_private
        ),
        title=preview_title(recipient),
        page=reading.page,
        notices=preview.document.notices if preview else (),
        number=reading.at + 1 if reading.pages else 0,
        pages=len(reading.pages),
        stays=stays_text(preview) if preview else "",
        marks=marking.shown() if going_through else None,
        checks=checks(
            choice.copy, choice.recipient, (reading.read, len(reading.pages)), marking, sealed=state.sealed is not None
        ),
        next_says=next_says(choice.copy, marking, reading.read, len(reading.pages)),
        next_enabled=bool(unread or going_through) and state.progress is None,
        seal_says=seal_says(choice.copy, may_not, unread, marking.left),
        may_not=may_not,
        may_seal=not may_not and not unread and preview is not None and state.progress is None,
    )


def _may_not(choice: Choice, laid: Laid) -> str:
    """Why it cannot be sealed, as a sentence; empty where it can."""
    if choice.recipient is None:
        return "Choose whom it is for."
    if laid.looked is None or laid.wanted:
        return "The pages are being laid out."
    if laid.marking.left:
        return ""
    return " ".join(laid.looked.preview.obstacles)


def held_sessions(holdings: Holdings) -> tuple[tuple[str, str], ...]:
    """The sessions that were held, the latest first, each as id and words."""
    held = sorted(
        ((session.started_at, session) for session in holdings.sessions if session.started_at),
        key=lambda pair: pair[0],
        reverse=True,
    )
    return tuple(
        (one.id, f"{one.kind.capitalize()} {one.number or ''}".strip() + f", {day_text(at.date())}") for at, one in held
    )
