import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapjournal.domain.errors import WrongRecoveryKey
from kapjournal.vault.recovery_key import read, spelled

SECRET = bytes(range(20))
SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(st.binary(min_size=20, max_size=20))
@settings(max_examples=50)
def test_what_was_spelled_is_read(secret: bytes) -> None:
    key = spelled(secret)
    assert [len(group) for group in key.split("-")] == [5] * 8
    assert read(key) == secret


def test_hands_and_eyes_are_forgiven() -> None:
    key = spelled(SECRET)
    assert "0" in key
    assert "1" in key
    assert read(" " + key.lower().replace("0", "o").replace("1", "l").replace("-", " \u2013 ") + "\n") == SECRET
    assert read(key.replace("1", "i").replace("-", "")) == SECRET


def test_every_single_slip_is_found() -> None:
    key = spelled(SECRET).replace("-", "")
    for place, right in enumerate(key):
        for wrong in set(SYMBOLS) - {right}:
            with pytest.raises(WrongRecoveryKey, match="slip"):
                read(key[:place] + wrong + key[place + 1 :])


def test_neighbours_exchanged_are_found() -> None:
    key = spelled(bytes.fromhex("8f1d0c55a1b2c3d4e5f60718293a4b5c6d7e8f90")).replace("-", "")
    for place in range(39):
        if key[place] != key[place + 1]:
            with pytest.raises(WrongRecoveryKey):
                read(key[:place] + key[place + 1] + key[place] + key[place + 2 :])


@given(st.text(max_size=80))
@settings(max_examples=100)
def test_anything_else_is_a_wrong_recovery_key(typed: str) -> None:
    with pytest.raises(WrongRecoveryKey):
        read(typed)
