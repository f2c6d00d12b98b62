"""The middle of the integration screen: the notes that came back, and folded under them those that are less certain."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTransform
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from kapjournal.gui.integrate.note_list import NoteList
from kapjournal.gui.integrate.state import Integrate, Order
from kapjournal.gui.look import Look
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Hairline, Text
from kapjournal.gui.widgets.spacing import Column, Row

_ROOM_FOR_ALL = 330  # px at 100 % of height


class Fold(QWidget):
    """A row that unfolds with Right, Enter or a click, and folds with Left."""

    turned = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._unfolded = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._title = Text("Possibly related, different wording", wrap=True)
        self._note = Text(step="small", role="text-quiet", wrap=True)
        box = Row(look, self, margins=(52, 12, 26, 12))
        words = QWidget()
        flow = FlowLayout(look, words, spacing=10)
        for text in (self._title, self._note):
            text.setWordWrap(False)
            text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            flow.addWidget(text)
        words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        box.addWidget(words, 1)

    def tell(self, note: str, *, unfolded: bool) -> None:
        """Say how many there are."""
        self._unfolded = unfolded
        self._note.setText(note)
        state = "unfolded, Left folds" if unfolded else "folded, Right unfolds"
        self.setAccessibleName(f"Possibly related, different wording, {note}, {state}")
        self.setVisible(bool(note))
        self.update()

    def say_note(self, *, shown: bool) -> None:
        """How many there are is seen where there is room; it is always heard."""
        self._note.setVisible(shown)

    def restyle(self, look: Look) -> None:
        """Draw in the colours of another look."""
        self._look = look
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a hairline and the chevron."""
        look, painter = self._look, QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, look.colour("line"))
        chevron = look.pixmap("chevron-right", "text", 18)
        if self._unfolded:
            chevron = chevron.transformed(QTransform().rotate(90))
        painter.drawPixmap(look.px(26), (self.height() - look.px(18)) // 2, chevron)

    def mousePressEvent(self, event: object) -> None:
        """Turn."""
        self.turned.emit(not self._unfolded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Right unfolds, Left folds, Enter and Space do either."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.turned.emit(not self._unfolded)
        elif event.key() in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.turned.emit(event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)


class Middle(QWidget):
    """Title, order, the list, and the folded tier."""

    ordered = Signal(object)
    everyone = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._unfolded = False
        self.title = Text(step="screen", wrap=True)
        self.counted = Text(role="text-quiet", wrap=True)
        self.order = QComboBox()
        self.order.setAccessibleName("Order of the notes")
        for order in Order:
            self.order.addItem(order.value, order)
        self.order.activated.connect(lambda at: self.ordered.emit(self.order.itemData(at)))
        self.all = Button(look, "All clients", variant=Variant.CHOICE)
        self.all.setAccessibleName("Ask all clients instead of this one")
        self.all.clicked.connect(self.everyone)
        self.empty = Text(role="text-quiet", wrap=True)
        self.search_all = Button(look, "Search all clients", icon="search")
        self.search_all.clicked.connect(lambda: self.everyone.emit(True))
        self.notes = NoteList(look, "Notes, exactly as written. B belongs, N not this, H hides, Enter opens")
        self.fold = Fold(look)
        self.related = NoteList(look, "Possibly related notes, less certain. B belongs, N not this, H hides")
        self.legend = Text(step="caption", role="text-quiet", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        look = self._look
        self._column = Column(look, self)
        head = QWidget()
        row = Row(look, head, margins=(26, 16, 26, 6), spacing=12)
        words = Column(look, spacing=2)
        words.addWidget(self.title)
        words.addWidget(self.counted)
        row.addLayout(words, 1)
        row.addWidget(self.all, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.order, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(head)
        self._nothing = QWidget()
        nothing = Column(look, self._nothing, margins=(26, 10, 26, 10), spacing=14)
        nothing.addWidget(self.empty)
        nothing.addWidget(self.search_all, 0, Qt.AlignmentFlag.AlignLeft)
        nothing.addStretch(1)
        self._column.addWidget(self._nothing, 1)
        self._column.addWidget(self.notes, 3)
        self._column.addWidget(self.fold)
        self._column.addWidget(self.related, 2)
        foot = QWidget()
        beneath = Column(look, foot)
        beneath.addWidget(Hairline())
        legend = Column(look, margins=(26, 6, 26, 8))
        legend.addWidget(self.legend)
        beneath.addLayout(legend)
        self._foot = foot
        self._column.addWidget(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the notes have it; what tags stands in the list of keys as well."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        room = self.height() >= self._look.px(_ROOM_FOR_ALL)
        self._foot.setVisible(room and bool(self.legend.text()))
        self.counted.setVisible(room and bool(self.counted.text()))
        self.fold.say_note(shown=room)

    def show_state(self, state: Integrate, wanted: str) -> None:
        """Show what came back; with nothing asked only the sentence."""
        self.title.setText(state.title)
        self.title.setVisible(bool(state.title))
        self.counted.setText(state.counted)
        self.counted.setVisible(bool(state.counted))
        self.order.setVisible(state.may_order)
        self.order.setCurrentIndex(self.order.findData(state.order))
        self.all.setVisible(state.may_ask_everyone)
        self.all.setChecked(state.everyone)
        self.empty.setText(state.empty)
        self.search_all.setVisible(state.may_search_all)
        self._nothing.setVisible(bool(state.empty))
        self.notes.setVisible(bool(state.rows))
        self.notes.show_rows(state.rows, wanted)
        self.fold.tell(state.related_note, unfolded=state.unfolded)
        self.related.setVisible(state.unfolded and bool(state.related))
        self.related.show_rows(state.related, wanted)
        self.legend.setText(state.legend)
        self._make_room()
        if state.unfolded != self._unfolded:
            self._unfolded = state.unfolded
            self._follow_fold()

    def _follow_fold(self) -> None:
        """The focus goes with what was opened, and back to the row when it is folded."""
        if self._unfolded:
            self.related.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.related.hasFocus() or not self.related.isVisible():
            self.fold.setFocus(Qt.FocusReason.OtherFocusReason)

    def listening(self) -> NoteList:
        """The list that the keys speak of."""
        return self.related if self.related.hasFocus() else self.notes

    def restyle(self, look: Look) -> None:
        """Take another look."""
        self._look = look
