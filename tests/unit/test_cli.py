"""The command line: words in, one answer out, and a sentence with the right code for every trouble."""

from __future__ import annotations

import getpass
import io
import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest

from kapjournal import app, cli, paths
from kapjournal.application.back_up import LAST_CHECK, noted
from kapjournal.application.ports import Keys
from kapjournal.cli import commands, output
from kapjournal.domain.errors import JournalDamaged, JournalInUse, NewerFormat
from kapjournal.storage.journal import SqlJournal
from kapjournal.storage.store import SqlJournals
from kapjournal.vault.document import LEAST_MEMORY
from kapjournal.vault.keyfile import Cost, KeyFile
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds

WORDS = "harbour lantern pebble quiet meadow seven"
LINES: tuple[dict[str, Any], ...] = (
    {"type": "client", "id": "c", "alias": "Wren"},
    {"type": "client", "id": "o", "alias": "Heron"},
    {"type": "theme", "id": "t", "name": "Grief"},
    {"type": "theme", "id": "u", "name": "Music"},
    {"type": "part", "id": "p", "client": "c", "name": "Guard"},
    {"type": "session", "id": "s", "client": "c", "kind": "dosing", "started_at": "2026-03-02T10:00:00-05:00"},
    {"type": "session", "id": "h", "client": "o", "kind": "preparation"},
    {"type": "entry", "id": "d", "client": "c", "session": "s", "kind": "dose", "text": "",
     "noticed_at": "2026-03-02T10:10:00-05:00", "details": {"amount_mg": 60}},
    {"type": "entry", "id": "e", "client": "c", "session": "s", "kind": "observation", "text": "a tear\n\x1b[31m\u202e",
     "noticed_at": "2026-03-02T10:55:00-05:00"},
    {"type": "entry", "id": "f", "client": "o", "kind": "note", "text": "called", "noticed_at": "2026-03-02T10:55:00Z"},
    {"type": "tag", "entry": "e", "theme": "t", "state": "accepted"},
    {"type": "tag", "entry": "e", "part": "p", "state": "accepted"},
    {"type": "tag", "entry": "e", "theme": "u", "state": "rejected"},
    {"type": "amendment", "id": "a", "entry": "f", "action": "retraction", "written_at": "2026-03-02T11:55:00Z"},
    {"type": "disclosure", "id": "x", "client": "c", "sealed_at": "2026-03-03T11:55:00Z", "recipient": "Dr K",
     "purpose": "care", "what": "one session", "bundle_id": "b"},
)  # fmt: skip


class Answer(NamedTuple):
    """What one run of the program said."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the program in a home of its own, with cheap keys."""
    (tmp_path / "words").write_text(WORDS + "\n")
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    monkeypatch.setenv("KAPJOURNAL_PASSPHRASE_FILE", str(tmp_path / "words"))
    monkeypatch.chdir(tmp_path)
    clock = FakeClock()
    parts = app.Parts(clock, FakeIds(), KeyFile(cost=Cost(memory=LEAST_MEMORY, passes=2)), SqlJournals(clock))
    monkeypatch.setattr(commands, "compose", lambda: parts)

    def run_words(*words: object) -> Answer:
        capsys.readouterr()
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run_words


@pytest.fixture
def journal(run: Run, tmp_path: Path) -> Path:
    """A journal with a little of everything, which is the last one opened."""
    assert run("new", tmp_path / "journal").code == 0
    path = tmp_path / "little.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES))
    assert run("import", path).code == 0
    return tmp_path / "journal"


def one_sentence(answer: Answer, code: int) -> str:
    """The trouble, which is all that was said."""
    assert answer.code == code, answer
    assert answer.out == ""
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err
    return answer.err.strip()


def test_new_shows_the_recovery_key_once_and_never_the_passphrase(run: Run, tmp_path: Path) -> None:
    answer = run("new", tmp_path / "j", "--json")
    assert answer.code == 0
    key = answer.document["recovery_key"]
    assert answer.document["journal"] == str(tmp_path / "j")
    assert len(key) > 30
    assert WORDS not in answer.out + answer.err
    assert key not in run("verify").out


