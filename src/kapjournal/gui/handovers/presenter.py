"""What the place of all handovers does: tell what left and what came, and lead to the next. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from kapjournal.application.colleagues import OWN_NAME, Colleagues, colleagues
from kapjournal.application.ports import Journal, OwnKeys, Sealer, Tasks
from kapjournal.application.receive import Receipt, receipts
from kapjournal.domain.course import Client
from kapjournal.domain.days import day_text
from kapjournal.domain.selection import Disclosure
from kapjournal.gui.messages import Message, trouble


class Read(NamedTuple):
    """What there is to tell."""

    clients: tuple[Client, ...]
    disclosures: tuple[Disclosure, ...]
    receipts: tuple[Receipt, ...]
    known: Colleagues
    own: OwnKeys
    name: str = ""  # as colleagues know the therapist


class HandoversUses(NamedTuple):
    """What the place can ask for; `read` runs on the worker."""

    read: Callable[[], Read]
    start: Callable[[str], None]  # a handover of this client
    go_client: Callable[[str], None]
    open: Callable[[str], None]  # a bundle, by its path
    keep_name: Callable[[str], None]  # runs on the worker


class Line(NamedTuple):
    """One row: a handover, a receipt, or somebody."""

    key: str
    title: str
    note: str
    end: str = ""


class Handovers(NamedTuple):
    """The whole screen."""

    left: tuple[Line, ...] = ()
    came: tuple[Line, ...] = ()
    known: tuple[Line, ...] = ()
    clients: tuple[Line, ...] = ()  # to choose from, while one is started
    starting: bool = False
    recipient: str = ""
    words: str = ""
    name: str = ""
    name_says: str = ""  # that it is kept
    read: bool = False
    message: Message | None = None


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: Handovers) -> None: ...


def read_handovers(journal: Journal, sealer: Sealer) -> Read:
    """Everything about what left and came."""
    return Read(
        journal.clients(),
        journal.disclosures(),
        receipts(journal),
        colleagues(journal),
        sealer.own,
        journal.desk(OWN_NAME) or "",
    )


class HandoversPresenter:
    """Made for each visit."""

    def __init__(self, uses: HandoversUses, tasks: Tasks, view: View) -> None:
        self._uses, self._tasks, self._view = uses, tasks, view
        self._read: Read | None = None
        self.state = Handovers()

    def start(self) -> None:
        """Read and tell."""
        self._show()
        self._tasks.run(self._uses.read, self._told, lambda error: self._show(message=trouble(error)))

    def begin(self) -> None:
        """Start a handover: of whom? Where there is one client only, that is clear."""
        clients = self.state.clients
        if len(clients) == 1:
            self._uses.start(clients[0].key)
        elif not clients:
            self._show(message=Message("There is no client yet whose record could go.", "mark"))
        else:
            self._show(starting=True)

    def stop(self) -> None:
        """Start none."""
        self._show(starting=False)

    def choose(self, client: str) -> None:
        """A handover of this client."""
        self._uses.start(client)

    def look_at_left(self, disclosure: str) -> None:
        """To the handovers of the client it was about."""
        found = next((one for one in self._read.disclosures if one.id == disclosure), None) if self._read else None
        if found is not None:
            self._uses.start(found.client)

    def look_at_came(self, entry: str) -> None:
        """To the client whose history came."""
        found = next((one for one in self._read.receipts if one.entry.id == entry), None) if self._read else None
        if found is not None:
            self._uses.go_client(found.entry.client)

    def open(self, path: str) -> None:
        """A colleague's bundle."""
        self._uses.open(path)

    def keep_name(self, typed: str) -> None:
        """Sign bundles with this name from now on."""
        name = " ".join(typed.split())
        if not self.state.read or name == self.state.name:
            return
        says = f"Kept. The next bundle is signed “{name}”" if name else "Kept without a name."
        self._show(name_says="")
        self._tasks.run(
            lambda: self._uses.keep_name(name),
            lambda _: self._show(name=name, name_says=says),
            lambda error: self._show(message=trouble(error)),
        )

    def act(self, _: str = "") -> None:
        """Close what is told in the strip."""
        self._show(message=None)

    def _told(self, read: Read) -> None:
        self._read = read
        names = {client.id: client.alias for client in read.clients}
        left = sorted(read.disclosures, key=lambda one: one.sealed_at, reverse=True)
        came = sorted(read.receipts, key=lambda one: one.entry.noticed_at, reverse=True)
        self._show(
            left=tuple(
                Line(
                    one.id,
                    f"{names.get(one.client, 'A client')}, to {one.recipient}",
                    ". ".join(part for part in (one.what, one.purpose) if part),
                    day_text(one.sealed_at.date()),
                )
                for one in left
            ),
            came=tuple(
                Line(
                    one.entry.id,
                    f"{names.get(one.entry.client, 'A client')}, from {one.sender}",
                    one.entry.text.splitlines()[0] if one.entry.text else "",
                    day_text(one.entry.noticed_at.date()),
                )
                for one in came
            ),
            known=tuple(
                Line(one.name, one.name, one.words, "words compared" if one.compared_on else "not compared yet")
                for one in sorted(read.known.known, key=lambda one: one.name.casefold())
            ),
            clients=tuple(Line(one.id, one.alias, "") for one in read.clients if one.archived_on is None),
            recipient=read.own.recipient,
            words=read.own.words,
            name=read.name,
            read=True,
        )

    def _show(self, **changes: object) -> None:
        self.state = self.state._replace(**changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)
