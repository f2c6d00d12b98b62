"""`keys show`, `handoff`, `open` and `verify --bundle`: what leaves a journal, and what comes from a colleague."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from secrets import token_bytes
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from kapjournal.app import Parts, make_sealer
from kapjournal.application.authorize import Signed, record_authorization
from kapjournal.application.colleagues import OWN_NAME, Trust, colleagues, own_name, signed_by
from kapjournal.application.deidentify import Reviewed
from kapjournal.application.export_records import write_plain
from kapjournal.application.hand_over import Handover, preview, seal
from kapjournal.application.handed_pages import document
from kapjournal.application.ports import Journal, Keys, OpenedBundle, Sealer
from kapjournal.application.receive import look, receive
from kapjournal.cli import passphrase
from kapjournal.cli.arguments import Usage
from kapjournal.cli.output import Output
from kapjournal.domain.bundle import Form, Permission, Recipient
from kapjournal.domain.course import Client
from kapjournal.domain.entry import PartDetails
from kapjournal.domain.errors import ExitCode, JournalError, Refused
from kapjournal.domain.merging import Became
from kapjournal.domain.selection import Selection, Why

NOBODY_READ_IT = (
    "Names, dates, places and numbers that could be recognised were taken out, and nobody has read what is left. "
    "Read every page of it before you pass it on: a unique story can still tell who someone is."
)
OPENED_PLAIN = "These files are NOT encrypted any more: whoever has them can read them."

_WHY = {
    Why.PRIVATE: "private notes",
    Why.OWN_STATE: "your own state",
    Why.NOT_CHOSEN: "not chosen",
    Why.OTHER_SESSION: "of other sessions",
    Why.PART_STAYS: "about parts that stay",
    Why.OF_THE_JOURNAL: "about what this journal received",
}


class Way(NamedTuple):
    """What opens a bundle."""

    sealer: Sealer
    passphrase: str | None = None
    identity: str | None = None


def show_keys(keys: Keys, out: Output) -> ExitCode:
    """What a colleague needs."""
    own = make_sealer(keys).own
    out.answer(
        own._asdict(),
        [
            f"Seal to     {own.recipient}",
            f"Signed by   {own.signing_key}",
            f"Six words   {own.words}",
            "",
            "Send the first line to a colleague, and read the six words to each other by telephone once.",
        ],
    )
    return ExitCode.DONE


# --- handing over ------------------------------------------------------------------------------------------------


def hand_over(given: argparse.Namespace, out: Output, journal: Journal, parts: Parts, keys: Keys) -> ExitCode:
    """A sealed bundle."""
    if (given.to is None) == (not given.new_passphrase):
        raise Usage("Say for whom to seal: --to with an age1… key, or --new-passphrase. One of the two.")
    sealer = make_sealer(keys)
    client = _client(journal, given.client)
    handover = _handover(given, journal, parts, client, sealer)
    shown = preview(journal, handover, parts.clock, parts.new_id)
    path = given.out.absolute()
    done = seal(journal, sealer, handover, shown, path, parts.clock, parts.new_id, out.progress("sealing"))
    if given.sender:
        journal.put_on_desk(OWN_NAME, given.sender)
    if given.deidentify:
        out.aside(NOBODY_READ_IT)
    staying = {str(why): count for why, count in shown.staying.items()}
    out.answer(
        {
            "file": str(done.path),
            "size": done.size,
            "bundle_id": done.disclosure.bundle_id,
            "disclosure": done.disclosure.id,
            "words": done.words,
            "recipient_words": done.recipient_words or None,
            "passphrase": done.passphrase,
            "entries": sorted(shown.ids),
            "records": shown.contents.counts,
            "stays": staying,
        },
        [
            f"Sealed, opened again and compared: {done.disclosure.what}.",
            f"  {done.path}  ({done.size:,} bytes)",
            *(f"  stays: {count} {_WHY[why]}" for why, count in shown.staying.items()),
            "",
            f"Your six words, to read out: {done.words}",
            *([f"Theirs, to hear: {done.recipient_words}"] if done.recipient_words else []),
            *([f"Passphrase, for the telephone and shown this once: {done.passphrase}"] if done.passphrase else []),
        ],
    )
    return ExitCode.DONE


def _client(journal: Journal, alias: str) -> Client:
    found = [c for c in journal.clients() if alias.casefold() in {c.alias.casefold(), c.id.casefold()}]
    if len(found) != 1:
        which = "more than one client" if found else "no client"
        raise Usage(f"There is {which} “{alias}” in this journal. See kapjournal list clients, and name the id.")
    return found[0]


def _handover(given: argparse.Namespace, journal: Journal, parts: Parts, client: Client, sealer: Sealer) -> Handover:
    if given.to is not None:
        sealer.words_of(given.to)  # a mistyped key is told before anything else
    paper = _paper(given.authorization) if given.authorization is not None else None
    name = given.recipient or _known_name(journal, given.to) or (paper.to if paper else "")
    chosen = frozenset(given.with_private or ())
    permission = _permission(journal, parts, client, paper)
    return Handover(
        selection=_selection(given, journal, client, chosen),
        recipient=Recipient(name=name, key=given.to.strip().lower() if given.to else None),
        purpose=given.purpose or "Continuing care",
        sender=given.sender or journal.desk(OWN_NAME) or own_name(sealer),
        form=Form.CONSULTATION if given.deidentify else Form.HANDOVER,
        authorization=permission,
        part_2=given.part_2,
        reviewed=Reviewed(unattended=True) if given.deidentify else None,
    )


def _known_name(journal: Journal, key: str | None) -> str:
    known = colleagues(journal).known
    return next((one.name for one in known if key and one.recipient == key.strip().lower()), "")


def _permission(journal: Journal, parts: Parts, client: Client, paper: Paper | None) -> Permission | None:
    if paper is None:
        return None
    signed = Signed(paper.scope, paper.to, paper.signed_on, paper.until)
    return record_authorization(journal, parts.new_id, client.id, signed, parts.clock.now().at)


def _selection(given: argparse.Namespace, journal: Journal, client: Client, chosen: frozenset[str]) -> Selection:
    """The clinical record of all sessions or some, the private entries that were named, and the parts they name."""
    entries = {entry.id: entry for entry in journal.entries(client.id)}
    if unknown := chosen - entries.keys():
        raise Usage(f"There is no entry “{min(unknown)}” of {client.alias}. See kapjournal list entries.")
    sessions = {session.id for session in journal.sessions(client.id)}
    wanted = None if given.sessions is None else frozenset(given.sessions)
    if wanted is not None and wanted - sessions:
        raise Usage(f"There is no session “{min(wanted - sessions)}” of {client.alias}. See kapjournal list sessions.")
    details = (entries[id_].details for id_ in chosen)
    named = frozenset(d.part for d in details if isinstance(d, PartDetails) and d.part)
    return Selection(client=client.id, sessions=wanted, entries=chosen, parts=named)


class Paper(BaseModel):
    """An authorization as a file tells it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    scope: str
    to: str
    signed_on: date
    until: date | None = None


