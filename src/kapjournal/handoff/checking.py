"""Whether what came out of a bundle is what its sender signed; nothing is believed before that."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from pydantic import ValidationError

from kapjournal.domain.bundle import VERSION, Manifest, canonical
from kapjournal.domain.course import Client, Record
from kapjournal.domain.errors import BadInput, BundleDamaged, BundleNotTrusted, NewerFormat
from kapjournal.domain.exchange import Misfit, identity, read_lines
from kapjournal.domain.references import Standing, check_references
from kapjournal.domain.selection import Disclosure
from kapjournal.handoff import minisign

MANIFEST, SIGNATURE = "manifest.json", "manifest.json.minisig"
LARGEST_MANIFEST = 1024 * 1024

NEWER = (
    "This bundle was made by a newer version of KAP Journal. Nothing was taken from it. "
    "Update the program, then open it again."
)
UNSIGNED = (
    "This bundle is not signed, so nobody can say who made it. Nothing was taken from it. "
    "Ask the sender for one that KAP Journal sealed."
)
OTHER_SIGNER = (
    "The signature on this bundle is not by the one it names as its sender, or the bundle was changed after it was "
    "signed. Nothing was taken from it. Ask the sender by another way whether they sent it."
)
NO_MANIFEST = (
    "This bundle has no list of its contents that could be read, so it was not made by KAP Journal. "
    "Nothing was taken from it. Ask the sender how it was made."
)
OTHER_FILES = (
    "This bundle does not hold the files that its sender signed: something is missing, added or changed. "
    "Nothing was taken from it. Ask for it to be sent again."
)
ODD_RECORDS = "The notes in this bundle do not fit together ({why}). Nothing was taken from it. Ask the sender."


def checked_manifest(files: Mapping[str, bytes]) -> Manifest:
    """The manifest, once its signature fits and it describes exactly these files."""
    raw = files.get(MANIFEST)
    if raw is None or len(raw) > LARGEST_MANIFEST:
        raise BundleNotTrusted(NO_MANIFEST)
    content = _content(raw)
    if SIGNATURE not in files:
        raise BundleNotTrusted(UNSIGNED)
    _check_signature(content, raw, files[SIGNATURE])
    _require_readable(content)
    try:
        manifest = Manifest.model_validate_json(raw)
    except ValidationError:
        raise BundleNotTrusted(NO_MANIFEST) from None
    _check_files(manifest, files)
    return manifest


def _content(raw: bytes) -> dict[str, object]:
    try:
        content = json.loads(raw)
        same = isinstance(content, dict) and canonical(content) == raw
    except (ValueError, RecursionError):
        raise BundleNotTrusted(NO_MANIFEST) from None
    if not same or content.get("format") != "kapjournal-bundle":
        raise BundleNotTrusted(NO_MANIFEST)
    return dict(content)


def _check_signature(content: dict[str, object], raw: bytes, signature: bytes) -> None:
    sender = content.get("sender")
    key = sender.get("key") if isinstance(sender, dict) else None
    try:
        minisign.check(minisign.read_public_key(str(key)), raw, signature)
    except (ValueError, minisign.NotSigned):
        raise BundleNotTrusted(OTHER_SIGNER) from None


def _require_readable(content: dict[str, object]) -> None:
    oldest = content.get("min_reader")
    if isinstance(oldest, int) and oldest > VERSION:
        raise NewerFormat(NEWER)


def _check_files(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    described = {file.path: file for file in manifest.files}
    if len(described) < len(manifest.files) or described.keys() != files.keys() - {MANIFEST, SIGNATURE}:
        raise BundleDamaged(OTHER_FILES)
    for path, file in described.items():
        content = files[path]
        if len(content) != file.size or hashlib.sha256(content).hexdigest() != file.sha256:
            raise BundleDamaged(OTHER_FILES)


def checked_records(manifest: Manifest, files: Mapping[str, bytes], tick: Callable[[int], None]) -> tuple[Record, ...]:
    """Every record, each after those it names, all of the one client that the manifest speaks of."""
    try:
        records = tuple(_records(manifest, files, tick))
    except (BadInput, Misfit) as trouble:
        raise BundleNotTrusted(ODD_RECORDS.format(why=str(trouble).rstrip("."))) from None
    if dict(Counter(record.type for record in records)) != dict(manifest.counts):
        raise BundleNotTrusted(ODD_RECORDS.format(why="there are more or fewer than it says"))
    return records


def _records(manifest: Manifest, files: Mapping[str, bytes], tick: Callable[[int], None]) -> Iterator[Record]:
    standing = Standing()
    for file in manifest.files:
        if file.role != "records":
            continue
        for read in read_lines(files[file.path].splitlines(keepends=True), file.path):
            record = read.record
            if standing.same(record) is not None:
                raise Misfit(f"line {read.line} says again what was said before")
            _require_ours(record, manifest)
            check_references(record, standing)
            standing.add(record)
            tick(1)
            yield record


def _require_ours(record: Record, manifest: Manifest) -> None:
    of = record.id if isinstance(record, Client) else getattr(record, "client", None)
    if isinstance(record, Disclosure) or (of is not None and of != manifest.client):
        raise Misfit(f"{' '.join(identity(record)[:1])} is not of the client it is about")
