from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kapjournal import resources
from kapjournal.application.take_measure import load_instruments
from kapjournal.domain.errors import BadInput
from kapjournal.domain.instruments import read_instrument, read_instruments

PHQ: dict[str, Any] = json.loads(resources.path("instruments", "phq-9.json").read_text(encoding="utf-8"))
WHO: dict[str, Any] = json.loads(resources.path("instruments", "who-5.json").read_text(encoding="utf-8"))


def changed(instrument: dict[str, Any], **fields: object) -> bytes:
    made = {**deepcopy(instrument), **fields}
    return json.dumps({key: value for key, value in made.items() if value is not None}).encode()


def bands(*ends: tuple[int, int]) -> list[dict[str, object]]:
    return [{"low": low, "high": high, "words": f"{low}"} for low, high in ends]


def told(content: bytes) -> str:
    with pytest.raises(BadInput) as error:
        read_instrument("my.json", content)
    return error.value.sentence


NEEDS_PERMISSION = {"terms": "permission-needed", "source": "no licence found"}

MISTAKES = {
    "not json": (b'{"id": ', "my.json: this cannot be read as JSON, so the file was cut short or mistyped."),
    "not utf-8": (b"\xff\xfe", "my.json: this cannot be read as JSON, so the file was cut short or mistyped."),
    "a list": (b"[]", "my.json: this is not an object in braces."),
    "a field is missing": (changed(PHQ, recall=None), "my.json: recall is missing."),
    "a field too many": (changed(PHQ, advice="x"), "my.json: advice is not a field that an instrument has."),
    "a band is missing": (
        changed(PHQ, bands=bands((0, 4), (5, 9), (15, 27))),
        "my.json: bands: there is none between 9 and 15.",
    ),
    "bands overlap": (
        changed(PHQ, bands=bands((0, 5), (5, 27))),
        "my.json: bands: 0 to 5 and 5 to 27 overlap.",
    ),
    "a band runs backwards": (changed(PHQ, bands=bands((0, 30), (31, 27))), "my.json: bands: 31 to 27 runs backwards."),
    "bands end early": (
        changed(PHQ, bands=bands((0, 4), (5, 26))),
        "my.json: bands: they run from 0 to 26, the scores from 0 to 27.",
    ),
    "bands without a source": (
        changed(PHQ, bands_source=None),
        "my.json: bands_source: bands need the publication they come from.",
    ),
    "items without a licence": (
        changed(PHQ, licence=NEEDS_PERMISSION),
        "my.json: items: text may not stand here, since the licence (permission-needed) does not allow it.",
    ),
    "a question without a licence": (
        changed(WHO, stem="Over the last two weeks"),
        "my.json: stem: text may not stand here, since the licence (CC-BY-NC-SA-3.0-IGO) does not allow it.",
    ),
    "answers without a licence": (
        changed(WHO, options=[{"value": 0, "label": "At no time"}]),
        "my.json: options: text may not stand here, since the licence (CC-BY-NC-SA-3.0-IGO) does not allow it.",
    ),
    "no notice": (
        changed(PHQ, licence={"terms": "no-permission-required", "source": "the form"}),
        "my.json: licence: these terms ask for a notice beside the items.",
    ),
    "neither items nor range": (
        changed(WHO, span=None),
        "my.json: span: an instrument has items or a span of scores, one of the two.",
    ),
    "no answers": (
        changed(PHQ, options=[]),
        "my.json: options: item 1 needs at least two answers, in order and each once.",
    ),
    "a mark on no item": (
        changed(PHQ, marks=[{"item": 10}]),
        "my.json: marks: an item is named that is not there.",
    ),
    "a cut-off nowhere": (
        changed(PHQ, cutoff={"low": 28, "label": "x", "source": "y"}),
        "my.json: cutoff: it lies outside 0 to 27.",
    ),
    "a word for a number": (
        changed(PHQ, bands=[{"low": "none", "high": 27, "words": "x"}]),
        "my.json: bands, 1, low has to be a number.",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_file_is_told_with_file_and_field(name: str) -> None:
    content, sentence = MISTAKES[name]
    assert told(content) == sentence


@pytest.mark.parametrize(
    ("terms", "may"),
    [
        ("public-domain", True),
        ("no-permission-required", True),
        ("CC0-1.0", True),
        ("CC-BY-4.0", True),
        ("own-words", True),
        ("CC-BY-NC-4.0", False),
        ("CC-BY-ND-4.0", False),
        ("CC-BY-NC-SA-3.0-IGO", False),
        ("permission-needed", False),
        ("unknown", False),
    ],
)
def test_items_are_shown_only_under_terms_that_let_everybody_reproduce_them(terms: str, *, may: bool) -> None:
    content = changed(PHQ, licence={"terms": terms, "source": "somewhere", "notice": "by them"})
    if may:
        assert read_instrument("my.json", content).licence.may_show_items
    else:
        assert told(content).startswith("my.json: items: text may not stand here")


def test_a_mistake_in_one_file_leaves_the_others_there(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(changed(PHQ))
    (tmp_path / "b.json").write_bytes(b"{")
    (tmp_path / "c.json").write_bytes(changed(PHQ, id="phq 9"))
    (tmp_path / "d.json").write_bytes(changed(WHO))
    (tmp_path / "e.json").mkdir()
    read = load_instruments(tmp_path)
    assert [one.id for one in read.known] == ["PHQ-9", "WHO-5"]
    rest = "This instrument is left out; the others are there."
    assert read.mistakes == (
        f"e.json cannot be read from the disk. {rest}",
        f"b.json: this cannot be read as JSON, so the file was cut short or mistyped. {rest}",
        f"c.json: id: there is another phq 9 already. {rest}",
    )


def test_a_new_file_is_a_new_instrument() -> None:
    read = read_instruments(
        [("own.json", changed(WHO, id="My scale", bands=None, cutoff=None, span={"low": 1, "high": 7}))]
    )
    assert read.of("my-scale") is not None
    assert read.of("nothing") is None


def test_shipped_items_carry_their_notice_and_are_covered_by_a_licence_file() -> None:
    covered = (Path(__file__).parents[3] / "LICENSES" / "instruments.md").read_text(encoding="utf-8")
    for path in resources.path("instruments").glob("*.json"):
        assert f"`{path.name}`" in covered
        instrument = read_instrument(path.name, path.read_bytes())
        if instrument.items and instrument.licence.terms != "own-words":
            assert instrument.licence.notice in covered.replace("\n", " ")
