"""Receive a bundle: look at it, then take it into the journal whole, as the read-only history of the client.

Every record keeps its id and says which journal it came from. That it was received is itself an entry, a contact, in
the same transaction. Twice is once; a newer bundle adds what it has more; what differs stands side by side.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from kapjournal.application.changes import Changes
from kapjournal.application.colleagues import PLACE as COLLEAGUES
from kapjournal.application.colleagues import Signed, Trust, colleague_of, colleagues, signed_by
from kapjournal.application.handed_pages import document
from kapjournal.application.ports import Clock, Journal, OpenedBundle, Sealer
from kapjournal.domain.bundle import Form
from kapjournal.domain.course import Client
from kapjournal.domain.details import ReceivedDetails
from kapjournal.domain.document import Document
from kapjournal.domain.entry import ContactDetails, Entry, Kind
from kapjournal.domain.errors import Refused
from kapjournal.domain.merging import Became, Merged, Merging, Source, differing


class Looked(NamedTuple):
    """A bundle before it is taken in: who signed it, what it holds, and what taking it in would do."""

    opened: OpenedBundle
    signed: Signed
    document: Document
    merged: Merged
    client: Client
    known: bool  # the client stands in this journal already
    again: bool  # this very bundle was received before
    differing: dict[str, tuple[str, str]]  # facts of the client, ours and theirs
    refusal: str | None = None  # why it cannot be taken in at all


class Received(NamedTuple):
    """What taking it in did; `sentence` says it."""

    changes: Changes
    merged: Merged
    sentence: str


class Receipt(NamedTuple):
    """One bundle that was received."""

    entry: Entry
    details: ReceivedDetails
    sender: str


def look(journal: Journal, own: str, opened: OpenedBundle) -> Looked:
    """What is in a bundle, held against the journal; `own` is the id of the journal that is open."""
    manifest = opened.manifest
    client = next(record for record in opened.records if isinstance(record, Client))
    ours = next((one for one in journal.clients() if one.id == client.id), None)
    before = receipts(journal)
    return Looked(
        opened=opened,
        signed=signed_by(journal, opened),
        document=document(opened.records, manifest, manifest.sender.name),
        merged=_merged(journal, own, opened, before),
        client=client,
        known=ours is not None,
        again=any(one.details.bundle == manifest.bundle_id for one in before),
        differing=differing(ours, client) if ours else {},
        refusal=_refusal(journal, own, opened, client, ours, before),
    )


def receive(
    journal: Journal, sealer: Sealer, own: str, looked: Looked, clock: Clock, *, compared: bool = False
) -> Received:
    """Take a bundle that was looked at into the journal, in one transaction.

    `compared` says that the six words of its sender were compared now; a key that changed needs that. Raises
    `Refused`, `BadInput` and `NotSaved`, and then nothing was written.
    """
    if looked.refusal is not None:
        raise Refused(looked.refusal)
    if looked.signed.trust is Trust.CHANGED and not compared:
        raise Refused(f"{looked.signed.sentence} Nothing was taken in.")
    now = clock.now().at
    merged = _merged(journal, own, looked.opened, receipts(journal))  # the journal may have gone on since the look
    receipt = () if looked.again else (_receipt(looked, merged, now),)
    compared_on = now if compared else _compared_before(journal, looked)
    known = colleagues(journal).with_(colleague_of(sealer, looked.opened, compared_on))
    changes = journal.keep(*merged.records, *receipt, desk={COLLEAGUES: known.model_dump_json()}, received=True)
    return Received(changes, merged, _sentence(looked, merged))


def receipts(journal: Journal, client: str | None = None) -> tuple[Receipt, ...]:
    """Every bundle that was received, in the order they came."""
    return tuple(
        Receipt(entry, entry.details.received, entry.details.with_ or "a colleague")
        for entry in journal.entries(client, [Kind.CONTACT])
        if isinstance(entry.details, ContactDetails) and entry.details.received is not None and entry.origin is None
    )


def senders(journal: Journal) -> dict[str, str]:
    """Names for the journals that records were received from, by the id in their `origin`."""
    return {one.details.journal: one.sender for one in receipts(journal)}


def _merged(journal: Journal, own: str, opened: OpenedBundle, before: tuple[Receipt, ...]) -> Merged:
    manifest = opened.manifest
    made = [one.details.created for one in before if one.details.journal == manifest.source_journal]
    source = Source(manifest.source_journal, own, manifest.created, max(made, default=None))

    def versions(entry: str) -> Iterator[Entry]:
        return (one.record for one in journal.versions(entry) if isinstance(one.record, Entry))

    merging = Merging(journal.everything(), source, versions)
    for record in opened.records:
        merging.take(record)
    return merging.done()


def _refusal(
    journal: Journal, own: str, opened: OpenedBundle, client: Client, ours: Client | None, before: tuple[Receipt, ...]
) -> str | None:
    manifest = opened.manifest
    if manifest.form == Form.CONSULTATION:
        return "This is a consultation copy: it is for reading, and is not taken into a journal."
    if ours is None or manifest.source_journal == own or ours.alias.casefold() == client.alias.casefold():
        return None
    exchanged = {one.entry.client for one in before} | {one.client for one in journal.disclosures(client.id)}
    if client.id in exchanged:
        return None
    return (
        f"This bundle is about {client.alias}, and the client with the same id in this journal is {ours.alias}. "
        "They may be two people, so nothing was taken in. Ask the sender which client it is."
    )


def _compared_before(journal: Journal, looked: Looked) -> datetime | None:
    same = (one for one in colleagues(journal).known if one.words == looked.opened.words)
    return next((one.compared_on for one in same if one.compared_on), None)


def _receipt(looked: Looked, merged: Merged, now: datetime) -> Entry:
    manifest = looked.opened.manifest
    details = ContactDetails(
        with_=manifest.sender.name,
        received=ReceivedDetails(
            bundle=manifest.bundle_id,
            journal=manifest.source_journal,
            key=manifest.sender.key,
            created=manifest.created,
        ),
    )
    told = [f"Received from {manifest.sender.name}: {_entries(len(looked.opened.records))}, {_done(merged)}."]
    told += [
        f"{name.replace('_', ' ').capitalize()} as they have it: {theirs}"
        for name, (_, theirs) in looked.differing.items()
    ]
    return Entry(
        id="received-" + hashlib.sha256(manifest.bundle_id.encode()).hexdigest()[:32],
        client=looked.client.id,
        kind=Kind.CONTACT,
        text="\n".join(told),
        noticed_at=now,
        details=details,
    )


def _entries(count: int) -> str:
    return f"{count} record{'s' if count != 1 else ''}"


def _done(merged: Merged) -> str:
    said = {
        Became.NEW: "new",
        Became.NEWER: "newer than what stood",
        Became.BESIDE: "worded otherwise, beside yours",
        Became.OLDER: "older than what stands",
        Became.SAME: "there already",
    }
    counted = [f"{merged.count(became)} {words}" for became, words in said.items() if merged.count(became)]
    return ", ".join(counted)


def _sentence(looked: Looked, merged: Merged) -> str:
    if not merged.records:
        return "Everything in this bundle stood in the journal already. Nothing was changed."
    return f"Taken in from {looked.opened.manifest.sender.name}: {_done(merged)}."
