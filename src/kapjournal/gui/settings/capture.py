"""How the live view writes: letters of tap mode, words for kinds, and the class of record each kind goes to."""

from __future__ import annotations

from kapjournal.application.own_lists import (
    CLASSES_PLACE,
    LEGEND_PLACE,
    WORDING_PLACE,
    Kept,
    changed_class,
    changed_legend,
    changed_part_word,
    changed_word,
)
from kapjournal.domain.entry import Kind, RecordClass
from kapjournal.domain.errors import Refused
from kapjournal.domain.telling import KIND_TOLD
from kapjournal.domain.wording import FIXED
from kapjournal.gui.settings.items import Act, Acts, Choice, KindRow, Line, Page, Section, Together
from kapjournal.gui.settings.seen import Chosen, Seen, Unfinished

_CLASSES = ((RecordClass.PROGRESS.value, "clinical record"), (RecordClass.PRIVATE.value, "private"))

THEMES = "themes"
_PART_HINT = "one of it; person/people says both"


def page(seen: Seen) -> Page:
    """All of it."""
    desk = seen.chosen.desk
    differs = desk.get(WORDING_PLACE) is not None or desk.get(CLASSES_PLACE) is not None
    return Page(
        (
            Section(
                "Letters of tap mode",
                "keyboard",
                _letters(seen),
                "One letter keeps one entry. An empty field takes the letter out.",
                "tap.default" if desk.get(LEGEND_PLACE) is not None else "",
            ),
            Section(
                "Words, and where entries go",
                "pen-line",
                (
                    Line(
                        "part",
                        "The word for “part”",
                        seen.value("part", seen.tables.wording.part_typed),
                        _PART_HINT,
                        16,
                    ),
                    *(_kind_row(seen, kind) for kind in Kind),
                ),
                "Private entries are kept apart as psychotherapy notes and stay behind in a handover. What is written "
                "already keeps the class it has.",
                "words.default" if differs else "",
            ),
            Section(
                "Themes, and the words that bring notes back",
                "leaf",
                (Acts((Act(THEMES, "Themes and words", "leaf"),)),),
                "They have a place of their own, for all clients.",
            ),
        )
    )


def changed(seen: Seen, key: str, value: str) -> Chosen:
    """Change a letter, a word or a class."""
    what, _, name = key.partition(".")
    if name == "default":
        places = (LEGEND_PLACE,) if what == "tap" else (WORDING_PLACE, CLASSES_PLACE)
        chosen = seen.chosen
        for place in places:
            chosen = chosen.laid(place, None)
        return chosen
    return seen.chosen.kept(_kept(seen, what, name, value))


def _kept(seen: Seen, what: str, name: str, value: str) -> Kept:
    tables = seen.tables
    match what:
        case "tap":
            return changed_legend(tables, {"key": name, "label": value})
        case "new":
            return _new_letter(seen, {**seen.pending, f"new.{name}": value})
        case "part":
            return changed_part_word(tables, value)
        case "word":
            return changed_word(tables, Kind(name), value)
        case _:
            return changed_class(tables, Kind(name), RecordClass(value))


def _new_letter(seen: Seen, typed: dict[str, str]) -> Kept:
    letter, label = typed.get("new.letter", "").strip().upper(), typed.get("new.label", "").strip()
    if any(code.key == letter for code in seen.tables.codes):
        raise Refused(f"{letter} is in use already. Change it above, or type a letter that is free.")
    if not letter or not label:
        raise Unfinished("A new letter needs the letter and what it stands for.")
    return changed_legend(seen.tables, {"key": letter, "label": label})


def _letters(seen: Seen) -> tuple[Together, ...]:
    codes = seen.tables.codes
    seen_and_heard = tuple(_letter(seen, code.key, code.label) for code in codes if not code.event)
    events = tuple(_letter(seen, code.key, code.label) for code in codes if code.event)
    new = (
        Line("new.letter", "Letter", seen.value("new.letter", ""), width=2),
        Line("new.label", "stands for", seen.value("new.label", ""), width=18),
    )
    return (
        Together("tap.seen", "Seen and heard", seen_and_heard),
        Together("tap.events", "Events, which tap mode needs", events),
        Together("tap.new", "Another letter", new),
    )


def _letter(seen: Seen, key: str, label: str) -> Line:
    return Line(f"tap.{key}", key, seen.value(f"tap.{key}", label), width=14)


def _kind_row(seen: Seen, kind: Kind) -> KindRow:
    told, tables = KIND_TOLD[kind], seen.tables
    word = Line(f"word.{kind}", f"Word for {told.label}", seen.value(f"word.{kind}", tables.wording.of(kind)), width=18)
    if kind in FIXED:
        fixed = "always private" if kind is Kind.SELF else "always in the clinical record"
        return KindRow(told.icon, told.role, told.label, word, None, fixed)
    choice = Choice(f"class.{kind}", f"{told.label} goes to", _CLASSES, tables.classes.of(kind).value)
    return KindRow(told.icon, told.role, told.label, word, choice)
