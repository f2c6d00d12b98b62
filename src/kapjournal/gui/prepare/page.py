"""The page for the client: the client's own words under quiet headings, and nothing of the therapist's."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kapjournal.domain.intention import Words, without_label_signs, without_trailing_labels

TITLE = "In my own words"
_THREADS = {"said": "", "hope": "What I hope", "fear": "What I fear", "enough": "What would be enough"}
HELPS = "What helps when it is a lot"


def client_page(intentions: Sequence[Words], helps: str = "") -> str:
    """One page of HTML; the words are escaped, and labels lose the signs that the therapist gave them."""
    parts = [f"<h1>{escape(TITLE)}</h1>"]
    for words in intentions:
        if not words.empty:
            parts.append("<hr>" if len(parts) > 1 else "")
            parts += [_thread(label, getattr(words, name)) for name, label in _THREADS.items()]
    parts.append(_thread(HELPS, helps))
    return "".join(part for part in parts if part)


def _thread(label: str, words: str) -> str:
    spoken = without_label_signs(without_trailing_labels(words)[0]).strip()
    if not spoken:
        return ""
    heading = f"<h2>{escape(label)}</h2>" if label else ""
    return heading + "".join(f'<p class="words">{escape(line) or "&nbsp;"}</p>' for line in spoken.splitlines())
