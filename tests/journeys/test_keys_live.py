"""A whole live session, as one therapist typed it, replayed key by key into the real window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt

from kapjournal.application.ports import Journal
from kapjournal.domain.course import Client
from kapjournal.domain.entry import DoseDetails, Entry, Kind, PartDetails
from kapjournal.domain.label import Part, TagState
from tests.fakes.clock import FakeClock
from tests.journeys.stage import Stage, looked_into, parts, type_text, until, vault
from tests.unit.domain.capture_world import THEMES
from tests.unit.domain.test_capture_replay import EARLIER_MIN, LABELS, START, expected

WREN = Client(id="wren", alias="Wren")
MINDER = Part(id="minder", client="wren", name="The minder")
THEME_NAMES = {theme.id: theme.name for theme in THEMES}
ENTER_AFTER_S = 3.0
# What the strip says at some seconds after the start; the first dose is at 455 s, the booster at 2700 s.
SINCE = {440: None, 460: "0:00", 514: "0:00", 515: "0:01", 1050: "0:09", 2705: "0:37", 4070: "1:00", 9950: "2:38"}


def lines(shared_data: Path) -> list[tuple[int, str]]:
    """Seconds after the start, and what was typed."""
    text = (shared_data / "keys-live.txt").read_text("utf-8")
    return [(int(s), line) for s, line in (row.split("\t", 1) for row in text.splitlines())]


def journal_with_a_roster(folder: Path) -> Path:
    """A journal with one client whose part is known."""
    from tests.journeys.stage import PASSPHRASE, open_journal

    vault(folder)
    p = parts(FakeClock(START))
    journal = open_journal(p.keys, p.journals, folder, PASSPHRASE).journal
    journal.keep(WREN, MINDER)
    journal.close()
    return folder


def test_every_line_is_in_the_journal_as_the_grammar_says(
    stage: Callable[..., Stage], tmp_path: Path, shared_data: Path
) -> None:
    clock = FakeClock(START)
    s = stage(journal_with_a_roster(tmp_path / "wren.kapvault"), clock)
    s.open()
    s.session_with("Wren")
    typed = lines(shared_data)
    since = dict(SINCE)
    for seconds, line in typed:
        for at in [at for at in since if at < seconds]:
            clock.pass_(at - (clock.at - START).total_seconds())
            s.settle()
            assert s.state.top.since == since.pop(at), at
        clock.pass_(seconds - (clock.at - START).total_seconds())
        type_text(s.line, line)
        clock.pass_(ENTER_AFTER_S)  # the moment is that of the first key
        s.press(Qt.Key.Key_Return)
    s.settle()
    assert not since
    assert [(dose.amount, dose.at, dose.icon) for dose in s.state.top.doses] == [
        ("60 mg IM", "14:07", "syringe"),
        ("20 mg IM", "14:45", "plus"),
    ]
    given = [(row.since, "".join(span.text for span in row.spans)) for row in s.state.rows if row.label == "Dose"]
    assert given == [("0:00", "60 mg IM"), ("0:37", "Booster 20 mg IM")]
    assert len(s.view.stream.rows) == len(typed) == 128
    s.quit()
    with looked_into(s.folder, clock) as journal:
        check(journal, typed)


def check(journal: Journal, typed: list[tuple[int, str]]) -> None:
    entries = journal.entries("wren")
    assert len(entries) == 128
    for (seconds, line), entry in zip(typed, entries, strict=True):
        check_entry(entry, seconds, line)
    assert [e.kind for e in entries if e.starred] == [Kind.MARK] * 5
    check_tags(journal, {entry.id: seconds for (seconds, _), entry in zip(typed, entries, strict=True)})
    assert all(finding.whole for finding in journal.verify())


def check_entry(entry: Entry, seconds: int, line: str) -> None:
    kind, text, details = expected(seconds, line)
    assert (entry.kind, entry.text) == (kind, text)
    if kind is Kind.PART:
        assert entry.details in {None, PartDetails(part="minder")}
    else:
        assert entry.details == details
    stamp, earlier_s = START + timedelta(seconds=seconds), EARLIER_MIN.get(seconds, 0) * 60
    assert entry.noticed_at == stamp - timedelta(seconds=earlier_s)
    assert entry.written_at == (stamp if earlier_s else None)
    assert entry.elapsed_s == seconds - earlier_s


def check_tags(journal: Journal, seconds_of: dict[str, int]) -> None:
    """Accepted where the name is known; one that names nothing yet waits as a word of the text."""
    names = {t.id: t.name for t in journal.themes()} | {p.id: p.name for p in journal.parts("wren")}
    tags = journal.tags("wren")
    assert {tag.state for tag in tags} == {TagState.ACCEPTED}
    found = Counter((seconds_of[tag.entry], names[tag.theme or tag.part or ""]) for tag in tags)
    known = THEME_NAMES | {"p-minder": "The minder"}
    assert found == Counter((at, known[id_]) for at, labels in LABELS.items() for _, id_, _ in labels if id_)
    assert [p.name for p in journal.parts("wren")] == ["The minder"]  # @latchkey was never chosen


def test_a_dose_can_be_told_from_a_booster_when_the_program_comes_back(
    stage: Callable[..., Stage], tmp_path: Path
) -> None:
    clock = FakeClock(START)
    s = stage(journal_with_a_roster(tmp_path / "wren.kapvault"), clock)
    s.open()
    s.session_with("Wren")
    s.write("dose 60mg im")
    clock.pass_(40 * 60)
    s.write("booster 20mg im")
    s.quit()
    again = Stage(s.folder, clock)
    again.open()
    until(lambda: again.navigator.presenter is not None, "straight into the session")
    clock.pass_(60)
    assert (again.state.top.since, [d.icon for d in again.state.top.doses]) == ("0:41", ["syringe", "plus"])
    again.quit()
    with looked_into(s.folder, clock) as journal:
        assert [e.details for e in journal.entries()] == [
            DoseDetails(amount_mg=60, route="IM"),
            DoseDetails(amount_mg=20, route="IM", booster=True),
        ]
