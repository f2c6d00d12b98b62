"""What was typed into the windows is readable in no file that the program wrote, also after a kill and after a bug."""

from __future__ import annotations

import base64
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kapjournal import cli
from kapjournal.application.open_vault import open_journal
from kapjournal.application.start_session import draft_place, running_session
from tests.journeys.stage import parts
from tests.trust import acts
from tests.trust.playing import play

WORDS = (
    *(acts.ENTRY_CANARY, acts.DRAFT_CANARY, acts.BUG_CANARY, acts.ALIAS_CANARY, acts.THEME_CANARY),
    *(acts.PASSPHRASE_CANARY, acts.PASSPHRASE_CANARY.split()[0]),
)


def forms(word: str) -> Iterator[bytes]:
    """How a word may lie in a file without being encrypted."""
    for spelled in {word, word.lower(), word.upper(), word.casefold()}:
        yield from (spelled.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"))
        yield from (spelled[::-1].encode(), quote(spelled).encode(), spelled.encode("ascii", "backslashreplace"))
        yield spelled.encode().hex().encode()
        for shift in range(3):  # base64 looks different at each place in a group of three; its ends are left out
            yield base64.b64encode(b"\0" * shift + spelled.encode())[4:-4]


def readable(place: Path, words: tuple[str, ...] = WORDS) -> dict[str, set[str]]:
    """The words that can be read in files below a place, or in their names, and where."""
    found: dict[str, set[str]] = {}
    for path in place.rglob("*"):
        content = str(path.relative_to(place)).encode() + b"\n" + (path.read_bytes() if path.is_file() else b"")
        for word in words:
            if any(form in content for form in forms(word)):
                found.setdefault(word, set()).add(str(path.relative_to(place)))
    return found


@pytest.fixture
def computer(tmp_path: Path) -> dict[str, str]:
    """A computer whose every folder that a program may write to lies in one that is searched."""
    places = {
        "HOME": "home", "TMPDIR": "tmp", "XDG_RUNTIME_DIR": "run", "XDG_CONFIG_HOME": "home/.config",
        "XDG_CACHE_HOME": "home/.cache", "XDG_DATA_HOME": "home/.local/share", "XDG_STATE_HOME": "home/.local/state",
    }  # fmt: skip
    made = {name: tmp_path / "computer" / folder for name, folder in places.items()}
    for folder in made.values():
        folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    return {**{name: str(folder) for name, folder in made.items()}, "KAPJOURNAL_HOME": ""}


def test_the_search_finds_what_is_readable(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text(f"sees a {acts.ENTRY_CANARY} fall", "utf-8")
    (tmp_path / "sixteen").write_text(f"sees a {acts.DRAFT_CANARY} fall", "utf-16-le")
    (tmp_path / "escaped").write_text(f"a%20{quote(acts.THEME_CANARY)}", "utf-8")
    (tmp_path / "json").write_text(f'"{acts.BUG_CANARY.encode("ascii", "backslashreplace").decode()}"', "utf-8")
    (tmp_path / "coded").write_bytes(base64.b64encode(f"is {acts.ALIAS_CANARY} there".encode()))
    found = readable(tmp_path)
    assert found == {
        acts.ENTRY_CANARY: {"plain"},
        acts.DRAFT_CANARY: {"sixteen"},
        acts.THEME_CANARY: {"escaped"},
        acts.BUG_CANARY: {"json"},
        acts.ALIAS_CANARY: {"coded"},
    }


@pytest.mark.parametrize("ending", ["kill", "quit"])
def test_nothing_typed_is_readable_anywhere_but_in_an_export(
    tmp_path: Path, computer: dict[str, str], ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "computer"
    folder = place / "home" / "practice.kapvault"
    ends = -signal.SIGKILL if ending == "kill" else 0
    played = play("canary", folder, ending, environment=computer, cwd=place, ends=ends)
    recovery_key = played.facts["recovery_key"]

    assert readable(place, (*WORDS, recovery_key)) == {}
    names = {path.name for path in place.rglob("*") if path.is_file()}
    assert {"vault.db", "vault.keys", "vault.keys.bak", "settings.json"} <= names
    assert sum(name.startswith("crash-") for name in names) == 2, "both bugs were reported"
    told = played.printed.replace(recovery_key.encode(), b"", 1)  # what the act itself prints
    told = told.replace(f"half a {acts.DRAFT_CANARY}!".encode("ascii", "backslashreplace"), b"", 1)
    assert [word for word in (*WORDS, recovery_key) if any(form in told for form in forms(word))] == []
    assert played.facts["title"] == "KAP Journal"

    was_kept(folder)
    assert readable(place, (*WORDS, recovery_key)) == {}
    monkeypatch.setattr(cli, "forbid_core_dumps", lambda: None)  # it is this process that runs the other tests
    export_is_found(folder, tmp_path)


def was_kept(folder: Path) -> None:
    """Everything that was searched for is in the journal."""
    p = parts()
    journal = open_journal(p.keys, p.journals, folder, acts.PASSPHRASE_CANARY).journal
    session = running_session(journal)
    assert session is not None
    assert [acts.ENTRY_CANARY in entry.text for entry in journal.entries()][:1] == [True]
    assert acts.DRAFT_CANARY in (journal.desk(draft_place(session.id)) or "")
    assert [client.alias for client in journal.clients()] == [acts.ALIAS_CANARY]
    assert [theme.name for theme in journal.themes()] == [acts.THEME_CANARY]
    journal.close()


def export_is_found(folder: Path, place: Path) -> None:
    """The control: what is meant to be readable is found, where it lies."""
    passphrase = place / "passphrase"
    passphrase.write_text(acts.PASSPHRASE_CANARY, "utf-8")
    words = ["--vault", str(folder), "--passphrase-file", str(passphrase)]
    assert cli.main([*words, "export", str(place / "export"), "--plaintext"]) == 0
    found = readable(place / "export")
    assert {acts.ENTRY_CANARY, acts.ALIAS_CANARY, acts.THEME_CANARY} <= found.keys()
