"""Bundles with something changed, thousands of them: none is accepted with other content, none makes a crash.

What is changed in the sealed file is found by age; what is changed in the zip inside, by whoever could open it, is
found by the signature and the sums. Flips in fields of a zip that do not matter leave every file as it was.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest

from kapjournal.application.ports import OpenedBundle
from kapjournal.domain.errors import BundleDamaged, BundleNotTrusted, JournalError, NewerFormat, NotForThisKey, Refused
from tests.handed import B, sealer
from tests.handoff.forging import SIGNATURE, bundle, inside, sealed_for, zipped

pytestmark = pytest.mark.trust

ROUNDS = 5_000  # some seconds
REFUSALS = {kind.__name__ for kind in (BundleDamaged, BundleNotTrusted, NewerFormat, NotForThisKey, Refused)}


def flip(content: bytearray, dice: random.Random) -> None:
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)


def overwrite(content: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(content))
    content[at : at + dice.randint(1, 8)] = dice.randbytes(dice.randint(1, 8))


def truncate(content: bytearray, dice: random.Random) -> None:
    del content[dice.randrange(len(content)) :]


def cut(content: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(content))
    del content[at : at + dice.randint(1, 64)]


def insert(content: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(content) + 1)
    content[at:at] = dice.randbytes(dice.randint(1, 16))


def double(content: bytearray, dice: random.Random) -> None:
    at = dice.randrange(len(content))
    content[at:at] = content[at : at + dice.randint(1, 400)]


CHANGES: tuple[Callable[[bytearray, random.Random], None], ...] = (flip, flip, overwrite, truncate, cut, insert, double)


def mutated(content: bytes, dice: random.Random) -> bytes:
    """Changed once, and really."""
    while True:
        changed = bytearray(content)
        dice.choice(CHANGES)(changed, dice)
        if bytes(changed) != content:
            return bytes(changed)


def outcome(sealed: bytes, honest: OpenedBundle) -> str:
    """What opening it comes to: a kind of refusal, or `the same`. Anything else fails."""
    try:
        opened = sealer(B).open(sealed)
    except JournalError as trouble:
        plain = trouble.sentence.endswith(".") and "\n" not in trouble.sentence
        return type(trouble).__name__ if plain else f"not one plain sentence: {trouble.sentence}"
    assert signed(opened) == signed(honest), "accepted with other content"
    assert opened.records == honest.records
    return "the same"


def signed(opened: OpenedBundle) -> dict[str, bytes]:
    """All that the signature vouches for: the files, but not the first line of the signature, a remark by design."""
    return {**opened.files, SIGNATURE: opened.files[SIGNATURE].split(b"\n", 1)[1]}


def test_no_changed_bundle_is_accepted(record_property: Callable[[str, object], None]) -> None:
    dice, honest = random.Random(20261122), sealer(B).open(bundle())
    found = Counter(outcome(mutated(bundle(), dice), honest) for _ in range(ROUNDS))
    record_property("found", dict(found))
    assert set(found) <= REFUSALS
    assert found[BundleDamaged.__name__] > ROUNDS // 2


def test_no_changed_zip_is_accepted_with_other_content(record_property: Callable[[str, object], None]) -> None:
    dice, honest, content = random.Random(22112026), sealer(B).open(bundle()), inside(bundle())
    found = Counter(outcome(sealed_for(mutated(content, dice)), honest) for _ in range(ROUNDS))
    record_property("found", dict(found))
    assert set(found) <= {*REFUSALS, "the same"}
    assert found["the same"] < ROUNDS // 10  # fields of a zip that nothing depends on


def test_no_changed_file_is_accepted(record_property: Callable[[str, object], None]) -> None:
    """Packed anew with sums that fit, as somebody would who can open the bundle and wants it to say something else."""
    dice, honest = random.Random(11222026), sealer(B).open(bundle())
    found: Counter[str] = Counter()
    for _ in range(ROUNDS // 5):
        name = dice.choice(sorted(honest.files.keys() - {SIGNATURE}))
        files = {**honest.files, name: mutated(honest.files[name], dice)}
        found[outcome(sealed_for(zipped(files)), honest)] += 1
    record_property("found", dict(found))
    assert set(found) <= REFUSALS
