"""Handing over from the command line: keys, sealing, opening, receiving, and the code of every refusal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kapjournal.domain.errors import ExitCode
from tests.handed import CANARIES, LINES, SELF_CANARY, ids_in, sealer
from tests.handoff.forging import A, B, bundle, identity, written
from tests.unit import test_cli
from tests.unit.test_cli import Answer, Run, one_sentence

program = test_cli.run


@pytest.fixture
def two(program: Run, tmp_path: Path) -> Run:
    """Two journals, `a` with everything and `b` with nothing."""
    (tmp_path / "all.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES))
    for name in ("a", "b"):
        assert program("new", tmp_path / name).code == 0
    assert program("--vault", "a", "import", "all.jsonl").code == 0
    return program


def key_of(run: Run, name: str) -> dict[str, str]:
    found: dict[str, str] = run("--vault", name, "keys", "show", "--json").document
    return found


def hand(run: Run, *words: object, out: str = "x.age") -> Answer:
    recipient = key_of(run, "b")["recipient"]
    return run("--vault", "a", "handoff", "--client", "Wren", "--to", recipient, "--out", out, *words)


def test_keys_are_shown_and_stay_the_same(two: Run) -> None:
    keys = key_of(two, "a")
    assert keys["recipient"].startswith("age1")
    assert keys["signing_key"].startswith("RW")
    assert len(keys["words"].split()) == 6
    assert keys == key_of(two, "a") != key_of(two, "b")
    assert keys["recipient"] in two("--vault", "a", "keys", "show").out


def test_hand_over_open_receive_and_back(two: Run) -> None:
    done = hand(two, "--json")
    assert done.code == 0, done
    told = done.document
    assert told["words"] == key_of(two, "a")["words"]
    assert told["recipient_words"] == key_of(two, "b")["words"]
    assert told["stays"] == {"private": 4, "own_state": 1}
    assert told["passphrase"] is None
    opened = two("--vault", "b", "open", "x.age", "--json")
    assert opened.code == 0, opened
    assert opened.document["entries"] == told["entries"]
    assert opened.document["trust"] == "first"
    got = two("--vault", "b", "receive", "x.age", "--words", told["words"].upper())
    assert got.code == 0, got
    assert "Taken in from a therapist" in got.out
    listed = {row["id"] for row in two("--vault", "b", "list", "entries", "--json").document}
    assert set(told["entries"]) <= listed
    assert "stood in the journal already" in two("--vault", "b", "receive", "x.age").out
    assert two("--vault", "b", "open", "x.age", "--json").document["trust"] == "compared"
    disclosures = two("--vault", "a", "list", "disclosures", "--json").document
    assert [row["bundle_id"] for row in disclosures] == [told["bundle_id"]]


def test_wrong_words_take_nothing_in(two: Run) -> None:
    hand(two)
    words = key_of(two, "b")["words"]
    assert "not those of the key" in one_sentence(two("--vault", "b", "receive", "x.age", "--words", words), 5)
    assert two("--vault", "b", "list", "clients", "--json").document == []


def test_sessions_can_be_chosen(two: Run) -> None:
    assert hand(two, "--sessions", "s4", "--json").document["entries"] == ["practice"]
    assert "There is no session “so”" in one_sentence(hand(two, "--sessions", "so", out="y.age"), 2)


def paper(folder: Path, text: str) -> Path:
    (folder / "paper").write_text(text)
    return folder / "paper"


SIGNED = "scope: her words\nto: T.M.\nsigned on: 2026-02-20\nuntil: 2027-02-20\n"


def test_private_notes_are_refused_without_an_authorization(two: Run, tmp_path: Path) -> None:
    said = one_sentence(hand(two, "--with-private", "quote,mine"), 5)
    assert "written authorization" in said
    assert not Path("x.age").exists()
    assert two("--vault", "a", "list", "disclosures", "--json").document == []
    done = hand(two, "--with-private", "quote,watcher", "--authorization", paper(tmp_path, SIGNED), "--json")
    assert done.code == 0, done
    assert {"quote", "watcher"} <= set(done.document["entries"])
    assert "mine" not in done.document["entries"]
    assert two("--vault", "a", "list", "disclosures", "--json").document[0]["authorization"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "does not say scope"),
        ("scope: all\nto: T.M.\n", "does not say signed_on"),
        ('{"scope": "all", "to": "T.M.", "signed_on": "soon"}', "does not say signed_on"),
        ("[1]", "does not say scope"),
    ],
)
def test_a_paper_that_does_not_say_enough(two: Run, tmp_path: Path, text: str, told: str) -> None:
    assert told in one_sentence(hand(two, "--with-private", "quote", "--authorization", paper(tmp_path, text)), 2)


def test_a_paper_for_somebody_else_or_of_another_time(two: Run, tmp_path: Path) -> None:
    words = ("--with-private", "quote", "--authorization", paper(tmp_path, SIGNED), "--recipient", "Dr. Lark")
    assert "names T.M." in one_sentence(hand(two, *words), 5)
    old = paper(tmp_path, "scope: a\nto: T.M.\nsigned_on: 2024-01-01\nuntil: 2025-01-01")
    assert "held until" in one_sentence(hand(two, "--with-private", "quote", "--authorization", old), 5)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ([], 2, "Say for whom"),
        (["--to", "age1x", "--new-passphrase"], 2, "One of the two"),
        (["--to", "age1x"], 1, "begins with age1"),
        (["--new-passphrase", "--with-private", "x"], 2, "There is no entry “x” of Wren"),
        (["--new-passphrase", "--client", "Nobody"], 2, "no client “Nobody”"),
        (["--new-passphrase", "--authorization", "none"], 2, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(two: Run, words: list[str], code: int, told: str) -> None:
    usual = [] if "--client" in words else ["--client", "Wren"]
    assert told in one_sentence(two("--vault", "a", "handoff", *usual, "--out", "x.age", *words), code)
    assert not Path("x.age").exists()


def test_a_file_that_stands_is_not_touched(two: Run) -> None:
    Path("x.age").write_text("mine")
    assert "already" in one_sentence(hand(two), 5)
    assert Path("x.age").read_text() == "mine"


def test_a_passphrase_is_made_and_opens_it_without_a_journal(two: Run) -> None:
    made = two("--vault", "a", "handoff", "--client", "Wren", "--new-passphrase", "--out", "x.age", "--json").document
    Path("told").write_text(made["passphrase"])
    Path("others").write_text("six others entirely")
    opened = two("--vault", "nowhere", "open", "x.age", "--bundle-passphrase-file", "told", "--json")
    assert opened.document["entries"] == made["entries"]
    assert opened.document["trust"] is None
    answer = two("--vault", "b", "open", "x.age", "--bundle-passphrase-file", "others")
    assert "does not open this bundle" in one_sentence(answer, 3)
    assert "by telephone" in one_sentence(two("--vault", "b", "open", "x.age"), 3)
    assert two("--vault", "b", "receive", "x.age", "--bundle-passphrase-file", "told").code == 0


def test_an_identity_opens_it_without_a_journal(program: Run, tmp_path: Path) -> None:
    written(bundle(), tmp_path, "x.age")
    (tmp_path / "key.txt").write_text(f"# theirs\n{identity(B)}\n")
    (tmp_path / "other.txt").write_text(identity(A))
    assert "Wren" in program("open", "x.age", "--identity", "key.txt").out
    assert "not for you" in one_sentence(program("open", "x.age", "--identity", "other.txt"), 3)
    assert program("verify", "--bundle", "x.age", "--identity", "key.txt", "--json").document["whole"] is True
    assert "cannot be read" in one_sentence(program("open", "none", "--identity", "key.txt"), 2)


@pytest.mark.parametrize("cut", [10, 200, 5000])
def test_verify_tells_damage(program: Run, tmp_path: Path, cut: int) -> None:
    written(bundle()[:-cut], tmp_path, "x.age")
    (tmp_path / "key.txt").write_text(identity(B))
    one_sentence(program("verify", "--bundle", "x.age", "--identity", "key.txt"), int(ExitCode.DAMAGED))


def test_open_writes_readable_files_and_says_that_they_are(two: Run) -> None:
    hand(two)
    answer = two("--vault", "b", "open", "x.age", "--out", "plain")
    assert answer.code == 0
    assert "NOT encrypted" in answer.err
    names = {path.name for path in Path("plain").iterdir()}
    assert names == {"README.txt", "index.html", "records.jsonl", "fhir.json", "manifest.json", "manifest.json.minisig"}
    again = two("--vault", "b", "open", "x.age", "--out", "plain")
    assert "not empty" in again.err
    assert again.code == 5
    assert two("--vault", "b", "import", "plain/records.jsonl").code == 0


def test_no_canary_leaves_unless_chosen(two: Run) -> None:
    hand(two)
    two("--vault", "b", "open", "x.age", "--out", "plain")
    said = b"".join(path.read_bytes() for path in Path("plain").iterdir()).decode()
    assert [canary for canary in CANARIES if canary in said] == []
    assert "right deltoid" in said  # the search bites


def test_a_chosen_canary_does_leave(two: Run, tmp_path: Path) -> None:
    hand(two, "--with-private", "mine", "--authorization", paper(tmp_path, SIGNED))
    two("--vault", "b", "open", "x.age", "--out", "plain")
    for name in ("records.jsonl", "index.html", "fhir.json"):
        said = Path("plain", name).read_text()
        assert [canary for canary in CANARIES if canary in said] == [SELF_CANARY]


def test_a_consultation_copy_has_no_names_and_no_days(two: Run) -> None:
    done = hand(two, "--deidentify", "--json")
    assert done.code == 0, done
    assert "nobody has read what is left" in done.err
    two("--vault", "b", "open", "x.age", "--out", "plain")
    for name in ("records.jsonl", "index.html", "fhir.json"):
        said = Path("plain", name).read_text()
        for told in ("Wren", "Kestrel", "Hannah", "555-0142", "1984", "2026-02", "February", '"s2"', '"c"'):
            assert told not in said, (name, told)
    assert "for reading" in one_sentence_after(two("--vault", "b", "receive", "x.age"))
    manifest: dict[str, Any] = json.loads(Path("plain/manifest.json").read_text())
    assert manifest["reviewed"] is False


def one_sentence_after(answer: Answer) -> str:
    assert answer.code == 5
    return answer.err


def test_a_changed_key_is_told_and_refused(two: Run, tmp_path: Path) -> None:
    hand(two, "--sender", "K.L.")
    two("--vault", "b", "receive", "x.age")
    assert two("new", tmp_path / "other").code == 0
    assert two("--vault", "other", "import", "all.jsonl").code == 0
    recipient = key_of(two, "b")["recipient"]
    words = ("--client", "Wren", "--to", recipient, "--out", "y.age", "--sender", "K.L.")
    assert two("--vault", "other", "handoff", *words).code == 0
    opened = two("--vault", "b", "open", "y.age", "--json")
    assert opened.code == 1
    assert opened.document["trust"] == "changed"
    assert "another key than the one you know" in one_sentence(two("--vault", "b", "receive", "y.age"), 5)
    heard = key_of(two, "other")["words"]
    assert two("--vault", "b", "receive", "y.age", "--words", heard).code == 0


def test_without_a_name_the_sender_is_told_by_the_six_words(two: Run) -> None:
    hand(two)
    words = key_of(two, "a")["words"]
    assert len(words.split()) == 6
    opened = two("--vault", "b", "open", "x.age", "--json").document
    assert opened["sender"]["name"] == f"a therapist (six words: {words})"


def test_the_name_of_the_sender_is_remembered(two: Run) -> None:
    hand(two, "--sender", "K.L.")
    hand(two, out="y.age")
    assert two("--vault", "b", "open", "y.age", "--json").document["sender"]["name"] == "K.L."
    assert ids_in(sealer(B).open(bundle()).records)
