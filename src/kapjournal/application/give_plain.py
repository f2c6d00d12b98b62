"""The referral summary, open to anybody, as a file or on paper: it leaves like a bundle, and is written down so."""

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
    _check(shown, "written")
    stood = path.read_bytes() if path.is_file() else None
    try:
        write_private(path, content)
    except OSError as error:
        raise NotSaved(
            f"The summary was not written, because {path} could not be ({error.strerror}). Choose another place."
        ) from None
    form = path.suffix.lstrip(".").upper()
    disclosure = _disclosure(handover, shown, f"as {form}, not encrypted", clock, new_id)
    try:
        journal.keep(disclosure)
    except BaseException:
        if stood is None:
            path.unlink(missing_ok=True)
        else:
            write_private(path, stood)
        raise
    return disclosure


def give_on_paper(journal: Journal, handover: Handover, shown: Preview, clock: Clock, new_id: NewId) -> Disclosure:
    """Write down that the summary that was read leaves on paper; to be called before the printer has it.

    Raises as `give_plain` does, and then nothing is to be printed.
    """
    _check(shown, "printed")
    disclosure = _disclosure(handover, shown, "on paper", clock, new_id)
    journal.keep(disclosure)
    return disclosure


def _check(shown: Preview, done: str) -> None:
    if shown.obstacles:
        raise Refused(" ".join(shown.obstacles) + f" Nothing was {done}.")


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
            "what": f"Referral summary {form}",
            "bundle_id": shown.contents.bundle_id,
            **cited,
        }
    )
