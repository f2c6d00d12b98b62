"""What each command does: asks the use cases and says what came of it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from kapjournal import paths, settings
from kapjournal.app import Parts, compose, machine, recall_of, starter_themes
from kapjournal.application.back_up import back_up
from kapjournal.application.check_journal import Examined, examine, verify_journal
from kapjournal.application.open_vault import make_journal, open_journal
from kapjournal.application.ports import Finding, Journal, Keys
from kapjournal.application.restore import check_backup, found_backup, restore
from kapjournal.cli import listing, passphrase
from kapjournal.cli.arguments import Usage
from kapjournal.cli.output import Output
from kapjournal.cloud import cloud_folder
from kapjournal.domain.errors import ExitCode, JournalError

# What hands over and what recalls is loaded when it is wanted: the windows start by way of this file.
# ruff: noqa: PLC0415

NOT_ENCRYPTED = "This copy is NOT encrypted: whoever has these files can read every note, private ones included."


def vault(given: argparse.Namespace) -> Path:
    """The journal's folder: named, or opened last, or where one is made by default."""
    if given.vault is not None:
        return Path(given.vault).absolute()
    folders = paths.folders()
    return settings.load(folders.settings_file).settings.last_journal or folders.default_journal


@contextmanager
def opened(given: argparse.Namespace, out: Output) -> Iterator[tuple[Journal, Parts]]:
    """The journal, open for as long as it is needed."""
    with opened_with_keys(given, out) as (journal, parts, _):
        yield journal, parts


def receive_bundle(given: argparse.Namespace, out: Output) -> ExitCode:
    """A colleague's bundle, taken in."""
    from kapjournal.cli import handing

    with opened_with_keys(given, out) as (journal, parts, keys):
        return handing.receive_bundle(given, out, handing.way(given, lambda: keys), journal, parts, keys)


@contextmanager
def opened_with_keys(given: argparse.Namespace, out: Output) -> Iterator[tuple[Journal, Parts, Keys]]:
    """The journal with its keys, for what is sealed or opened."""
    parts, folder = compose(), vault(given)
    _require_journal(folder)
    journal, notices, keys = open_journal(
        parts.keys, parts.journals, folder, passphrase.ask(given.passphrase_file), cloud_folder
    )
    try:
        for notice in notices:
            out.aside(notice)
        yield journal, parts, keys
    finally:
        journal.close()


def keys_alone(given: argparse.Namespace) -> Keys:
    """The keys of the journal, which stays closed."""
    folder = vault(given)
    _require_journal(folder)
    return compose().keys.unlock(folder, passphrase.ask(given.passphrase_file))


def show_keys(given: argparse.Namespace, out: Output) -> ExitCode:
    """The therapist's public keys."""
    from kapjournal.cli import handing

    return handing.show_keys(keys_alone(given), out)


def hand_over(given: argparse.Namespace, out: Output) -> ExitCode:
    """A sealed bundle for a colleague."""
    from kapjournal.cli import handing

    with opened_with_keys(given, out) as (journal, parts, keys):
        return handing.hand_over(given, out, journal, parts, keys)


def open_bundle(given: argparse.Namespace, out: Output) -> ExitCode:
    """What is in a bundle; with the journal's own key, whether its sender is known too."""
    from kapjournal.cli import handing

    if given.identity is not None or given.bundle_passphrase_file is not None:
        return handing.open_bundle(given, out, handing.way(given, lambda: keys_alone(given)))
    with opened_with_keys(given, out) as (journal, _, keys):
        return handing.open_bundle(given, out, handing.way(given, lambda: keys), journal)


def _require_journal(folder: Path) -> None:
    """Before anybody types a passphrase."""
    if not folder.is_dir():
        raise Usage(f"There is no journal in {folder}. Name its folder with --vault, or make one with kapjournal new.")


def new(given: argparse.Namespace, out: Output) -> ExitCode:
    """A new journal, and its recovery key, once."""
    if given.vault is not None:
        raise Usage("kapjournal new takes the folder alone: kapjournal new DIR. Leave out --vault.")
    parts, folder = compose(), given.dir.absolute()
    made = make_journal(parts.keys, parts.journals, folder, passphrase.ask_new(given.passphrase_file), cloud_folder)
    made.journal.close()
    for notice in made.notices:
        out.aside(notice)
    _remember(folder, parts)
    out.answer(
        {"journal": str(folder), "recovery_key": made.recovery_key},
        [
            f"The journal is in {folder}.",
            "",
            f"Recovery key: {made.recovery_key}",
            "",
            "It opens the journal if the passphrase is forgotten, and is shown this once. Write it down or print it,",
            "and keep it away from this computer. Without passphrase and recovery key nobody can read the notes.",
        ],
    )
    return ExitCode.DONE


