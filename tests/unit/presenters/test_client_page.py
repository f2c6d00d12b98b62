"""The page for the client holds the client's words and nothing of the therapist's."""

from __future__ import annotations

import re
from html import unescape

from kapjournal.domain.intention import Words
from kapjournal.gui.prepare.page import client_page


def spoken(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "\n", html))


def test_it_holds_exactly_the_words() -> None:
    html = client_page(
        [
            Words("To let #trust in. #letting-go @Planner", "A <b> & C", "One breath.\n\nAgain."),
            Words(),
            Words("Rest."),
        ],
        "Hearing the clock.",
    )
    assert [line for line in spoken(html).splitlines() if line.strip()] == [
        "In my own words", "What I hope", "To let trust in.", "What I fear", "A <b> & C", "What would be enough",
        "One breath.", "Again.", "What I hope", "Rest.", "What helps when it is a lot", "Hearing the clock.",
    ]  # fmt: skip


def test_words_can_never_become_html() -> None:
    html = client_page([Words('<img src="x" onerror=1>', "</p><script>")])
    assert "<img" not in html
    assert "<script" not in html
