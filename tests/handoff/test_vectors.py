"""The published vectors hold for this program, both ways, and for the reader that docs/bundle-format.md prints."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest
from nacl.signing import SigningKey

from kapjournal.handoff import bech32, minisign
from kapjournal.handoff.keys import identity_of
from tests.handed import A, B, ids_in, sealer
from tests.handoff.forging import MANIFEST, bundle, files_of, inside, resigned, zipped
from tests.handoff.make_vectors import made

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text("ascii"))
FORMAT = Path(__file__).parents[2] / "docs" / "bundle-format.md"
DRAWN = {"sealed_for_the_second", "sealed_with_a_passphrase"}


@pytest.mark.parametrize("person", VECTORS["people"])
def test_every_key_follows_from_the_seed(person: dict[str, str]) -> None:
    signing = SigningKey(bytes.fromhex(person["signing_seed"]))
    assert str(minisign.public_key(signing)) == person["signing_key"]
    assert identity_of(signing) == person["identity"]
    identity = pyrage.x25519.Identity.from_str(person["identity"])
    assert str(identity.to_public()) == person["recipient"]
    assert sealer(A).words_of(person["recipient"]) == person["words"]
    assert sealer(A).words_of(person["signing_key"]) == person["words"]


def test_the_same_inputs_make_the_same_values() -> None:
    again = made()
    assert {name: value for name, value in again.items() if name not in DRAWN} == {
        name: value for name, value in VECTORS.items() if name not in DRAWN
    }


def test_the_published_bundles_open() -> None:
    by_key = sealer(B).open(b64decode(VECTORS["sealed_for_the_second"]))
    words = VECTORS["passphrase"]
    by_words = sealer(B).open(b64decode(VECTORS["sealed_with_a_passphrase"]), passphrase=words)
    assert ids_in(by_key.records) == ids_in(by_words.records) == {"practice"}
    assert by_key.files[MANIFEST].decode() == VECTORS["manifest"]


def test_the_signature_is_as_published() -> None:
    key = minisign.read_public_key(VECTORS["people"][0]["signing_key"])
    comment = minisign.check(key, VECTORS["manifest"].encode(), VECTORS["signature"].encode())
    assert comment.startswith("kapjournal bundle bundle-1 ")


def test_the_comment_of_a_signature_is_signed_too() -> None:
    key = minisign.read_public_key(VECTORS["people"][0]["signing_key"])
    changed = VECTORS["signature"].replace("kapjournal bundle bundle-1", "kapjournal bundle bundle-2")
    assert changed != VECTORS["signature"]
    with pytest.raises(minisign.NotSigned):
        minisign.check(key, VECTORS["manifest"].encode(), changed.encode())


def printed_reader() -> Callable[[bytes], tuple[dict[str, Any], list[dict[str, Any]]]]:
    code = re.findall(r"```python\n(.*?)```", FORMAT.read_text(encoding="utf-8"), re.DOTALL)[0]
    names: dict[str, Any] = {}
    exec(compile(code, "docs/bundle-format.md", "exec"), names)
    reader: Callable[[bytes], tuple[dict[str, Any], list[dict[str, Any]]]] = names["read_bundle"]
    return reader


def test_the_printed_reader_reads_what_we_read() -> None:
    manifest, records = printed_reader()(inside(bundle()))
    opened = sealer(B).open(bundle())
    assert manifest["bundle_id"] == opened.manifest.bundle_id
    assert records == [record.content() for record in opened.records]


@pytest.mark.parametrize("name", ["data/records.jsonl", "index.html", MANIFEST])
def test_the_printed_reader_refuses_what_was_changed(name: str) -> None:
    files = files_of(bundle())
    files[name] = files[name].replace(b"2026", b"2025", 1)
    with pytest.raises(Exception, match=r"not what was signed|forged or corrupt"):
        printed_reader()(zipped(files))


def test_the_printed_reader_refuses_a_newer_one() -> None:
    with pytest.raises(AssertionError, match="newer"):
        printed_reader()(zipped(resigned(files_of(bundle()), lambda m: m.update(min_reader=2))))


# From BIP 173: what is valid, and what is not.
@pytest.mark.parametrize(
    ("prefix", "text"),
    [("a", "A12UEL5L"), ("abcdef", "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"), ("?", "?1ezyfcl")],
)
def test_bech32_as_published(prefix: str, text: str) -> None:
    assert bech32.encode(prefix, bech32.decode(prefix, text)) == text.lower()


@pytest.mark.parametrize(
    "text", ["A1G7SGD8", "de1lg7wt\x7f", "A12UEl5L", "1qzzfhee", "a12uel5", "x1b4n0q5v", "li1dgmt3"]
)
def test_bech32_refuses_what_is_mistyped(text: str) -> None:
    for prefix in ("a", "de", "x", "li", ""):
        with pytest.raises(ValueError, match=r"mistyped|of this kind"):
            bech32.decode(prefix, text)
