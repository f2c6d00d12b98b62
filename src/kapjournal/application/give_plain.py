"""The referral summary as a file that anybody can read: it leaves the journal like a bundle, and is written down so."""

from __future__ import annotations

from pathlib import Path

from kapjournal.application.hand_over import Handover, Preview, recipient_text
from kapjournal.application.ports import Clock, Journal, NewId
from kapjournal.domain.errors import NotSaved, Refused
from kapjournal.domain.selection import Disclosure
from kapjournal.durable import write_private


def give_plain(
    journal: Journal, handover: Handover, shown: Preview, path: Path, content: bytes, clock: Clock, new_id: NewId
) -> Disclosure:
    """Write the summary that was read to a file of its owner's, and write down that it left.

    Raises `Refused` where a rule of the journal forbids it (private notes without a permission), and `NotSaved`; then
    nothing is left, neither a file nor a line in the journal.
    """
    if shown.obstacles:
        raise Refused(" ".join(shown.obstacles) + " Nothing was written.")
    stood = path.read_bytes() if path.is_file() else None
    try:
        write_private(path, content)
    except OSError as error:
        raise NotSaved(
            f"The summary was not written, because {path} could not be ({error.strerror}). Choose another place."
        ) from None
    disclosure = _disclosure(handover, shown, path.suffix.lstrip(".").upper(), clock, new_id)
    try:
        journal.keep(disclosure)
    except BaseException:
        if stood is None:
            path.unlink(missing_ok=True)
        else:
            write_private(path, stood)
        raise
    return disclosure


def _disclosure(handover: Handover, shown: Preview, form: str, clock: Clock, new_id: NewId) -> Disclosure:
    permission = handover.authorization if shown.private else None
    cited = {"authorization": f"{permission.scope} (signed {permission.signed_on.isoformat()})"} if permission else {}
    return Disclosure.model_validate(
        {
            "id": new_id(),
            "client": handover.selection.client,
            "sealed_at": clock.now().at,
            "recipient": recipient_text(handover),
            "purpose": handover.purpose,
            "what": f"Referral summary as {form}, not encrypted",
            "bundle_id": shown.contents.bundle_id,
            **cited,
        }
    )
