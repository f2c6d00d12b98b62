"""Bundles made and opened: age around a zip around a signed manifest. Implements `ports.Sealer`."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyrage
from nacl.signing import SigningKey

from kapjournal.application.ports import FreshBundle, Keys, OpenedBundle, OwnKeys, Parcel
from kapjournal.domain.bundle import BundleFile, Manifest, Sender
from kapjournal.domain.document import Document
from kapjournal.domain.errors import BadInput, BundleDamaged, NotForThisKey, Refused, WrongPassphrase
from kapjournal.domain.exchange import header_line, line_of
from kapjournal.handoff import keys, minisign
from kapjournal.handoff.archive import CUT_SHORT, LARGEST_SEALED, TOO_LARGE, packed, unpacked
from kapjournal.handoff.checking import MANIFEST, SIGNATURE, checked_manifest, checked_records
from kapjournal.handoff.fhir import fhir_document
from kapjournal.handoff.reading import Templates

RECORDS, READING, README, FHIR = "data/records.jsonl", "index.html", "README.txt", "fhir/bundle.json"
_ROLES = {RECORDS: "records", READING: "reading", README: "readme", FHIR: "fhir"}

NOT_FOR_YOU = (
    "This bundle is not for you. It was sealed for another key. "
    "Ask the sender to seal it for yours, and compare the six words."
)
DOES_NOT_OPEN = (
    "That passphrase does not open this bundle. Nothing was taken from it. "
    "Go through it with the sender by telephone, word by word."
)
ASK_FOR_IT = "This bundle was sealed with a passphrase. Ask the sender for it, by telephone."
SEALED_FOR_A_KEY = "This bundle was sealed for a key and takes no passphrase. Open it with the key it was sealed for."
NOT_A_BUNDLE = "This file is not a sealed bundle: it is not in the age format. Nothing was taken from it."
TOO_MUCH_WORK = (
    "Trying a passphrase on this bundle would take this computer far too long, so it was not tried. "
    "Ask the sender to seal it for your key instead."
)
SEALED_AGAIN = (
    "This bundle was made for somebody else, and somebody sealed it again for you. Nothing was taken from it. "
    "Ask the one who signed it whether you should have it."
)
NOT_AN_IDENTITY = "This is not an age identity: the file needs a line that begins with AGE-SECRET-KEY-1."

_STEP = 250
_AGE, _SCRYPT = b"age-encryption.org/v1\n", b"-> scrypt "
_ARMOR, _ARMOR_ENDS = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"

Progress = Callable[[int, int], None]


class AgeSealer:
    """Makes and opens bundles with the keys of one journal; `words` is the list that fingerprints are made of."""

    def __init__(self, own: Keys, words: Sequence[str], templates: Path) -> None:
        self._vault_id = own.vault_id
        self._signing = SigningKey(own.signing_seed)
        self._words = words
        self._templates = Templates(templates)

    @property
    def own(self) -> OwnKeys:
        """The therapist's own keys."""
        signing_key = minisign.public_key(self._signing)
        recipient = keys.recipient_of(signing_key.key)
        return OwnKeys(recipient, str(signing_key), self.words_of(recipient))

    def words_of(self, key: str) -> str:
        """Six words for a key."""
        return keys.words_of(key, self._words)

    def recipient_of(self, signing_key: str) -> str:
        """Where to seal an answer to."""
        try:
            return keys.recipient_of(minisign.read_public_key(signing_key).key)
        except ValueError:
            raise BadInput(keys.NOT_A_KEY) from None

    def new_passphrase(self) -> str:
        """Six random words of the list: 77 bits."""
        return " ".join(secrets.choice(self._words) for _ in range(keys.WORDS))

    def printed(self, document: Document) -> str:
        """The summary, for paper."""
        return self._templates.printed(document)

    # Sealing

    def seal(self, parcel: Parcel, progress: Progress | None = None) -> FreshBundle:
        """The whole encrypted bundle."""
        steps = _Steps(progress, 2 * len(parcel.records) + 4)
        files = self._files(parcel, steps)
        manifest = self._manifest(parcel, files).to_bytes()
        comment = f"kapjournal bundle {parcel.contents.bundle_id} {parcel.contents.created.isoformat()}"
        signature = minisign.sign(self._signing, manifest, comment)
        content = packed({MANIFEST: manifest, SIGNATURE: signature, **files})
        steps.took(2)
        check = pyrage.x25519.Identity.generate() if parcel.passphrase is None else None
        sealed = _encrypted(content, parcel, check)
        steps.finished()

        def open_again(read_back: bytes, progress: Progress | None) -> OpenedBundle:
            return self._checked(_decrypted(read_back, parcel.passphrase, check), None, _Steps(progress, 10))

        return FreshBundle(sealed, open_again)

    def _files(self, parcel: Parcel, steps: _Steps) -> dict[str, bytes]:
        lines = [header_line()]
        for record in parcel.records:
            lines.append(line_of(record))
            steps.took(1)
        # Rendering and FHIR stop between steps too, or a long handover could not be stopped halfway.
        reading = self._templates.reading(parcel.document)
        steps.took(1)
        fhir = fhir_document(parcel.records, parcel.contents, parcel.sender, steps.took)
        return {
            README: self._templates.readme(parcel).encode(),
            READING: reading.encode(),
            RECORDS: ("\n".join(lines) + "\n").encode(),
            FHIR: fhir,
        }

    def _manifest(self, parcel: Parcel, files: dict[str, bytes]) -> Manifest:
        described = tuple(
            BundleFile(path=path, size=len(content), sha256=hashlib.sha256(content).hexdigest(), role=_ROLES[path])
            for path, content in files.items()
        )
        return Manifest(
            **dict(parcel.contents),
            source_journal=self._vault_id,
            sender=Sender(name=parcel.sender, key=str(minisign.public_key(self._signing))),
            files=described,
        )

    # Opening

    def open(
        self,
        sealed: bytes,
        passphrase: str | None = None,
        identity: str | None = None,
        progress: Progress | None = None,
    ) -> OpenedBundle:
        """Open and check everything, in memory."""
        secret = identity_in(identity) if identity is not None else keys.identity_of(self._signing)
        opener = pyrage.x25519.Identity.from_str(secret)
        content = _decrypted(sealed, passphrase, opener)
        opened_with = frozenset({None if passphrase is not None else str(opener.to_public())})
        return self._checked(content, opened_with, _Steps(progress, 10))

    def _checked(self, content: bytes, opened_with: frozenset[str | None] | None, steps: _Steps) -> OpenedBundle:
        """Everything in a bundle, once nothing in it is amiss; `opened_with` must be among its recipients."""
        files = unpacked(content)
        manifest = checked_manifest(files)
        # The recipients are signed, so that nobody can pass a bundle on as if it had been meant for another.
        if opened_with is not None and not opened_with & {one.key for one in manifest.recipients}:
            raise Refused(SEALED_AGAIN)
        steps.grow(manifest.counts)
        records = checked_records(manifest, files, steps.took)
        steps.finished()
        return OpenedBundle(manifest, records, files, self.words_of(manifest.sender.key))


