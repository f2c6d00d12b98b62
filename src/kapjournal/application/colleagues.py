"""Whose keys are known: each colleague by name, with the six words that were compared, on the desk.

A key is trusted by comparing its words once, over the telephone or side by side. After that a bundle that names the
same person or the same journal and is signed by another key is told loudly, and nothing of it is taken in unasked.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from kapjournal.application.ports import Journal, OpenedBundle, Sealer
from kapjournal.domain.errors import Refused

PLACE = "colleagues"
OWN_NAME = "own_name"  # as the next bundle is signed


class Colleague(BaseModel):
    """Somebody whose key is known.

    `recipient` is where to seal to (`age1…`); `compared_on` is when the words were compared, None as long as they were
    not. `signing_key` and `journal` are known once a bundle came from them.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    recipient: str
    words: str
    compared_on: AwareDatetime | None = None
    signing_key: str | None = None
    journal: str | None = None


class Colleagues(BaseModel):
    """Everybody whose key is known."""

    model_config = ConfigDict(frozen=True)

    known: tuple[Colleague, ...] = ()

    def named(self, name: str) -> Colleague | None:
        """The colleague of that name, whatever its case."""
        return next((one for one in self.known if _same(one.name, name)), None)

    def with_(self, colleague: Colleague) -> Colleagues:
        """With this one added, or in place of the one of the same name."""
        others = tuple(one for one in self.known if not _same(one.name, colleague.name))
        return Colleagues(known=(*others, colleague))


class Trust(StrEnum):
    """What is known of the key that signed a bundle."""

    COMPARED = "compared"
    SEEN = "seen"  # the same key as before, whose words were not compared yet
    FIRST = "first"
    CHANGED = "changed"  # another key than the one known for this person or this journal


class Signed(NamedTuple):
    """Whether the one who signed is known, and the sentence that says so."""

    trust: Trust
    sentence: str


def colleagues(journal: Journal) -> Colleagues:
    """Everybody whose key is known; a note that cannot be read is told as nobody."""
    try:
        return Colleagues.model_validate_json(journal.desk(PLACE) or "{}")
    except ValidationError:
        return Colleagues()


def remember(
    journal: Journal, sealer: Sealer, name: str, key: str, compared_on: AwareDatetime | None = None
) -> Colleague:
    """Keep a colleague by an `age1…` key that was pasted; raises `BadInput` for a key that is mistyped.

    Raises `Refused` where another key is known under that name, unless the words of the new one were compared.
    """
    if not name.strip():
        raise Refused("A colleague needs a name or an alias. Nothing was kept.")
    before = colleagues(journal).named(name)
    words = sealer.words_of(key)
    if before is not None and before.words != words and compared_on is None:
        raise Refused(
            f"Another key is known for {before.name}: {before.words}. Compare the words of the new one first."
        )
    same = before is not None and before.words == words
    colleague = Colleague(
        name=name.strip(),
        recipient=key.strip().lower(),
        words=words,
        compared_on=compared_on or (before.compared_on if before and same else None),
        signing_key=before.signing_key if before and same else None,
        journal=before.journal if before and same else None,
    )
    keep(journal, colleague)
    return colleague


def own_name(sealer: Sealer) -> str:
    """What a bundle is signed with until the therapist gives a name: the own six words, which are nobody else's."""
    return f"a therapist (six words: {sealer.own.words})"


def keep(journal: Journal, colleague: Colleague) -> None:
    """Put a colleague on the desk."""
    journal.put_on_desk(PLACE, colleagues(journal).with_(colleague).model_dump_json())


def signed_by(journal: Journal, opened: OpenedBundle) -> Signed:
    """What is known of the key that signed a bundle."""
    sender = opened.manifest.sender
    known = colleagues(journal).known
    same = [one for one in known if opened.words == one.words]
    other = [one for one in known if _same(one.name, sender.name) or one.journal == opened.manifest.source_journal]
    if any(one.compared_on for one in same):
        on = next(one for one in same if one.compared_on)
        also = "" if _same(on.name, sender.name) else f" You know this key as {on.name}’s."
        return Signed(Trust.COMPARED, f"Signed by {sender.name}, whose six words you compared.{also}")
    if same:
        return Signed(Trust.SEEN, f"Signed by {sender.name} with the key you know, whose words were not compared yet.")
    if other:
        return Signed(
            Trust.CHANGED,
            f"This bundle says that it is from {sender.name}, and it is signed by another key than the one you know. "
            f"The words you know are “{other[0].words}”; these are “{opened.words}”. Call {other[0].name} before you "
            "believe anything in it.",
        )
    return Signed(
        Trust.FIRST,
        f"Signed by {sender.name}, whose key is new to you. Ask them to read out their six words: “{opened.words}”.",
    )


def colleague_of(sealer: Sealer, opened: OpenedBundle, compared_on: AwareDatetime | None) -> Colleague:
    """The sender of a bundle, as a colleague to answer to."""
    sender = opened.manifest.sender
    return Colleague(
        name=sender.name,
        recipient=sealer.recipient_of(sender.key),
        words=opened.words,
        compared_on=compared_on,
        signing_key=sender.key,
        journal=opened.manifest.source_journal,
    )


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
