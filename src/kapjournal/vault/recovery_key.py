"""The recovery key as it is printed: 160 random bits and a 40-bit checksum, as 40 Crockford base32 symbols.

Reading forgives what hands and eyes do: case, spaces, dashes, O for 0, I and L for 1.
"""

from __future__ import annotations

import hashlib

from kapjournal.domain.errors import WrongRecoveryKey

SECRET_BYTES = 20
_CHECKSUM_BYTES = 5
_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = (SECRET_BYTES + _CHECKSUM_BYTES) * 8 // 5
_GROUP = 5
_LOOKALIKES = str.maketrans("OIL", "011", " \t\r\n-\u2010\u2011\u2012\u2013\u2014\u2212\u00a0")

MISTYPED = (
    "That recovery key has a slip in it. Nothing was changed. "
    "Compare it with the printed one, group by group, and try again."
)


def spelled(secret: bytes) -> str:
    """Write the 20 secret bytes as eight groups of five symbols."""
    number = int.from_bytes(secret + _checksum(secret))
    symbols = "".join(_SYMBOLS[number >> shift & 31] for shift in range((_LENGTH - 1) * 5, -1, -5))
    return "-".join(symbols[start : start + _GROUP] for start in range(0, _LENGTH, _GROUP))


def read(typed: str) -> bytes:
    """Give the 20 secret bytes back; raises `WrongRecoveryKey` when the checksum says it was mistyped."""
    symbols = typed.upper().translate(_LOOKALIKES)
    if len(symbols) != _LENGTH or any(symbol not in _SYMBOLS for symbol in symbols):
        raise WrongRecoveryKey(MISTYPED)
    number = 0
    for symbol in symbols:
        number = number << 5 | _SYMBOLS.index(symbol)
    whole = number.to_bytes(SECRET_BYTES + _CHECKSUM_BYTES)
    secret = whole[:SECRET_BYTES]
    if _checksum(secret) != whole[SECRET_BYTES:]:
        raise WrongRecoveryKey(MISTYPED)
    return secret


def _checksum(secret: bytes) -> bytes:
    return hashlib.sha256(b"kapjournal/v1/recovery-checksum" + secret).digest()[:_CHECKSUM_BYTES]
