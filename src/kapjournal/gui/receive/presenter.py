"""What the screen for a received bundle does: open it, compare the words, read it, take it in. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol, TypeVar

from kapjournal.application.colleagues import Trust
from kapjournal.application.ports import Tasks
from kapjournal.application.receive import Looked, Received
from kapjournal.domain.bundle import Form, Manifest
from kapjournal.domain.days import day_text
from kapjournal.domain.errors import WrongPassphrase
from kapjournal.domain.intention import compare
from kapjournal.domain.moment import clock_text
from kapjournal.gui.messages import trouble
from kapjournal.gui.receive.state import Difference, Receive, Signer
from kapjournal.gui.receive.uses import Found, ReceiveUses

Result = TypeVar("Result")

CHANGED = "This is another key than the one you know"
_TITLES = {
    Trust.COMPARED: "Signed by {}",
    Trust.SEEN: "Signed by {}",
    Trust.FIRST: "Signed by {}, for the first time",
    Trust.CHANGED: CHANGED,
}
_ASKS = {
    Trust.SEEN: "We compared the six words",
    Trust.FIRST: "We compared the six words",
    Trust.CHANGED: "I called them, and these are their words",
}
_FORMS = {
    Form.HANDOVER: "Handover",
    Form.CONSULTATION: "Consultation copy, to be read and not taken in",
    Form.CLIENT: "A client’s own copy",
}


class View(Protocol):
    """What the presenter needs of the screen."""

    def show_state(self, state: Receive) -> None: ...


class ReceivePresenter:
    """Opens one bundle; nothing of it reaches the journal before it is taken in."""

    def __init__(self, uses: ReceiveUses, tasks: Tasks, view: View) -> None:
        self._uses, self._tasks, self._view = uses, tasks, view
        self._path: Path | None = None
        self._found: Found | None = None
        self.state = Receive()

    def start(self, path: Path) -> None:
        """Open a bundle, with one's own key first."""
        self._path = path
        self._show(path=path.name)
        self._open(None)

    def try_passphrase(self, words: str) -> None:
        """Open it with what the sender told by telephone."""
        typed = " ".join(words.split())
        if typed:
            self._open(typed)

    def compared(self) -> None:
        """The six words were compared now."""
        self.state = self.state._replace(compared=True)
        self._show_found()

    def step(self, by: int) -> None:
        """A page forward or back."""
        if self._found is not None:
            pages = self._found.looked.document.pages
            at = min(max(self.state.number - 1 + by, 0), len(pages) - 1)
            self._show(number=at + 1, page=pages[at])

    def take(self) -> None:
        """Take it into the journal."""
        found, compared = self._found, self.state.compared
        if found is not None and self.state.may_take:
            self._run(lambda: self._uses.take(found.looked, compared), self._taken)

    def go_on(self) -> None:
        """To the client, whose history it is now."""
        if self._found is not None:
            self._uses.go_client(self._found.looked.client.id)

    def leave(self) -> None:
        """Leave it; nothing was taken in."""
        self._uses.leave()

    def act(self, _: str = "") -> None:
        """Close what is told in the strip."""
        self._show(message=None)

    # --- within ----------------------------------------------------------------------------------------------

    def _open(self, passphrase: str | None) -> None:
        path = self._path
        if path is not None:
            self._run(lambda: self._uses.open(path, passphrase), self._opened, self._not_opened)

    def _opened(self, found: Found) -> None:
        self._found = found
        self.state = self.state._replace(asks_passphrase=False, problem="", number=1)
        self._show_found()

    def _not_opened(self, error: Exception) -> None:
        if isinstance(error, WrongPassphrase):
            self._show(busy=False, asks_passphrase=True, problem=error.sentence)
        else:
            self._failed(error)

    def _show_found(self) -> None:
        if self._found is None:
            return
        looked = self._found.looked
        pages = looked.document.pages
        changed = looked.signed.trust is Trust.CHANGED
        self._show(
            signer=_signer(looked, compared=self.state.compared),
            sender=looked.opened.manifest.sender.name,
            facts=tuple(_facts(looked)),
            differences=tuple(_differences(self._found)),
            page=pages[self.state.number - 1] if pages else None,
            pages=len(pages),
            notices=looked.document.notices,
            refusal=looked.refusal or "",
            may_take=looked.refusal is None and not self.state.taken and (not changed or self.state.compared),
        )

    def _taken(self, received: Received) -> None:
        self._show(taken=received.sentence, may_take=False)

    def _run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        if self.state.busy:
            return
        self._show(busy=True, message=None)

        def finished(result: Result) -> None:
            self.state = self.state._replace(busy=False)
            done(result)

        self._tasks.run(work, finished, failed or self._failed)

    def _failed(self, error: Exception) -> None:
        self._show(busy=False, message=trouble(error))

    def _show(self, **changes: object) -> None:
        self.state = self.state._replace(**changes)  # type: ignore[arg-type]
        self._view.show_state(self.state)


def _signer(looked: Looked, *, compared: bool) -> Signer:
    signed, name = looked.signed, looked.opened.manifest.sender.name
    loud = signed.trust is Trust.CHANGED and not compared
    return Signer(
        _TITLES[signed.trust].format(name) if not compared else f"Signed by {name}, words compared now",
        signed.sentence if not compared else "From now on this key is known as theirs, when you take the bundle in.",
        looked.opened.words,
        "safety" if loud else "text",
        "" if compared else _ASKS.get(signed.trust, ""),
    )


def _facts(looked: Looked) -> Iterator[tuple[str, str]]:
    manifest = looked.opened.manifest
    created = manifest.created
    yield "What it is", _FORMS.get(Form(manifest.form), manifest.form) if manifest.form in set(Form) else manifest.form
    yield "Made", f"{day_text(created.date())}, {clock_text(created)}"
    yield "About", looked.client.alias + (", who stands in your journal already" if looked.known else "")
    if manifest.purpose:
        yield "Why", manifest.purpose
    yield "In it", _counts(manifest)
    if manifest.authorization is not None:
        permission = manifest.authorization
        yield "Private notes", f"{permission.scope}, signed {day_text(permission.signed_on)}"
    if looked.again:
        yield "Received before", "This very bundle. Taking it in once more changes nothing."


def _counts(manifest: Manifest) -> str:
    names = {
        "session": ("session", "sessions"),
        "entry": ("entry", "entries"),
        "amendment": ("later change", "later changes"),
        "theme": ("theme", "themes"),
        "part": ("part", "parts"),
    }
    counted = ((manifest.counts.get(type_, 0), words) for type_, words in names.items())
    return ", ".join(f"{count:,} {words[count != 1]}" for count, words in counted if count) or "nothing"


def _differences(found: Found) -> Iterator[Difference]:
    for name, (ours, theirs) in found.looked.differing.items():
        yield Difference(name.replace("_", " ").capitalize(), *compare(ours, theirs))
    for one in found.beside:
        yield Difference(one.label, *compare(one.ours, one.theirs))
