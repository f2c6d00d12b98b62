"""A sealer without any cryptography: a bundle is JSON that says whom it is for, and everybody plays by the rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from kapjournal.application.ports import FreshBundle, OpenedBundle, OwnKeys, Parcel
from kapjournal.domain.bundle import Manifest, Sender
from kapjournal.domain.document import Document
from kapjournal.domain.errors import BadInput, BundleDamaged, NotForThisKey, WrongPassphrase
from kapjournal.domain.exchange import header_line, line_of, read_lines

Progress = Callable[[int, int], None]


class FakeSealer:
    """Implements `ports.Sealer` for the person of that name."""

    def __init__(self, name: str = "wren", journal: str = "vault-1") -> None:
        self._name, self._journal = name, journal
        self._made = 0

    @property
    def own(self) -> OwnKeys:
        recipient = f"age1{self._name}"
        return OwnKeys(recipient, f"RW{self._name}", self.words_of(recipient))

    def words_of(self, key: str) -> str:
        name = key.removeprefix("age1").removeprefix("RW")
        if name == key:
            raise BadInput("This is not a key.")
        return " ".join(hashlib.sha256(f"{name}{n}".encode()).hexdigest()[:4] for n in range(6))

    def recipient_of(self, signing_key: str) -> str:
        if not signing_key.startswith("RW"):
            raise BadInput("This is not a key.")
        return f"age1{signing_key.removeprefix('RW')}"

    def new_passphrase(self) -> str:
        self._made += 1
        return f"six words made for this {self._made}"

    def seal(self, parcel: Parcel, progress: Progress | None = None) -> FreshBundle:
        for done in range(len(parcel.records) + 1):
            if progress is not None:
                progress(done, len(parcel.records))
        manifest = Manifest(
            **dict(parcel.contents),
            source_journal=self._journal,
            sender=Sender(name=parcel.sender, key=self.own.signing_key),
            files=(),
        )
        for one in parcel.contents.recipients:
            if one.key is not None:
                self.words_of(one.key)
        lines = [header_line(), *(line_of(record) for record in parcel.records)]
        sealed = {"manifest": manifest.model_dump(mode="json"), "lines": lines, "passphrase": parcel.passphrase}
        content = json.dumps(sealed).encode()
        return FreshBundle(content, self._checked)

    def open(
        self,
        sealed: bytes,
        passphrase: str | None = None,
        identity: str | None = None,
        progress: Progress | None = None,
    ) -> OpenedBundle:
        opened = self._checked(sealed, progress)
        kept = json.loads(sealed)["passphrase"]
        if kept != passphrase:
            raise WrongPassphrase("That passphrase does not open this bundle.")
        if kept is None and (identity or self.own.recipient) not in {r.key for r in opened.manifest.recipients}:
            raise NotForThisKey("This bundle is not for you.")
        return opened

    def _checked(self, sealed: bytes, progress: Progress | None) -> OpenedBundle:
        try:
            told = json.loads(sealed)
        except ValueError:
            raise BundleDamaged("This bundle is damaged.") from None
        manifest = Manifest.model_validate(told["manifest"])
        records = tuple(r.record for r in read_lines([f"{line}\n".encode() for line in told["lines"]], "records"))
        if progress is not None:
            progress(len(records), len(records))
        return OpenedBundle(manifest, records, {}, self.words_of(manifest.sender.key))

    def printed(self, document: Document) -> str:
        return f"<html><body><h1>{document.title}</h1></body></html>"
