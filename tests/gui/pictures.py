"""Grabs the first screens in every look and size, to be looked at: `python tests/gui/pictures.py FOLDER`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from tests.fakes.tasks import InlineTasks
from tests.fakes.timer import FakeTimer
from tests.gui.prepared import Room

from kapjournal.application.agreements import Sheet
from kapjournal.application.due import Facts
from kapjournal.application.look_over import Overview, RunningNow
from kapjournal.domain.course import Client, Session, SessionKind
from kapjournal.domain.moment import Moment
from kapjournal.gui.home.presenter import HomePresenter, HomeUses
from kapjournal.gui.home.view import HomeView
from kapjournal.gui.look import NAMES, Look, apply_look, load_fonts, load_look
from kapjournal.gui.unlock.presenter import KnownJournal, Made, Page, Strength, UnlockPresenter, UnlockUses
from kapjournal.gui.unlock.view import UnlockView

JOURNALS = (
    KnownJournal(Path("/d/practice.kapvault"), "My practice", "Documents, practice.kapvault. Last opened yesterday"),
    KnownJournal(Path("/u/copies.kapvault"), "Supervision copies", "USB drive “Blue”. Not plugged in", there=False),
)


def wrong(*_: object) -> NoReturn:
    from kapjournal.domain.errors import WrongPassphrase

    raise WrongPassphrase(
        "That passphrase does not open this journal. Check Caps Lock, or use the recovery key. Nothing was changed."
    )


def unlock_uses(journals: tuple[KnownJournal, ...] = JOURNALS) -> UnlockUses[str]:
    return UnlockUses(
        known_journals=lambda: journals,
        open=wrong,
        recover=wrong,
        make=lambda _f, _p: Made("open", "K7QM-2XVT-9HDR-4BNC-W8EJ-6GPZ-3YAS-5FKM-TQ2D-8VHX"),
        test_recovery=lambda _f, _k: True,
        suggest=lambda: "lantern orbit velvet canyon thimble heron",
        strength=lambda text: Strength("Strong: six words at random.", enough=len(text) > 20),
        cloud_folder=lambda _f: "Dropbox",
        open_demo=wrong,
        entered=lambda _o: None,
    )


def unlock(look: Look, then: Callable[[UnlockView, UnlockPresenter[str]], None]) -> QWidget:
    view = UnlockView(look)
    presenter = UnlockPresenter(unlock_uses(), InlineTasks(), view, Path("/home/therapist/Dropbox/Documents"))
    view.bind(presenter)
    presenter.start()
    then(view, presenter)
    return view


def opening(view: UnlockView, _presenter: UnlockPresenter[str]) -> None:
    view.open_page.passphrase.setText("sixteen letters.")
    view.open_page.caps.show()


def making(_view: UnlockView, presenter: UnlockPresenter[str]) -> None:
    presenter.turn_to(Page.MAKE)
    presenter.suggest()


def key(view: UnlockView, presenter: UnlockPresenter[str]) -> None:
    making(view, presenter)
    words = "lantern orbit velvet canyon thimble heron"
    presenter.make(words, words)


def home(look: Look, overview: Overview) -> QWidget:
    view = HomeView(look)
    nothing = lambda *_: None  # noqa: E731
    uses = HomeUses(lambda: overview, wrong, nothing, nothing, wrong)
    presenter = HomePresenter(uses, InlineTasks(), StillClock(), FakeTimer(), view)
    view.bind(presenter)
    presenter.start()
    return view


class StillClock:
    def now(self) -> Moment:
        return Moment(at=datetime(2026, 2, 26, 14, 7, tzinfo=UTC), tick_s=0, boot="b")


def people() -> Overview:
    clients = tuple(Client(id=name, alias=name) for name in ("Wren", "M.K.", "Heron", "Sol", "Alder"))
    at = datetime(2026, 2, 26, 13, 0, tzinfo=UTC)
    kinds = (SessionKind.PREPARATION, SessionKind.DOSING, SessionKind.INTEGRATION, SessionKind.DOSING)
    past = tuple(
        Session(
            id=f"s{n}",
            client="Wren",
            kind=kind,
            number=n // 2 + 1,
            started_at=at - timedelta(days=40 - n * 7),
            ended_at=at - timedelta(days=40 - n * 7),
            closed_at=at,
        )
        for n, kind in enumerate(kinds)
    )
    running = Session(id="run", client="Wren", kind=SessionKind.DOSING, number=3, started_at=at)
    sessions = (*past, running)
    facts = tuple(Facts(c, None, tuple(s for s in sessions if s.client == c.id), ()) for c in clients)
    return Overview(facts, RunningNow(running))


def prepare(look: Look, then: Callable[[Room], None] = lambda _: None, *, filled: bool = True) -> QWidget:
    room = Room(look, filled=filled)
    room.view.room = room  # type: ignore[attr-defined]
    then(room)
    return room.view


def preparing(room: Room) -> None:
    area = room.view.fields.areas["enough"]
    area.setFocus()
    area.setPlainText("One breath all the way out. #le")
    area.moveCursor(QTextCursor.MoveOperation.End)


def comparing(room: Room) -> None:
    room.presenter.show_versions()
    room.presenter.compare_with("1")


def agreeing(room: Room) -> None:
    for sheet in (Sheet.TOUCH, Sheet.CONSENT):
        room.presenter.edit_sheet(sheet)
    room.presenter.bring_in()


SCREENS: dict[str, Callable[[Look], QWidget]] = {
    "unlock": lambda look: unlock(look, opening),
    "wrong": lambda look: unlock(look, lambda _v, p: p.open("x")),
    "make": lambda look: unlock(look, making),
    "recover": lambda look: unlock(look, lambda _v, p: p.turn_to(Page.RECOVER)),
    "key": lambda look: unlock(look, key),
    "home": lambda look: home(look, people()),
    "empty": lambda look: home(look, Overview()),
    "prepare": lambda look: prepare(look, preparing),
    "versions": lambda look: prepare(look, comparing),
    "agreements": lambda look: prepare(look, agreeing),
    "unprepared": lambda look: prepare(look, filled=False),
}


def main(folder: Path, only: tuple[str, ...]) -> None:
    app = QApplication([])
    load_fonts()
    for name in NAMES:
        for scale, width, height in ((1.0, 1440, 900), (1.0, 1280, 720), (2.0, 1440, 900)):
            look = load_look(name, scale)
            apply_look(app, look)
            for screen, make in SCREENS.items():
                if only and screen not in only:
                    continue
                widget = make(look)
                widget.resize(width, height)
                widget.show()
                widget.activateWindow()
                app.processEvents()
                focus = app.focusWidget()
                if focus is not None and hasattr(focus, "suggested"):
                    focus.moveCursor(QTextCursor.MoveOperation.End)
                app.processEvents()
                app.processEvents()
                widget.grab().save(str(folder / f"{screen}-{name}-{width}-{scale:g}.png"))
                widget.close()
                widget.deleteLater()


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    main(out, tuple(sys.argv[2:]))
