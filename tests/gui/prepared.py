"""A preparation to look at: one client with a course behind her, over a journal in memory."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

from PySide6.QtWidgets import QWidget
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer

from kapjournal.application.agreements import Sheet
from kapjournal.application.keep_intentions import Changed, keep_words
from kapjournal.application.prepare import Desk, HalfWritten, begin_preparation, keep_sheet
from kapjournal.domain.course import Client, Course, Limits, Route, Session, SessionKind
from kapjournal.domain.entry import Entry, Kind, MeasureDetails
from kapjournal.domain.intention import Words
from kapjournal.domain.label import Part, Tag, TagState, Theme
from kapjournal.gui.look import Look
from kapjournal.gui.prepare.presenter import PreparePresenter
from kapjournal.gui.prepare.uses import prepare_uses
from kapjournal.gui.prepare.view import PrepareView

TODAY = datetime(2026, 2, 24, 10, 30, tzinfo=timezone(timedelta(hours=-5)))
WREN = Client(id="wren", alias="Wren")


class Room:
    """The screen with everything behind it; `view` stands at its first state."""

    def __init__(self, look: Look, *, filled: bool = True, said: Path | None = None) -> None:
        self.clock, self.timer, self.ids = FakeClock(TODAY), FakeTimer(), FakeIds()
        self.journal = FakeJournal(self.clock)
        self.tasks = InlineTasks()
        self.went: list[str] = []
        self.printed: list[str] = []
        self.journal.keep(WREN, Theme(id="letting", name="letting go"), Theme(id="trust", name="Trust"))
        self.desk = Desk(self.journal, self.clock, self.ids, "wren")
        if filled:
            self.fill()
        self.said = said
        self.enter(look)

    def enter(self, look: Look) -> None:
        """Open the screen (anew)."""
        self.view = PrepareView(
            look, alone=True, choose=lambda *_: self.said, to_printer=lambda html, _: self.printed.append(html)
        )
        self.presenter = self.make(self.view)
        self.view.bind(self.presenter)
        self.presenter.start(WREN)

    def make(self, view: QWidget) -> PreparePresenter:
        uses = prepare_uses(
            self.journal, self.clock, self.ids,
            leave=lambda: self.went.append("back"), open_session=self.went.append,
        )  # fmt: skip
        return PreparePresenter(uses, self.tasks, self.timer, view)  # type: ignore[arg-type]

    def fill(self) -> None:
        """Two sessions behind her, an integration, and most of what is agreed."""
        ago = TODAY - timedelta(days=17)
        journal = self.journal
        journal.keep(
            Course(id="c", client="wren", route=Route.IM, dose_range="60 mg, booster up to 30 mg",
                   measures_every_days=30, vitals_schedule=(0, 20, 60), limits=Limits(systolic=160, diastolic=100)),
            Part(id="planner", client="wren", name="Planner"),
            Session(id="d2", client="wren", course="c", kind=SessionKind.DOSING, number=2,
                    started_at=ago - timedelta(days=2), ended_at=ago - timedelta(days=2), closed_at=ago),
            Session(id="i2", client="wren", kind=SessionKind.INTEGRATION, number=2, started_at=ago, closed_at=ago),
            Entry(id="q", client="wren", session="i2", kind=Kind.QUOTE, noticed_at=ago,
                  text="The list is how I stayed. If I put it down, who notices I’m here?"),
            Tag(entry="q", theme="letting", state=TagState.ACCEPTED),
            Tag(entry="q", part="planner", state=TagState.ACCEPTED),
            *(
                Entry(id=name, client="wren", kind=Kind.MEASURE, text=name, noticed_at=TODAY,
                      details=MeasureDetails(instrument=name, total=total))
                for name, total in (("PHQ-9", 9), ("GAD-7", 8), ("PCL-5", 29))
            ),
        )  # fmt: skip
        nothing = HalfWritten()
        for sheet, values in SHEETS.items():
            keep_sheet(self.desk, sheet, values, nothing)
        begin_preparation(self.desk)
        for hope in ("To stop bracing.", "To stop bracing. To let someone be kind to me."):
            keep_words(self.desk, [Changed("one", Words(hope, "That I’ll disappear."))], nothing)
            self.clock.pass_(360)
        keep_words(self.desk, [Changed("one", INTENTION)], nothing)


INTENTION = Words(
    hope="To stop bracing. To let someone be kind to me without paying for it.",
    fear="That I’ll disappear and nobody will notice. That I’ll say something about Nana I can’t take back.",
    enough="One breath all the way out.",
)
SHEETS = {
    Sheet.TOUCH: {
        "allowed": "Hand only, when Wren asks. No shoulders, no holding.",
        "stop_word": "harbour",
        "stop_gesture": "left palm raised",
    },
    Sheet.SAFETY: {
        "danger": "going silent with held breath\n“it’s pointless”",
        "ask": "friend J. 555-0177",
        "ride": "friend J., at 16:30",
        "prescriber": "Dr. L. 555-0142",
    },
    Sheet.CLEARANCE: {"cleared": "60 mg IM, one booster up to 30 mg, given by the clinic nurse.", "on": "20 February"},
    Sheet.SETTING: {"room": "mat by the window, grey blanket, eyeshades", "music": "“Low Tide”, no voices"},
    Sheet.CONSENT: {
        "treatment": "Signed.", "treatment_on": "8 January", "treatment_version": "3",
        "notes": "Signed.", "notes_on": "8 January",
    },
    Sheet.HELPS: {"helps": "“Hearing the clock. Being told what day it is.”"},
    Sheet.PARTS: {"parts": "@Planner agrees to sit nearby\n@Watcher unsure"},
}  # fmt: skip