def test_the_first_journal_is_the_one_that_opens_and_a_second_does_not_push_itself_forward(
    run: Run, journal: Path, tmp_path: Path
) -> None:
    assert run("new", tmp_path / "second").code == 0
    assert len(run("list", "clients", "--json").document) == 2
    assert run("--vault", tmp_path / "second", "list", "clients", "--json").document == []


def test_new_never_touches_a_journal_that_is_there(run: Run, journal: Path) -> None:
    before = {path: path.read_bytes() for path in journal.iterdir()}
    assert "already" in one_sentence(run("new", journal), 5)
    assert {path: path.read_bytes() for path in journal.iterdir()} == before


def test_a_short_passphrase_makes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "short").write_text("tiny\n")
    assert "too short" in one_sentence(run("new", tmp_path / "j", "--passphrase-file", "short"), 5)
    assert not (tmp_path / "j").exists()


def test_import_says_what_it_did_and_then_that_nothing_was_new(run: Run, journal: Path, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text('{"type": "theme", "id": "v", "name": "Sea"}\n' + json.dumps(LINES[0]))
    assert run("import", "more.jsonl").out == "1 theme taken in.\n1 client stood already.\n"
    again = run("--json", "import", "more.jsonl").document
    assert again == {"file": "more.jsonl", "new": {}, "changed": {}, "same": {"theme": 1, "client": 1}}


def test_a_bad_line_is_one_sentence_and_changes_nothing(run: Run, journal: Path, tmp_path: Path) -> None:
    bad = {**LINES[8], "id": "z", "noticed_at": "2026-03-02T10:14:07"}
    (tmp_path / "bad.jsonl").write_text(
        json.dumps({"type": "theme", "id": "v", "name": "Sea"}) + "\n" + json.dumps(bad)
    )
    assert one_sentence(run("import", "bad.jsonl", "--json"), 1) == (
        "bad.jsonl, line 2: noticed_at needs a time with an offset, like 2026-03-02T10:14:07-05:00."
        " Nothing was imported."
    )
    assert {row["id"] for row in run("list", "themes", "--json").document} == {"t", "u"}


def test_a_file_of_a_newer_version_has_its_own_code(run: Run, journal: Path, tmp_path: Path) -> None:
    (tmp_path / "new.jsonl").write_text('{"type": "header", "format": "kapjournal-interchange", "version": 2}\n')
    assert "newer version" in one_sentence(run("import", "new.jsonl"), 7)


def test_export_has_to_be_told_that_it_is_not_encrypted_and_says_so_itself(run: Run, journal: Path) -> None:
    assert "--plaintext" in one_sentence(run("export", "out"), 2)
    assert not Path("out").exists()
    answer = run("export", "out", "--plaintext")
    assert answer.code == 0
    assert "NOT encrypted" in answer.out
    assert {path.name for path in Path("out").iterdir()} == {"journal.jsonl", "journal.html"}
    assert "not empty" in one_sentence(run("export", "out", "--plaintext"), 5)
    as_json = run("export", "out2", "--plaintext", "--json")
    assert as_json.document["encrypted"] is False
    assert as_json.document["records"]["entry"] == 3
    assert "NOT encrypted" in as_json.err


def test_lists_hold_the_fields_and_what_is_worked_out(run: Run, journal: Path) -> None:
    entries = {row["id"]: row for row in run("list", "entries", "--json").document}
    assert entries["e"]["noticed_at"] == "2026-03-02T10:55:00-05:00"
    assert entries["e"]["since_dose_s"] == 45 * 60
    assert (entries["e"]["themes"], entries["e"]["parts"]) == (["Grief"], ["Guard"])
    assert entries["d"]["details"] == {"amount_mg": 60}
    assert entries["f"]["since_dose_s"] is None
    assert entries["f"]["retracted"] is True
    assert [told["id"] for told in entries["f"]["amendments"]] == ["a"]
    assert [(row["name"], row["entries"]) for row in run("list", "themes", "--json").document] == [
        ("Grief", 1),
        ("Music", 0),
    ]
    sessions = run("list", "sessions", "--json").document
    assert [(row["id"], row["alias"], row["running"]) for row in sessions] == [
        ("s", "Wren", True),
        ("h", "Heron", False),
    ]
    assert [row["sessions"] for row in run("list", "clients", "--json").document] == [1, 1]
    assert run("list", "disclosures", "--json").document[0]["recipient"] == "Dr K"


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["entries", "--client", "wren"], ["d", "e"]),
        (["entries", "--client", "Heron"], ["f"]),
        (["entries", "--session", "s"], ["d", "e"]),
        (["entries", "--session", "s", "--client", "heron"], []),
        (["sessions", "--client", "Heron"], ["h"]),
        (["sessions", "--session", "s"], ["s"]),
        (["themes", "--client", "Wren"], ["t"]),
        (["themes", "--client", "Heron"], []),
        (["parts", "--client", "Heron"], []),
        (["parts"], ["p"]),
        (["disclosures", "--client", "Heron"], []),
        (["clients", "--client", "o"], ["o"]),
    ],
)
def test_lists_can_be_narrowed(run: Run, journal: Path, words: list[str], ids: list[str]) -> None:
    assert [row["id"] for row in run("list", *words, "--json").document] == ids


