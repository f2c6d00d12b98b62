"""Keep what the therapist wrote: the half-typed line within a quarter of a second, the entry at Enter."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from kapjournal.application.changes import Changes
from kapjournal.application.ports import Journal
from kapjournal.application.start_session import draft_place
from kapjournal.domain.capture import Draft, Label, PieceKey
from kapjournal.domain.course import Record, Session
from kapjournal.domain.entry import Entry, Kind
from kapjournal.domain.errors import Refused
from kapjournal.domain.label import Part, Tag, TagState, Theme
from kapjournal.domain.moment import Moment, SessionClock
from kapjournal.domain.wording import DefaultClasses

RECEIVED = (
    "This session was received from a colleague and stays as it is. "
    "Comment beside one of its entries, or write in a session of your own. Nothing was kept."
)


class HalfTyped(BaseModel):
    """The line being written, as it lies on the desk: nothing of it may be lost by a lock or a crash."""

    model_config = ConfigDict(frozen=True)

    text: str = ""
    cursor: int = 0
    stamp: Moment | None = None
    kind: Kind = Kind.OBSERVATION
    dismissed: tuple[PieceKey, ...] = ()
    editing: str | None = None  # the entry that the line corrects or comments on
    doing: str = "write"  # write, edit, comment, addendum, correction, late
    form: str = ""  # the one-line form that is open, with what was typed into it
    form_values: dict[str, str] = {}
    left_forms: dict[str, dict[str, str]] = {}  # what was typed into forms that were left with Esc
    behind: HalfTyped | None = None  # the line that waits behind a form or a correction

    @property
    def empty(self) -> bool:
        """Nothing that could be lost."""
        return not (self.text or self.form or self.left_forms or self.behind)


def keep_draft(journal: Journal, session: str, half_typed: HalfTyped) -> None:
    """Put the half-typed line on the desk (or clear it); durable on return."""
    content = None if half_typed.empty else half_typed.model_dump_json(exclude_defaults=True)
    journal.put_on_desk(draft_place(session), content)


def read_draft(content: str | None) -> HalfTyped:
    """What lay on the desk; a draft that cannot be read any more becomes plain text rather than nothing."""
    if content is None:
        return HalfTyped()
    try:
        return HalfTyped.model_validate_json(content)
    except ValueError:
        return HalfTyped(text=content, cursor=len(content))


def as_entry(
    draft: Draft,
    stamp: Moment,
    clock: SessionClock | None,
    session: Session,
    id_: str,
    classes: DefaultClasses | None = None,
) -> Entry:
    """Make the entry that a line stands for; when it happened and when it was typed are both kept.

    `Refused` in a session that was received from a colleague.
    """
    if session.origin is not None:
        raise Refused(RECEIVED)
    back = stamp.at - draft.noticed_at
    given: dict[str, object] = {
        "id": id_,
        "client": session.client,
        "session": session.id,
        "kind": draft.kind,
        "text": draft.text,
        "noticed_at": draft.noticed_at,
    }
    if back:
        given["written_at"] = stamp.at
    given |= class_given(draft.kind, classes)
    if draft.details is not None:
        given["details"] = draft.details
    if draft.starred:
        given["starred"] = True
    if clock is not None:
        given["elapsed_s"] = round(clock.seconds(stamp) - back.total_seconds(), 3)
    return Entry.model_validate(given)


def class_given(kind: Kind, classes: DefaultClasses | None) -> dict[str, object]:
    """The class that an entry is given where the therapist's own default is another than the program's."""
    own = classes.kinds.get(kind) if classes else None
    return {} if own is None else {"record_class": own}


def tags_of(entry: Entry, labels: Iterable[Label], stamp: Moment) -> tuple[Tag, ...]:
    """Accepted tags for every label whose theme or part is known; the others wait as words in the text."""
    made: dict[tuple[str, str], Tag] = {}
    for label in labels:
        if label.id is None:
            continue
        key = "part" if label.is_part else "theme"
        made[key, label.id] = Tag.model_validate(
            {"entry": entry.id, key: label.id, "state": TagState.ACCEPTED, "tagged_at": stamp.at}
        )
    return tuple(made.values())


def keep_entry(
    journal: Journal, entry: Entry, tags: Iterable[Tag] = (), labels: Iterable[Theme | Part] = (), *, clear_draft: bool
) -> Changes:
    """Append an entry with its tags, and the labels they need, and clear the half-typed line, all in one."""
    session = entry.session
    desk = {draft_place(session): None} if clear_draft and session else None
    records: tuple[Record, ...] = (*labels, entry, *tags)
    return journal.keep(*records, desk=desk)