def _remember(folder: Path, parts: Parts) -> None:
    """Let the first journal of a computer be the one that opens; a later one does not push itself forward."""
    place = paths.folders().settings_file
    known = settings.load(place).settings
    if known.last_journal is None:
        with suppress(OSError):  # the journal stands all the same
            settings.save(place, known.opened(folder.name, folder, parts.clock.now().at))


def import_file(given: argparse.Namespace, out: Output) -> ExitCode:
    """A file in the interchange format, whole or not at all."""
    from kapjournal.application.import_records import import_records

    if given.file.is_dir() or not given.file.exists():
        raise Usage(f"There is no file {given.file} to import.")
    with opened(given, out) as (journal, _):
        done = import_records(journal, given.file, out.progress("checking"))
    counts = {"new": done.new, "changed": done.changed, "same": done.same}
    said = [f"{_spoken(count)} {_WERE[name]}." for name, count in counts.items() if count]
    out.answer({"file": str(given.file), **counts}, said or ["There was nothing in the file."])
    return ExitCode.DONE


_WERE = {"new": "taken in", "changed": "changed", "same": "stood already"}


def export(given: argparse.Namespace, out: Output) -> ExitCode:
    """Everything, readable to anybody."""
    from kapjournal.application.export_records import export_records

    if not given.plaintext:
        raise Usage("An export is not encrypted. If that is what you want, say so: kapjournal export DIR --plaintext.")
    folder = given.dir.absolute()
    if service := cloud_folder(folder):
        out.aside(f"{folder} seems to be synced by {service}: what is written there leaves this computer readable.")
    with opened(given, out) as (journal, parts):
        done = export_records(journal, folder, parts.clock, out.progress("writing"))
    files = [str(file) for file in (done.records_file, done.reading_file, done.own_file) if file is not None]
    if out.as_json:
        out.aside(NOT_ENCRYPTED)
    out.answer(
        {"files": files, "records": done.records, "encrypted": False},
        [f"{_spoken(done.records) or 'No records'} written to:", *(f"  {file}" for file in files), NOT_ENCRYPTED],
    )
    return ExitCode.DONE


def list_records(given: argparse.Namespace, out: Output) -> ExitCode:
    """What is there."""
    with opened(given, out) as (journal, _):
        rows = listing.rows(journal, given.what, given.client, given.session)
    out.answer(rows, listing.lines(given.what, rows))
    return ExitCode.DONE


def recall(given: argparse.Namespace, out: Output) -> ExitCode:
    """Earlier notes, with the reason."""
    from kapjournal.cli import recalling

    with opened(given, out) as (journal, _):
        rows = recalling.recalled(journal, recall_of(journal), starter_themes(), given)
    out.answer(rows, recalling.lines(rows))
    return ExitCode.DONE


def suggest(given: argparse.Namespace, out: Output) -> ExitCode:
    """Themes for a note that is being written."""
    from kapjournal.cli import recalling

    with opened(given, out) as (journal, _):
        rows = recalling.suggested(journal, recall_of(journal), starter_themes(), given)
    out.answer(rows, recalling.suggested_lines(rows))
    return ExitCode.DONE


def backup(given: argparse.Namespace, out: Output) -> ExitCode:
    """An encrypted copy, opened and checked."""
    into = given.dir.absolute()
    with opened(given, out) as (journal, parts):
        done = back_up(journal, parts.keys, vault(given), into, parts.clock, make_folder=True)
    gone = [str(path) for path in done.removed]
    said = [f"Done. {done.sentence}", f"  {done.backup}"]
    if gone:
        said.append(f"{_of(len(gone), 'earlier backup')} made way: the last 7 days and 4 weeks that have one stay.")
    out.answer({"backup": str(done.backup), "whole": True, "records": done.counts, "removed": gone}, said)
    return ExitCode.DONE


def bring_back(given: argparse.Namespace, out: Output) -> ExitCode:
    """A journal made of a backup."""
    parts, found = compose(), found_backup(given.backup.absolute())
    words = passphrase.ask(given.passphrase_file)
    done = restore(parts.keys, parts.journals, found, given.to.absolute(), words, out.progress("checking"))
    out.answer(
        {"journal": str(done.folder), "backup": str(done.backup), "whole": True, "records": done.counts},
        [
            f"Done: {_spoken(done.counts) or 'no records'}, opened and checked.",
            f"  from {done.backup}",
            f"  to   {done.folder}",
        ],
    )
    return ExitCode.DONE


