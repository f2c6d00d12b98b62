"""Journals of every released version open, and a step to a newer shape never puts the words at risk."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from kapjournal.application.ports import Keys
from kapjournal.domain.errors import JournalDamaged, NewerFormat
from kapjournal.storage import opening, schema
from kapjournal.storage.engine import bare
from kapjournal.storage.schema import PRESENT, Schema
from kapjournal.storage.store import SqlJournals
from kapjournal.storage.tables import ENTRY_WORDS, TRIGGERS, metadata
from tests.fakes.clock import FakeClock
from tests.storage.journals import KEYS, closed, entry, filled, raw, store

GOLDEN = Path(__file__).with_name("golden")

STEP = '''
"""A step that comes later."""
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.execute("CREATE TABLE later (n INTEGER PRIMARY KEY) STRICT")
    {then}
'''


@pytest.fixture
def later(tmp_path: Path) -> Schema:
    """A program one version ahead."""
    return schema_with_a_step(tmp_path / "steps", "pass")


def schema_with_a_step(location: Path, then: str) -> Schema:
    shutil.copytree(PRESENT.location, location, ignore=shutil.ignore_patterns("__pycache__"))
    (location / "versions" / "0003_later.py").write_text(STEP.format(then=then))
    return Schema(revisions=(*PRESENT.revisions, "0003"), location=location)


def test_the_steps_lead_to_the_tables_of_today(tmp_path: Path) -> None:
    journal = filled(tmp_path / "j")
    connection = journal._connect()
    context = MigrationContext.configure(
        connection,
        opts={
            "include_object": lambda _object, name, type_, *_: type_ != "table" or not name.startswith("entry_words"),
            "compare_type": True,
        },
    )
    assert compare_metadata(context, metadata) == []
    connection.rollback()
    there = dict(bare(connection).execute("SELECT name, sql FROM sqlite_master").fetchall())
    assert {name: there.get(name) for name in TRIGGERS} == TRIGGERS
    assert there["entry_words"] == ENTRY_WORDS
    journal.close()


def test_every_table_has_the_shape_that_the_code_would_give_it(tmp_path: Path) -> None:
    """`compare_metadata` does not see STRICT, WITHOUT ROWID or checks; the text does."""
    import sqlcipher3.dbapi2 as sqlcipher
    from sqlalchemy import create_engine

    def squeezed(rows: list[tuple[str, str]]) -> dict[str, str]:
        return {name: "".join(text.replace('"', "").split()) for name, text in rows if name in metadata.tables}

    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
    fresh = create_engine("sqlite+pysqlite://", module=sqlcipher)
    with fresh.connect() as connection:
        metadata.create_all(connection)
        wanted = squeezed([(row[0], row[1]) for row in connection.exec_driver_sql(query)])
    fresh.dispose()
    with raw(closed(tmp_path / "j"), guarded=True) as inside:
        assert squeezed([(row[0], row[1]) for row in inside.execute(query).fetchall()]) == wanted


def test_the_list_of_steps_is_whole() -> None:
    steps = ScriptDirectory(str(PRESENT.location)).walk_revisions()
    assert tuple(reversed([step.revision for step in steps])) == PRESENT.revisions


def test_no_step_knows_the_tables_of_today() -> None:
    for step in (PRESENT.location / "versions").glob("*.py"):
        assert "kapjournal" not in step.read_text(), f"{step.name} is not frozen"


@pytest.mark.parametrize("version", sorted(path.name for path in GOLDEN.iterdir() if path.is_dir()))
def test_a_journal_of_every_released_version_opens(tmp_path: Path, version: str) -> None:
    folder = tmp_path / "j"
    shutil.copytree(GOLDEN / version, folder)
    told = json.loads((folder / "keys.json").read_text())
    keys = Keys(told["vault_id"], *(bytes.fromhex(told[name]) for name in ("database", "ledger", "signing_seed")))
    journal = store().open(folder, keys)
    assert journal.count() == told["count"]
    assert [e.text for e in journal.search("lake")] == told["found_by_lake"]
    assert [record.content() for record in journal.everything()] == told["records"]
    assert all(finding.whole for finding in journal.verify())
    journal.close()


def test_an_older_journal_is_copied_and_brought_up_to_date(tmp_path: Path, later: Schema) -> None:
    folder = closed(tmp_path / "j")
    journal = SqlJournals(FakeClock(), later).open(folder, KEYS)
    assert bare(journal._connect()).execute("SELECT count(*) FROM later").fetchone() == (0,)
    journal.keep(entry(77))
    assert all(finding.whole for finding in journal.verify())
    journal.close()
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copyfile(folder / "vault-before-0003.db", copy / "vault.db")
    assert (folder / "vault-before-0003.db").stat().st_mode & 0o777 == 0o600
    before = store().open(copy, KEYS)
    assert len(before.entries()) == 20
    assert all(finding.whole for finding in before.verify())
    before.close()


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j")
    broken = schema_with_a_step(tmp_path / "broken", "raise RuntimeError('half-way')")
    with pytest.raises(RuntimeError, match="half-way"):
        SqlJournals(FakeClock(), broken).open(folder, KEYS)
    journal = store().open(folder, KEYS)
    assert len(journal.entries()) == 20
    assert bare(journal._connect()).execute("SELECT * FROM sqlite_master WHERE name = 'later'").fetchall() == []
    journal.close()


def test_no_step_is_taken_without_a_copy_that_reads_back(
    tmp_path: Path, later: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = closed(tmp_path / "j")
    monkeypatch.setattr(opening, "reads_back", lambda *_: False)
    with pytest.raises(Exception, match="could not be read back"):
        SqlJournals(FakeClock(), later).open(folder, KEYS)
    assert {file.name for file in folder.iterdir()} == {"vault.db", "vault.lock"}
    with raw(folder, guarded=True) as inside:
        assert inside.execute("SELECT version_num FROM alembic_version").fetchall() == [(PRESENT.newest,)]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE alembic_version SET version_num = '0099'", "UPDATE meta SET value = '2' WHERE name = 'format'"],
)
def test_a_newer_journal_is_told_apart(tmp_path: Path, statement: str) -> None:
    folder = closed(tmp_path / "j")
    with raw(folder, guarded=True) as inside:
        inside.execute(statement)
    with pytest.raises(NewerFormat):
        store().open(folder, KEYS)


def test_a_database_without_a_version_is_damage(tmp_path: Path) -> None:
    folder = closed(tmp_path / "j")
    with raw(folder, guarded=True) as inside:
        inside.execute("DROP TABLE alembic_version")
    with pytest.raises(JournalDamaged):
        store().open(folder, KEYS)


def test_the_usual_opening_needs_no_alembic(tmp_path: Path) -> None:
    """It takes a fifth of a second to import, and only making and upgrading use it."""
    import subprocess
    import sys

    folder = closed(tmp_path / "j")
    look = (
        "import sys; from pathlib import Path; from tests.storage.journals import KEYS, store;"
        f"store().open(Path({str(folder)!r}), KEYS).close(); sys.exit('alembic' in sys.modules)"
    )
    paths = {"PYTHONPATH": "src:."}
    subprocess.run([sys.executable, "-c", look], check=True, env=paths, cwd=Path(__file__).parents[2])


def test_the_schema_is_found_beside_its_module() -> None:
    assert PRESENT.location == Path(schema.__file__).with_name("migrations")
    assert (PRESENT.location / "env.py").is_file()


def test_a_journal_of_the_first_version_gets_a_place_for_what_recall_derives(tmp_path: Path) -> None:
    folder = tmp_path / "j"
    shutil.copytree(GOLDEN / "v1", folder)
    told = json.loads((folder / "keys.json").read_text())
    keys = Keys(told["vault_id"], *(bytes.fromhex(told[name]) for name in ("database", "ledger", "signing_seed")))
    journal = store().open(folder, keys)
    assert (folder / "vault-before-0002.db").exists()
    notes = journal.index.changed_since(0, 1000).notes
    journal.index.keep_vectors("maker", {note.place.number: note.words.encode() for note in notes}, 99)
    journal.close()
    journal = store().open(folder, keys)
    kept, up_to = journal.index.vectors("maker")
    assert (len(kept), up_to) == (told["count"]["entry"], 99)
    assert journal.count() == told["count"]
    assert all(finding.whole for finding in journal.verify())
    journal.close()