def _paper(path: Path) -> Paper:
    """A JSON object, or lines like `scope: …`; raises `Usage` that says what is missing."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Usage(f"The authorization {path} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise Usage(f"The authorization {path} is not text.") from None
    try:
        return Paper.model_validate(_fields(text))
    except ValidationError as error:
        field = error.errors()[0]["loc"][0]
        raise Usage(
            f"The authorization {path} does not say {field} as it should. It needs scope, to, signed_on and until, "
            "each on a line of its own, like “signed_on: 2026-03-01”."
        ) from None


def _fields(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
        return found if isinstance(found, dict) else {}
    except (json.JSONDecodeError, RecursionError):
        pairs = (line.partition(":") for line in text.splitlines() if ":" in line)
        return {name.strip().casefold().replace(" ", "_"): value.strip() for name, _, value in pairs}


# --- opening -----------------------------------------------------------------------------------------------------


def way(given: argparse.Namespace, keys: Callable[[], Keys]) -> Way:
    """What opens a bundle: a passphrase, an identity, or else the journal's own key."""
    words = getattr(given, "bundle_passphrase_file", None)
    identity = getattr(given, "identity", None)
    if words is not None and identity is not None:
        raise Usage("A bundle opens with --identity or with --bundle-passphrase-file, not with both.")
    if words is not None:
        return Way(_without_journal(), passphrase=passphrase.from_file(words))
    if identity is not None:
        try:
            return Way(_without_journal(), identity=identity.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            raise Usage(f"The identity file {identity} cannot be read.") from None
    return Way(make_sealer(keys()))


def _without_journal() -> Sealer:
    """Opens what needs none of a journal's keys."""
    return make_sealer(Keys("none", token_bytes(32), token_bytes(32), token_bytes(32)))


def read_bundle(path: Path, how: Way, out: Output) -> OpenedBundle:
    """The bundle in a file, checked."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Usage(f"The bundle {path} cannot be read ({error.strerror}).") from None
    return how.sealer.open(content, how.passphrase, how.identity, out.progress("opening"))


def open_bundle(given: argparse.Namespace, out: Output, how: Way, journal: Journal | None = None) -> ExitCode:
    """Who signed it, what is in it, and its first page."""
    opened = read_bundle(given.bundle, how, out)
    trust = signed_by(journal, opened) if journal is not None else None
    written = _written(given.out.absolute(), opened) if given.out is not None else ()
    if written:
        out.aside(OPENED_PLAIN)
    out.answer(
        {**told(opened), "trust": str(trust.trust) if trust else None, "files": [str(path) for path in written]},
        [*lines(opened), *([trust.sentence] if trust else []), "", *first_page(opened), *map(str, written)],
    )
    return ExitCode.CHECK_FAILED if trust and trust.trust is Trust.CHANGED else ExitCode.DONE


def receive_bundle(
    given: argparse.Namespace, out: Output, how: Way, journal: Journal, parts: Parts, keys: Keys
) -> ExitCode:
    """A colleague's bundle, taken in."""
    own = make_sealer(keys)
    opened = read_bundle(given.bundle, how, out)
    looked = look(journal, keys.vault_id, opened)
    compared = _compared(given.words, opened)
    if looked.refusal is None and (looked.signed.trust is not Trust.CHANGED or compared):
        out.aside(looked.signed.sentence)
    done = receive(journal, own, keys.vault_id, looked, parts.clock, compared=compared)
    became = {str(one): done.merged.count(one) for one in Became if done.merged.count(one)}
    out.answer(
        {"client": looked.client.id, "bundle_id": opened.manifest.bundle_id, "trust": str(looked.signed.trust),
         "compared": compared, "records": became, "again": looked.again, "differing": looked.differing},
        [done.sentence, *_differences(looked.differing)],
    )  # fmt: skip
    return ExitCode.DONE


def _compared(words: str | None, opened: OpenedBundle) -> bool:
    if words is None:
        return False
    if words.casefold().split() != opened.words.split():
        raise Refused(
            f"The six words that you heard are not those of the key that signed this bundle, “{opened.words}”. "
            "Nothing was taken in. Call the sender again."
        )
    return True


def _differences(differing: dict[str, tuple[str, str]]) -> Iterator[str]:
    for name, (ours, theirs) in differing.items():
        yield f"  {name.replace('_', ' ')}: yours stays “{ours}”; theirs is “{theirs}”"


def verify_bundle(given: argparse.Namespace, out: Output, how: Way) -> ExitCode:
    """The whole of a bundle; what is amiss comes as a sentence of its own."""
    opened = read_bundle(given.bundle, how, out)
    out.answer({"whole": True, **told(opened)}, lines(opened))
    return ExitCode.DONE


def told(opened: OpenedBundle) -> dict[str, object]:
    """A bundle as JSON."""
    manifest = opened.manifest
    return {
        **manifest.model_dump(mode="json", exclude_none=True, exclude={"files"}),
        "words": opened.words,
        "records": dict(manifest.counts),
        "entries": sorted(str(getattr(r, "id", "")) for r in opened.records if r.type == "entry"),
        "bundle_files": {file.path: file.size for file in manifest.files},
    }


def lines(opened: OpenedBundle) -> list[str]:
    """A bundle for people."""
    manifest = opened.manifest
    counts = ", ".join(f"{type_}: {count}" for type_, count in manifest.counts.items())
    return [
        f"From        {manifest.sender.name}",
        f"Six words   {opened.words}",
        f"Sealed      {manifest.created:%Y-%m-%d %H:%M}",
        f"For         {', '.join(one.name or one.key or 'whoever has the passphrase' for one in manifest.recipients)}",
        f"Why         {manifest.purpose}",
        f"Holds       {counts}",
        f"Private     {'yes, with an authorization' if manifest.authorization else 'none'}",
        "Whole: its signature fits, and every file is as it was signed.",
    ]


def first_page(opened: OpenedBundle) -> Iterator[str]:
    """The summary's first page as lines."""
    pages = document(opened.records, opened.manifest, opened.manifest.sender.name).summary
    for page in pages[:1]:
        yield page.title
        for block in page.blocks:
            yield f"  {block.heading}"
            yield from (f"    {line}" for line in block.lines)


_PLAIN_NAMES = {"reading": "index.html", "records": "records.jsonl", "fhir": "fhir.json", "readme": "README.txt"}


def _written(folder: Path, opened: OpenedBundle) -> Sequence[Path]:
    """The files under names of our own, never those of the bundle; attachments stay inside."""
    files: dict[str, list[str]] = {}
    for file in opened.manifest.files:
        if name := _PLAIN_NAMES.get(file.role):
            files.setdefault(name, []).append(_text(opened.files[file.path]))
    files["manifest.json"] = [_text(opened.files["manifest.json"])]
    files["manifest.json.minisig"] = [_text(opened.files["manifest.json.minisig"])]
    write_plain(folder, files)
    return [folder / name for name in files]


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise JournalError("A file in this bundle is not text, so it was not written. Nothing was left.") from None
