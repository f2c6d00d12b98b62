"""The ground of a screen: a column in the middle that scrolls when the window is small or the text large."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QFrame, QScrollArea, QSizePolicy, QWidget

from kapjournal.gui.look import Look

_IN_SIGHT = 100  # px above and below what has the focus

FolderChooser = Callable[[QWidget, str, Path], Path | None]


class Scrolled(QScrollArea):
    """Lets what is in it scroll up and down, never sideways, and keeps what has the focus in sight."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isAncestorOf(new):
            # After the layout has settled: what took the focus may only just have been shown.
            QTimer.singleShot(0, new, lambda: self._bring(new))

    def _bring(self, widget: QWidget) -> None:
        part = getattr(widget, "in_sight", None)  # of something tall, what is to be seen of it
        if callable(part):
            self.bring(widget, part())
        else:
            self.ensureWidgetVisible(widget, 0, _IN_SIGHT)

    def bring(self, widget: QWidget, part: QRect) -> None:
        """Scroll so that a part of a widget inside can be seen."""
        inside = self.widget()
        if inside is not None:
            middle = widget.mapTo(inside, part.center())
            self.ensureVisible(middle.x(), middle.y(), 0, part.height() // 2 + _IN_SIGHT)


class Measure(QWidget):
    """A column no wider than reads well."""

    def __init__(self, look: Look, width: float) -> None:
        super().__init__()
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.restyle(look)

    def restyle(self, look: Look) -> None:
        """Take the width of another text size."""
        self._look = look
        self.setMaximumWidth(look.px(self._width))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as allowed."""
        return QSize(self._look.px(self._width), super().sizeHint().height())


def choose_folder(look_name: str) -> FolderChooser:
    """The chooser of the system; in Night the program's own, since the system's is bright."""

    def choose(parent: QWidget, title: str, start: Path) -> Path | None:
        options = QFileDialog.Option.ShowDirsOnly
        if look_name == "night":
            options |= QFileDialog.Option.DontUseNativeDialog
        chosen = QFileDialog.getExistingDirectory(parent, title, str(start), options)
        return Path(chosen) if chosen else None

    return choose