def verify(given: argparse.Namespace, out: Output) -> ExitCode:
    """The whole chain, of the journal or of a backup."""
    from kapjournal.cli import handing

    if given.bundle is not None:
        return handing.verify_bundle(given, out, handing.way(given, lambda: keys_alone(given)))
    parts = compose()
    folder = vault(given) if given.backup is None else found_backup(given.backup.absolute())
    _require_journal(folder)
    words, progress = passphrase.ask(given.passphrase_file), out.progress("checking")
    if given.backup is None:
        findings = verify_journal(parts.keys, parts.journals, folder, words, progress, parts.clock)
    else:
        findings = check_backup(parts.keys, parts.journals, folder, words, progress).findings
        out.aside(f"Checking {folder}")
    whole = all(finding.whole for finding in findings)
    out.answer(
        {"whole": whole, "findings": [finding._asdict() for finding in findings]},
        [*_told(findings), "Everything is whole." if whole else "Not everything is whole; see above."],
    )
    return ExitCode.DONE if whole else ExitCode.DAMAGED


def doctor(given: argparse.Namespace, out: Output) -> ExitCode:
    """What keeps the journal private on this computer."""
    parts, folder = compose(), vault(given)
    _require_journal(folder)
    words = passphrase.ask(given.passphrase_file)
    found = examine(
        lambda: open_journal(parts.keys, parts.journals, folder, words).journal, machine(folder, paths.folders())
    )
    well = all(finding.whole for finding in found.findings)
    document = {
        "well": well,
        "versions": dict(found.versions),
        "encryption": dict(found.encryption),
        "places": {name: str(path) for name, path in found.places.items()},
        "findings": [finding._asdict() for finding in found.findings],
    }
    out.answer(document, _examined(found))
    return ExitCode.DONE if well else ExitCode.CHECK_FAILED


def _examined(found: Examined) -> Iterator[str]:
    told = {**found.versions, **found.encryption, **{name: str(path) for name, path in found.places.items()}}
    for name, value in told.items():
        yield f"{name:<18} {value}"
    yield ""
    yield from _told(found.findings)


def _told(findings: tuple[Finding, ...]) -> Iterator[str]:
    return (f"{'ok     ' if finding.whole else 'TROUBLE'}  {finding.sentence}" for finding in findings)


def app(given: argparse.Namespace, out: Output) -> int:
    """The windows; `live` goes straight into a client's session."""
    if out.as_json:
        raise Usage("--json goes with a command; the app itself prints nothing.")
    run_app = _late("kapjournal.app", "run_app")
    words = passphrase.from_file(given.passphrase_file)
    folder = None if given.demo else vault(given)
    client, bundle = getattr(given, "client", None), getattr(given, "open_bundle", None)
    return ExitCode(run_app(vault=folder, passphrase=words, demo=given.demo, live_client=client, bundle=bundle))


def tour(given: argparse.Namespace, _: Output) -> int:
    """The windows, driven without a screen."""
    run_tour = _late("kapjournal.tour", "run_tour")
    return run_tour(out=given.out.absolute(), look=given.look)


def _late(module: str, name: str) -> Callable[..., int]:
    """Windows are imported only when they are wanted: the command line works where Qt cannot be loaded."""
    try:
        found: Any = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise JournalError(
            f"The windows cannot be opened on this computer ({error}). The journal is untouched, and the other "
            "commands work: see kapjournal --help."
        ) from None
    return found  # type: ignore[no-any-return]


def _of(number: int, what: str) -> str:
    return f"One {what}" if number == 1 else f"{number} {what}s"


def _spoken(counts: dict[str, int]) -> str:
    """`1 client, 339 entries`."""
    total = Counter(counts)
    plural = {"entry": "entries", "part": "parts"}
    return ", ".join(f"{n} {t if n == 1 else plural.get(t, t + 's')}" for t, n in total.items() if n)


COMMANDS: dict[str | None, Callable[[argparse.Namespace, Output], int]] = {
    None: app,
    "live": app,
    "tour": tour,
    "new": new,
    "import": import_file,
    "export": export,
    "list": list_records,
    "recall": recall,
    "suggest": suggest,
    "backup": backup,
    "restore": bring_back,
    "verify": verify,
    "doctor": doctor,
    "keys": show_keys,
    "handoff": hand_over,
    "open": open_bundle,
    "receive": receive_bundle,
}
