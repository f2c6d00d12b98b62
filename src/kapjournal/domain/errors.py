"""The world's faults, each with a sentence for the therapist: what happened, what is safe, what to do.

Anything that is not a `JournalError` is a bug and is treated as one (see `crash.py`).
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line answers with (see the command line contract)."""

    DONE = 0
    CHECK_FAILED = 1
    USAGE = 2
    WRONG_KEY = 3
    DAMAGED = 4
    REFUSED = 5
    IN_USE = 6
    NEWER = 7


class JournalError(Exception):
    """Something in the world is not as it should be; `sentence` can be shown as it stands."""

    code = ExitCode.CHECK_FAILED

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class WrongPassphrase(JournalError):
    """The key file is whole and the passphrase does not open it."""

    code = ExitCode.WRONG_KEY


class WrongRecoveryKey(JournalError):
    """The recovery key is mistyped (its checksum fails) or belongs to another journal."""

    code = ExitCode.WRONG_KEY


class KeyFileDamaged(JournalError):
    """Both copies of the key file are damaged or missing."""

    code = ExitCode.DAMAGED


class JournalDamaged(JournalError):
    """The database, or the ledger in it, is not what was written."""

    code = ExitCode.DAMAGED


class JournalInUse(JournalError):
    """Another window or process holds the journal."""

    code = ExitCode.IN_USE


class NewerFormat(JournalError):
    """The journal, key file, or exchange file was made by a newer version of the program."""

    code = ExitCode.NEWER


class NoJournal(JournalError):
    """There is no journal in that folder."""

    code = ExitCode.USAGE


class NotForThisKey(JournalError):
    """The bundle was sealed for another key than the one at hand."""

    code = ExitCode.WRONG_KEY


class BundleDamaged(JournalError):
    """The bundle is not what was sealed: cut short, altered on the way, or rotten."""

    code = ExitCode.DAMAGED


class BundleNotTrusted(JournalError):
    """The bundle opens, and something in it is not as an honest sender would have made it."""

    code = ExitCode.CHECK_FAILED


class NotSaved(JournalError):
    """A write did not reach the disk (full, gone, read-only); the words are still held in memory."""

    code = ExitCode.CHECK_FAILED


class Refused(JournalError):
    """A rule of the journal says no, for example changing an entry of a closed session."""

    code = ExitCode.REFUSED


class BadInput(JournalError):
    """A file or a value from outside does not fit; names file, line and field where there are any."""

    code = ExitCode.CHECK_FAILED
