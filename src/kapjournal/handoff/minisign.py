"""Signatures that the public `minisign` program makes and checks: Ed25519 over the BLAKE2b-512 of a file.

A key is written as minisign writes it, without its comment: base64 of `Ed`, eight bytes of key id, and the key.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import NamedTuple

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

_KEY_LENGTH, _SIGNATURE_LENGTH, _ID_LENGTH = 42, 74, 8
_LINES = 4
LARGEST = 4096


class NotSigned(Exception):
    """These bytes are no signature of that file under that key. Stays inside this package."""


class PublicKey(NamedTuple):
    """A minisign public key."""

    id: bytes
    key: bytes

    def __str__(self) -> str:
        return b64encode(b"Ed" + self.id + self.key).decode("ascii")


def public_key(signing: SigningKey) -> PublicKey:
    """The public half; its id is the beginning of its own BLAKE2b, so that it needs no keeping."""
    key = bytes(signing.verify_key)
    return PublicKey(hashlib.blake2b(key, digest_size=_ID_LENGTH).digest(), key)


def read_public_key(text: str) -> PublicKey:
    """Read a key as minisign prints it; raises ValueError."""
    raw = _decoded(text, _KEY_LENGTH)
    if raw[:2] != b"Ed":
        raise ValueError("not an Ed25519 key")
    return PublicKey(raw[2 : 2 + _ID_LENGTH], raw[2 + _ID_LENGTH :])


def sign(signing: SigningKey, content: bytes, comment: str) -> bytes:
    """A signature file; the comment is signed too."""
    trusted = " ".join(comment.split())
    signature = signing.sign(hashlib.blake2b(content).digest()).signature
    over_all = signing.sign(signature + trusted.encode()).signature
    lines = (
        "untrusted comment: signature from KAP Journal",
        b64encode(b"ED" + public_key(signing).id + signature).decode("ascii"),
        f"trusted comment: {trusted}",
        b64encode(over_all).decode("ascii"),
    )
    return ("\n".join(lines) + "\n").encode()


def check(key: PublicKey, content: bytes, signature_file: bytes) -> str:
    """The trusted comment, once both signatures fit; raises `NotSigned`."""
    try:
        lines = signature_file[:LARGEST].decode("utf-8").splitlines()
        if len(lines) != _LINES or not lines[2].startswith("trusted comment: "):
            raise NotSigned
        raw, over_all = _decoded(lines[1], _SIGNATURE_LENGTH), _decoded(lines[3], 64)
    except ValueError:
        raise NotSigned from None
    comment = lines[2].removeprefix("trusted comment: ")
    message = {b"ED": hashlib.blake2b(content).digest(), b"Ed": content}.get(raw[:2])
    if message is None or raw[2 : 2 + _ID_LENGTH] != key.id:
        raise NotSigned
    signature = raw[2 + _ID_LENGTH :]
    try:
        VerifyKey(key.key).verify(message, signature)
        VerifyKey(key.key).verify(signature + comment.encode(), over_all)
    except (BadSignatureError, ValueError):
        raise NotSigned from None
    return comment


def _decoded(text: str, length: int) -> bytes:
    try:
        raw = b64decode(text.strip(), validate=True)
    except NotBase64:
        raise ValueError("not base64") from None
    if len(raw) != length:
        raise ValueError("of another length")
    return raw
