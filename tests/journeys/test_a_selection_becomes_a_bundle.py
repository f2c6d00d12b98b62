"""A selection becomes a bundle: what was ticked and read leaves, nothing else does, and the ledger says that it did."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pyrage
import pytest
from PySide6.QtCore import Qt

from tests.fakes.clock import FakeClock
from tests.journeys.handing_keys import fill_in, focused, hand_over_view, held, read_every_page, seal
from tests.journeys.stage import TEN, Stage, looked_into, until

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
OPENS = "Right hand opens."
STAY = ("canary said in private", "canary own state", "120/80", "60 mg")


def test_a_selection_becomes_a_bundle(
    stage: Callable[..., Stage], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))  # where bundles are offered to lie
    colleague = pyrage.x25519.Identity.generate()  # who has an age key, and no journal
    s = stage(clock=FakeClock(TEN))
    s.open()
    held(s, "dose 60mg im", "bp 120/80 hr 70", OPENS, f'"{STAY[0]}', f"~{STAY[1]}")

    s.press(KEY.Key_6, CTRL)
    view = hand_over_view(s)
    until(lambda: focused() is view.who.form.name, "the form is ready")
    view.what.tree.setFocus()
    view.what.tree.go_to("record/Doses, vitals, safety")
    s.press(KEY.Key_Space)
    view.who.form.name.setFocus()
    fill_in(s, "T.M.", str(colleague.to_public()), "Takes over", "Dr. L.")
    pages = read_every_page(s, view)
    path = seal(s, view)
    s.quit()

    with ZipFile(BytesIO(pyrage.decrypt(path.read_bytes(), [colleague]))) as files:
        held_in = {name: files.read(name).decode() for name in files.namelist()}
    reading = unescape(held_in["index.html"])
    rows = [row for page in pages for row in page.rows]
    assert [row.text for row in rows] == [OPENS]
    assert all(page.title in reading for page in pages)
    assert OPENS in reading
    assert not [(name, word) for name, text in held_in.items() for word in STAY if word in text]
    assert OPENS.encode() not in path.read_bytes()

    left = [json.loads(line) for line in held_in["data/records.jsonl"].splitlines()]
    with looked_into(s.folder) as journal:
        assert {one["id"] for one in left if one["type"] == "entry"} == {
            e.id for e in journal.entries() if e.text == OPENS
        }
        (disclosure,) = journal.disclosures()
        assert (disclosure.recipient, disclosure.purpose) == ("T.M.", "Takes over")
        assert disclosure.what == "1 session, 1 entry"
        assert disclosure.bundle_id in held_in["manifest.json"]
        assert all(finding.whole for finding in journal.verify())
