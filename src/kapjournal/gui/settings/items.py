"""What a page of settings is made of; plain values that the sheet draws and the page modules fill in."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Choice(NamedTuple):
    """One of several; `options` are pairs of value and words."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str


class Line(NamedTuple):
    """A field to write in; `width` in letters, 0 for all there is room for."""

    key: str
    label: str
    value: str
    hint: str = ""
    width: int = 0


class Together(NamedTuple):
    """Short fields that wrap in rows; what is wrong with one of them is told under all."""

    key: str
    label: str
    lines: tuple[Line, ...]
    note: str = ""


class KindRow(NamedTuple):
    """A kind of entry: the word shown for it, and its class of record; `fixed` says why that cannot be chosen."""

    icon: str
    role: str
    name: str
    word: Line
    choice: Choice | None
    fixed: str = ""


class Words(NamedTuple):
    """Something told, with an icon where it is a state; without text it is not seen."""

    text: str
    role: str = "text-quiet"
    icon: str = ""
    strong: bool = False


class Secret(NamedTuple):
    """A passphrase: never part of a state, forgotten when the page is left."""

    key: str
    label: str
    hint: str = ""
    hears: bool = False  # whether what is typed is judged while it is typed


class Act(NamedTuple):
    """A button."""

    key: str
    label: str
    icon: str = ""
    main: bool = False
    enabled: bool = True


class Acts(NamedTuple):
    """Buttons in a row."""

    acts: tuple[Act, ...]


class Spelled(NamedTuple):
    """A key to be copied by hand, in large letters."""

    text: str


Item: TypeAlias = Choice | Line | Together | KindRow | Words | Secret | Acts | Spelled


class Section(NamedTuple):
    """Items under a heading; `default` is the key of «back to the default», empty where nothing differs."""

    title: str
    icon: str
    items: tuple[Item, ...]
    note: str = ""
    default: str = ""


class Page(NamedTuple):
    """One page of settings."""

    sections: tuple[Section, ...]
    note: str = ""


class Tab(NamedTuple):
    """A page in the list of pages."""

    key: str
    title: str
    icon: str


def shape_of(section: Section) -> object:
    """What has to be drawn anew when it differs; values and words that are only written otherwise are not part."""
    return section.title, section.note, tuple(_shape(item) for item in section.items)


def _shape(item: Item) -> object:
    match item:
        case Choice() | Line():
            shape: object = item._replace(value="")
        case Together():
            shape = item._replace(lines=tuple(line._replace(value="") for line in item.lines))
        case KindRow():
            choice = item.choice._replace(value="") if item.choice else None
            shape = item._replace(word=item.word._replace(value=""), choice=choice)
        case Words():
            shape = "words", bool(item.icon), item.strong
        case Acts():
            shape = "acts", tuple((act.key, act.icon, act.main) for act in item.acts)
        case Spelled():
            shape = "spelled"
        case Secret():
            shape = item
    return shape
