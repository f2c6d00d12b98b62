"""The words of the command line, and plain sentences for those that do not fit."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from kapjournal import __version__
from kapjournal.domain.errors import ExitCode, JournalError

KINDS_OF_LIST = ("clients", "sessions", "entries", "themes", "parts", "disclosures")
LOOKS = ("day", "dusk", "night")


class Usage(JournalError):
    """The words given do not make a command."""

    code = ExitCode.USAGE


class _Parser(argparse.ArgumentParser):
    """Tells what does not fit as one sentence instead of a usage block."""

    def error(self, message: str) -> NoReturn:
        raise Usage(_sentence(message, self.prog))


class _NeverAnArgument(argparse.Action):
    """What is typed as an argument stays in the shell's history and shows in the list of processes."""

    def __call__(self, *_: object) -> NoReturn:  # nothing of it is looked at
        raise Usage(
            "A passphrase is never typed after the command, where the shell would remember it. Nothing was done. "
            "Leave it out to be asked for it, or name a file with --passphrase-file."
        )


def read(words: Sequence[str] | None) -> argparse.Namespace:
    """The command and its options; `command` is None for the app itself. Raises `Usage`."""
    given = _parser().parse_args(words)
    for name, default in (("vault", None), ("passphrase_file", None), ("json", False), ("demo", False)):
        if not hasattr(given, name):
            setattr(given, name, default)
    return given


def _parser() -> _Parser:
    everywhere = _everywhere()
    parser = _Parser(
        prog="kapjournal",
        description="An encrypted, offline session journal. Without a command it opens the app.",
        parents=[everywhere],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"kapjournal {__version__}")
    _add_demo(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=_Parser)

    def command(name: str, does: str) -> _Parser:
        made = commands.add_parser(name, help=does, description=does, parents=[everywhere], allow_abbrev=False)
        assert isinstance(made, _Parser)
        return made

    _add_windows(command("live", "opens the app in a client's running dosing session, or a new one"))
    _add_tour(command("tour", "drives the real windows through a course without a screen, and saves pictures"))
    command("new", "makes a journal and prints its recovery key once").add_argument("dir", metavar="DIR", type=Path)
    command("import", "takes in a file in the interchange format").add_argument("file", metavar="FILE", type=Path)
    _add_export(command("export", "writes everything as plain files, to take along or to read"))
    _add_list(command("list", "shows what is there"))
    _add_recall(command("recall", "finds earlier notes by theme, by words or like another one, and says why"))
    suggest = command("suggest", "offers themes for a note that is being written")
    suggest.add_argument("--text", metavar="WORDS", required=True)
    suggest.add_argument("--limit", metavar="N", type=_number, default=3)
    backup = command("backup", "makes an encrypted copy in a folder, and opens and checks it before it says done")
    backup.add_argument("dir", metavar="DIR", type=Path, help="the folder that the backups lie in")
    restore = command("restore", "makes a journal of a backup, in an empty folder")
    restore.add_argument("backup", metavar="BACKUP", type=Path, help="a backup, or the folder that they lie in")
    restore.add_argument("--to", metavar="DIR", type=Path, required=True, help="the folder of the new journal")
    verify = command("verify", "checks the whole chain: keys, pages, ledger, counts")
    verify.add_argument("--backup", metavar="FILE", type=Path, help="check this backup in place of the journal")
    verify.add_argument("--bundle", metavar="FILE", type=Path, help="check this sealed bundle in place of the journal")
    _add_way(verify)
    _add_handing(command)
    command("doctor", "shows the versions, the encryption in force, and whether anything lies readable on the disk")
    return parser


def _everywhere() -> _Parser:
    """Options that may stand before the command or after it; those that are not given leave no trace."""
    options = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument("--vault", metavar="DIR", type=Path, help="the journal's folder; without it, the last one")
    options.add_argument("--passphrase-file", metavar="FILE", type=Path, help="a file whose first line opens it")
    options.add_argument("--passphrase", action=_NeverAnArgument, nargs="?", help=argparse.SUPPRESS)
    options.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    return options


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--demo", action="store_true", default=argparse.SUPPRESS, help="on a throwaway journal, deleted at the end"
    )


