"""Where the journal lies, its backups, and its last check."""

from __future__ import annotations

from kapjournal.application.back_up import BACKUP_FOLDER, LAST_BACKUP, LAST_CHECK, Noted
from kapjournal.domain.errors import Refused
from kapjournal.gui.settings.items import Act, Acts, Line, Page, Section, Words
from kapjournal.gui.settings.seen import Chosen, Seen, day_text

BACK_UP, CHECK, CHOOSE = "back_up", "check", "backup_folder.choose"

_RESTORE = (
    "A backup is a folder with the date in its name. Choose it on the unlock screen like any journal to look into it, "
    "or make a journal of it again in a new folder with: kapjournal restore BACKUP --to FOLDER. It is opened and "
    "checked before that says “done”, and your present journal is not touched.",
    "It opens with the passphrase and the recovery key that the journal had on the day of the backup.",
)


def page(seen: Seen) -> Page:
    """Backups, checks, and how to bring a backup back."""
    folder = seen.chosen.desk.get(BACKUP_FOLDER) or ""
    return Page(
        (
            Section(
                "Backups",
                "hard-drive",
                (
                    Line(
                        "backup_folder",
                        "Folder for backups",
                        seen.value("backup_folder", folder),
                        "another drive is best; they are encrypted, so a synced folder is fine",
                    ),
                    Acts(
                        (
                            Act(BACK_UP, "Backing up…" if seen.busy == BACK_UP else "Back up now", "hard-drive",
                                main=True, enabled=not seen.busy and bool(seen.value("backup_folder", folder).strip())),
                            Act(CHOOSE, "Choose a folder", "folder-open"),
                        )
                    ),
                    *_noted(seen, LAST_BACKUP, "Backup made", "The last backup failed", "No backup has been made yet."),
                ),
                "With a folder chosen, a backup is made once a day after unlocking. Seven days and four weeks stay. "
                "Each is opened and compared before it counts.",
            ),
            Section(
                "Check of the journal",
                "shield-check",
                (
                    *_noted(seen, LAST_CHECK, "Checked", "Checked, and not all is whole,", "Not checked here yet."),
                    Acts((Act(CHECK, "Checking…" if seen.busy == CHECK else "Check now", "check",
                              enabled=not seen.busy),)),
                ),
                "Every page, every entry and its seal.",
            ),
            Section("Bringing a backup back", "rotate-ccw", tuple(Words(words, "text") for words in _RESTORE)),
            Section("Where the journal lies", "folder-open", _place(seen)),
        )
    )  # fmt: skip


def changed(seen: Seen, key: str, value: str) -> Chosen:
    """Choose another folder; none makes no backups any more."""
    folder = "" if key.endswith(".default") else value.strip()
    if folder and not folder.startswith(("/", "\\")) and folder[1:3] not in {":\\", ":/"}:
        raise Refused("The folder needs its whole path, from the drive on, such as one chosen with the button.")
    if folder and folder.rstrip("/\\") == str(seen.journal.folder).rstrip("/\\"):
        raise Refused("That is the folder of the journal itself. A backup belongs somewhere else.")
    return seen.chosen.laid(BACKUP_FOLDER, folder or None)


def _noted(seen: Seen, place: str, well: str, ill: str, none: str) -> tuple[Words, ...]:
    note: Noted | None = seen.notes.get(place)
    if note is None:
        return (Words(none),)
    when = day_text(note.at, seen.now)
    if note.whole:
        return (Words(f"{well} {when}", "accent", "circle-check"), Words(note.sentence))
    return (Words(f"{ill} {when}", "safety", "triangle-alert"), Words(note.sentence, "text"))


def _place(seen: Seen) -> tuple[Words, ...]:
    journal = seen.journal
    where = Words(str(journal.folder).replace("/", "/\u200b").replace("\\", "\\\u200b"), "text")
    if journal.demo:
        return (where, Words("This is the demo journal; it is deleted when the program ends."))
    if journal.synced_by is None:
        return (where, Words("No cloud service seems to copy this folder."))
    told = (
        f"{journal.synced_by} copies this folder. A journal in use can be damaged by that, and old versions stay on "
        "the server. Close the program, move the folder to one that is not synced, and keep only backups there."
    )
    return (where, Words(told, "mark", "triangle-alert"))
