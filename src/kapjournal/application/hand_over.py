"""Hand part of a client's record over: what was previewed is sealed, opened again, compared and written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from kapjournal.application.authorize import authorizations, holds
from kapjournal.application.deidentify import Cleaner, Reviewed
from kapjournal.application.export_records import exchanged
from kapjournal.application.handed_pages import document
from kapjournal.application.ports import Clock, FreshBundle, Journal, NewId, OpenedBundle, Parcel, Sealer
from kapjournal.domain.bundle import Contents, Form, Letter, Permission, Recipient
from kapjournal.domain.course import Record
from kapjournal.domain.document import Document
from kapjournal.domain.entry import Entry
from kapjournal.domain.errors import BadInput, BundleDamaged, JournalError, NotSaved, Refused
from kapjournal.domain.exchange import fingerprint, identity
from kapjournal.domain.label import Part
from kapjournal.domain.selection import Disclosure, Holdings, Outgoing, Selection, Staying, Why, outgoing
from kapjournal.durable import write_private

ENDING = ".kapbundle.age"

# Hears (done, of). Raising `Stopped` from it ends the sealing, and no file is left.
Progress = Callable[[int, int], None]


class Stopped(JournalError):
    """The therapist stopped the sealing."""

    def __init__(self) -> None:
        super().__init__("The handover was stopped. No file was left, and nothing was written into the journal.")


class Handover(BaseModel):
    """To whom, why, and what; a recipient without a key gets a passphrase that is made when it is sealed."""

    model_config = ConfigDict(frozen=True)

    selection: Selection
    recipient: Recipient
    purpose: str
    sender: str
    form: Form = Form.HANDOVER
    letter: Letter = Letter()
    authorization: Permission | None = None
    part_2: bool = False
    reviewed: Reviewed | None = None  # of a consultation copy: what was decided about every mark


class Preview(NamedTuple):
    """Exactly what goes, as it will be read, what stays and why, and what still stands in the way of sealing."""

    records: tuple[Record, ...]
    document: Document
    stays: tuple[Staying, ...]
    private: int  # records that need the client's written authorization
    obstacles: tuple[str, ...]
    contents: Contents
    chosen: tuple[Record, ...]  # the records as they stand in the journal, which a consultation copy changes

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the entries in the bundle."""
        return frozenset(record.id for record in self.records if isinstance(record, Entry))

    @property
    def staying(self) -> dict[Why, int]:
        """How many entries stay, for each reason."""
        found: dict[Why, int] = {}
        for one in self.stays:
            found[one.why] = found.get(one.why, 0) + 1
        return found


class Sealed(NamedTuple):
    """A bundle that was written, opened again and compared; the passphrase is shown once and kept nowhere."""

    path: Path
    size: int
    words: str  # the sender's own, to read out
    recipient_words: str  # of the key it was sealed for; empty where a passphrase was made
    passphrase: str | None
    disclosure: Disclosure
    opened: OpenedBundle


def holdings_of(journal: Journal, client: str) -> Holdings:
    """What the journal holds of one client; raises `BadInput` for an unknown one."""
    found = next((one for one in journal.clients() if one.id == client), None)
    if found is None:
        raise BadInput("There is no such client in this journal.")
    return Holdings(
        client=found,
        courses=journal.courses(client),
        parts=journal.parts(client),
        sessions=journal.sessions(client),
        entries=journal.entries(client),
        amendments=journal.amendments(client),
        themes=journal.themes(),
        tags=journal.tags(client),
        links=journal.links(),
    )


def preview(journal: Journal, handover: Handover, clock: Clock, new_id: NewId) -> Preview:
    """What would be sealed now."""
    holdings = holdings_of(journal, handover.selection.client)
    going = outgoing(holdings, handover.selection)
    now = clock.now().at
    chosen = records = tuple(exchanged(going.records))
    unread: tuple[str, ...] = ()
    if handover.form is Form.CONSULTATION:
        cleaner, reviewed = cleaner_of(journal, handover, chosen), handover.reviewed or Reviewed()
        copied, unread = cleaner.copy(reviewed, new_id), cleaner.unread(reviewed)
        records = copied.records
        handover = handover.model_copy(update={"letter": copied.letter, "purpose": copied.purpose})
    contents = _contents(journal, handover, going, new_id(), now, part_2=holdings.client.part_2 or False)
    contents = contents.model_copy(update={"client": _client_of(records), "reviewed": _was_read(handover, unread)})
    return Preview(
        records=records,
        document=document(records, contents, handover.sender),
        stays=going.stays,
        private=len(going.private),
        obstacles=obstacles(handover, going, now, unread),
        contents=contents,
        chosen=chosen,
    )


