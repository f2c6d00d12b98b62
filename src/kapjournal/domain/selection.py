"""What leaves the journal, and the record of what has left."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from kapjournal.domain.course import Id, Record


class Disclosure(Record):
    """One handover that was sealed: what went, to whom and why."""

    type: Literal["disclosure"] = "disclosure"
    id: Id
    client: Id
    sealed_at: AwareDatetime
    recipient: str
    purpose: str
    what: str
    authorization: str | None = None
    bundle_id: str
