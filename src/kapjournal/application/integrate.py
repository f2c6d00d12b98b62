"""Find earlier notes of a client beside the one being written: what there is to choose from, and what a choice brings.

Nothing is brought unasked. The therapist's own state (`self`) never comes up here, whatever finds it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from kapjournal.application.own_lists import own_wording
from kapjournal.application.ports import Journal, Recall
from kapjournal.application.recall_notes import Recalled, by_theme, by_words
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.course_plan import in_time, when
from kapjournal.domain.entry import Amended, Entry, Kind, PartDetails
from kapjournal.domain.intention import in_order, words_of
from kapjournal.domain.label import Link, Part, Tag, TagState, Theme
from kapjournal.domain.recalled import Found, Tier
from kapjournal.domain.thread import thread
from kapjournal.domain.timeline import amended, first_dose_s, place_s
from kapjournal.domain.wording import Wording

RECENT = 9  # themes and parts that a digit tags
MOST_RELATED = 12  # less certain notes, the best of them; more would be a list of everything


class About(StrEnum):
    """What can be asked for."""

    THEME = "theme"
    PART = "part"
    INTENTION = "intention"
    MARKED = "marked"  # moments, by session
    WORDS = "words"


class Asked(NamedTuple):
    """One question: the id of what is asked for (or the words), of this client or of everybody."""

    about: About
    key: str
    everyone: bool = False


class Answer(NamedTuple):
    """What a question brings: notes with a plain reason, and those that are less certain; both best first."""

    asked: Asked
    notes: tuple[Recalled, ...]
    related: tuple[Recalled, ...] = ()


class IntentionOf(NamedTuple):
    """An intention, the dosing session it was meant for, and how many notes its thread has."""

    id: str
    words: str
    session: Session | None
    notes: int


class Shelf(NamedTuple):
    """What there is to choose from. `known` themes can be picked; `themes` were counted and have notes."""

    themes: tuple[tuple[Theme, int], ...] = ()
    known: tuple[Theme, ...] = ()
    parts: tuple[tuple[Part, int], ...] = ()
    intentions: tuple[IntentionOf, ...] = ()
    marked: tuple[tuple[Session | None, int], ...] = ()
    recent: tuple[str, ...] = ()  # ids of themes and parts, the one tagged last first
    clients: Mapping[str, Client] = {}
    wording: Wording = Wording()  # the therapist's own words for kinds, and for parts


class Place(NamedTuple):
    """Where is looked: the open journal with what finds its notes, the themes that come with the program, the client.

    `without` is the note that is being written: it is not offered to itself.
    """

    journal: Journal
    recall: Recall
    starter: tuple[Theme, ...]
    client: str
    without: str = ""


class _Ground(NamedTuple):
    """All notes that may be shown, with where they stand and what was said of them."""

    notes: Mapping[str, Amended]
    sessions: Mapping[str, Session]
    doses: Mapping[str, float | None]
    tags: Mapping[str, tuple[Tag, ...]]

    def laid_open(self, note: Amended, why: tuple[str, ...] = ()) -> Recalled:
        """A note as a list shows it."""
        entry = note.original
        session = self.sessions.get(entry.session or "")
        dose = self.doses.get(session.id) if session else None
        since = place_s(entry, session) - dose if session and dose is not None else None
        return Recalled(note, session, since, Found(entry.id, Tier.CONTAINS, why), self.tags.get(entry.id, ()))


def _ground(at: Place) -> _Ground:
    journal, client = at.journal, at.client
    notes = amended(journal.entries(client), journal.amendments(client))
    standing = {n.original.id: n for n in notes if not n.retracted}
    sessions = {session.id: session for session in journal.sessions(client)}
    of_session: defaultdict[str, list[Entry]] = defaultdict(list)
    for note in standing.values():
        of_session[note.original.session or ""].append(note.original)
    tags: defaultdict[str, list[Tag]] = defaultdict(list)
    for tag in journal.tags(client):
        tags[tag.entry].append(tag)
    shown = {key: n for key, n in standing.items() if n.original.kind is not Kind.SELF and key != at.without}
    return _Ground(
        shown,
        sessions,
        {key: first_dose_s(session, of_session[key]) for key, session in sessions.items()},
        {key: tuple(tags[key]) for key in shown if key in tags},
    )


# --- what there is to choose from ----------------------------------------------------------------------------------


def known_themes(journal: Journal, starter: Iterable[Theme]) -> tuple[Theme, ...]:
    """The themes that are offered: the journal's own, and those of the starter set that it has under no name."""
    kept = journal.themes()
    taken = {theme.id for theme in kept} | {theme.name.casefold() for theme in kept}
    new = (theme for theme in starter if theme.id not in taken and theme.name.casefold() not in taken)
    return (*(theme for theme in kept if theme.retired_on is None and theme.merged_into is None), *new)


def read_shelf(at: Place) -> Shelf:
    """Everything the left of the screen offers; the themes are counted one by one, each by `count_of`."""
    journal, client = at.journal, at.client
    ground, known = _ground(at), known_themes(journal, at.starter)
    parts = [part for part in journal.parts(client) if part.retired_on is None]
    with_part = ((part, len(_with_part(ground, part.id))) for part in parts)
    return Shelf(
        known=known,
        parts=tuple(sorted(with_part, key=lambda one: (-one[1], one[0].name.casefold()))),
        intentions=_intentions(ground, journal.links(), _names(known, parts)),
        marked=_marked_by_session(ground),
        recent=_recent(ground, set(_names(known, parts))),
        clients={one.id: one for one in journal.clients()},
        wording=own_wording(journal),
    )


