"""What is shown of a session that goes on behind the lock: the time, and the time since the first dose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from kapjournal.domain.moment import Moment, SessionClock, clock_text, since_text
from kapjournal.gui.unlock.view import UnlockView

if TYPE_CHECKING:  # the live view is loaded when there is a session to show
    from kapjournal.gui.live.presenter import LivePresenter


class BehindLock(NamedTuple):
    """The clock of the running session, and where its first dose stands, in seconds."""

    clock: SessionClock
    first_dose_s: float | None


def behind_lock(presenter: LivePresenter | None) -> BehindLock | None:
    """What may still be told once the journal is locked; nothing if no session runs."""
    if presenter is None or not presenter.held.session.running or presenter.held.clock is None:
        return None
    return BehindLock(presenter.held.clock, presenter.held.first_dose_s)


def tell(behind: BehindLock | None, screen: QWidget | None, now: Moment) -> None:
    """Show it on the unlock screen."""
    if behind is None or not isinstance(screen, UnlockView):
        return
    first = behind.first_dose_s
    since = "" if first is None else since_text(behind.clock.seconds(now) - first)
    screen.tell_session(clock_text(now.at), since)
