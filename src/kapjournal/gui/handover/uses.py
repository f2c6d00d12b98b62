"""What the handover screen asks of the use cases, all about one client. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from kapjournal.application.authorize import Signed, authorizations, record_authorization
from kapjournal.application.colleagues import OWN_NAME, Colleague, Colleagues, colleagues, remember
from kapjournal.application.deidentify import Passage
from kapjournal.application.give_plain import give_on_paper, give_plain
from kapjournal.application.hand_over import (
    Handover,
    Preview,
    Progress,
    Sealed,
    cleaner_of,
    file_name,
    holdings_of,
    preview,
    seal,
)
from kapjournal.application.ports import Clock, Journal, NewId, Sealer
from kapjournal.application.progress_note import progress_note
from kapjournal.domain.bundle import Form, Letter, Permission, Recipient
from kapjournal.domain.moment import clock_text
from kapjournal.domain.selection import Disclosure, Holdings, Outgoing, Selection, outgoing


class Draft(BaseModel):
    """A handover that is being put together, as it lies on the desk between two visits."""

    model_config = ConfigDict(frozen=True)

    copy_: str = "colleague"
    selection: Selection
    recipient: Recipient | None = None
    purpose: str = ""
    letter: Letter = Letter()
    part_2: bool = False


class Loaded(NamedTuple):
    """What is read when the screen is entered."""

    holdings: Holdings
    colleagues: Colleagues
    permissions: tuple[Permission, ...]
    disclosures: tuple[Disclosure, ...]
    sender: str  # as the last bundle was signed
    draft: Draft | None


class Looked(NamedTuple):
    """What would be sealed now."""

    preview: Preview
    going: Outgoing
    passages: tuple[Passage, ...]  # of a consultation copy
    where: Mapping[str, str]  # by the stem of a passage's key, where in the course it is


class HandOverUses(NamedTuple):
    """What the screen can ask for; all but `place` run on the worker."""

    read: Callable[[], Loaded]
    look: Callable[[Handover], Looked]
    seal: Callable[[Handover, Preview, Path, Progress], Sealed]
    remember: Callable[[str, str, bool], Colleague]  # name, key, whether its words were compared now
    authorize: Callable[[Signed], Permission]
    put_draft: Callable[[Draft | None], None]
    keep_sender: Callable[[str], None]
    note: Callable[[str], str]  # the draft of a session's progress note
    summary: Callable[[Preview], str]  # as HTML that can be printed
    give: Callable[[Handover, Preview, Path, bytes], Disclosure]  # the summary, not encrypted
    give_on_paper: Callable[[Handover, Preview], Disclosure]  # noted before it is printed
    place: Callable[[str], Path]  # where a bundle about this alias is offered to lie


def hand_over_uses(
    journal: Journal, sealer: Callable[[], Sealer], clock: Clock, new_id: NewId, client: str
) -> HandOverUses:
    """Joins the screen to the use cases; the sealer is loaded on the worker."""
    desk = f"handover:{client}"

    def read() -> Loaded:
        return Loaded(
            holdings_of(journal, client),
            colleagues(journal),
            authorizations(journal, client),
            journal.disclosures(client),
            journal.desk(OWN_NAME) or "",
            read_draft(journal.desk(desk)),
        )

    def look(handover: Handover) -> Looked:
        shown = preview(journal, handover, clock, new_id)
        holdings = holdings_of(journal, client)
        going = outgoing(holdings, handover.selection)
        if handover.form is not Form.CONSULTATION:
            return Looked(shown, going, (), {})
        passages = cleaner_of(journal, handover, shown.chosen).passages()
        return Looked(shown, going, passages, _places(holdings))

    def remembered(name: str, key: str, compared: bool) -> Colleague:
        return remember(journal, sealer(), name, key, clock.now().at if compared else None)

    return HandOverUses(
        read=read,
        look=look,
        seal=lambda handover, shown, path, progress: seal(
            journal, sealer(), handover, shown, path, clock, new_id, progress
        ),
        remember=remembered,
        authorize=lambda signed: record_authorization(journal, new_id, client, signed, clock.now().at),
        put_draft=lambda draft: journal.put_on_desk(desk, draft.model_dump_json() if draft else None),
        keep_sender=lambda name: journal.put_on_desk(OWN_NAME, name or None),
        note=lambda session: progress_note(journal, session),
        summary=lambda shown: sealer().printed(shown.document),
        give=lambda handover, shown, path, content: give_plain(journal, handover, shown, path, content, clock, new_id),
        give_on_paper=lambda handover, shown: give_on_paper(journal, handover, shown, clock, new_id),
        place=lambda alias: _free(_folder() / file_name(alias, clock.now().at)),
    )


def read_draft(content: str | None) -> Draft | None:
    """The draft on the desk; one that cannot be read is none."""
    try:
        return Draft.model_validate_json(content) if content else None
    except ValueError:
        return None


def _places(holdings: Holdings) -> dict[str, str]:
    names = {s.id: s.kind.capitalize() + (f" {s.number}" if s.number is not None else "") for s in holdings.sessions}
    return {
        f"entry/{entry.id}": f"{names[entry.session]}, {clock_text(entry.noticed_at)}"
        for entry in holdings.entries
        if entry.session in names
    }


def _folder() -> Path:
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()


def _free(path: Path) -> Path:
    """A name that nothing has yet."""
    stem, _, ending = path.name.partition(".")
    names = (path, *(path.with_name(f"{stem}-{n}.{ending}") for n in range(2, 1000)))
    return next(name for name in names if not name.exists())
