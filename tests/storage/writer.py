"""A real program that keeps entries until it is stopped: `python -m tests.storage.writer FOLDER [full]`.

It says `ready`, and then the number of every entry once `keep` has returned.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from kapjournal.domain.errors import JournalError
from kapjournal.storage.journal import SqlJournal
from tests.storage.journals import KEYS, entry, store

WORDS = "hands open on the blanket " * 20


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def write_on(journal: SqlJournal) -> None:
    """Forever, settling now and then, so that a kill also falls into the folding of the log."""
    number = len(journal.entries())
    while True:
        journal.put_on_desk("line", f"half of {number}")
        journal.keep(entry(number, WORDS), desk={"line": None})
        say(str(number))
        number += 1
        if number % 40 == 0:
            journal.settle()


def run_out_of_room(journal: SqlJournal, folder: Path) -> None:
    """Under a limit to the size of files, until a write fails; then without it, the same entry again."""
    size = max(file.stat().st_size for file in folder.iterdir())
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 60_000, most))
    number = len(journal.entries())
    first = journal._connect()
    for _ in range(2):  # it goes on failing, with the same sentence
        try:
            while True:
                journal.keep(entry(number, WORDS))
                say(str(number))
                number += 1
        except JournalError as trouble:
            say(f"{type(trouble).__name__}: {trouble.sentence}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    journal.keep(entry(number, WORDS))
    say(str(number))
    say("a fresh connection" if journal._connect() is not first else "the connection that failed")


def main() -> None:
    folder = Path(sys.argv[1])
    journal = store().open(folder, KEYS)
    say("ready")
    if sys.argv[2:] == ["full"]:
        run_out_of_room(journal, folder)
        journal.close()
    elif sys.argv[2:] == ["hold"]:
        sys.stdin.read()
    else:
        write_on(journal)


if __name__ == "__main__":
    main()
