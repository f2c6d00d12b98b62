"""What opens the journal: passphrase, recovery key, and the two copies of the key file."""

from __future__ import annotations

from kapjournal.gui.settings.items import Act, Acts, Item, Line, Page, Secret, Section, Spelled, Words
from kapjournal.gui.settings.seen import Seen

CHANGE, SUGGEST, RENEW, TEST, WRITTEN, REPAIR = "change", "suggest", "renew", "test", "written", "repair"
OLD, NEW, AGAIN, FOR_RENEWAL, TYPED_KEY = "old", "new", "again", "for_renewal", "typed_key"

_CANNOT_BE_UNDONE = "This cannot be undone with Ctrl Z."


def page(seen: Seen) -> Page:
    """All in place, no dialogs."""
    return Page((_passphrase(seen), _recovery_key(seen), _key_file(seen)))


def _passphrase(seen: Seen) -> Section:
    strength, suggestion = seen.secrets.strength, seen.secrets.suggestion
    items: list[Item] = [
        Secret(OLD, "Passphrase now"),
        Secret(NEW, "New passphrase", "a few words that only you would put together", hears=True),
    ]
    enough = strength is not None and strength.enough
    items += [
        Words(strength.words if strength else "", "accent" if enough else "mark", "check" if enough else "info"),
        Words(suggestion, "text", "pen-line", strong=True),
        Words("Write these six words down, then type them into both fields." if suggestion else ""),
        Secret(AGAIN, "The same again"),
    ]
    items.append(
        Acts(
            (
                Act(
                    CHANGE,
                    "Changing…" if seen.busy == CHANGE else "Change the passphrase",
                    enabled=not seen.busy,
                    main=True,
                ),
                Act(SUGGEST, "Suggest six words", "key-round"),
            )
        )
    )
    note = f"{_CANNOT_BE_UNDONE} The recovery key stays good. Backups made before keep the old passphrase."
    return Section("Passphrase", "lock", tuple(items), note)


def _recovery_key(seen: Seen) -> Section:
    key = seen.secrets.recovery_key
    items: list[Item] = []
    if key:
        items += [
            Words("Your new recovery key. It is shown only now. Write it on paper, keep it away from this computer, "
                  "and destroy the old print.", "text", "info"),
            Spelled(key),
        ]  # fmt: skip
    items += [
        Line(TYPED_KEY, "Type the key from your paper", seen.value(TYPED_KEY, ""), "spaces and dashes do not matter"),
        Acts((Act(TEST, "Testing…" if seen.busy == TEST else "Test it", "check", enabled=not seen.busy),
              *((Act(WRITTEN, "It is written down"),) if key else ()))),
    ]  # fmt: skip
    if not key:
        items += [
            Secret(FOR_RENEWAL, "Passphrase, for a new key"),
            Acts((Act(RENEW, "Making it…" if seen.busy == RENEW else "Make a new recovery key", "key-round",
                      enabled=not seen.busy),)),
        ]  # fmt: skip
    note = f"It opens the journal if the passphrase is lost. A new one makes the old one useless. {_CANNOT_BE_UNDONE}"
    return Section("Recovery key", "key-round", tuple(items), note)


def _key_file(seen: Seen) -> Section:
    findings = seen.journal.key_file
    items: list[Item] = [
        Words(f.sentence, "accent" if f.whole else "safety", "circle-check" if f.whole else "triangle-alert")
        for f in findings
    ]
    if any(not f.whole for f in findings):
        items.append(
            Acts((Act(REPAIR, "Write both copies anew from the whole one", "rotate-ccw", enabled=not seen.busy),))
        )
    note = "Without a copy of it nobody can read the notes, whoever knows the passphrase. Every backup holds it too."
    return Section("Key file", "file-text", tuple(items), note)
