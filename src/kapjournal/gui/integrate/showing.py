"""What stands and what was asked for, made into the state of the screen. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kapjournal.application.integrate import About, Answer, Asked, IntentionOf, Shelf
from kapjournal.application.integration_note import IntentionNow, Suggested
from kapjournal.domain.dates import date_text
from kapjournal.domain.entry import Amended, IntentionState, PracticeDetails, PracticeState
from kapjournal.domain.label import Part, Theme
from kapjournal.gui.integrate.state import Chip, Choice, Echo, Integrate, Order, PracticeRow, ShelfRow
from kapjournal.gui.integrate.telling import Around, Made, how_many, nothing, related_note, rows, session_name
from kapjournal.gui.integrate.writing import Writing
from kapjournal.gui.messages import Message

NOTHING_ASKED = "Choose a theme, a part or an intention, and earlier notes stand here. Nothing comes up by itself."
_LETTERS = 46
FIRST = 3  # practices that are shown at once
_SETTLED = {PracticeState.KEPT: "kept", PracticeState.CHANGED: "changed", PracticeState.DROPPED: "dropped"}


def key_of(asked: Asked) -> str:
    """What a row at the left, and the way back here, call a question."""
    return f"{asked.about}:{asked.key}"


def asked_by(key: str, shelf: Shelf) -> Asked | None:
    """The question behind such a key, or behind the id of a theme, part or intention."""
    about, colon, rest = key.partition(":")
    if colon and about in set(About):
        return Asked(About(about), rest)
    ids = {
        About.THEME: {theme.id for theme in shelf.known},
        About.PART: {part.id for part, _ in shelf.parts},
        About.INTENTION: {one.id for one in shelf.intentions},
    }
    return next((Asked(about, key) for about, known in ids.items() if key in known), None)


# --- the left ------------------------------------------------------------------------------------------------------


def shelf_rows(shelf: Shelf, asked: Asked | None) -> tuple[ShelfRow, ...]:
    """Everything to choose from, under its headings; what is asked for is there even without notes."""
    themes = [(theme.name, Asked(About.THEME, theme.id), count, "") for theme, count in shelf.themes]
    if asked and asked.about is About.THEME and asked.key not in {theme.id for theme, _ in shelf.themes}:
        themes += [(theme.name, Asked(About.THEME, theme.id), 0, "") for theme in shelf.known if theme.id == asked.key]
    parts = [(part.name, Asked(About.PART, part.id), count, "") for part, count in shelf.parts]
    intentions = [
        (_meant_for(one), Asked(About.INTENTION, one.id), one.notes, _short(one.words)) for one in shelf.intentions
    ]
    marked = [(session_name(s), Asked(About.MARKED, s.id if s else ""), count, "") for s, count in shelf.marked]
    parts_are_called = f"{shelf.wording.part[:1].upper()}{shelf.wording.part[1:]}s"
    sections = {"Themes": themes, parts_are_called: parts, "Intentions": intentions, "Marked moments": marked}
    return tuple(_sections(sections))


def _sections(sections: dict[str, list[tuple[str, Asked, int, str]]]) -> Iterator[ShelfRow]:
    for heading, found in sections.items():
        if found:
            yield ShelfRow(heading)
        for name, asked, count, said in found:
            yield ShelfRow(name, key_of(asked), str(count), said)


def _meant_for(one: IntentionOf) -> str:
    return session_name(one.session) if one.session else "Ahead"


def _short(words: str) -> str:
    """The beginning of the client's words, whole words only."""
    words = " ".join(words.split())
    return words if len(words) <= _LETTERS else words[:_LETTERS].rsplit(" ", 1)[0] + " …"


def choices(shelf: Shelf, *, to_look_at: bool) -> tuple[Choice, ...]:
    """What a picker offers: themes and parts, and to look at also intentions and marked moments."""
    if not to_look_at:
        return tuple(Choice(one.id, one.name, "part" if isinstance(one, Part) else "theme") for one in labels(shelf))
    found = [Choice(key_of(Asked(About.THEME, theme.id)), theme.name, "theme") for theme in shelf.known]
    found += [Choice(key_of(Asked(About.PART, part.id)), part.name, "part") for part, _ in shelf.parts]
    found += [
        Choice(key_of(Asked(About.INTENTION, one.id)), f"Intention: {_short(one.words)}", _meant_for(one))
        for one in shelf.intentions
    ]
    for session, _ in shelf.marked:
        asked = Asked(About.MARKED, session.id if session else "")
        found.append(Choice(key_of(asked), f"Marked: {session_name(session)}"))
    return tuple(found)


def label_of(shelf: Shelf, id_: str) -> Theme | Part | None:
    """The theme or part with this id."""
    return next((one for one in labels(shelf) if one.id == id_), None)


def labels(shelf: Shelf) -> tuple[Theme | Part, ...]:
    """All themes and parts."""
    return (*shelf.known, *(part for part, _ in shelf.parts))


# --- the middle ----------------------------------------------------------------------------------------------------