def _add_handing(command: Callable[[str, str], _Parser]) -> None:
    keys = command("keys", "shows this therapist's public key, signing key and six words")
    keys.add_argument("what", metavar="show", choices=("show",), nargs="?", default="show")
    handoff = command("handoff", "seals part of a client's record for a colleague")
    handoff.add_argument("--client", metavar="ALIAS", required=True)
    handoff.add_argument("--to", metavar="KEY", help="the colleague's key, age1…")
    handoff.add_argument("--new-passphrase", action="store_true", help="make a passphrase to tell by telephone")
    handoff.add_argument("--out", metavar="FILE", type=Path, required=True)
    handoff.add_argument("--sessions", metavar="ID,…", type=_ids, help="these sessions only")
    handoff.add_argument("--with-private", metavar="ENTRY,…", type=_ids, help="these private notes too")
    handoff.add_argument("--authorization", metavar="FILE", type=Path, help="what the client signed")
    handoff.add_argument("--deidentify", action="store_true", help="a consultation copy without names and dates")
    handoff.add_argument("--purpose", metavar="WORDS", help="why it goes")
    handoff.add_argument("--recipient", metavar="NAME", help="whom it is for")
    handoff.add_argument("--sender", metavar="NAME", help="your name or alias; remembered")
    handoff.add_argument("--part-2", action="store_true", help="the record falls under 42 CFR Part 2")
    opening = command("open", "verifies a bundle and shows what is in it")
    opening.add_argument("bundle", metavar="BUNDLE", type=Path)
    opening.add_argument("--out", metavar="DIR", type=Path, help="write its files there, not encrypted")
    _add_way(opening)
    receiving = command("receive", "takes a colleague's bundle into the journal, read-only, labelled with its sender")
    receiving.add_argument("bundle", metavar="BUNDLE", type=Path)
    receiving.add_argument("--words", metavar="WORDS", help="the sender's six words, as you heard them from the sender")
    _add_way(receiving)


def _add_way(parser: _Parser) -> None:
    parser.add_argument("--identity", metavar="FILE", type=Path, help="an age identity that opens the bundle")
    parser.add_argument("--bundle-passphrase-file", metavar="FILE", type=Path, help="a file with its passphrase")


def _ids(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def _add_windows(parser: _Parser) -> None:
    parser.add_argument("--client", metavar="ALIAS", required=True)
    _add_demo(parser)


def _add_tour(parser: _Parser) -> None:
    parser.add_argument("--out", metavar="DIR", type=Path, required=True)
    parser.add_argument("--look", choices=LOOKS)


def _add_export(parser: _Parser) -> None:
    parser.add_argument("dir", metavar="DIR", type=Path)
    parser.add_argument("--plaintext", action="store_true", help="say that it shall not be encrypted")


def _add_list(parser: _Parser) -> None:
    parser.add_argument("what", metavar="|".join(KINDS_OF_LIST), choices=KINDS_OF_LIST)
    parser.add_argument("--client", metavar="ALIAS")
    parser.add_argument("--session", metavar="ID")


def _add_recall(parser: _Parser) -> None:
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("--theme", metavar="NAME", help="notes that speak of a theme")
    asked.add_argument("--like", metavar="ENTRY", help="notes that speak of what an entry speaks of")
    asked.add_argument("--text", metavar="WORDS", help="notes that speak of what these words speak of")
    parser.add_argument("--client", metavar="ALIAS", help="only of this client")
    parser.add_argument("--limit", metavar="N", type=_number, help="the best so many; without it, all that is found")


def _number(given: str) -> int:
    if not given.isdecimal() or not 0 < int(given) <= 1_000_000:
        raise Usage(f"--limit takes a whole number from 1 on, not {_shown(given)}.")
    return int(given)


_CHOICE = re.compile(r"argument (?P<what>\S+): invalid choice: (?P<given>.*) \(choose from (?P<known>.*)\)", re.DOTALL)
_MISSING = re.compile(r"the following arguments are required: (?P<what>.*)")
_ONE_OF = re.compile(r"one of the arguments (?P<what>.*) is required")
_STRAY = re.compile(r"unrecognized arguments: (?P<what>.*)", re.DOTALL)
_VALUE = re.compile(r"argument (?P<what>\S+): expected one argument")


def _sentence(message: str, program: str) -> str:
    """What argparse found, said plainly."""
    ask = f"See {program} --help."
    if found := _CHOICE.match(message):
        known = found["known"].replace("'", "")
        return f"{_shown(found['given'])} is not known here; there are {known}. {ask}"
    if found := _MISSING.match(message):
        return f"{program} needs to be told {found['what']}. {ask}"
    if found := _ONE_OF.match(message):
        return f"{program} needs to be told one of {', '.join(found['what'].split())}. {ask}"
    if found := _STRAY.match(message):
        return f"{program} does not know what to do with {_shown(found['what'])}. {ask}"
    if found := _VALUE.match(message):
        return f"{found['what']} needs something after it. {ask}"
    return f"{program} cannot be asked that way ({message}). {ask}"


def _shown(words: str) -> str:
    text = "".join(c if c.isprintable() else "·" for c in words.strip("'"))
    return f"“{text[:60]}”"
