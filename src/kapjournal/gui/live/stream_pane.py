"""The room of the stream, with its scroll bar and the line at its foot."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QScrollBar, QSizePolicy, QWidget

from kapjournal.gui.live.doings import Doings
from kapjournal.gui.live.stream import Stream
from kapjournal.gui.look import Look


class StreamPane(QWidget):
    """Few rows stand at its bottom, next to the field; away from the newest, the foot says how to return."""

    def __init__(self, look: Look, on: Doings, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setMinimumHeight(look.px(24))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.stream = Stream(look, on, self)
        self.foot = self._make_foot()
        # Over the margin of the rows, so that its coming and going never wraps a word anew.
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar.setStyleSheet(f"QScrollBar:vertical {{ width: {look.px(8)}px; }}")  # thinner than elsewhere
        self._bar.valueChanged.connect(self.stream.verticalScrollBar().setValue)
        self.stream.verticalScrollBar().rangeChanged.connect(self._follow)
        self.stream.settled.connect(self._follow)

    def _make_foot(self) -> QPushButton:
        foot = QPushButton(self)
        foot.setFont(self._look.font("small"))
        foot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window, line, quiet = (self._look.colour(role).name() for role in ("window", "line", "text-quiet"))
        foot.setStyleSheet(
            f"QPushButton {{ background: {window}; color: {quiet}; border: none; border-top: 1px solid {line};"
            " min-height: 0;"
            " border-radius: 0; font-weight: 400; }"
        )
        foot.clicked.connect(self.stream.to_newest)
        foot.hide()
        return foot

    def _follow(self) -> None:
        """Bar and foot say where the stream is."""
        true = self.stream.verticalScrollBar()
        self._bar.blockSignals(True)
        self._bar.setRange(true.minimum(), true.maximum())
        self._bar.setPageStep(true.pageStep())
        self._bar.setSingleStep(true.singleStep())
        self._bar.setValue(true.value())
        self._bar.blockSignals(False)
        self._bar.setVisible(true.maximum() > true.minimum())
        if not self.stream.following:
            newer = self.stream.newer
            self.foot.setText(f"{newer} newer, End to return" if newer else "End to return to the newest")
        self.foot.setVisible(not self.stream.following)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything keeps its edge."""
        self.stream.take_room()
        height, width = min(self._look.px(30), self.height()), self._bar.sizeHint().width()
        self.foot.setGeometry(0, self.height() - height, self.width(), height)
        self._bar.setGeometry(self.width() - width, 0, width, self.height())
