"""Going through the words of a consultation copy, a few passages at a time. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kapjournal.application.deidentify import Passage, Reviewed
from kapjournal.gui.handover.state import MarkedStretch, Marks, PassageRow

MOST_ON_A_SHEET = 8
LETTERS_ON_A_SHEET = 700


class Marking:
    """What was decided about each passage, and the sheet of passages that is looked at.

    A passage whose words changed since has to be read again.
    """

    def __init__(self) -> None:
        self._passages: tuple[Passage, ...] = ()
        self._sheets: tuple[tuple[Passage, ...], ...] = ()
        self._where: Mapping[str, str] = {}
        self._known: dict[str, str] = {}  # the words of each passage as they were read
        self._decided: dict[str, str] = {}
        self.at = 0
        self.editing = ""
        self.again = False  # whether they are gone through once more, with all of them read

    def take(self, passages: Sequence[Passage], where: Mapping[str, str]) -> None:
        """Go on with these passages; what was read and decided of the same words stands."""
        self._passages, self._where = tuple(passages), where
        texts = {one.key: one.text for one in passages}
        self._known = {key: text for key, text in self._known.items() if texts.get(key) == text}
        self._decided = {key: words for key, words in self._decided.items() if key in texts}
        self._sheets = tuple(_sheets(passages))
        unread = (n for n, sheet in enumerate(self._sheets) if any(one.key not in self._known for one in sheet))
        self.at = next(unread, 0)
        self.editing = ""

    @property
    def reviewed(self) -> Reviewed:
        """What was decided and read, as the sealing wants it."""
        return Reviewed(decided=dict(self._decided), read=frozenset(self._known))

    @property
    def left(self) -> int:
        """How many passages nobody has read."""
        return sum(one.key not in self._known for one in self._passages)

    @property
    def replaced(self) -> int:
        """In how many places something else stands."""
        return sum(len(one.marks) for one in self._passages if one.key not in self._decided) + len(self._decided)

    def read_sheet(self) -> None:
        """All on this sheet was read; on to the next that was not."""
        if not self._sheets:
            return
        self._known |= {one.key: one.text for one in self._sheets[self.at]}
        self.editing, self.again = "", False
        order = (*range(self.at + 1, len(self._sheets)), *range(self.at + 1))
        unread = (n for n in order if any(one.key not in self._known for one in self._sheets[n]))
        self.at = next(unread, min(self.at + 1, len(self._sheets) - 1))

    def step(self, by: int) -> None:
        """To another sheet, without having read this one."""
        self.at = min(max(self.at + by, 0), max(len(self._sheets) - 1, 0))
        self.editing = ""

    def edit(self, key: str) -> None:
        """Change the words of a passage; an empty key changes none."""
        self.editing = key

    def decide(self, key: str, words: str | None) -> None:
        """These words go; None goes back to what is suggested."""
        if words is None:
            self._decided.pop(key, None)
        else:
            self._decided[key] = words
        self.editing = ""

    def as_written(self, key: str) -> None:
        """The words go as they stand in the journal."""
        self.decide(key, next(one.text for one in self._passages if one.key == key))

    def shown(self) -> Marks | None:
        """The sheet, for the screen; None where there is nothing to go through."""
        if not self._sheets:
            return None
        rows = tuple(self._row(one) for one in self._sheets[self.at])
        total = len(self._passages)
        return Marks(rows, self.at + 1, len(self._sheets), total - self.left, total, self.editing)

    def _row(self, passage: Passage) -> PassageRow:
        decided = self._decided.get(passage.key)
        return PassageRow(
            passage.key,
            tuple(_stretches(passage)) if decided is None else (MarkedStretch(decided),),
            passage.suggested if decided is None else decided,
            decided is not None,
            self._where.get(passage.key.rsplit("/", 1)[0], ""),
        )


def _sheets(passages: Sequence[Passage]) -> Iterator[tuple[Passage, ...]]:
    sheet: list[Passage] = []
    for one in passages:
        full = sum(len(p.text) for p in sheet) + len(one.text) > LETTERS_ON_A_SHEET
        if sheet and (full or len(sheet) == MOST_ON_A_SHEET):
            yield tuple(sheet)
            sheet = []
        sheet.append(one)
    if sheet:
        yield tuple(sheet)


def _stretches(passage: Passage) -> Iterator[MarkedStretch]:
    at = 0
    for mark in passage.marks:
        if mark.start > at:
            yield MarkedStretch(passage.text[at : mark.start])
        yield MarkedStretch(passage.text[mark.start : mark.end], mark.suggestion, mark.why)
        at = mark.end
    if at < len(passage.text):
        yield MarkedStretch(passage.text[at:])
