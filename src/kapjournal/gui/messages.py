"""How trouble is told: in place, in one plain sentence, without codes, blame or exclamation marks.

Plain Python, since presenters use it. What the world did wrong brings its own sentence (`JournalError`); anything
else is a mistake of the program and gets one that is true whatever happened, because every line is saved as it is
typed. The error itself belongs to the crash report (see `crash.py`), never to the screen.
"""

from __future__ import annotations

from typing import NamedTuple

from kapjournal.domain.errors import JournalError

UNEXPECTED = (
    "Something went wrong in the program and it could not finish this. Your words are saved. "
    "Please try again; if it happens again, close the journal and open it anew."
)

UNSAVED_BEHIND_LOCK = (
    "What you wrote last could not be saved and is held here. Open the journal again to save it; "
    "closing the window once more loses it."
)


class Message(NamedTuple):
    """A sentence for a banner, with the colour role it is told in."""

    sentence: str
    role: str = "text"


def trouble(error: Exception) -> Message:
    """What to tell about an error."""
    return Message(error.sentence if isinstance(error, JournalError) else UNEXPECTED, "safety")
