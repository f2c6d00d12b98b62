"""The tree of what may go, by kind or by session, and what ticking a row does to the selection. Plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from kapjournal.domain.days import day_text
from kapjournal.domain.entry import ContactDetails, Entry, Kind, RecordClass
from kapjournal.domain.selection import Group, Holdings, Outgoing, Selection, group_of
from kapjournal.domain.telling import KIND_TOLD, told, told_text

ON, OFF, PART = "on", "off", "part"
RECORD, PRIVATE, OWN, PARTS, THEMES, QUOTES = "record", "private", "own", "parts", "themes", "quotes"
BETWEEN = "Between sessions"
_SET_APART = " (private)"

FAMILIES: tuple[tuple[str, frozenset[Kind]], ...] = (
    ("Doses, vitals, safety", frozenset({Kind.DOSE, Kind.VITALS, Kind.SEDATION, Kind.SUDS, Kind.SAFETY})),
    ("Observations, touch, music", frozenset({Kind.OBSERVATION, Kind.TOUCH, Kind.MUSIC, Kind.PHASE, Kind.MARK})),
    ("What I offered", frozenset({Kind.INTERVENTION})),
    ("Client’s words", frozenset({Kind.QUOTE, Kind.ACCOUNT})),
    ("Intentions and practices", frozenset({Kind.INTENTION, Kind.PRACTICE, Kind.INSIGHT})),
    ("Agreements and safety plan", frozenset({Kind.AGREEMENT, Kind.PLAN})),
    ("Measures", frozenset({Kind.MEASURE})),
    ("Parts seen", frozenset({Kind.PART})),
    ("Notes and contacts", frozenset({Kind.NOTE, Kind.CONTACT})),
)


class Axis(StrEnum):
    """What the tree goes by first."""

    KIND = "kind"
    SESSION = "session"


class Branch(NamedTuple):
    """One row of the tree."""

    key: str
    text: str
    end: str = ""
    tick: str = ""
    level: int = 0
    strong: bool = False
    private: bool = False
    unfolded: bool | None = None


class Leaf(NamedTuple):
    """The entries of a few groups that are ticked together, and what they are called on the way to them."""

    path: tuple[str, ...]
    groups: frozenset[Group]
    private: bool


class Tree:
    """Everything that may go of one client."""

    def __init__(self, holdings: Holdings, axis: Axis = Axis.KIND) -> None:
        self.holdings, self.axis = holdings, axis
        self._sessions = {one.id: one for one in holdings.sessions}
        self.own: list[Entry] = []  # the therapist's own state, which goes one by one
        self._ids: defaultdict[Group, set[str]] = defaultdict(set)
        for entry in holdings.entries:
            if entry.client != holdings.client.id or _of_the_journal(entry):
                continue
            if entry.kind is Kind.SELF:
                self.own.append(entry)
            else:
                self._ids[group_of(entry)].add(entry.id)
        self.leaves = self._leaves()

    def by(self, axis: Axis) -> Tree:
        """The same, by kind or by session."""
        return self if axis is self.axis else Tree(self.holdings, axis)

    @property
    def themes(self) -> list[tuple[str, str]]:
        """The themes that were found with this client."""
        tagged = _tagged(self.holdings)
        return [(theme.id, theme.name) for theme in self.holdings.themes if theme.id in tagged]

    def _leaves(self) -> tuple[Leaf, ...]:
        """The ends of the tree, in the order they are shown."""
        found: dict[tuple[str, ...], set[Group]] = {}
        for group in sorted(self._ids, key=self._order):
            found.setdefault(self._path(group), set()).add(group)
        return tuple(
            Leaf(path, frozenset(groups), any(not _clinical(group) for group in groups))
            for path, groups in found.items()
        )

    def _path(self, group: Group) -> tuple[str, ...]:
        session = self._session_name(group.session)
        if self.axis is Axis.SESSION:
            return session, KIND_TOLD[group.kind].label + ("" if _clinical(group) else _SET_APART)
        return (RECORD if _clinical(group) else PRIVATE), FAMILIES[_family(group.kind)][0], session

    def _order(self, group: Group) -> tuple[float, ...]:
        began, private = self._began(group.session), float(not _clinical(group))
        family, kind = float(_family(group.kind)), float(list(Kind).index(group.kind))
        if self.axis is Axis.SESSION:
            return began, private, family, kind
        return private, family, began, kind

    def _began(self, session: str | None) -> float:
        found = self._sessions.get(session or "")
        begun = (found.started_at or found.planned_for) if found else None
        return begun.timestamp() if begun else float("inf")

    def _session_name(self, session: str | None) -> str:
        found = self._sessions.get(session or "")
        if found is None:
            return BETWEEN
        number = f" {found.number}" if found.number is not None else ""
        begun = found.started_at or found.planned_for
        day = f", {day_text(begun.date(), year=False)}" if begun else ""
        return f"{found.kind.capitalize()}{number}{day}"

    def counted(self, leaves: Iterable[Leaf], going: frozenset[str]) -> str:
        """`118 of 141`, or one number where all of it goes."""
        groups = {group for leaf in leaves for group in leaf.groups}
        total = sum(len(self._ids[group]) for group in groups)
        goes = sum(len(self._ids[group] & going) for group in groups)
        return str(total) if goes == total else f"{goes} of {total}"


def _of_the_journal(entry: Entry) -> bool:
    return isinstance(entry.details, ContactDetails) and entry.details.received is not None


def _clinical(group: Group) -> bool:
    return group.record_class is RecordClass.PROGRESS


def _family(kind: Kind) -> int:
    return next(n for n, (_, kinds) in enumerate(FAMILIES) if kind in kinds)


# --- what is shown ----------------------------------------------------------------------------------------------

_ROOTS = {RECORD: "Clinical record", PRIVATE: "Private notes"}


def branches(
    tree: Tree, selection: Selection, going: Outgoing, quotes: frozenset[str], unfolded: frozenset[str]
) -> tuple[Branch, ...]:
    """The rows that are in sight."""
    grouped = _by_group(tree, selection, going.ids, unfolded)
    return (*grouped, *_one_by_one(tree, selection, going, quotes, unfolded))


def _by_group(
    tree: Tree, selection: Selection, going: frozenset[str], unfolded: frozenset[str], path: tuple[str, ...] = ()
) -> Iterator[Branch]:
    under = [leaf for leaf in tree.leaves if leaf.path[: len(path)] == path]
    for name in dict.fromkeys(leaf.path[len(path)] for leaf in under if len(leaf.path) > len(path)):
        here = (*path, name)
        leaves = [leaf for leaf in under if leaf.path[: len(here)] == here]
        key, ends = "/".join(here), any(leaf.path == here for leaf in leaves)
        yield Branch(
            key,
            _ROOTS.get(name, name).removesuffix(_SET_APART),
            tree.counted(leaves, going),
            _tick(leaves, selection),
            level=len(path),
            strong=not path,
            private=all(leaf.private for leaf in leaves),
            unfolded=None if ends else key in unfolded,
        )
        if key in unfolded and not ends:
            yield from _by_group(tree, selection, going, unfolded, here)


def _tick(leaves: Iterable[Leaf], selection: Selection) -> str:
    on = {group_goes(group, selection) for leaf in leaves for group in leaf.groups}
    return PART if len(on) == 2 else ON if on == {True} else OFF


def group_goes(group: Group, selection: Selection) -> bool:
    """Whether the entries of a group are chosen."""
    return group not in selection.off if _clinical(group) else group in selection.private


def _one_by_one(
    tree: Tree, selection: Selection, going: Outgoing, quotes: frozenset[str], unfolded: frozenset[str]
) -> Iterator[Branch]:
    parts = [(part.id, part.name) for part in tree.holdings.parts]
    own = [(entry.id, _entry_line(entry)) for entry in tree.own]
    said = [(e.id, _entry_line(e)) for e in going.entries if e.kind in {Kind.QUOTE, Kind.ACCOUNT}]
    for root, name, items, chosen, private in (
        (THEMES, "Themes", tree.themes, selection.themes, False),
        (PARTS, "Parts", parts, selection.parts, True),
        (OWN, "My own state, one by one", own, selection.entries, True),
        (QUOTES, "Quotes for the summary", said, quotes, True),
    ):
        if items:
            yield from _listed(root, name, items, chosen, private, unfolded)


def _listed(
    root: str,
    name: str,
    items: list[tuple[str, str]],
    chosen: frozenset[str],
    private: bool,
    unfolded: frozenset[str],
) -> Iterator[Branch]:
    on = sum(key in chosen for key, _ in items)
    tick = "" if root in {OWN, QUOTES} else ON if on == len(items) else PART if on else OFF
    counted = str(len(items)) if on == len(items) else f"{on} of {len(items)}"
    yield Branch(root, name, counted, tick, strong=True, private=private, unfolded=root in unfolded)
    if root in unfolded:
        for key, text in items:
            yield Branch(f"{root}/{key}", text, "", ON if key in chosen else OFF, level=1, private=private)


def _tagged(holdings: Holdings) -> frozenset[str]:
    mine = {entry.id for entry in holdings.entries if entry.client == holdings.client.id}
    return frozenset(tag.theme for tag in holdings.tags if tag.theme and tag.entry in mine)


def _entry_line(entry: Entry) -> str:
    said = told_text(told(entry)).strip()
    return said or KIND_TOLD[entry.kind].label


# --- what ticking does ------------------------------------------------------------------------------------------


class Ticked(NamedTuple):
    """The choice after a row was ticked or cleared."""

    selection: Selection
    quotes: frozenset[str]


def ticked(tree: Tree, selection: Selection, quotes: frozenset[str], key: str) -> Ticked:
    """Turn a row over; a row that is partly on goes on whole."""
    root, _, item = key.partition("/")
    if root == QUOTES:
        return Ticked(selection, quotes ^ {item})
    if root == OWN:
        return Ticked(selection.model_copy(update={"entries": selection.entries ^ {item}}), quotes)
    if root == THEMES:
        every = frozenset(id_ for id_, _ in tree.themes)
        return Ticked(selection.model_copy(update={"themes": _turned(selection.themes, every, item)}), quotes)
    if root == PARTS:
        every = frozenset(part.id for part in tree.holdings.parts)
        return Ticked(selection.model_copy(update={"parts": _turned(selection.parts, every, item)}), quotes)
    return Ticked(_groups_turned(tree, selection, key), quotes)


def _turned(chosen: frozenset[str], every: frozenset[str], item: str) -> frozenset[str]:
    if item:
        return chosen ^ {item}
    return frozenset() if chosen >= every else every


def _groups_turned(tree: Tree, selection: Selection, key: str) -> Selection:
    """Clinical groups only, where a row holds both classes and private notes are not asked for by name."""
    path = tuple(key.split("/"))
    leaves = [leaf for leaf in tree.leaves if leaf.path[: len(path)] == path]
    groups = {group for leaf in leaves for group in leaf.groups}
    clinical = {group for group in groups if _clinical(group)}
    wanted = clinical or groups
    on = not all(group_goes(group, selection) for group in wanted)
    if clinical:
        off = selection.off - clinical if on else selection.off | clinical
        return selection.model_copy(update={"off": frozenset(off)})
    private = selection.private | groups if on else selection.private - groups
    return selection.model_copy(update={"private": frozenset(private)})


def needs_permission(before: Ticked, after: Ticked) -> bool:
    """Whether something private was added."""
    b, a = before.selection, after.selection
    return bool((a.private - b.private) or (a.parts - b.parts) or (a.entries - b.entries))
