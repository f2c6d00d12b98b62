"""What the handover screen says: whom it is for, what stays, the four checks, the log. Plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from kapjournal.application.authorize import holds
from kapjournal.application.colleagues import Colleague, Colleagues
from kapjournal.application.hand_over import Preview, Sealed
from kapjournal.domain.bundle import Form, Permission, Recipient
from kapjournal.domain.dates import short_date
from kapjournal.domain.days import day_text
from kapjournal.domain.moment import Moment
from kapjournal.domain.selection import Disclosure, Why
from kapjournal.gui.handover.marking import Marking
from kapjournal.gui.handover.state import Check, Copy, Known, LogLine, Private, Told

_MANY = 100
BY_TELEPHONE = "Opens with a passphrase, told by telephone"
STORY = "A unique story can still tell who someone is, however many names are gone."

FORMS = {
    Copy.COLLEAGUE: Form.HANDOVER,
    Copy.CONSULTATION: Form.CONSULTATION,
    Copy.CLIENT: Form.CLIENT,
    Copy.SUMMARY: Form.HANDOVER,
    Copy.NOTE: Form.HANDOVER,
}
_WHY = {
    Why.PRIVATE: "private",
    Why.OWN_STATE: "of your own state",
    Why.NOT_CHOSEN: "not chosen",
    Why.OTHER_SESSION: "of other sessions",
    Why.PART_STAYS: "about parts that stay",
    Why.OF_THE_JOURNAL: "that concern this journal alone",
}


def counted(number: int, one: str, many: str) -> str:
    """`1 page`, `3 pages`."""
    return f"{number:,} {one if number == 1 else many}"


def key_note(colleague: Colleague | None) -> str:
    """What is known of a key."""
    if colleague is None:
        return BY_TELEPHONE
    if colleague.compared_on is None:
        return "Six words not compared yet"
    return f"Six words compared, {day_text(colleague.compared_on.date())}"


def known_lines(known: Colleagues) -> tuple[Known, ...]:
    """The colleagues to choose from."""
    ordered = sorted(known.known, key=lambda one: one.name.casefold())
    return tuple(Known(one.name, f"{one.words}. {key_note(one)}") for one in ordered)


def stays_text(shown: Preview) -> str:
    """How much stays, for each reason."""
    if not shown.stays:
        return "Nothing of this client’s entries stays."
    return "What stays: " + ", ".join(f"{count:,} {_WHY[why]}" for why, count in shown.staying.items()) + "."


def private_card(
    alias: str, copy: Copy, permission: Permission | None, recipient: str, now: Moment, *, asked: bool
) -> Private:
    """What is said under the tree; `asked` when somebody ticked what may not go."""
    if copy is Copy.CLIENT:
        sentence = "A client’s own copy is the record without psychotherapy notes. None of them can be ticked here."
        return Private("Private notes stay here", sentence)
    if permission is None or holds(permission, recipient, now.at.date()) is not None:
        why = holds(permission, recipient, now.at.date()) if permission else None
        sentence = (
            "They are kept apart from the record. Sending them, even to another treating therapist, needs "
            f"{alias}’s separate written permission."
        )
        refused = "Nothing private was ticked. " if asked else ""
        return Private("Private notes stay here", f"{refused}{why or sentence}", "Record a written permission")
    until = f", until {day_text(permission.until)}" if permission.until else ""
    return Private(
        "A written permission is recorded",
        f"{permission.scope}, to {permission.to}, signed {day_text(permission.signed_on)}{until}. "
        "What you tick goes; nothing is ticked by itself.",
        "Record another",
    )


def checks(
    copy: Copy, recipient: Recipient | None, pages: tuple[int, int], marking: Marking, *, sealed: bool
) -> tuple[Check, ...]:
    """The four things; `pages` are those read and all."""
    read, of = pages
    who = recipient.name.split(",", maxsplit=1)[0] if recipient else "the one it is for"
    opens = "Only the passphrase opens it" if recipient and not recipient.key else "Only their key opens it"
    return (
        _names(copy, marking),
        Check(0 < of == read, f"You read all {of} pages" if of != 1 else "You read the page", f"{read} of {of} read"),
        Check(sealed, "Built and compared", "Every line matched with this preview"),
        Check(sealed, f"Sealed for {who} only", f"{opens}, a receipt stays here"),
    )


def _names(copy: Copy, marking: Marking) -> Check:
    if copy is not Copy.CONSULTATION:
        return Check(True, "Names stay as they are written", "Only a consultation copy replaces them")
    replaced = counted(marking.replaced, "place", "places")
    left = counted(marking.left, "passage", "passages")
    return Check(marking.left == 0, "Names checked", f"{replaced} replaced, {left} left to look at")


def next_says(copy: Copy, marking: Marking, read: int, of: int) -> str:
    """What the main button does."""
    if copy is Copy.CONSULTATION and marking.left:
        return "These are read, the next"
    return "Read the next page" if read < of else "All pages are read"


def seal_says(copy: Copy, may_not: str, unread: int, unmarked: int) -> str:
    """What the other button does, or what it waits for."""
    does = "Save" if copy is Copy.SUMMARY else "Seal"
    if unmarked:
        return f"{does}, after {_short(unmarked, 'passage', 'passages')}"
    if unread and not may_not:
        return f"{does}, after {_short(unread, 'more page', 'more pages')}"
    return "Save the summary" if copy is Copy.SUMMARY else "Seal the bundle"


def _short(number: int, one: str, many: str) -> str:
    """So that it fits on a button."""
    return counted(number, one, many) if number < _MANY else f"{number:,} more"


def preview_title(recipient: str) -> str:
    """What stands over the pages."""
    return f"Exactly what {recipient.split(',', maxsplit=1)[0] or 'they'} will see"


PRINTED = "Noted in the disclosure log as given on paper. Whoever has the pages can read them."


def given_says(name: str) -> str:
    """What is told of a summary that was written."""
    return f"Saved as {name}, and noted in the disclosure log. It is not encrypted: whoever has it can read it."


def log_lines(disclosures: Sequence[Disclosure]) -> tuple[LogLine, ...]:
    """What left, the latest first."""
    ordered = sorted(disclosures, key=lambda one: one.sealed_at, reverse=True)
    return tuple(
        LogLine(one.id, one.recipient, short_date(one.sealed_at.date()), ". ".join(_what(one))) for one in ordered
    )


def _what(one: Disclosure) -> Iterator[str]:
    yield one.what
    if one.purpose:
        yield one.purpose.rstrip(".")
    if one.authorization:
        yield f"With written permission: {one.authorization}"


def log_page(alias: str, disclosures: Sequence[Disclosure], now: Moment) -> str:
    """The disclosure log as a page to print, in simple HTML."""
    rows = "".join(
        f"<p><b>{escape(day_text(one.sealed_at.date()))}, {one.sealed_at:%H:%M}</b><br>"
        f"To: {escape(one.recipient)}<br>{'<br>'.join(escape(line) for line in _what(one))}<br>"
        f"Bundle {escape(one.bundle_id)}</p>"
        for one in sorted(disclosures, key=lambda one: one.sealed_at)
    )
    head = f"<h1>Disclosures, {escape(alias)}</h1><p>Printed {escape(day_text(now.at.date()))}</p>"
    return head + (rows or "<p>Nothing has left this journal.</p>")


def told_sealed(sealed: Sealed) -> Told:
    """What is shown of a sealed bundle."""
    return Told(
        title=f"Sealed for {sealed.disclosure.recipient}",
        path=str(sealed.path),
        size=size_text(sealed.size),
        compared="Opened again and compared: every line matched what you read.",
        words=sealed.words,
        their_words=sealed.recipient_words,
        passphrase=sealed.passphrase or "",
        what=sealed.disclosure.what,
    )


def size_text(size: int) -> str:
    """A size as people say it."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(round(size / 1000), 1)} kB"
