"""The held-out courses that measure theme suggestions: they go in whole, and each label names what is there."""

from __future__ import annotations

import json
import re
from collections import Counter

from kapjournal.application.import_records import import_records
from kapjournal.domain.entry import Entry
from tests.conftest import PROJECT
from tests.fakes.journal import FakeJournal

DATA = PROJECT / "tests" / "data"
COURSES = DATA / "shorthand-courses.jsonl"
LABELS: dict[str, list[str]] = json.loads((DATA / "shorthand-labels.json").read_text(encoding="utf-8"))


def test_the_courses_go_in_whole_without_themes_or_tags() -> None:
    journal = FakeJournal()
    taken = import_records(journal, COURSES)
    assert taken.new == {"client": 4, "course": 4, "part": 11, "session": 23, "entry": 655}
    assert {record.id for record in journal.everything() if isinstance(record, Entry)} == LABELS.keys()


def test_each_label_is_one_of_the_32_names_and_none_is_rare() -> None:
    names = re.findall(r"^- (.+)$", (DATA / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(names) == 32
    assert all(len(labels) == len(set(labels)) <= 3 for labels in LABELS.values())
    counted = Counter(name for labels in LABELS.values() for name in labels)
    assert counted.keys() == set(names)
    assert min(counted.values()) >= 8
