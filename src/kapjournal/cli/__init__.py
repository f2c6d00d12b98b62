"""The command line: a thin side door to the use cases.

The result goes to standard output, everything else to standard error, and trouble is one plain sentence with the
exit code of its kind. Nothing here ever prints a traceback: it could carry words that somebody wrote.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from kapjournal import crash, paths
from kapjournal.cli.arguments import Usage, read
from kapjournal.cli.commands import COMMANDS
from kapjournal.cli.output import Output
from kapjournal.domain.errors import ExitCode, JournalError
from kapjournal.machine import forbid_core_dumps

# What shells expect of a program that was stopped from the keyboard.
INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; `words` are those after the program's name. Returns the exit code."""
    given_words = sys.argv[1:] if words is None else words
    out = Output(as_json="--json" in given_words)
    forbid_core_dumps()
    try:
        given = read(given_words)
        code = COMMANDS[given.command](given, out)
        out.finish()
    except JournalError as trouble:
        out.aside(trouble.sentence)
        return int(trouble.code)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # somebody had seen enough, as in `kapjournal list entries | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.DONE)
    except OSError as error:
        out.aside(
            f"The computer did not allow it: {error.filename or 'a file'} ({error.strerror}). Nothing more was done."
        )
        return int(ExitCode.CHECK_FAILED)
    except Exception as error:  # noqa: BLE001 - the edge: nothing may pass it as a traceback
        out.aside(_told(error))
        return int(ExitCode.CHECK_FAILED)
    return code


def _told(error: Exception) -> str:
    sentence = "Something went wrong that the program did not foresee. What was shown as saved is saved."
    try:
        report = crash.write_report(paths.folders().crash_reports, error)
    except OSError:
        return sentence
    return f"{sentence} A report without any of your words is in {report}."


__all__ = ["Usage", "main"]
