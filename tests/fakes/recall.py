"""A recall that knows whole words only; what it finds, the real one finds as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kapjournal.application.ports import Journal
from kapjournal.domain.entry import Amended, Kind
from kapjournal.domain.label import TagState, Theme
from kapjournal.domain.recalled import Found, Offered, Tier
from kapjournal.domain.timeline import amended

_ACCEPTED = TagState.ACCEPTED


class FakeRecall:
    """Implements `ports.Recall` by looking for the words themselves."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def by_theme(
        self, theme: Theme, client: str | None, limit: int | None = None, *, own: bool = False
    ) -> tuple[Found, ...]:
        states = {(t.entry, t.theme): t.state for t in self._journal.tags(client)}
        gone = {e for (e, of), state in states.items() if of == theme.id and state is TagState.REJECTED}
        mine = {e for (e, of), state in states.items() if of == theme.id and state is TagState.ACCEPTED}
        found = [f for f in self._found(theme.terms or (theme.name,), client, own) if f.entry not in gone]
        plain = {f.entry for f in found} | self._hidden(client)
        plain |= set() if own else {e.id for e in self._journal.entries(client, [Kind.SELF])}
        tagged = [Found(e, Tier.RELATED, (), like_tagged=1) for e in sorted(mine - plain - gone)]
        return tuple((*found, *tagged)[:limit])

    def by_words(
        self, words: str, client: str | None, limit: int | None = None, *, own: bool = False
    ) -> tuple[Found, ...]:
        return tuple(self._found(words.split(), client, own))[:limit]

    def like(self, entry: str, client: str | None, limit: int | None = None, *, own: bool = False) -> tuple[Found, ...]:
        words = next((e.text for e in self._journal.entries(client) if e.id == entry), "")
        return tuple(f for f in self._found(words.split(), client, own) if f.entry != entry)[:limit]

    def sure(self, theme: Theme, client: str | None) -> frozenset[str]:
        said = {tag.entry for tag in self._journal.tags(client) if (tag.theme, tag.state) == (theme.id, _ACCEPTED)}
        found = self.by_theme(theme, client)
        return frozenset(one.entry for one in found if one.tier is Tier.CONTAINS or one.entry in said)

    def brings(self, words: Sequence[str], client: str | None) -> dict[str, frozenset[str]]:
        return {word: frozenset(f.entry for f in self._found([word], client, own=False)) for word in words}

    def catch_up(self) -> bool:
        return True

    def suggest(self, words: str, themes: Sequence[Theme], limit: int = 3) -> tuple[Offered, ...]:
        offered = ((theme, _spans(words, theme.terms or (theme.name,))) for theme in themes)
        return tuple(Offered(t, Tier.CONTAINS, tuple(w for w, _ in spans)) for t, spans in offered if spans)[:limit]

    def _hidden(self, client: str | None) -> set[str]:
        return {tag.entry for tag in self._journal.tags(client) if tag.state is TagState.HIDDEN}

    def _found(self, terms: Sequence[str], client: str | None, own: bool) -> Iterator[Found]:
        hidden = self._hidden(client)
        for note in amended(self._journal.entries(client), self._journal.amendments(client)):
            if note.retracted or note.original.id in hidden or (note.original.kind is Kind.SELF and not own):
                continue
            spans = _spans(_words(note), terms)
            if spans:
                why = tuple(dict.fromkeys(word for word, _ in spans))
                yield Found(note.original.id, Tier.CONTAINS, why, marks=tuple(span for _, span in spans))


def _words(note: Amended) -> str:
    return note.original.text


def _spans(words: str, terms: Sequence[str]) -> list[tuple[str, tuple[int, int]]]:
    pattern = "|".join(rf"\b{re.escape(term)}\b" for term in terms if term)
    return [(m.group(), m.span()) for m in re.finditer(pattern, words, re.IGNORECASE)] if pattern else []
