"""Words and stems are those of the search index, so that what is marked is what was found."""

from __future__ import annotations

import sqlcipher3.dbapi2 as sqlcipher
from hypothesis import given
from hypothesis import strategies as st

from kapjournal import resources
from kapjournal.recall.stems import stems, tokens

# Two-letter remains of suffixes, where FTS5 cuts one letter more or less than Porter wrote.
ODD = {"eed", "ies", "sayyed", "seyyed"}


def by_the_index(texts: list[str]) -> list[tuple[str, ...]]:
    database = sqlcipher.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(t, tokenize='porter unicode61')")
    database.execute("CREATE VIRTUAL TABLE seen USING fts5vocab(words, 'instance')")
    database.executemany("INSERT INTO words (rowid, t) VALUES (?, ?)", list(enumerate(texts)))
    found: list[list[str]] = [[] for _ in texts]
    for term, at in database.execute("SELECT term, doc FROM seen ORDER BY doc, offset"):
        found[at].append(term)
    database.close()
    return [tuple(one) for one in found]


def test_thirty_thousand_words_have_the_stems_of_the_index() -> None:
    words = [w for w in resources.path("recall", "words.txt").read_text("utf-8").split("\n") if w and w not in ODD]
    assert len(words) > 30_000
    differ = {w: (mine, theirs) for w, mine, theirs in zip(words, map(stems, words), by_the_index(words), strict=True)
              if mine != theirs}  # fmt: skip
    assert differ == {}


SIGNS = st.text(alphabet="abcdefghinorstuy AEIS'’-.,!?\"*:()éÉñüß0129\n🌊אבجдДжй", max_size=60)


@given(SIGNS)
def test_any_text_falls_into_the_words_of_the_index(text: str) -> None:
    mine = stems(text)
    if not ODD.intersection(token.word for token in tokens(text)):
        assert mine == by_the_index([text])[0]


def test_each_word_says_where_it_stands() -> None:
    text = "Née in Åre, she’s crying – WAVES"
    assert [text[token.begin : token.end] for token in tokens(text)] == [
        "Née",
        "in",
        "Åre",
        "she",
        "s",
        "crying",
        "WAVES",
    ]
    assert [token.word for token in tokens(text)][:3] == ["nee", "in", "are"]
