"""Bundles as an enemy makes them: any files, any manifest, signed by anybody, sealed to anybody."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyrage
from nacl.signing import SigningKey

from kapjournal.application.ports import Keys, Parcel
from kapjournal.domain.bundle import Recipient, canonical
from kapjournal.handoff import minisign
from kapjournal.handoff.archive import unpacked
from kapjournal.handoff.keys import identity_of
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.handed import A, B, fill, handover, previewed, sealer

MANIFEST, SIGNATURE = "manifest.json", "manifest.json.minisig"


def identity(of: Keys) -> str:
    """The age identity of one of the two, as a file would hold it."""
    return identity_of(SigningKey(of.signing_seed))


def parcel(passphrase: str | None = None, **given: Any) -> Parcel:  # noqa: ANN401
    """The clinical record of Wren, on its way from A to B."""
    journal = FakeJournal(FakeClock())
    fill(journal)
    shown = previewed(journal, handover(**given))
    return Parcel(shown.contents, "K.L.", shown.records, shown.document, passphrase)


@cache
def bundle(passphrase: str | None = None) -> bytes:
    """An honest bundle, sealed once for a run: a passphrase takes a second of work each time."""
    given = {} if passphrase is None else {"recipient": Recipient(name="T.M.")}
    return sealer(A).seal(parcel(passphrase, **given)).content


def inside(sealed: bytes, of: Keys = B) -> bytes:
    """The zip in a bundle."""
    return bytes(pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity(of))]))


def files_of(sealed: bytes) -> dict[str, bytes]:
    """The files in a bundle."""
    return unpacked(inside(sealed))


def sealed_for(content: bytes, *to: Keys) -> bytes:
    """Any bytes, encrypted for those."""
    recipients = [pyrage.x25519.Recipient.from_str(sealer(one).own.recipient) for one in to or (B,)]
    return bytes(pyrage.encrypt(content, recipients))


def zipped(files: Mapping[str, bytes] | Sequence[tuple[str, bytes]]) -> bytes:
    """A zip with any names, also several times the same."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items() if isinstance(files, Mapping) else files:
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    return room.getvalue()


Change = Callable[[dict[str, Any]], None]


def resigned(files: Mapping[str, bytes], change: Change = lambda _: None, by: Keys = A) -> dict[str, bytes]:
    """The files with a manifest that fits them, changed and signed anew."""
    manifest = json.loads(files[MANIFEST])
    rest = {name: content for name, content in files.items() if name not in {MANIFEST, SIGNATURE}}
    roles = {file["path"]: file["role"] for file in manifest["files"]}
    manifest["files"] = [
        {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(),
         "role": roles.get(path, "attachment")}
        for path, content in rest.items()
    ]  # fmt: skip
    change(manifest)
    raw = canonical(manifest)
    return {MANIFEST: raw, SIGNATURE: minisign.sign(SigningKey(by.signing_seed), raw, "forged"), **rest}


def forged(change: Change = lambda _: None, by: Keys = A, **files: bytes) -> bytes:
    """A bundle whose manifest was changed, and signed and sealed anew."""
    honest = files_of(bundle())
    return sealed_for(zipped(resigned({**honest, **files}, change, by)))


def written(sealed: bytes, folder: Path, name: str = "x.kapbundle.age") -> Path:
    """A bundle as a file."""
    (folder / name).write_bytes(sealed)
    return folder / name
