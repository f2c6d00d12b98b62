"""Somebody who has the database key, and the triggers out of the way, still cannot change what was kept unseen."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from kapjournal.domain.errors import JournalDamaged
from kapjournal.storage import writing
from kapjournal.storage.ledger import Head, Line, Said, line_after, numbered, start, walk
from tests.contract.test_journal import ALL, OPEN
from tests.storage.journals import KEYS, SESSION, closed, entry, filled, raw, store

# In these journals the ledger holds the client (1), the session (2) and twenty entries (3 to 22).


def told(folder: Path) -> list[str]:
    """What verify finds not whole."""
    journal = store().open(folder, KEYS)
    findings = journal.verify()
    journal.close()
    return [finding.sentence for finding in findings if not finding.whole]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return closed(tmp_path / "j")


def test_an_untouched_journal_has_nothing_to_tell(folder: Path) -> None:
    with raw(folder):
        pass  # triggers taken out and put back
    assert told(folder) == []


def test_changed_words_are_named_by_number(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("UPDATE ledger SET content = replace(content, 'slower', 'faster') WHERE n = 14")
    assert told(folder) == [
        "Entry 14 no longer matches its seal. It was changed outside the app. Everything else is unbroken."
    ]


def test_changed_words_with_a_fitting_digest_are_named(folder: Path) -> None:
    with raw(folder) as inside:
        (content,) = inside.execute("SELECT content FROM ledger WHERE n = 14").fetchone() or ("",)
        content = content.replace("slower", "faster")
        digest = sha256(content.encode()).digest()
        inside.execute("UPDATE ledger SET content = ?, digest = ? WHERE n = 14", (content, digest))
    assert told(folder) == [
        "Entry 14 no longer matches its seal. It was changed outside the app. Everything else is unbroken."
    ]


@pytest.mark.parametrize("column", ["at", "action"])
def test_every_column_is_sealed(folder: Path, column: str) -> None:
    with raw(folder) as inside:
        inside.execute(f"UPDATE ledger SET {column} = {column} || '1' WHERE n = 14")
    assert [sentence[:8] for sentence in told(folder)] == ["Entry 14"]


def test_a_line_given_to_another_record_is_named(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("UPDATE ledger SET record_id = 'e3' WHERE n = 14")
    assert told(folder)[0].startswith("Entry 14 no longer matches its seal.")


def test_a_changed_seal_is_found(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("UPDATE ledger SET link = zeroblob(32) WHERE n = 14")
    assert told(folder)[0].startswith("Entries 14 to 15 no longer match their seals.")


def test_a_removed_line_is_named(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("DELETE FROM entry WHERE n = 14")
        inside.execute("DELETE FROM ledger WHERE n = 14")
    assert told(folder) == [
        "Entry 14 is missing. It was removed outside the app. Everything else is unbroken.",
    ]


def test_a_removed_line_whose_number_was_closed_up_is_found(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("DELETE FROM entry WHERE n = 22")
        inside.execute("DELETE FROM ledger WHERE n = 14")
        for n in range(15, 23):
            inside.execute("UPDATE ledger SET n = n - 1 WHERE n = ?", (n,))
    with pytest.raises(JournalDamaged, match=r"Entry 22 of the ledger is missing at its end"):
        told(folder)


def test_lines_that_changed_places_are_named(folder: Path) -> None:
    with raw(folder) as inside:
        for old, new in ((10, 100), (12, 10), (100, 12)):
            inside.execute("UPDATE ledger SET n = ? WHERE n = ?", (new, old))
    assert told(folder)[0] == (
        "Entries 10 to 13 no longer match their seals. They were changed or moved outside the app."
    )


def test_a_cut_off_end_is_damage_on_opening(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("DELETE FROM entry WHERE n > 20")
        inside.execute("DELETE FROM ledger WHERE n > 20")
    with pytest.raises(JournalDamaged, match=r"Entries 21 to 22 of the ledger are missing at its end\."):
        store().open(folder, KEYS)


def test_a_cut_off_end_with_a_head_made_to_fit_is_damage(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("DELETE FROM entry WHERE n > 20")
        inside.execute("DELETE FROM ledger WHERE n > 20")
        inside.execute("UPDATE meta SET value = '20' || substr(value, 3) WHERE name = 'ledger_head'")
    with pytest.raises(JournalDamaged, match="Entry 20, the last of the ledger"):
        store().open(folder, KEYS)


def test_an_added_line_is_damage(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute(
            "INSERT INTO ledger SELECT 23, at, action, type, record_id, content, digest, link FROM ledger WHERE n=22"
        )
    with pytest.raises(JournalDamaged, match="Entry 23 of the ledger was added outside the app"):
        store().open(folder, KEYS)


def test_another_journals_ledger_does_not_fit(folder: Path) -> None:
    with pytest.raises(JournalDamaged):
        store().open(folder, KEYS._replace(vault_id="another"))
    with pytest.raises(JournalDamaged):
        store().open(folder, KEYS._replace(ledger=b"x" * 32))


def test_an_old_version_shown_as_the_present_one_is_told(folder: Path) -> None:
    journal = store().open(folder, KEYS)
    journal.keep(entry(5, "changed"))
    journal.close()
    with raw(folder) as inside:
        inside.execute("UPDATE entry SET n = first WHERE id = 'e5'")
    assert told(folder) == [
        "An entry is shown as in entry 8 of the ledger, but entry 23 is the newest about it."
        " Everything else is unbroken."
    ]


def test_a_record_taken_out_of_its_index_is_told(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("DELETE FROM entry WHERE id = 'e5'")
    assert told(folder) == [
        "Entry 8 of the ledger keeps an entry that is no longer shown. Everything else is unbroken."
    ]


def test_a_session_quietly_opened_again_is_told(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("UPDATE session SET closed_at = 'never' WHERE id = 'open'")
    assert told(folder) == [
        "A session is listed otherwise than entry 2 of the ledger has it. Everything else is unbroken."
    ]


def test_an_index_row_from_nowhere_is_told(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("INSERT INTO theme (id, first, n) VALUES ('x', 1, 1)")
    assert told(folder) == ["One theme is shown that the ledger knows nothing of. Everything else is unbroken."]


def test_many_disagreements_are_counted_not_listed(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("UPDATE entry SET kind = 'note'")
    assert told(folder)[-1] == "10 more records do not agree with the ledger."


def test_a_removed_rule_is_told(folder: Path) -> None:
    with raw(folder, guarded=True) as inside:
        inside.execute("DROP TRIGGER closed_entry_stays")
    assert [sentence[:30] for sentence in told(folder)] == ["Rules that protect what was ke"]


def test_a_search_index_that_misses_an_entry_is_told(folder: Path) -> None:
    with raw(folder) as inside:
        inside.execute("DELETE FROM entry_words WHERE rowid = 9")
    assert told(folder)[0].startswith("The search index missed 1 of 20 entries.")
    assert told(folder) == []


# The rules in the database itself


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET content = '{}' WHERE n = 3",
        "DELETE FROM ledger WHERE n = 3",
        "DELETE FROM ledger",
        "UPDATE entry SET n = 1 WHERE id = 'e5'",
        "UPDATE entry SET session = NULL WHERE id = 'e5'",
        "DELETE FROM entry WHERE id = 'e5'",
        "UPDATE session SET closed_at = NULL",
        "DELETE FROM session",
        "UPDATE amendment SET n = 1",
        "DELETE FROM amendment",
        "UPDATE disclosure SET n = 1",
        "DELETE FROM disclosure",
    ],
)
def test_the_database_itself_refuses(tmp_path: Path, statement: str) -> None:
    journal = store().make(tmp_path / "j", KEYS)
    journal.keep(*ALL)
    journal.keep(*(entry(n).model_copy(update={"session": "open"}) for n in range(9)))
    journal.keep(OPEN.model_copy(update={"closed_at": OPEN.started_at}))
    journal.close()
    with raw(tmp_path / "j", guarded=True) as inside, pytest.raises(sqlcipher.IntegrityError):
        inside.execute(statement)
    assert told(tmp_path / "j") == []


def test_a_rule_that_the_code_forgot_is_kept_by_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = filled(tmp_path / "j")
    journal.keep(SESSION.model_copy(update={"closed_at": SESSION.started_at}))
    monkeypatch.setattr(writing, "check_may_change", lambda *_, **__: None)
    with pytest.raises(sqlcipher.IntegrityError, match="a closed entry is only amended"):
        journal.keep(entry(5, "other words"))
    assert entry(5) in journal.entries()
    journal.keep(entry(50))  # a late one, on the same connection
    assert all(finding.whole for finding in journal.verify())
    journal.close()


# The chain alone


def line(head: Head, number: int) -> Line:
    return line_after(KEYS.ledger, head, Said("2026", "added", "entry", str(number), f"{number}"))


def chain(many: int) -> list[Line]:
    lines: list[Line] = []
    head = start(KEYS.ledger, "v")
    for number in range(1, many + 1):
        lines.append(line(head, number))
        head = Head(number, lines[-1].link)
    return lines


def test_words_that_run_together_are_sealed_apart() -> None:
    head = start(KEYS.ledger, "v")
    one = line_after(KEYS.ledger, head, Said("a", "bc", "d", "e", ""))
    two = line_after(KEYS.ledger, head, Said("ab", "c", "d", "e", ""))
    assert one.link != two.link


def test_a_chain_walks() -> None:
    lines = chain(5)
    assert walk(lines, KEYS.ledger, start(KEYS.ledger, "v")) == ((), (), Head(5, lines[-1].link))


def test_a_number_below_one_is_broken() -> None:
    lines = [chain(1)[0]._replace(n=-1), *chain(2)]
    assert walk(lines, KEYS.ledger, start(KEYS.ledger, "v")).broken == (-1,)


def test_several_gaps_are_all_missing() -> None:
    lines = chain(9)
    del lines[6], lines[2:4]
    assert walk(lines, KEYS.ledger, start(KEYS.ledger, "v"))[:2] == ((), (3, 4, 7))


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([7], "Entry 7"),
        ([7, 8], "Entries 7 to 8"),
        ([2, 5], "Entries 2 and 5"),
        ([2, 5, 7, 8, 9], "Entries 2, 5 and 7 to 9"),
    ],
)
def test_numbers_are_said_as_a_person_would(numbers: list[int], said: str) -> None:
    assert numbered(numbers) == said
