"""The published vectors hold for this program, both ways, and for the reader that docs/vault-format.md prints."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kapjournal.vault import recovery_key, slots
from kapjournal.vault.document import parse
from kapjournal.vault.keyfile import COPY, PRIMARY, Cost, KeyFile

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text("ascii"))
FORMAT = Path(__file__).parents[3] / "docs/vault-format.md"

each = pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])


@each
def test_the_same_inputs_write_the_same_file(vector: dict[str, Any], tmp_path: Path) -> None:
    drawn = iter(bytes.fromhex(number) for number in vector["random"])

    def random(count: int) -> bytes:
        number = next(drawn)
        assert len(number) == count
        return number

    keys, printed = KeyFile(cost=Cost(vector["m"], vector["t"]), random=random).make(tmp_path, vector["passphrase"])
    assert (tmp_path / PRIMARY).read_bytes() == (tmp_path / COPY).read_bytes() == vector["file"].encode("ascii")
    assert printed == vector["recovery_key"]
    assert keys.database.hex() == vector["keys"]["database"]
    assert next(drawn, None) is None


@each
def test_both_keys_open_the_file(vector: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / PRIMARY).write_bytes(vector["file"].encode("ascii"))
    by_passphrase = KeyFile().unlock(tmp_path, vector["passphrase"])
    assert KeyFile().recover(tmp_path, vector["recovery_key"]) == by_passphrase
    assert by_passphrase.vault_id == vector["random"][0]
    assert {
        "database": by_passphrase.database.hex(),
        "ledger": by_passphrase.ledger.hex(),
        "signing-seed": by_passphrase.signing_seed.hex(),
    }.items() <= vector["keys"].items()


@each
def test_each_value_on_the_way_is_as_published(vector: dict[str, Any]) -> None:
    document = parse(vector["file"].encode("ascii"))
    passphrase, recovery = document.slots
    secret = recovery_key.read(vector["recovery_key"])
    assert secret.hex() == vector["random"][2]
    assert slots.passphrase_key(vector["passphrase"], passphrase.kdf).hex() == vector["passphrase_key"]
    assert slots.recovery_key(secret, document.vault_id).hex() == vector["recovery_wrapping_key"]
    for slot, name in ((passphrase, "passphrase"), (recovery, "recovery")):
        bound = slots._bound(document.vault_id, slot.id, slot.type, slot.kdf)
        assert bound.decode("ascii") == vector[f"{name}_associated_data"]


@each
def test_the_reader_in_the_documentation_reads_it(vector: dict[str, Any]) -> None:
    printed = re.search(r"## A reader\n\n```python\n(.*?)```", FORMAT.read_text("utf-8"), re.DOTALL)
    assert printed
    reader: dict[str, Any] = {}
    exec(printed[1], reader)
    raw = vector["file"].encode("ascii")
    expected = {use: bytes.fromhex(key) for use, key in vector["keys"].items()}
    assert reader["open_key_file"](raw, passphrase=vector["passphrase"]) == expected
    assert reader["open_key_file"](raw, recovery_key=vector["recovery_key"]) == expected
    with pytest.raises(AssertionError, match="damaged"):
        reader["open_key_file"](raw.replace(b'"gen":1', b'"gen":3'), passphrase=vector["passphrase"])