def with_answer(
    state: Integrate,
    shelf: Shelf,
    asked: Asked | None,
    answer: Answer | None,
    order: Order,
    today: date,
    made: Made | None = None,
) -> Integrate:
    """The middle of the screen; while an answer is on its way, what stood there stays."""
    state = state._replace(
        shelf=shelf_rows(shelf, asked), chosen=key_of(asked._replace(everyone=False)) if asked else "", order=order
    )
    if asked is None or answer is None:
        return state._replace(empty=NOTHING_ASKED if asked is None else "")
    around = Around(
        asked=answer.asked,
        names={one.id: one.name for one in labels(shelf)},
        clients=shelf.clients,
        today=today,
        wording=shelf.wording,
    )
    by_recall = answer.asked.about in (About.THEME, About.WORDS)
    return state._replace(
        title=_title(shelf, answer.asked),
        counted=how_many(answer),
        rows=rows(answer.notes, order, around, made),
        related=rows(answer.related, order, around, made),
        related_note=related_note(answer, unfolded=state.unfolded),
        empty="" if answer.notes else nothing(answer.asked, len(answer.related)),
        may_search_all=not answer.notes and by_recall and not answer.asked.everyone,
        may_order=bool(answer.notes) and answer.asked.about is not About.INTENTION,
        everyone=answer.asked.everyone,
        may_ask_everyone=by_recall,
        legend=_legend(shelf) if answer.notes or answer.related else "",
    )


def _title(shelf: Shelf, asked: Asked) -> str:
    if asked.about is About.WORDS:
        return f"“{asked.key}”"
    if asked.about is About.MARKED:
        session = next((s for s, _ in shelf.marked if (s.id if s else "") == asked.key), None)
        return f"Marked moments, {session_name(session).lower()}"
    if asked.about is About.INTENTION:
        one = next((one for one in shelf.intentions if one.id == asked.key), None)
        return f"Thread of an intention, {_meant_for(one).lower()}" if one else "Thread of an intention"
    label = label_of(shelf, asked.key)
    return label.name if label else ""


def _legend(shelf: Shelf) -> str:
    labels = [label_of(shelf, id_) for id_ in shelf.recent]
    names = [f"{n} {_short_name(label)}" for n, label in enumerate((one for one in labels if one), start=1)]
    return "   ".join(("Tag with", *names, "# any other"))


def _short_name(label: Theme | Part) -> str:
    """The first of several names: `Letting go` of “Letting go / surrender”."""
    return label.name.split(" / ")[0].split(" & ")[0]


# --- the right -----------------------------------------------------------------------------------------------------


def with_note(state: Integrate, writing: Writing, shelf: Shelf) -> Integrate:
    """The right of the screen."""
    page = writing.page
    if page is None:
        return state
    today = page.at.date()
    begun = page.session.started_at if page.session else None
    intention = page.intentions[0] if page.intentions else None
    shown = page.practices
    state = state._replace(
        bar_note=f"after {session_name(page.last).lower()}" if page.last else "",
        note_title=f"Integration, {date_text((begun or page.at).date(), today)}",
        text=writing.half.text,
        text_version=writing.text_version,
        insert=writing.insert,
        saved=writing.saved,
        may_keep=writing.may_keep,
        chips=tuple(_chosen_chips(writing, shelf)),
        suggested=tuple(_suggested(one) for one in writing.suggested),
        echoes=tuple(_echo(one, on=one.id in writing.half.echoes) for one in page.intentions),
        practices=tuple(_practice(note, today) for note in shown[: None if writing.all_practices else FIRST]),
        more_practices=_more(len(shown) - FIRST, unfolded=writing.all_practices),
        practice_open=writing.practice_open,
        form_problem=writing.form_problem,
        forms=writing.forms,
        intention=intention.id if intention else "",
        intention_says=_intention_says(intention),
        intention_words=intention.words if intention else "",
        intention_state=intention.state if intention else IntentionState.OPEN,
        message=writing.message,
        actions=(),
    )
    if writing.outbox.trouble:
        return state._replace(
            message=Message(writing.outbox.trouble, "safety"), actions=(("again", "Try again"),), saved=""
        )
    return state


def _chosen_chips(writing: Writing, shelf: Shelf) -> Iterator[Chip]:
    for key in writing.half.labels:
        label = label_of(shelf, key)
        if label is not None:
            yield _chip(label)


def _chip(label: Theme | Part, why: str = "") -> Chip:
    is_part = isinstance(label, Part)
    return Chip(label.id, f"{'@' if is_part else '#'} {label.name}", is_part, why)


def _suggested(one: Suggested) -> Chip:
    said = ", ".join(f"“{word}”" for word in dict.fromkeys(one.why))
    return _chip(one.label, f"{one.label.name}: {said}" if said else f"{one.label.name}: by its wording")


def _echo(one: IntentionNow, *, on: bool) -> Echo:
    where = session_name(one.session) if one.session else "ahead"
    return Echo(one.id, f"{where}: {_short(one.words)}", on)


def _intention_says(one: IntentionNow | None) -> str:
    if one is None:
        return ""
    return f"Intention for {session_name(one.session).lower()}" if one.session else "Intention for what is ahead"


def _more(others: int, *, unfolded: bool) -> str:
    if others <= 0:
        return ""
    return "Fewer practices" if unfolded else f"{others} more {'practice' if others == 1 else 'practices'}"


def _practice(note: Amended, today: date) -> PracticeRow:
    details = note.details if isinstance(note.details, PracticeDetails) else PracticeDetails()
    state = _SETTLED.get(details.state or PracticeState.OPEN, "")
    until = f"until {date_text(details.until, today)}" if details.until else "continues" if not state else ""
    once = (details.how_often or "").casefold().startswith("once")
    said = [(details.domain or "").capitalize(), details.how_often or "", "" if once and not details.until else until]
    on = date_text(details.follow_up_on, today) if details.follow_up_on and not state else ""
    return PracticeRow(note.original.id, note.original.text, ", ".join(filter(None, said)), on, state, not state)
