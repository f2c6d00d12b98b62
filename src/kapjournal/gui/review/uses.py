"""What the review screen can ask for, over an open journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kapjournal.application import review_session as review
from kapjournal.application.own_lists import Tables
from kapjournal.application.ports import Clock, Journal, NewId
from kapjournal.gui.review.state import ReviewUses


class Ground(NamedTuple):
    """What the screen stands on."""

    journal: Journal
    clock: Clock
    new_id: NewId
    tables: Tables
    client: str


def review_uses(ground: Ground, told: Callable[[str, str], None], integrate: Callable[[str], None]) -> ReviewUses:
    """Tie the screen to a journal; `told` and `integrate` lead out of it."""
    journal, clock, new_id, tables, client = ground

    def at(session: str) -> review.Where:
        return review.Where(journal, clock, new_id, tables, session)

    return ReviewUses(
        read=lambda asked: review.read_review(journal, clock, tables, client, asked),
        put_typed=lambda session, typed: review.put_typed(at(session), typed),
        keep_words=lambda session, name, words, left: review.keep_words(at(session), name, words, left),
        add_late=lambda session, when, line, left: review.add_late(at(session), when, line, left),
        comment=lambda session, entry, words, left: review.comment(at(session), entry, words, left),
        correct=lambda session, entry, words, left: review.correct(at(session), entry, words, left),
        sign=lambda session, checks, left: review.sign(at(session), checks, left),
        told=told,
        integrate=integrate,
    )
