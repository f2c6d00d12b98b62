"""Joins the screen to the use cases, and puts it in the frame."""

from __future__ import annotations

from kapjournal.application import review_session as review
from kapjournal.application.own_lists import Tables
from kapjournal.application.ports import Clock, Journal, NewId
from kapjournal.domain.course import Client
from kapjournal.gui.review.presenter import ReviewPresenter
from kapjournal.gui.review.state import ReviewUses
from kapjournal.gui.review.view import ReviewView
from kapjournal.gui.rooms import Rooms
from kapjournal.gui.shell import CLIENTS, REVIEW, Bar


def enter_review(rooms: Rooms, journal: Journal, client: Client, about: str) -> None:
    """Show a session along its time since the first dose, beside the client's own account."""
    site, doors = rooms.site, rooms.doors
    shell = doors.shell()
    view = ReviewView(doors.look())

    def told(note: str, saved: str) -> None:
        shell.note.setText(note)
        shell.note.setVisible(bool(note))
        shell.say_saved(saved)

    uses = review_uses(journal, site.clock, site.new_id, site.tables, client.id)._replace(
        told=told,
        integrate=lambda intention: doors.integrate(client.id, intention),
    )
    presenter = ReviewPresenter(uses, site.tasks, site.clock, site.timer, view)
    view.bind(presenter)
    held = rooms.held_words
    rooms.enter(view, Bar(client.alias, tab=REVIEW, place=CLIENTS), lambda: presenter.stop(held.__setitem__))
    presenter.start(about, held)


def review_uses(journal: Journal, clock: Clock, new_id: NewId, tables: Tables, client: str) -> ReviewUses:
    """Tie the screen to a journal; where it leads and whom it tells is still to be said."""

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
        told=lambda _note, _saved: None,
        integrate=lambda _intention: None,
    )
