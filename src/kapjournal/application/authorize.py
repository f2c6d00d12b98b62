"""The client's written authorization to pass private notes on (45 CFR 164.508): an agreement like the others."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from kapjournal.application.amend import take_back
from kapjournal.application.changes import Changes
from kapjournal.application.ports import Journal, NewId
from kapjournal.domain.bundle import Permission
from kapjournal.domain.days import day_text
from kapjournal.domain.entry import Action, AgreementDetails, Entry, Kind
from kapjournal.domain.errors import Refused

ABOUT = "authorization"


class Signed(NamedTuple):
    """What the paper says."""

    scope: str
    to: str
    signed_on: date
    until: date | None = None  # the last day it holds


def record_authorization(journal: Journal, new_id: NewId, client: str, signed: Signed, at: datetime) -> Permission:
    """Keep what the client signed; returns it as a bundle cites it. The same paper twice is one entry.

    Raises `Refused` where it does not say what, to whom and when, or was signed later than today.
    """
    if not signed.scope.strip() or not signed.to.strip():
        raise Refused("An authorization says what may be passed on and to whom. Fill in both. Nothing was recorded.")
    if signed.signed_on > at.date():
        raise Refused(f"{day_text(signed.signed_on)} is still to come: it cannot have been signed then.")
    for known in authorizations(journal, client):
        if (known.scope, known.to, known.signed_on, known.until) == signed_as_kept(signed):
            return known
    details = AgreementDetails(
        about=ABOUT, allowed=signed.scope.strip(), to=signed.to.strip(), until=signed.until, signed_on=signed.signed_on
    )
    entry = Entry(id=new_id(), client=client, kind=Kind.AGREEMENT, text="", noticed_at=at, details=details)
    journal.keep(entry)
    return _permission(entry, details)


def signed_as_kept(signed: Signed) -> tuple[str, str, date, date | None]:
    """The words of the paper as they are kept."""
    return signed.scope.strip(), signed.to.strip(), signed.signed_on, signed.until


def authorizations(journal: Journal, client: str) -> tuple[Permission, ...]:
    """Every authorization of a client that was not taken back, oldest first; those from elsewhere do not count."""
    revoked = {a.entry for a in journal.amendments(client, [Kind.AGREEMENT]) if a.action is Action.RETRACTION}
    return tuple(
        _permission(entry, entry.details)
        for entry in journal.entries(client, [Kind.AGREEMENT])
        if isinstance(entry.details, AgreementDetails)
        and entry.details.about == ABOUT
        and entry.details.signed_on is not None
        and entry.id not in revoked
        and entry.origin is None
    )


def revoke(journal: Journal, new_id: NewId, permission: Permission, at: datetime, reason: str | None = None) -> Changes:
    """The client took it back; from now on it allows nothing."""
    return take_back(journal, new_id(), at, permission.entry, reason)


def holds(permission: Permission, recipient: str, on: date) -> str | None:
    """Why an authorization does not allow a handover to somebody on some day, as a sentence; None where it does."""
    if permission.until is not None and permission.until < on:
        return f"The authorization held until {day_text(permission.until)}. Have a new one signed."
    if permission.signed_on > on:
        return f"The authorization was signed on {day_text(permission.signed_on)}, which is still to come."
    if permission.to.strip().casefold() != recipient.strip().casefold():
        return f"The authorization names {permission.to}, and this handover is for {recipient or 'somebody unnamed'}."
    return None


def _permission(entry: Entry, details: AgreementDetails) -> Permission:
    assert details.signed_on is not None
    return Permission(
        entry=entry.id,
        scope=details.allowed or "",
        to=details.to or "",
        until=details.until,
        signed_on=details.signed_on,
    )
