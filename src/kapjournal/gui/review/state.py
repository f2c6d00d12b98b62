"""What the review screen shows, and what it can ask for. Plain values, no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from kapjournal.application.review_session import Asked, Reviewed
from kapjournal.domain.phase import DoseBand
from kapjournal.domain.silences import Silence
from kapjournal.domain.zoom import Stretch
from kapjournal.gui.messages import Message

Typed = Mapping[str, str]


class ReviewUses(NamedTuple):
    """What the screen can ask for; the first is told a session or entry, the others the session. All on the worker.

    `told` hears which session is looked at and what is known of the disk, `integrate` leads to an intention's thread.
    """

    read: Callable[[Asked], Reviewed]
    put_typed: Callable[[str, Typed], datetime]  # when it was durable
    keep_words: Callable[[str, str, str, Typed], datetime]  # the field's name, its words, what stays half-typed
    add_late: Callable[[str, str, str, Typed], str]  # time, line; the id of the entry
    comment: Callable[[str, str, str, Typed], datetime]  # entry, words
    correct: Callable[[str, str, str, Typed], datetime]
    sign: Callable[[str, Typed, Typed], datetime]  # what was found at the landing, by its label
    told: Callable[[str, str], None]
    integrate: Callable[[str], None]


class Mark(NamedTuple):
    """An entry on the line."""

    id: str
    lane: str
    minute: float
    icon: str
    role: str
    spoken: str
    cells: tuple[str, str, str, str]  # the same as a row of the table: time, since, kind, words
    marked: bool = False
    private: bool = False
    taken_back: bool = False


class DoseShown(NamedTuple):
    """A dose with its words, such as `60 mg`, and `+30 mg, both IM`."""

    id: str
    minute: float
    label: str


class Reading(NamedTuple):
    """What was measured at a minute, in mmHg and beats a minute."""

    id: str
    minute: float
    systolic: int | None
    diastolic: int | None
    heart_rate: int | None


class LaneShown(NamedTuple):
    """A row of the picture; the note stands under its name."""

    lane: str
    title: str
    note: str = ""


class Track(NamedTuple):
    """One session along time; `marks` hold doses and readings too, in the order of time."""

    session: str
    title: str
    lanes: tuple[LaneShown, ...] = ()
    marks: tuple[Mark, ...] = ()
    doses: tuple[DoseShown, ...] = ()
    readings: tuple[Reading, ...] = ()
    bands: tuple[DoseBand, ...] = ()
    silences: tuple[Silence, ...] = ()
    limit: int | None = None
    limit_text: str = ""


class Picture(NamedTuple):
    """What is painted: one session, or several laid over one another, and the stretch of time in sight."""

    tracks: tuple[Track, ...] = ()
    shown: Stretch = Stretch(0, 1)
    whole: Stretch = Stretch(0, 1)
    chosen: str = ""
    cursor: float | None = None  # the minute that is compared at
    from_dose: bool = True

    @property
    def mark(self) -> Mark | None:
        """The chosen mark."""
        return next((m for track in self.tracks for m in track.marks if m.id == self.chosen), None)


class NoteShown(NamedTuple):
    """The chosen entry, whole."""

    id: str
    wall: str
    since: str
    icon: str
    label: str
    role: str
    words: str
    quoted: bool = False
    was: str = ""  # the original, where it was corrected or taken back
    labels: tuple[tuple[str, bool], ...] = ()  # a chip's words, and whether it is a part
    flags: tuple[tuple[str, str, str], ...] = ()  # icon, words, colour role
    added: tuple[str, ...] = ()  # what was said about it since
    details: tuple[str, ...] = ()  # unfolded by Enter
    unfolded: bool = False
    writing: str = ""  # "comment" or "correct" while that is being written
    text: str = ""  # what stands in that field
    version: int = 0  # the view fills its field only when this grows


class Paragraph(NamedTuple):
    """A stretch of somebody's own words, with when they were written down."""

    id: str
    words: str
    when: str
    taken_back: bool = False


class Written(NamedTuple):
    """A card of words that go on: the client's account, the notes, the own state."""

    paragraphs: tuple[Paragraph, ...] = ()
    note: str = ""  # "told 15:50, typed as said"
    text: str = ""  # what is half-typed
    version: int = 0  # the view fills its field only when this grows
    open: bool = False  # the field to write on in is shown


class SaidThen(NamedTuple):
    """A row of what was said around a minute; a heading has no id."""

    id: str
    title: str
    note: str
    icon: str = ""
    quoted: bool = False


class SessionChoice(NamedTuple):
    """A session in the list of all."""

    id: str
    title: str
    beside: bool = False  # laid over the one looked at


class Review(NamedTuple):
    """The whole screen."""

    title: str = ""  # "Session 3, Thursday 26 February"
    note: str = ""  # "13:04 to 16:08, 39 entries"
    caption: str = ""  # of the bands
    sessions: tuple[SessionChoice, ...] = ()
    session: str = ""
    picture: Picture = Picture()
    chosen: NoteShown | None = None
    alias: str = ""
    account: Written = Written()
    notes: Written = Written()
    own: Written | None = None  # None: not asked for, and nothing of it is here
    own_count: int = 0
    intentions: tuple[tuple[str, str], ...] = ()  # id, and “…” with what became of it
    late_at: str = ""
    late: str = ""
    late_version: int = 0
    late_says: str = ""  # "Shown as written today 17:40, about 14:12"
    late_problem: str = ""
    comparing: bool = False
    said: tuple[SaidThen, ...] = ()
    said_title: str = ""  # "Around 0:40, each time"
    within: int = 3
    checks: tuple[tuple[str, str, str], ...] = ()  # name, label and words of the landing list
    checks_shown: bool = False
    signed: str = ""
    received: str = ""  # "Received from Kestrel. It stays as it is; …": nothing is added to such a session
    asks_to_sign: bool = False
    empty: str = ""
    message: Message | None = None
    actions: tuple[tuple[str, str], ...] = ()
    busy: bool = True


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: Review) -> None: ...