@pytest.mark.parametrize("what", ["clients", "sessions", "entries", "themes", "parts", "disclosures"])
def test_lists_for_people_are_tables_that_cannot_move_the_cursor(run: Run, journal: Path, what: str) -> None:
    answer = run("list", what)
    assert answer.code == 0
    rows = answer.out.splitlines()
    assert len(rows) == 1 + len(run("list", what, "--json").document)
    assert not any(ord(character) < 32 or character in "\x7f\u202e" for row in rows for character in row)


def test_an_empty_list_says_so(run: Run, journal: Path) -> None:
    assert run("list", "parts", "--client", "Heron").out == "There are no parts to show.\n"


def test_verify_says_what_is_whole(run: Run, journal: Path) -> None:
    answer = run("verify", "--json")
    assert answer.code == 0
    assert answer.document["whole"] is True
    assert all(found["whole"] and found["sentence"] for found in answer.document["findings"])
    assert run("verify").out.endswith("Everything is whole.\n")


def test_a_flipped_bit_is_damage_and_never_a_wrong_passphrase(run: Run, journal: Path) -> None:
    database = bytearray((journal / "vault.db").read_bytes())
    database[9000] ^= 1
    (journal / "vault.db").write_bytes(database)
    one_sentence(run("verify"), 4)
    one_sentence(run("list", "clients", "--json"), 4)


def test_a_damaged_copy_of_the_key_file_is_damage_that_verify_tells(run: Run, journal: Path) -> None:
    (journal / "vault.keys.bak").write_bytes(b"{}")
    answer = run("verify", "--json")
    assert answer.code == 4
    assert [found["whole"] for found in answer.document["findings"]].count(False) == 1
    listed = run("list", "clients", "--json")
    assert listed.code == 0
    assert len(listed.document) == 2
    assert listed.err != ""


def test_doctor_tells_versions_encryption_and_that_nothing_lies_readable(run: Run, journal: Path) -> None:
    answer = run("doctor", "--json")
    assert answer.code == 0, answer
    document = answer.document
    assert document["well"] is True
    assert set(document["versions"]) >= {"SQLCipher", "SQLite", "Qt", "Python", "PySide6"}
    assert all(character.isdigit() for character in document["versions"]["Qt"][0])
    assert document["encryption"]["cipher"] == "AES-256-CBC"
    assert document["places"]["journal"] == str(journal)
    assert run("doctor").out.count("\nok ") >= 4


def test_doctor_finds_a_note_that_lies_readable(run: Run, journal: Path, tmp_path: Path) -> None:
    (tmp_path / "note.jsonl").write_text(json.dumps({**LINES[9], "id": "n", "text": "the gate at the end of the lane"}))
    assert run("import", "note.jsonl").code == 0
    leak = journal / "copy.txt"
    leak.write_text("she said: the gate at the end of the lane")
    answer = run("doctor")
    assert answer.code == 1
    assert str(leak) in answer.out
    assert "the gate at" not in answer.out


