"""What was said around a minute, in each of the sessions that are laid over one another."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapjournal.gui.look import Look
from kapjournal.gui.review.presenter import ReviewPresenter
from kapjournal.gui.review.state import Review
from kapjournal.gui.widgets.button import Button, Variant
from kapjournal.gui.widgets.flow import FlowLayout
from kapjournal.gui.widgets.label import Card, Text
from kapjournal.gui.widgets.row_list import RowData
from kapjournal.gui.widgets.spacing import Column
from kapjournal.gui.widgets.told_rows import ToldRows

WITHIN = (3, 5, 10)  # minutes


class SaidCard(Card):
    """A list by session; Enter goes to the entry on the line."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.title = Text(step="heading")
        self.rows = ToldRows(look, "What was said then, in each session")
        self.choices = {minutes: Button(look, f"± {minutes} min", variant=Variant.CHOICE) for minutes in WITHIN}
        column = Column(look, self, margins=(20, 14, 20, 14), spacing=10)
        column.addWidget(self.title)
        choices = QWidget()
        flow = FlowLayout(look, choices)
        for minutes, button in self.choices.items():
            button.setAccessibleName(f"{minutes} minutes before and after")
            flow.addWidget(button)
        column.addWidget(choices)
        column.addWidget(self.rows)
        column.addStretch(1)

    def bind(self, presenter: ReviewPresenter) -> None:
        """Send what is chosen to the presenter."""
        for minutes, button in self.choices.items():
            button.clicked.connect(lambda _=False, within=minutes: presenter.set_within(within))
        self.rows.taken.connect(lambda key: presenter.choose(key.partition(" ")[0]))

    def show_state(self, state: Review) -> None:
        """Show what stands around the minute."""
        self.title.setText(state.said_title)
        for minutes, button in self.choices.items():
            button.setChecked(minutes == state.within)
        told = [
            RowData(f"{one.id} {place}", one.title, one.note, one.icon, quoted=one.quoted)
            for place, one in enumerate(state.said)
        ]
        self.rows.tell(told)
