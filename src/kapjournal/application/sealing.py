"""What handing over needs from the world: somebody who seals bundles and opens them. Asked for by way of `ports`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from kapjournal.domain.bundle import Contents, Manifest
from kapjournal.domain.course import Record
from kapjournal.domain.document import Document


class OwnKeys(NamedTuple):
    """What a therapist tells others: where to seal to (`age1…`), what to check a signature with, six words for both."""

    recipient: str
    signing_key: str
    words: str


class Parcel(NamedTuple):
    """What a bundle is made of; a recipient without a key needs the passphrase."""

    contents: Contents
    sender: str
    records: tuple[Record, ...]
    document: Document
    passphrase: str | None = None


class OpenedBundle(NamedTuple):
    """A bundle that was opened and checked as a whole, in memory; the signature is that of `manifest.sender.key`."""

    manifest: Manifest
    records: tuple[Record, ...]
    files: Mapping[str, bytes]
    words: str  # of the sender's key


class FreshBundle(NamedTuple):
    """A bundle just sealed. `open_again` opens bytes read back from a disk with a key made for this one check.

    That key was sealed for beside the recipient's and is kept nowhere: once this value is let go, nobody but the
    recipient can open the bundle, the sender included.
    """

    content: bytes
    open_again: Callable[[bytes, Callable[[int, int], None] | None], OpenedBundle]


class Sealer(Protocol):
    """Makes bundles and opens them. Nothing here touches a disk."""

    @property
    def own(self) -> OwnKeys:
        """The keys of the therapist whose journal is open."""
        ...

    def words_of(self, key: str) -> str:
        """Six words for an `age1…` key or a signing key, the same for both keys of one person; raises `BadInput`."""
        ...

    def recipient_of(self, signing_key: str) -> str:
        """The `age1…` key of the person who signs with this key; raises `BadInput`."""
        ...

    def new_passphrase(self) -> str:
        """A passphrase that nobody could guess, to be told by telephone."""
        ...

    def seal(self, parcel: Parcel, progress: Callable[[int, int], None] | None = None) -> FreshBundle:
        """The whole encrypted bundle; `progress` hears (done, of), and what it raises stops the sealing."""
        ...

    def open(
        self,
        sealed: bytes,
        passphrase: str | None = None,
        identity: str | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> OpenedBundle:
        """Open with the passphrase, with an age identity, or with this journal's own key, and check all of it.

        Raises a `JournalError` of its own for each way in which a bundle can be amiss.
        """
        ...

    def printed(self, document: Document) -> str:
        """The summary alone, as simple HTML that can be laid out on paper without a browser."""
        ...
