"""What stands and what is typed, made into the state of the screen. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from kapjournal.application.prepare import Intention, Preparation
from kapjournal.domain.days import day_text
from kapjournal.domain.entry import IntentionState
from kapjournal.domain.intention import NO_LONGER_OPEN, Words
from kapjournal.domain.moment import clock_text
from kapjournal.domain.readiness import told
from kapjournal.gui.messages import Message
from kapjournal.gui.prepare.sayings import (
    STATES,
    carried_card,
    comparison_of,
    label_chips,
    measures_told,
    short_day,
    short_title,
    version_lines,
)
from kapjournal.gui.prepare.state import Prepare, SheetState, Tab


def screen(
    before: Prepare,
    preparation: Preparation | None,
    typed: Words,
    fresh: Sequence[str],
    sheets: tuple[SheetState, ...],
    disk_trouble: str,
    compared: int | None,
) -> Prepare:
    """The screen from now on; what only the presenter knows (what is chosen and unfolded) is taken over."""
    if preparation is None:
        return before
    one = next((i for i in preparation.intentions if i.id == before.chosen), None)
    state = before._replace(
        title=f"Intentions for session {preparation.number}",
        note=_note(before.alias, one),
        session_note=_session_note(preparation),
        session_action="Begin a preparation session" if preparation.session is None else "Close this preparation",
        words=typed,
        carried=carried_card(preparation, preparation.carried) if preparation.carried else None,
        empty=_empty(before.alias, preparation),
        ready=told(preparation.items),
        missing=tuple(item.sentence for item in preparation.items if not item.ready),
        sheets=sheets,
        measures=measures_told(preparation.measures),
        measures_on=max((short_day(m.noticed_at) for m in preparation.measures[-1:]), default=""),
    )
    state = _with_tabs(state, preparation, typed, fresh)
    return _with_trouble(_with_intention(state, preparation, one, compared), disk_trouble)


def _note(alias: str, one: Intention | None) -> str:
    own = f"{alias}’s own words, as they were said."
    if one is None or not one.wordings:
        return own
    return f"{own} Typed on {day_text(one.wordings[-1].at.date(), year=False)}."


def _session_note(preparation: Preparation) -> str:
    session = preparation.session
    if session is None:
        return "No preparation session is open. What changes is kept beside what was written before."
    number = f" {session.number}" if session.number is not None else ""
    began = session.started_at
    return f"Preparation{number}, begun {day_text(began.date(), year=False)} at {clock_text(began)}." if began else ""


def _empty(alias: str, preparation: Preparation) -> str:
    if preparation.intentions:
        return ""
    nothing = f"Nothing written for session {preparation.number}."
    if preparation.carried is None or preparation.carried.brought_in:
        return nothing
    day = day_text(preparation.carried.found[-1].entry.noticed_at.date(), year=False)
    return f"{nothing} You can begin with what {alias} said on {day}."


def _with_tabs(state: Prepare, preparation: Preparation, typed: Words, fresh: Sequence[str]) -> Prepare:
    alive: list[Tab] = []
    past: list[Tab] = []
    for one in preparation.intentions:
        words = typed if one.id == state.chosen else one.words
        said = "" if one.state is IntentionState.OPEN else STATES[one.state]
        (past if one.state in NO_LONGER_OPEN else alive).append(Tab(one.id, short_title(words), said))
    alive += [Tab(id_, short_title(typed if id_ == state.chosen else Words())) for id_ in fresh]
    alive = [tab._replace(title=f"{number}  {tab.title}") for number, tab in enumerate(alive, start=1)]
    return state._replace(tabs=tuple(alive), past_tabs=tuple(past))


def _with_intention(state: Prepare, preparation: Preparation, one: Intention | None, compared: int | None) -> Prepare:
    if one is None:
        return state._replace(
            said_shown=False, said_fixed=False, chips=(), state=IntentionState.OPEN, can_say_state=False, versions=(),
            comparison=None,
        )  # fmt: skip
    comparison = state.comparison
    if compared is not None and 1 <= compared <= len(one.wordings):
        comparison = comparison_of(one, compared)
    return state._replace(
        said_shown=bool(one.words.said),
        said_fixed=not one.in_place,
        chips=label_chips(preparation, one.tags),
        state=one.state,
        can_say_state=True,
        versions=version_lines(one),
        comparison=comparison,
    )


def _with_trouble(state: Prepare, disk_trouble: str) -> Prepare:
    if disk_trouble:
        return state._replace(message=Message(disk_trouble, "safety"), actions=(("again", "Try again"),), saved="")
    if state.actions:
        return state._replace(message=None, actions=())
    return state
