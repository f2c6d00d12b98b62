"""What a bundle says of itself: its manifest, canonical and signed. docs/bundle-format.md has the whole of it."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from kapjournal.domain.course import Id

FORMAT = "kapjournal-bundle"
VERSION = 1

Words = Annotated[str, StringConstraints(max_length=10_000)]


class Form(StrEnum):
    """What a bundle is meant for."""

    HANDOVER = "handover"  # to a colleague, who may take it into a journal
    CONSULTATION = "consultation"  # de-identified, to be read
    CLIENT = "client"  # the client's own copy, without psychotherapy notes


class _Said(BaseModel):
    """Part of a manifest. What a later version adds is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Sender(_Said):
    """Who sealed it; `key` is a minisign public key."""

    name: Words
    key: Annotated[str, StringConstraints(max_length=64)]


class Recipient(_Said):
    """Whom it is for; `key` is an age recipient (`age1…`), None where a passphrase was made instead."""

    name: Words
    key: Annotated[str | None, StringConstraints(max_length=128)] = None


class Permission(_Said):
    """The client's written authorization to pass private notes on; `until` is the last day it holds."""

    entry: Id
    scope: Words
    to: Words
    until: date | None = None
    signed_on: date


class Letter(_Said):
    """What the one who hands over adds in their own words, for the summary."""

    questions: Words = ""
    helped: Words = ""
    did_not_help: Words = ""
    quotes: tuple[Id, ...] = ()  # entries among those that go, to stand beside the themes


class BundleFile(_Said):
    """One file of the bundle; `role` is reading, records, fhir or readme, and any other is an attachment."""

    path: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    role: Annotated[str, StringConstraints(max_length=40)]


class Contents(_Said):
    """What the one who hands over decides: all of a manifest but the sender and the files."""

    bundle_id: Id
    created: AwareDatetime
    client: Id
    recipients: Annotated[tuple[Recipient, ...], Field(min_length=1, max_length=20)]
    purpose: Words
    form: str = Form.HANDOVER
    record_classes: tuple[str, ...] = ()
    authorization: Permission | None = None
    part_2: bool = False
    counts: dict[str, int] = {}
    supersedes: Id | None = None
    letter: Letter = Letter()
    reviewed: bool | None = None  # of a consultation copy: whether somebody read all of it before sealing


class Manifest(Contents):
    """The whole of `manifest.json`. `min_reader` is the oldest version of the format that may read it."""

    format: Literal["kapjournal-bundle"] = "kapjournal-bundle"
    version: Annotated[int, Field(ge=1)] = VERSION
    min_reader: Annotated[int, Field(ge=1)] = VERSION
    source_journal: Id
    sender: Sender
    files: Annotated[tuple[BundleFile, ...], Field(max_length=200)]

    def to_bytes(self) -> bytes:
        """The file as it is signed."""
        return canonical(self.model_dump(mode="json", exclude_none=True))


def canonical(value: Any) -> bytes:  # noqa: ANN401 - JSON
    """JSON in the one form used here: keys sorted, no spaces, ASCII only, one line feed at the end."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii") + b"\n"
