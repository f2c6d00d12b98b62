"""Where the passphrase comes from: a file that was named, or the keyboard; never an argument."""

from __future__ import annotations

import getpass
import os
import warnings
from pathlib import Path

from kapjournal.cli.arguments import Usage

VARIABLE = "KAPJOURNAL_PASSPHRASE_FILE"


def from_file(named: Path | None) -> str | None:
    """The first line of the file that was named, or that the environment names; None if neither does."""
    path = named or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if path is None:
        return None
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise Usage(f"The passphrase file {path} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise Usage(f"The passphrase file {path} is not text.") from None
    if not lines or not lines[0]:
        raise Usage(f"The first line of the passphrase file {path} is empty.")
    return lines[0]


def ask(named: Path | None) -> str:
    """The passphrase that opens a journal."""
    return from_file(named) or _typed("Passphrase: ")


def ask_new(named: Path | None) -> str:
    """The passphrase of a journal to be made; typed twice, for a slip would lock it for good."""
    given = from_file(named)
    if given is not None:
        return given
    first = _typed("New passphrase: ")
    if _typed("The same again: ") != first:
        raise Usage("The two passphrases differ. Nothing was made; try again.")
    return first


def _typed(prompt: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)  # it would echo what is typed
            typed = getpass.getpass(prompt)
    except (getpass.GetPassWarning, EOFError):
        raise Usage(
            "There is no terminal here to ask for the passphrase. Put it in a file that only you can read and name "
            f"that with --passphrase-file or {VARIABLE}."
        ) from None
    if not typed:
        raise Usage("No passphrase was typed. Nothing was done.")
    return typed