def with_counts(shelf: Shelf, counts: Mapping[str, int]) -> Shelf:
    """The themes that have notes, most of them first."""
    counted = ((theme, counts.get(theme.id, 0)) for theme in shelf.known)
    found = sorted(((t, n) for t, n in counted if n), key=lambda one: (-one[1], one[0].name.casefold()))
    return shelf._replace(themes=tuple(found))


def count_of(at: Place, theme: Theme) -> int:
    """How many notes contain the theme's words or were said to belong to it."""
    return len(at.recall.sure(theme, at.client) - {at.without})


def _said(tags: Iterable[Tag], label: str, state: TagState) -> set[str]:
    return {tag.entry for tag in tags if label in (tag.theme, tag.part) and tag.state is state}


def _names(themes: Iterable[Theme], parts: Iterable[Part]) -> dict[str, str]:
    labels: tuple[Theme | Part, ...] = (*themes, *parts)
    return {one.id: one.name for one in labels}


def _with_part(ground: _Ground, part: str) -> list[Amended]:
    put_aside = {
        tag.entry
        for tags in ground.tags.values()
        for tag in tags
        if tag.state is TagState.HIDDEN or (tag.part == part and tag.state is TagState.REJECTED)
    }
    tagged = _said((tag for tags in ground.tags.values() for tag in tags), part, TagState.ACCEPTED)

    def speaks(note: Amended) -> bool:
        details = note.details
        return note.original.id in tagged or (isinstance(details, PartDetails) and details.part == part)

    return [note for key, note in ground.notes.items() if key not in put_aside and speaks(note)]


def _intentions(ground: _Ground, links: Sequence[Link], names: Mapping[str, str]) -> tuple[IntentionOf, ...]:
    tags = [tag for found in ground.tags.values() for tag in found]
    sessions = tuple(ground.sessions.values())
    found = [
        IntentionOf(
            note.original.id,
            words_of(note.original, note.amendments).wording,
            meant_for(note.original, sessions),
            len(thread(note.original.id, ground.notes.values(), links, tags, names)),
        )
        for note in in_order(ground.notes.values())
    ]
    return tuple(sorted(found, key=lambda one: _time_of(one.session), reverse=True))


def meant_for(intention: Entry, sessions: Iterable[Session]) -> Session | None:
    """The dosing session an intention was brought to: the one it was said in, or the next one."""
    dosing = in_time(s for s in sessions if s.kind is SessionKind.DOSING)
    own = next((s for s in dosing if s.id == intention.session), None)
    return own or next((s for s in dosing if _time_of(s) >= intention.noticed_at.timestamp()), None)


def _time_of(session: Session | None) -> float:
    at = when(session) if session else None
    return at.timestamp() if at else float("inf")


def _is_marked(note: Amended) -> bool:
    return bool(note.original.starred) or note.original.kind is Kind.MARK


def _marked_by_session(ground: _Ground) -> tuple[tuple[Session | None, int], ...]:
    counted = Counter(n.original.session or "" for n in ground.notes.values() if _is_marked(n))
    sessions = [s for s in in_time(ground.sessions.values()) if counted[s.id]]
    found: list[tuple[Session | None, int]] = [(s, counted[s.id]) for s in reversed(sessions)]
    return (*found, *([(None, counted[""])] if counted[""] else []))


def _recent(ground: _Ground, known: set[str]) -> tuple[str, ...]:
    tagged = [
        (tag.tagged_at.timestamp(), tag.theme or tag.part or "")
        for tags in ground.tags.values()
        for tag in tags
        if tag.state is TagState.ACCEPTED and tag.tagged_at
    ]
    newest_first = dict.fromkeys(label for _, label in sorted(tagged, reverse=True) if label in known)
    return tuple(newest_first)[:RECENT]


# --- what a choice brings ------------------------------------------------------------------------------------------


def ask(at: Place, asked: Asked) -> Answer:
    """The notes that are asked for, without the therapist's own state."""
    journal, recall, whose = at.journal, at.recall, None if asked.everyone else at.client
    match asked.about:
        case About.THEME:
            theme = next((t for t in known_themes(journal, at.starter) if t.id == asked.key), None)
            return _tiers(at, asked, by_theme(journal, recall, theme, whose) if theme else ())
        case About.WORDS:
            return _tiers(at, asked, by_words(journal, recall, asked.key, whose))
        case About.PART:
            ground = _ground(at)
            return Answer(asked, tuple(ground.laid_open(note) for note in _with_part(ground, asked.key)))
        case About.MARKED:
            ground = _ground(at)
            marked = [n for n in ground.notes.values() if _is_marked(n) and (n.original.session or "") == asked.key]
            return Answer(asked, tuple(ground.laid_open(note) for note in marked))
        case About.INTENTION:
            ground = _ground(at)
            tags = [tag for found in ground.tags.values() for tag in found]
            names = _names(known_themes(journal, at.starter), journal.parts(at.client))
            strands = thread(asked.key, ground.notes.values(), journal.links(), tags, names)
            return Answer(asked, tuple(ground.laid_open(one.note, (one.why,)) for one in strands))


def _tiers(at: Place, asked: Asked, found: Iterable[Recalled]) -> Answer:
    plain: list[Recalled] = []
    related: list[Recalled] = []
    for one in found:
        entry = one.note.original
        if one.note.retracted or entry.kind is Kind.SELF or entry.id == at.without:
            continue
        sure = one.found.tier is Tier.CONTAINS or belongs(one, asked.key)
        (plain if sure else related).append(one)
    return Answer(asked, tuple(plain), tuple(related[:MOST_RELATED]))


def belongs(one: Recalled, label: str) -> bool:
    """Whether the therapist said that a note belongs to a theme or part."""
    return any(label in (tag.theme, tag.part) and tag.state is TagState.ACCEPTED for tag in one.tags)
