"""The questionnaires that can be filled in or scored, each with its licence; shown, and added by adding a file."""

from __future__ import annotations

import json
from pathlib import Path

from kapjournal.gui.settings.items import Item, Page, Section, Words
from kapjournal.gui.settings.seen import Instrument, Seen


def page(seen: Seen) -> Page:
    """Name and licence of each."""
    items: list[Item] = []
    for one in seen.instruments:
        items.append(Words(one.name, "text", "list-checks", strong=True))
        items += [Words(words) for words in (one.note, f"Licence: {one.licence}") if words]
    note = "Item text is shown only where its licence allows that; any other instrument is kept by its score."
    return Page((Section("Questionnaires", "list-checks", tuple(items), note),))


def instruments_in(folder: Path) -> tuple[Instrument, ...]:
    """What the files of a folder say of themselves; one that cannot be read is passed over here and told elsewhere."""
    found = []
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(told, dict):
            name = told.get("name") or told.get("title") or path.stem
            found.append(Instrument(str(name), _licence(told), str(told.get("full_name") or "")))
    return tuple(found)


def _licence(told: dict[str, object]) -> str:
    licence = told.get("licence")
    if isinstance(licence, dict):
        licence = licence.get("name") or licence.get("terms") or licence.get("text")
    return str(licence or "not stated; kept by score only")
