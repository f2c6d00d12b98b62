"""What a screen reader says when an entry joins the stream: politely and briefly, and not at all if turned off."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from kapjournal.gui.live.state import Row

BRIEF = 24  # characters; longer words are not read aloud into the room


def logged(row: Row) -> str:
    """Such as `logged, Tears, 44 minutes`."""
    words = "".join(span.text for span in row.spans).strip().rstrip(".")
    what = words if row.bar != "private" and 0 < len(words) <= BRIEF else row.label
    return ", ".join(part for part in ("logged", what, since_in_words(row.since)) if part)


def announce(source: QObject, row: Row) -> None:
    """Say it, without interrupting what is being said."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, logged(row)))


def since_in_words(since: str | None) -> str:
    """`0:45` as a screen reader should say it: 45 minutes."""
    if since is None:
        return ""
    sign = "minus " if since.startswith("-") else ""
    hours, _, minutes = since.removeprefix("-").partition(":")
    parts = [f"{int(hours)} hours" if int(hours) else "", f"{int(minutes or 0)} minutes"]
    return sign + " ".join(part for part in parts if part)
