"""The sections of the right column while they are written in: what stands, what is typed, what is unfolded."""

from __future__ import annotations

from collections.abc import Mapping

from kapjournal.application.agreements import Sheet, Values
from kapjournal.application.prepare import Preparation
from kapjournal.domain.days import day_text
from kapjournal.gui.prepare.sayings import lines_of, status_of
from kapjournal.gui.prepare.state import SheetState


class Sheets:
    """Holds every section; the presenter says when something is written."""

    def __init__(self) -> None:
        self._preparation: Preparation | None = None
        self._typed: dict[Sheet, Values] = {}  # only what differs from what stands
        self._editing: set[Sheet] = set()
        self._earlier: set[Sheet] = set()
        self._problems: dict[Sheet, str] = {}
        self._versions: dict[Sheet, int] = {}

    def take(self, preparation: Preparation, half_written: Mapping[str, Values]) -> None:
        """Begin with what stands and what was half-written when the screen was left."""
        self._preparation = preparation
        for name, values in half_written.items():
            if name in list(Sheet):
                self._typed[Sheet(name)] = dict(values)
                self.edit(Sheet(name))

    def read(self, preparation: Preparation) -> None:
        """Look at what stands now."""
        self._preparation = preparation

    def _standing(self, sheet: Sheet) -> Values:
        return dict(self._preparation.sheets[sheet].values) if self._preparation else {}

    def values(self, sheet: Sheet) -> Values:
        """The fields as they are typed."""
        return {**self._standing(sheet), **self._typed.get(sheet, {})}

    def value(self, sheet: Sheet, field: str) -> str:
        """One field as it is typed."""
        return self.values(sheet).get(field, "")

    def half_written(self, without: Sheet | None) -> dict[str, Values]:
        """What is typed and not kept, by section."""
        return {sheet.value: values for sheet, values in self._typed.items() if values and sheet is not without}

    def edit(self, sheet: Sheet) -> None:
        """Unfold a section."""
        self._editing.add(sheet)
        self._versions[sheet] = self._versions.get(sheet, 0) + 1

    def typed(self, sheet: Sheet, field: str, text: str) -> bool:
        """Hear a field change; False if nothing did."""
        if self.value(sheet, field) == text:
            return False
        typed = self._typed.setdefault(sheet, {})
        if self._standing(sheet).get(field, "") == text:
            typed.pop(field, None)
        else:
            typed[field] = text
        return True

    def kept(self, sheet: Sheet, values: Values) -> None:
        """Fold a section that was kept, unless more was typed meanwhile."""
        if self.values(sheet) == values:
            self.leave(sheet)

    def leave(self, sheet: Sheet) -> None:
        """Fold a section and forget what was typed into it."""
        self._typed.pop(sheet, None)
        self._editing.discard(sheet)
        self._problems.pop(sheet, None)

    def refuse(self, sheet: Sheet, sentence: str) -> None:
        """Say what does not fit."""
        self._problems[sheet] = sentence

    def show_earlier(self, sheet: Sheet) -> None:
        """Unfold or fold what a section said before."""
        self._earlier ^= {sheet}

    def shown(self) -> tuple[SheetState, ...]:
        """Every section as the view shows it."""
        preparation = self._preparation
        if preparation is None:
            return ()
        missing = frozenset(item.key for item in preparation.items if not item.ready)
        return tuple(self._shown(preparation, sheet, missing) for sheet in Sheet)

    def _shown(self, preparation: Preparation, sheet: Sheet, missing: frozenset[str]) -> SheetState:
        now = preparation.sheets[sheet]
        status, ready = status_of(sheet, now, missing)
        return SheetState(
            sheet,
            lines=lines_of(sheet, now),
            status=status,
            ready=ready,
            values=self.values(sheet),
            version=self._versions.get(sheet, 0),
            editing=sheet in self._editing,
            earlier=tuple((day_text(one.at.date()), one.text) for one in now.earlier),
            earlier_shown=sheet in self._earlier,
            problem=self._problems.get(sheet, ""),
        )