def test_a_wrong_passphrase_has_its_own_code(run: Run, journal: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("seven candles in the long hall\n")
    assert "does not open this journal" in one_sentence(run("--passphrase-file", "other", "list", "clients"), 3)


def test_a_journal_in_use_has_its_own_code(run: Run, journal: Path) -> None:
    parts = commands.compose()
    held = parts.journals.open(journal, parts.keys.unlock(journal, WORDS))
    try:
        assert one_sentence(run("list", "clients"), 6)
    finally:
        held.close()
    assert run("list", "clients").code == 0


@pytest.mark.parametrize(("trouble", "code"), [(JournalDamaged, 4), (JournalInUse, 6), (NewerFormat, 7)])
def test_every_trouble_is_its_sentence_and_its_code(
    run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception], code: int
) -> None:
    def fail(*_: object) -> NoReturn:
        raise trouble("Something is so.")

    monkeypatch.setattr(commands.listing, "rows", fail)
    assert one_sentence(run("list", "clients"), code) == "Something is so."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["frobnicate"], "“frobnicate” is not known here"),
        (["remember", "Grief"], "“remember” is not known here; there are live, tour, new, import"),
        (["recall"], "needs to be told one of"),
        (["recall", "--theme", "Nothing such"], "There is no theme “Nothing such”"),
        (["recall", "--like", "none"], "There is no entry “none”"),
        (["recall", "--text", "a", "--client", "Nobody"], "There is no client “Nobody”"),
        (["recall", "--text", "a", "--theme", "b"], "cannot be asked that way"),
        (["recall", "--text", "a", "--limit", "0"], "--limit takes a whole number"),
        (["suggest"], "needs to be told --text"),
        (["list"], "needs to be told clients|sessions"),
        (["list", "keys"], "“keys” is not known here; there are clients, sessions"),
        (["list", "themes", "--session", "s"], "--session narrows sessions and entries"),
        (["list", "entries", "--client", "Nobody"], "There is no client “Nobody”"),
        (["list", "entries", "--session", "none"], "There is no session “none”"),
        (["export", "out", "else", "--plaintext"], "does not know what to do with “else”"),
        (["import"], "needs to be told FILE"),
        (["import", "none.jsonl"], "There is no file none.jsonl"),
        (["import", "."], "There is no file . to import"),
        (["new"], "needs to be told DIR"),
        (["new", "j2", "--vault", "j"], "Leave out --vault"),
        (["live"], "needs to be told --client"),
        (["tour"], "needs to be told --out"),
        (["tour", "--out", "x", "--look", "neon"], "“neon” is not known here; there are day, dusk, night"),
        (["--vault"], "--vault needs something after it"),
        (["--vault", "nowhere", "list", "clients"], "There is no journal in"),
        (["--vault", "little.jsonl", "verify"], "There is no journal in"),
        (["--passphrase-file", "nowhere", "list", "clients"], "cannot be read"),
        (["--json"], "--json goes with a command"),
        (["--passphrase", "secret", "list", "clients"], "A passphrase is never typed after the command"),
        (["list", "clients", "--passphrase=secret"], "A passphrase is never typed after the command"),
    ],
)
def test_words_that_make_no_command_are_told_in_one_sentence_and_do_nothing(
    run: Run, journal: Path, words: list[str], told: str
) -> None:
    before = sorted(Path().rglob("*"))
    said = one_sentence(run(*words), 2)
    assert told in said
    assert "secret" not in said
    assert sorted(Path().rglob("*")) == before


@pytest.mark.parametrize("content", [b"", b"\n" + WORDS.encode(), b"\xff\xfe\x00"])
def test_a_passphrase_file_that_holds_none_is_told(run: Run, journal: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "words").write_bytes(content)
    assert "passphrase file" in one_sentence(run("list", "clients"), 2)


def test_a_passphrase_file_may_come_from_windows(run: Run, journal: Path, tmp_path: Path) -> None:
    (tmp_path / "words").write_bytes(b"\xef\xbb\xbf" + WORDS.encode() + b"\r\nsecond line\r\n")
    assert run("list", "clients").code == 0


