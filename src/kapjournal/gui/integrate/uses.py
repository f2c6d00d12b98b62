"""What the integration screen can ask for, over an open journal."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kapjournal.application.integrate import Place, ask, count_of, known_themes, read_shelf
from kapjournal.application.integration_note import (
    Writer,
    agree_practice,
    keep_note,
    put_note,
    read_page,
    suggest,
    then_read,
    written_on,
)
from kapjournal.application.keep_intentions import set_state
from kapjournal.application.plan_course import settle_practice
from kapjournal.application.ports import Recall
from kapjournal.application.prepare import Desk
from kapjournal.application.say_belongs import say, say_again, unsay
from kapjournal.application.themes import Shelf, add_theme
from kapjournal.domain.label import Theme
from kapjournal.gui.integrate.state import IntegrateUses


class Ways(NamedTuple):
    """Where the screen leads, and whom it tells."""

    review: Callable[[str, str], None]
    here: Callable[[str], None]
    told: Callable[[str], None]
    where: Callable[[str], None]
    bug: Callable[[Exception], None]


def integrate_uses(on: Writer, recall: Recall, ways: Ways) -> IntegrateUses:
    """Tie the screen to a journal."""
    journal, clock = on.journal, on.clock
    desk = Desk(journal, clock, on.new_id, on.client)

    def here() -> Place:
        return Place(journal, recall, on.starter, on.client, without=written_on(on))

    return IntegrateUses(
        client=on.client,
        page=lambda: read_page(on),
        shelf=lambda: read_shelf(here()),
        count_of=lambda theme: count_of(here(), theme),
        ask=lambda asked: ask(here(), asked),
        say=lambda entry, label, state: say(journal, clock, entry, label, state),
        unsay=lambda said: unsay(journal, said),
        say_again=lambda said: say_again(journal, said),
        put=lambda half: put_note(on, half),
        keep=lambda half: keep_note(on, half),
        suggest=lambda words, taken: suggest(on, recall, words, taken),
        agree=lambda agreed: agree_practice(on, agreed),
        settle=lambda practice, state: then_read(
            on, lambda: settle_practice(journal, clock, on.new_id, practice, state)
        ),
        set_state=lambda intention, state: then_read(on, lambda: set_state(desk, intention, state)),
        new_theme=lambda name: _theme_named(on, name),
        today=lambda: clock.now().at,
        review=ways.review,
        here=ways.here,
        told=ways.told,
        where=ways.where,
        bug=ways.bug,
    )


def _theme_named(on: Writer, name: str) -> Theme:
    """The theme of this name, made where there is none."""
    known = next(
        (t for t in known_themes(on.journal, on.starter) if t.name.casefold() == name.strip().casefold()), None
    )
    if known is None:
        made = add_theme(Shelf(on.journal, on.clock, on.new_id, on.starter), name).about
        known = next(theme for theme in on.journal.themes() if theme.id == made)
    return known
