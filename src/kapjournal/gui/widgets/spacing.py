"""Layouts that keep their distances in step with the text size."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QSpacerItem, QWidget

from kapjournal.gui.look import Look

Margins = tuple[float, float, float, float]  # left, top, right, bottom, in px at 100 %
NO_MARGINS: Margins = (0, 0, 0, 0)


class Box(QBoxLayout):
    """A row or column whose margins, spacing and gaps are given at 100 % and scaled by `restyle`."""

    def __init__(
        self,
        direction: QBoxLayout.Direction,
        look: Look,
        parent: QWidget | None,
        *,
        margins: Margins = NO_MARGINS,
        spacing: float = 0,
    ) -> None:
        super().__init__(direction)
        if parent is not None:
            parent.setLayout(self)
        self._look = look
        self._margins = margins
        self._spacing = spacing
        self._gaps: list[tuple[QSpacerItem, float]] = []
        self.restyle(look)

    def gap(self, length: float) -> None:
        """Leave a fixed distance before what comes next."""
        spacer = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        self._gaps.append((spacer, length))
        self.addSpacerItem(spacer)
        self._size(spacer, length)

    def restyle(self, look: Look) -> None:
        """Take the distances of another text size."""
        self._look = look
        left, top, right, bottom = (look.px(m) for m in self._margins)
        self.setContentsMargins(left, top, right, bottom)
        self.setSpacing(look.px(self._spacing))
        for spacer, length in self._gaps:
            self._size(spacer, length)
        self.invalidate()

    def _size(self, spacer: QSpacerItem, length: float) -> None:
        fixed, free, scaled = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum, self._look.px(length)
        if self.direction() is QBoxLayout.Direction.TopToBottom:
            spacer.changeSize(0, scaled, free, fixed)
        else:
            spacer.changeSize(scaled, 0, fixed, free)


class Column(Box):
    """Things under one another."""

    def __init__(
        self, look: Look, parent: QWidget | None = None, *, margins: Margins = NO_MARGINS, spacing: float = 0
    ) -> None:
        super().__init__(QBoxLayout.Direction.TopToBottom, look, parent, margins=margins, spacing=spacing)


class Row(Box):
    """Things beside one another."""

    def __init__(
        self, look: Look, parent: QWidget | None = None, *, margins: Margins = NO_MARGINS, spacing: float = 0
    ) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, look, parent, margins=margins, spacing=spacing)


def restyle_children(root: QWidget, look: Look) -> None:
    """Hand another look to everything inside `root` that draws or spaces by one."""
    for child in root.findChildren(QObject):
        restyle = getattr(child, "restyle", None)
        if callable(restyle):
            restyle(look)
