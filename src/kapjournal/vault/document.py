"""What stands in a key file, and how its bytes are read and checked before any secret is tried.

The format is described in docs/vault-format.md, with test vectors.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

FORMAT = "kapjournal-keys/1"
MIB = 1024 * 1024
# The parameters are read before anything can vouch for them: too little would be an open door, too much a hung machine.
LEAST_MEMORY, MOST_MEMORY = 19 * MIB, 2048 * MIB
FEWEST_PASSES, MOST_PASSES = 2, 16
LARGEST_FILE = 64 * 1024

_FAMILY = "kapjournal-keys/"


class Damaged(Exception):
    """These bytes are not what was written. Stays inside this package; people are told by `KeyFileDamaged`."""


class Newer(Exception):
    """These bytes are whole, and of a later format. Stays inside this package; people are told by `NewerFormat`."""


Hex16 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Hex24 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{48}$")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hex48 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{96}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Argon2(_Part):
    """How a passphrase becomes a key: Argon2id 1.3; memory `m` in bytes, `t` passes, one lane."""

    alg: Literal["argon2id"] = "argon2id"
    v: Literal[19] = 19
    m: Annotated[int, Field(ge=LEAST_MEMORY, le=MOST_MEMORY)]
    t: Annotated[int, Field(ge=FEWEST_PASSES, le=MOST_PASSES)]
    p: Literal[1] = 1
    salt: Hex16


class Hmac(_Part):
    """How a recovery key becomes a key; it is random already, so nothing slow is needed."""

    alg: Literal["hmac-sha256"] = "hmac-sha256"


class _Slot(_Part):
    id: Annotated[str, StringConstraints(min_length=1, max_length=32)]
    nonce: Hex24
    wrapped: Hex48


class PassphraseSlot(_Slot):
    """The master key, wrapped under the passphrase."""

    type: Literal["passphrase"] = "passphrase"
    kdf: Argon2


class RecoverySlot(_Slot):
    """The master key, wrapped under the recovery key."""

    type: Literal["recovery"] = "recovery"
    kdf: Hmac


Slot = PassphraseSlot | RecoverySlot


class KeyDocument(_Part):
    """A key file. `gen` counts its rewrites; `mac` vouches for it once it is open, `check` tells bit rot before."""

    format: Literal["kapjournal-keys/1"] = "kapjournal-keys/1"
    vault_id: Hex16
    gen: Annotated[int, Field(ge=1, le=2**31)]
    slots: Annotated[list[Annotated[Slot, Field(discriminator="type")]], Field(min_length=1, max_length=16)]
    mac: Hex32

    def vouched(self) -> bytes:
        """The bytes that `mac` is made over."""
        return canonical({name: value for name, value in self.model_dump().items() if name != "mac"})

    def to_bytes(self) -> bytes:
        """The whole file, with its check."""
        content = self.model_dump()
        return canonical({**content, "check": _check(content)}) + b"\n"


def canonical(value: object) -> bytes:
    """JSON in the one form used here: keys sorted, no spaces, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def parse(raw: bytes) -> KeyDocument:
    """Read a key file; raises `Damaged`, or `Newer` when it is whole but not ours to read.

    The bytes must be exactly the canonical form of what they say, so that no flipped bit goes unseen.
    """
    content = _whole_content(raw)
    form = content.get("format")
    if form != FORMAT:
        raise Newer if isinstance(form, str) and form.startswith(_FAMILY) else Damaged
    try:
        return KeyDocument.model_validate(content)
    except ValidationError:
        raise Damaged from None


def _whole_content(raw: bytes) -> dict[str, Any]:
    if len(raw) > LARGEST_FILE:
        raise Damaged
    try:
        content = json.loads(raw.decode("ascii"))
    except (ValueError, RecursionError):
        raise Damaged from None
    if not isinstance(content, dict) or canonical(content) + b"\n" != raw:
        raise Damaged
    if content.pop("check", None) != _check(content):
        raise Damaged
    return content


def _check(content: dict[str, Any]) -> str:
    return hashlib.sha256(b"kapjournal/key-file-check" + canonical(content)).hexdigest()[:32]