def test_the_passphrase_is_asked_for_where_no_file_is_named(
    run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KAPJOURNAL_PASSPHRASE_FILE")
    asked: list[str] = []
    monkeypatch.setattr(getpass, "getpass", lambda prompt: asked.append(prompt) or WORDS)
    assert run("list", "clients").code == 0
    assert asked == ["Passphrase: "]


def test_a_new_passphrase_is_typed_twice(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAPJOURNAL_PASSPHRASE_FILE")
    typed = iter([WORDS, WORDS + "x"])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    assert "differ" in one_sentence(run("new", "j"), 2)
    assert not (tmp_path / "j").exists()


def test_without_a_terminal_it_says_what_to_do(run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KAPJOURNAL_PASSPHRASE_FILE")

    def fall_back(prompt: str) -> str:
        getpass.fallback_getpass(prompt, io.StringIO())
        return ""

    monkeypatch.setattr(getpass, "getpass", fall_back)
    assert "--passphrase-file" in one_sentence(run("list", "clients"), 2)


def test_being_stopped_from_the_keyboard_is_quiet(run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands.listing, "rows", stop)
    answer = run("list", "clients")
    assert answer == Answer(130, "", "")


def test_a_bug_is_a_sentence_and_a_report_without_words(
    run: Run, journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> NoReturn:
        raise ZeroDivisionError("what the client said")

    monkeypatch.setattr(commands.listing, "rows", fail)
    told = one_sentence(run("list", "clients"), 1)
    assert "what the client said" not in told
    [report] = (tmp_path / "home").rglob("crash-*.txt")
    assert str(report) in told
    assert "ZeroDivisionError" in report.read_text()
    assert "what the client said" not in report.read_text()


def test_what_the_system_does_not_allow_is_a_sentence(run: Run, journal: Path) -> None:
    assert "File name too long" in one_sentence(run("import", "x" * 5000), 1)


def test_a_program_without_a_console_says_nothing_and_does_not_fail(
    run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["list", "clients"]) == 0
    assert cli.main(["frobnicate"]) == 2


def test_an_export_into_a_synced_folder_is_pointed_out(run: Run, journal: Path) -> None:
    answer = run("export", "Dropbox/out", "--plaintext")
    assert answer.code == 0
    assert "synced by Dropbox" in answer.err


def test_options_may_stand_before_the_command_or_after_it(run: Run, journal: Path) -> None:
    for words in (["--json", "--vault", journal, "list", "clients"], ["list", "clients", "--vault", journal, "--json"]):
        assert len(run(*words).document) == 2


def test_the_windows_get_what_was_asked_for(run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[dict[str, Any]] = []
    monkeypatch.setattr(app, "run_app", lambda **asked: opened.append(asked) or 0, raising=False)
    assert run().code == 0
    assert run("live", "--client", "Wren", "--vault", "x").code == 0
    assert run("--demo").code == 0
    assert run("live", "--demo", "--client", "Wren").code == 0
    place = Path().absolute()
    assert [(asked["vault"], asked["demo"], asked["live_client"]) for asked in opened] == [
        (journal, False, None),
        (place / "x", False, "Wren"),
        (None, True, None),
        (None, True, "Wren"),
    ]
    assert {asked["passphrase"] for asked in opened} == {WORDS}


def test_where_qt_cannot_be_loaded_the_rest_still_works(
    run: Run, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "kapjournal.tour", None)
    assert "cannot be opened on this computer" in one_sentence(run("tour", "--out", "pictures"), 1)
    assert not Path("pictures").exists()
    assert run("list", "clients").code == 0


def test_the_version_and_the_help_are_there(run: Run) -> None:
    assert run("--version").out.startswith("kapjournal ")
    helped = run("--help")
    assert helped.code == 0
    assert all(name in helped.out for name in ("live", "tour", "new", "import", "export", "list", "verify", "doctor"))


def test_progress_is_shown_to_somebody_who_watches_only(capsys: pytest.CaptureFixture[str]) -> None:
    shown, hidden = output.Progress("checking", shown=True), output.Progress("checking", shown=False)
    for done in (0, 5, 6, 1000):
        shown(done, 1000)
        hidden(done, 1000)
    assert capsys.readouterr().err == "\rchecking 0 %\rchecking 100 %\n"


def test_the_parts_are_real(tmp_path: Path) -> None:
    parts = app.compose()
    assert isinstance(parts.keys, KeyFile)
    assert parts.new_id() != parts.new_id()
    assert parts.clock.now().at.tzinfo is not None
    keys = Keys("vault-1", b"d" * 32, b"l" * 32, b"s" * 32)
    parts.journals.make(tmp_path / "j", keys).close()
    with closing(parts.journals.open(tmp_path / "j", keys)) as journal:
        assert isinstance(journal, SqlJournal)


def test_neither_windows_nor_database_are_loaded_before_they_are_wanted() -> None:
    looked = "import sys, kapjournal.cli; print([name for name in ('PySide6', 'sqlalchemy') if name in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", looked], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"


def test_a_backup_is_made_checked_and_brought_back(run: Run, journal: Path, tmp_path: Path) -> None:
    made = run("backup", tmp_path / "backups", "--json")
    assert (made.code, made.document["whole"]) == (0, True)
    backup = Path(made.document["backup"])
    assert backup.parent == tmp_path / "backups"
    assert made.document["records"]["entry"] == 3
    for named in (backup, backup / "vault.db", tmp_path / "backups"):
        answer = run("verify", "--backup", named, "--json")
        assert (answer.code, answer.document["whole"]) == (0, True)
    done = run("restore", tmp_path / "backups", "--to", tmp_path / "again")
    assert done.code == 0
    assert done.out.startswith("Done: 2 clients")
    everything = run("list", "entries", "--json").document
    assert run("--vault", tmp_path / "again", "list", "entries", "--json").document == everything
    assert run("verify").code == 0


def test_a_damaged_backup_is_told_with_its_own_code_and_not_restored(run: Run, journal: Path, tmp_path: Path) -> None:
    backup = Path(run("backup", tmp_path / "backups", "--json").document["backup"])
    file = backup / "vault.db"
    file.write_bytes(file.read_bytes()[:-2000] + b"x" + file.read_bytes()[-1999:])
    assert run("verify", "--backup", backup).code == 4
    assert "This backup" in one_sentence(run("restore", backup, "--to", tmp_path / "again"), 4)
    assert not (tmp_path / "again").exists()
    assert run("verify").code == 0


def test_what_backup_and_restore_refuse_is_said(run: Run, journal: Path, tmp_path: Path) -> None:
    assert "is not there" in one_sentence(run("backup", tmp_path / "no" / "drive"), 1)
    assert "no backup" in one_sentence(run("restore", tmp_path / "nothing", "--to", tmp_path / "again"), 2)
    assert run("backup", tmp_path / "backups").code == 0
    assert "not an empty folder" in one_sentence(run("restore", tmp_path / "backups", "--to", journal), 5)
    (tmp_path / "words").write_text("not the words at all\n")
    assert "passphrase" in one_sentence(run("restore", tmp_path / "backups", "--to", tmp_path / "again"), 3)
    assert "--to" in one_sentence(run("restore", tmp_path / "backups"), 2)


def test_the_journal_remembers_what_a_check_found(run: Run, journal: Path, tmp_path: Path) -> None:
    assert run("verify").code == 0
    keys = KeyFile(cost=Cost(memory=LEAST_MEMORY, passes=2)).unlock(journal, WORDS)
    with closing(SqlJournals(FakeClock()).open(journal, keys)) as opened:
        found = noted(opened, LAST_CHECK)
    assert found is not None
    assert found.whole


def test_recall_gives_notes_with_their_reason(run: Run, journal: Path) -> None:
    rows = json.loads(run("recall", "--text", "tear", "--json").out)
    assert rows
    assert set(rows[0]) == {
        *("entry", "client", "session", "kind", "private", "text", "snippet", "since_dose_s", "tier", "why"),
    }
    assert rows[0]["tier"] == "contains"
    assert "tear" in rows[0]["why"]


def test_suggest_offers_themes_for_the_words_of_the_starter_set(run: Run, journal: Path) -> None:
    rows = json.loads(run("suggest", "--text", "cried at the funeral", "--json").out)
    assert rows[0] == {"theme": "Grief", "tier": "contains", "why": ["funeral"]}
    assert len(rows) <= 3