class _Steps:
    """Tells how far it has come, every so often."""

    def __init__(self, progress: Progress | None, of: int) -> None:
        self._progress, self._of = progress, of
        self._done = self._told = 0

    def grow(self, counts: dict[str, int]) -> None:
        self._of += min(sum(counts.values()), 10_000_000)

    def took(self, count: int = 1) -> None:
        self._done += count
        if self._progress is not None and self._done - self._told >= _STEP:
            self._told = self._done
            self._progress(min(self._done, self._of), self._of)

    def finished(self) -> None:
        if self._progress is not None:
            self._progress(self._of, self._of)


def identity_in(text: str) -> str:
    """The secret key in an identity file as `age-keygen` writes it; raises `BadInput`."""
    for line in text.splitlines():
        if line.strip().upper().startswith("AGE-SECRET-KEY-1"):
            with _told(BadInput(NOT_AN_IDENTITY), pyrage.IdentityError):
                pyrage.x25519.Identity.from_str(line.strip())
            return line.strip()
    raise BadInput(NOT_AN_IDENTITY)


@contextmanager
def _told(trouble: Exception, *of: type[Exception]) -> Iterator[None]:
    try:
        yield
    except of:
        raise trouble from None


def _decrypted(sealed: bytes, passphrase: str | None, opener: object) -> bytes:
    if len(sealed) > LARGEST_SEALED:
        raise Refused(TOO_LARGE)
    sealed = _unarmored(sealed)
    if not sealed.startswith(_AGE):
        raise BundleDamaged(NOT_A_BUNDLE)
    by_passphrase = sealed.startswith(_AGE + _SCRYPT)
    try:
        if passphrase is not None:
            return bytes(pyrage.passphrase.decrypt(sealed, passphrase))
        return bytes(pyrage.decrypt(sealed, [opener]))
    except pyrage.DecryptError as error:
        raise _sorted(str(error), passphrase, by_passphrase=by_passphrase) from None


def _unarmored(sealed: bytes) -> bytes:
    """The bundle itself, where it came as text for a letter."""
    if not sealed.startswith(_ARMOR.encode()):
        return sealed
    try:
        inner = sealed.decode("ascii").strip().removeprefix(_ARMOR)
        if not inner.endswith(_ARMOR_ENDS):
            raise BundleDamaged(CUT_SHORT)
        return b64decode("".join(inner.removesuffix(_ARMOR_ENDS).split()), validate=True)
    except ValueError:
        raise BundleDamaged(CUT_SHORT) from None


def _sorted(said: str, passphrase: str | None, *, by_passphrase: bool) -> Exception:
    """What the trouble is, from what the library says and what the header shows."""
    if passphrase is None and by_passphrase:
        return WrongPassphrase(ASK_FOR_IT)
    if passphrase is not None and not by_passphrase:
        return WrongPassphrase(SEALED_FOR_A_KEY)
    if "Excessive work" in said:
        return Refused(TOO_MUCH_WORK)
    if "matching keys" in said:
        return NotForThisKey(NOT_FOR_YOU)
    if passphrase is not None and said == "Decryption failed":
        return WrongPassphrase(DOES_NOT_OPEN)
    return BundleDamaged(CUT_SHORT)


def _encrypted(content: bytes, parcel: Parcel, check: Any) -> bytes:  # noqa: ANN401 - pyrage carries no types
    if parcel.passphrase is not None:
        return bytes(pyrage.passphrase.encrypt(content, parcel.passphrase))
    recipients = [check.to_public()]
    for key in (one.key for one in parcel.contents.recipients if one.key):
        keys.read_recipient(key)
        with _told(BadInput(keys.NOT_A_KEY), pyrage.RecipientError):
            recipients.append(pyrage.x25519.Recipient.from_str(key.strip().lower()))
    return bytes(pyrage.encrypt(content, recipients))
