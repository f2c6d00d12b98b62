"""What the program is, what it protects from and what not, and whose work is in it."""

from __future__ import annotations

from kapjournal import __version__
from kapjournal.gui.settings.items import Item, Page, Section, Words
from kapjournal.gui.settings.seen import Seen

_PROTECTED = (
    "Every page of the journal is encrypted with AES-256. Each guess at the passphrase costs 256 MB of memory.",
    "Nothing is sent anywhere: there is no account, no cloud, and no network code in the program.",
    "A note is called saved only when it is on the disk. A power cut costs a quarter of a second of typing at most.",
    "What is closed is only added to. A removed or changed entry is found by the check.",
)
_NOT_PROTECTED = (
    "A weak passphrase, or one that somebody saw you type.",
    "Other programs and people in your account on this computer while the journal is open.",
    "What the system writes to the disk of its memory. Turn on full-disk encryption.",
    "The loss of passphrase and recovery key together: nobody can read the notes then, and nobody can help.",
    "A disk that fails without a backup somewhere else.",
    "What was handed over: it cannot be called back, and a copy without names may still tell who it is about.",
    "Being made to hand over the passphrase. No deniability is claimed.",
)

# What is shipped inside, by the name of its licence text in LICENSES/.
LICENCES = {
    "OFL-1.1-source-sans.md": ("Source Sans 3", "SIL Open Font License 1.1", "Adobe"),
    "OFL-1.1-source-serif.md": ("Source Serif 4", "SIL Open Font License 1.1", "Adobe"),
    "ISC-lucide.txt": ("Lucide icons", "ISC License", "Lucide Icons and Contributors"),
    "CC-BY-3.0-US-eff-word-list.md": ("EFF large word list", "CC BY 3.0 US", "Joseph Bonneau, EFF"),
    "instruments.md": ("Questionnaires", "each as it says", "their authors"),
    "Apache-2.0-all-minilm.md": ("Word table, after all-MiniLM-L6-v2", "Apache License 2.0", "sentence-transformers"),
    "themes.md": ("Starter themes", "Apache License 2.0", "this project"),
}
_LIBRARIES = (
    ("Qt for Python", "LGPL 3"),
    ("SQLCipher and SQLite", "BSD and public domain"),
    ("PyNaCl and libsodium", "Apache 2.0 and ISC"),
    ("numpy, Jinja2", "BSD"),
    ("pyrage, which is age in Rust", "MIT"),
    ("SQLAlchemy, Alembic, pydantic, platformdirs", "MIT"),
)


def page(seen: Seen) -> Page:
    """In plain words."""
    shipped = [f"{name}: {licence}, by {whose}." for name, licence, whose in LICENCES.values()]
    libraries = [f"{name}: {licence}." for name, licence in _LIBRARIES]
    about: tuple[Item, ...] = (
        Words(f"KAP Journal {__version__}", "text", strong=True),
        Words("An encrypted journal for therapists who work with ketamine. Apache License 2.0, without warranty."),
        Words("It keeps a record. It does not diagnose, advise or raise alarms, and it is no medical device."),
    )
    return Page(
        (
            Section("This program", "info", about),
            Section("What is protected", "shield-check", tuple(Words(w, "text", "check") for w in _PROTECTED)),
            Section("What is not", "triangle-alert", tuple(Words(w, "text", "circle-minus") for w in _NOT_PROTECTED)),
            Section("Whose work is in it", "book-open", tuple(Words(w) for w in (*shipped, *libraries))),
        )
    )
