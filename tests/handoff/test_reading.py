"""The reading copy: one file without scripts, everything escaped, with an order that a screen reader can follow."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from kapjournal.domain.document import Document
from kapjournal.domain.selection import Selection
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.handed import A, authorized, fill, handover, previewed, sealer
from tests.handoff.forging import bundle, files_of, parcel

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>&\"'"


def html() -> str:
    return files_of(bundle())["index.html"].decode()


class Seen(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.said = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.said += data

    def all(self, name: str) -> list[str]:
        return [value for found, value in self.attributes if found == name]


def test_there_is_nothing_that_could_run_or_be_loaded() -> None:
    seen = Seen(html())
    assert {"script", "iframe", "object", "embed", "link", "img", "form"}.isdisjoint(seen.tags)
    assert not any(name.startswith("on") for name, _ in seen.attributes)
    assert all(address.startswith("#") for address in seen.all("href"))
    assert seen.all("src") == []
    assert seen.all("style") == []


def test_the_policy_lets_in_the_one_style_sheet_and_nothing_else() -> None:
    style = re.search(r"<style>(.*?)</style>", html(), re.DOTALL)
    assert style is not None
    digest = b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(value for value in Seen(html()).all("content") if value.startswith("default-src"))
    assert policy == f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'"


def test_every_word_is_escaped() -> None:
    journal = FakeJournal(FakeClock())
    fill(journal)
    wren = next(one for one in journal.clients() if one.id == "c")
    journal.keep(wren.model_copy(update={"alias": EVIL, "prescriber": EVIL}))
    practice = next(entry for entry in journal.entries() if entry.id == "practice")
    journal.keep(practice.model_copy(update={"text": EVIL + "\x00\u202e"}))
    shown = previewed(journal, handover(purpose=EVIL, sender=EVIL))
    for text in (sealer(A)._templates.reading(shown.document), sealer(A).printed(shown.document)):  # type: ignore[attr-defined]
        assert {"script", "img"}.isdisjoint(Seen(text).tags)
        assert "<script>alert(1)</script>" in Seen(text).said
        assert "\x00" not in text
        assert "\u202e" not in text


def test_it_can_be_followed_by_ear() -> None:
    seen = Seen(html())
    heads = [tag for tag in seen.tags if re.fullmatch(r"h[1-6]", tag)]
    assert heads[0] == "h1"
    assert heads.count("h1") == 1
    assert all(int(after[1]) - int(before[1]) <= 1 for before, after in pairwise(heads))
    assert "lang" in dict(seen.attributes)
    ids = seen.all("id")
    assert len(ids) == len(set(ids))
    assert {address.removeprefix("#") for address in seen.all("href")} <= set(ids)
    assert set(seen.all("aria-labelledby")) <= set(ids)
    assert "main" in seen.tags
    assert "nav" in seen.tags


def test_the_summary_comes_first_and_then_each_session() -> None:
    said = Seen(html()).said
    places = [said.index(words) for words in ("Course so far", "Dosing 1\n", "right deltoid", "Breathe out before")]
    assert places[0] < places[2] < said.rindex("Breathe out before")


def test_private_notes_look_private() -> None:
    journal = FakeJournal(FakeClock())
    fill(journal)
    wanted = handover(Selection(client="c", entries=frozenset({"quote"})), authorization=authorized(journal))
    text = sealer(A)._templates.reading(previewed(journal, wanted).document)  # type: ignore[attr-defined]
    assert 'class="kind-quote private"' in text
    assert "psychotherapy notes" in text


def test_light_and_dark_paper_and_phone() -> None:
    for words in ("prefers-color-scheme: dark", "@media print", "max-width: 700px", "color-scheme: light dark"):
        assert words in html()
    assert "width=device-width" in html()


def test_without_anything_it_is_still_a_page() -> None:
    empty = Document("Wren", "about", (), (), (), FakeClock().at)
    assert "<h1>Wren</h1>" in sealer(A)._templates.reading(empty)  # type: ignore[attr-defined]


@pytest.mark.parametrize("part_2", [False, True])
def test_the_readme_says_how_to_open_it_without_this_program(part_2: bool) -> None:
    text = sealer(A)._templates.readme(parcel(part_2=part_2))  # type: ignore[attr-defined]
    for words in ("age -d", "unzip", "minisign -V", "index.html", "not encrypted any more"):
        assert words in text
    assert ("42 CFR" in text) == part_2
