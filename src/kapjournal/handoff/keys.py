"""A therapist's one key for both uses: Ed25519 to sign with, and the same key as X25519 to seal to.

The age key is the signing key carried over to Curve25519, as age itself does with SSH keys. So whoever has a signed
bundle knows where to seal the answer, and six words stand for both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from kapjournal.domain.errors import BadInput
from kapjournal.handoff import bech32
from kapjournal.handoff.minisign import read_public_key

WORDS = 6
_RECIPIENT, _IDENTITY = "age", "age-secret-key-"
_KEY_BYTES = 32

NOT_A_KEY = (
    "This is not a key that can be sealed to: it is mistyped, cut short, or of another kind. "
    "Ask for it again; it begins with age1 and has 62 characters."
)


def identity_of(signing: SigningKey) -> str:
    """The age identity, as `age -d -i` reads it."""
    return bech32.encode(_IDENTITY, bytes(signing.to_curve25519_private_key())).upper()


def recipient_of(verify: bytes) -> str:
    """The age recipient of the person who signs with this Ed25519 key; raises `BadInput`."""
    try:
        return bech32.encode(_RECIPIENT, bytes(VerifyKey(verify).to_curve25519_public_key()))
    except (CryptoError, ValueError, RuntimeError):
        raise BadInput(NOT_A_KEY) from None


def read_recipient(key: str) -> bytes:
    """The 32 bytes of an `age1…` key, or of the one that belongs to a signing key; raises `BadInput`."""
    given = key.strip()
    try:
        if not given.lower().startswith(f"{_RECIPIENT}1"):
            given = recipient_of(read_public_key(given).key)
        raw = bech32.decode(_RECIPIENT, given)
    except ValueError:
        raise BadInput(NOT_A_KEY) from None
    if len(raw) != _KEY_BYTES:
        raise BadInput(NOT_A_KEY)
    return raw


def words_of(key: str, words: Sequence[str]) -> str:
    """Six words for a key: 77 bits, so that nobody can make another key with the same ones."""
    digest = hashlib.sha256(b"kapjournal/v1/key-words" + read_recipient(key)).digest()
    number, chosen = int.from_bytes(digest, "big"), []
    for _ in range(WORDS):
        number, place = divmod(number, len(words))
        chosen.append(words[place])
    return " ".join(chosen)