def cleaner_of(journal: Journal, handover: Handover, chosen: Sequence[Record]) -> Cleaner:
    """What finds the identifiers in a consultation copy; its passages are what the therapist goes through."""
    others = [one.alias for one in journal.clients() if one.id != handover.selection.client]
    return Cleaner(chosen, handover.letter, handover.purpose, others)


def _was_read(handover: Handover, unread: Sequence[str]) -> bool | None:
    return not unread if handover.form is Form.CONSULTATION else None


def obstacles(handover: Handover, going: Outgoing, now: datetime, unread: Sequence[str] = ()) -> tuple[str, ...]:
    """Why it may not be sealed, each as a sentence; none where it may."""
    found = []
    if not going.entries:
        found.append("Nothing is chosen yet.")
    if going.private and (why := _not_allowed(handover, going, now)):
        found.append(why)
    if unread and not (handover.reviewed and handover.reviewed.unattended):
        found.append(f"{_number(len(unread), 'passage was', 'passages were')} not read yet for names and places.")
    return tuple(found)


def _not_allowed(handover: Handover, going: Outgoing, now: datetime) -> str | None:
    count = f"{len(going.private)} private note{'s' if len(going.private) != 1 else ''}"
    if handover.form is Form.CLIENT:
        return f"A client’s own copy holds no psychotherapy notes: {count} may not go."
    if handover.authorization is None:
        return (
            f"{count[:1].upper()}{count[1:]} may not go: passing psychotherapy notes on, even to another treating "
            "therapist, needs the client’s written authorization. Record it first, or leave them out."
        )
    return holds(handover.authorization, handover.recipient.name, now.date())


def seal(
    journal: Journal,
    sealer: Sealer,
    handover: Handover,
    shown: Preview,
    path: Path,
    clock: Clock,
    new_id: NewId,
    progress: Progress | None = None,
) -> Sealed:
    """Seal what was shown, as long as the journal still says the same; then open it, compare, and write it down.

    Raises `Refused` where a rule of the journal forbids it, `NotSaved` when the disk does not take the file, and
    `Stopped`; nothing is left then, neither a file nor a line in the journal.
    """
    if shown.obstacles:
        raise Refused(" ".join(shown.obstacles) + " Nothing was sealed.")
    _require_authorization(journal, handover, clock.now().at)
    _require_same(journal, handover, shown)
    if path.exists():
        raise Refused(f"There is a file {path} already. It was not touched. Choose another name.")
    passphrase = sealer.new_passphrase() if handover.recipient.key is None else None
    parcel = Parcel(shown.contents, handover.sender, shown.records, shown.document, passphrase)
    halves = _halves(progress)
    fresh = sealer.seal(parcel, halves[0])
    try:
        write_private(path, fresh.content)
    except OSError as error:
        raise NotSaved(
            f"The bundle was not written, because {path} could not be ({error.strerror}). Nothing was left there. "
            "Choose another place."
        ) from error
    try:
        opened = _opened_again(fresh, path, parcel, halves[1])
        disclosure = _disclosure(shown, handover, new_id(), opened, clock.now().at)
        journal.keep(disclosure)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    recipient = handover.recipient.key
    return Sealed(
        path=path,
        size=len(fresh.content),
        words=sealer.own.words,
        recipient_words=sealer.words_of(recipient) if recipient else "",
        passphrase=passphrase,
        disclosure=disclosure,
        opened=opened,
    )


def _halves(progress: Progress | None) -> tuple[Progress | None, Progress | None]:
    """Sealing is the first half of the way, opening again the second."""
    if progress is None:
        return None, None
    told = progress
    return (lambda done, of: told(done, 2 * of)), (lambda done, of: told(of + done, 2 * of))


def _require_same(journal: Journal, handover: Handover, shown: Preview) -> None:
    """What is sealed is what was read: where the journal changed in between, it has to be looked at again."""
    going = outgoing(holdings_of(journal, handover.selection.client), handover.selection)
    if tuple(exchanged(going.records)) != shown.chosen:
        raise Refused("The journal changed since the preview. Nothing was sealed. Look at the pages again.")


