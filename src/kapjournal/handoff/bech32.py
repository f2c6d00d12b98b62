"""Bech32 (BIP 173), as age writes its keys: `age1…` and `AGE-SECRET-KEY-1…`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_SYMBOLS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_LENGTH = 6


def encode(prefix: str, content: bytes) -> str:
    """The content as lower-case Bech32."""
    values = list(_regrouped(content, 8, 5))
    check = _polymod([*_spread(prefix), *values, *[0] * _CHECK_LENGTH]) ^ 1
    values += [(check >> 5 * (5 - place)) & 31 for place in range(_CHECK_LENGTH)]
    return f"{prefix}1" + "".join(_SYMBOLS[value] for value in values)


def decode(prefix: str, text: str) -> bytes:
    """The content; raises ValueError where the text is mistyped or of another kind."""
    lower = text.lower()
    if text not in {lower, text.upper()} or not lower.startswith(f"{prefix}1"):
        raise ValueError("not of this kind")
    symbols = lower[len(prefix) + 1 :]
    if any(symbol not in _SYMBOLS for symbol in symbols) or len(symbols) < _CHECK_LENGTH:
        raise ValueError("mistyped")
    values = [_SYMBOLS.index(symbol) for symbol in symbols]
    if _polymod([*_spread(prefix), *values]) != 1:
        raise ValueError("mistyped")
    content = bytes(_regrouped(values[:-_CHECK_LENGTH], 5, 8))
    if encode(prefix, content) != lower:  # bits left over at the end
        raise ValueError("mistyped")
    return content


def _spread(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, factor in enumerate(_GENERATOR):
            check ^= factor if (top >> place) & 1 else 0
    return check


def _regrouped(values: Iterable[int], width: int, to: int) -> Iterator[int]:
    """The same bits in groups of another width; what is left at the end is filled up only when groups get smaller."""
    bits, held = 0, 0
    for value in values:
        held, bits = (held << width | value) & 0xFFFF, bits + width
        while bits >= to:
            bits -= to
            yield held >> bits & (1 << to) - 1
    if bits and width > to:
        yield held << (to - bits) & (1 << to) - 1