def _require_authorization(journal: Journal, handover: Handover, now: datetime) -> None:
    """What is cited stands in the journal, and was not taken back."""
    if handover.authorization is None:
        return
    if handover.authorization not in authorizations(journal, handover.selection.client):
        raise Refused("The authorization is not in the journal, or was taken back. Nothing was sealed.")


def _opened_again(fresh: FreshBundle, path: Path, parcel: Parcel, progress: Progress | None) -> OpenedBundle:
    """Read the file from the disk and hold every record against what was previewed."""
    opened = fresh.open_again(path.read_bytes(), progress)
    if opened.records != parcel.records and _said(opened.records) != _said(parcel.records):
        raise BundleDamaged("The bundle did not hold what was previewed, so it was removed. Nothing was handed over.")
    return opened


def _said(records: Sequence[Record]) -> dict[tuple[str, ...], str]:
    return {identity(record): fingerprint(record) for record in records}


def _contents(
    journal: Journal, handover: Handover, going: Outgoing, bundle: str, now: datetime, *, part_2: bool
) -> Contents:
    classes = {str(entry.in_class) for entry in going.entries} | ({"private"} if going.private else set())
    before = [d for d in journal.disclosures(handover.selection.client) if d.recipient == recipient_text(handover)]
    return Contents(
        bundle_id=bundle,
        created=now,
        client=handover.selection.client,
        recipients=(handover.recipient,),
        purpose=handover.purpose,
        form=handover.form,
        record_classes=tuple(sorted(classes)),
        # A consultation copy does not carry what the client signed, which may name them.
        authorization=handover.authorization if going.private and handover.form is not Form.CONSULTATION else None,
        part_2=part_2 or handover.part_2,
        counts=going.counts,
        supersedes=before[-1].bundle_id if before and handover.form is Form.HANDOVER else None,
        letter=handover.letter,
    )


def _client_of(records: Sequence[Record]) -> str:
    return next(str(getattr(record, "id", "")) for record in records if record.type == "client")


def recipient_text(handover: Handover) -> str:
    """The recipient as the disclosure names them."""
    return handover.recipient.name or handover.recipient.key or "somebody with the passphrase"


def _disclosure(shown: Preview, handover: Handover, id_: str, opened: OpenedBundle, now: datetime) -> Disclosure:
    given = {"authorization": _cited(handover.authorization)} if shown.private and handover.authorization else {}
    return Disclosure.model_validate(
        {
            "id": id_,
            "client": handover.selection.client,
            "sealed_at": now,
            "recipient": recipient_text(handover),
            "purpose": handover.purpose,
            "what": _what(shown, handover),
            "bundle_id": opened.manifest.bundle_id,
            **given,
        }
    )


def _cited(permission: Permission | None) -> str | None:
    return f"{permission.scope} (signed {permission.signed_on.isoformat()})" if permission else None


def _what(shown: Preview, handover: Handover) -> str:
    """`6 sessions, 118 entries, 2 of them private`, with what kind of copy it was."""
    counts = shown.contents.counts
    private = sum(isinstance(r, Entry) and r.in_class == "private" for r in shown.records)
    parts = sum(isinstance(r, Part) for r in shown.records)
    said = [_number(counts.get("session", 0), "session", "sessions"), _number(len(shown.ids), "entry", "entries")]
    said += [f"{private} of them private"] if private else []
    said += [_number(parts, "part", "parts")] if parts else []
    form = {Form.HANDOVER: "", Form.CONSULTATION: "De-identified copy: ", Form.CLIENT: "Client’s own copy: "}
    return form[handover.form] + ", ".join(said)


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def file_name(alias: str, at: datetime, form: Form = Form.HANDOVER) -> str:
    """The name that a bundle gets unless another is chosen: `wren-2026-03-02.kapbundle.age`."""
    if form is Form.CONSULTATION:
        return f"consultation-{at:%Y-%m-%d}{ENDING}"
    plain = "".join(c if c.isalnum() and c.isascii() else "-" for c in alias.casefold()).strip("-") or "client"
    return f"{plain[:40]}-{at:%Y-%m-%d}{ENDING}"
