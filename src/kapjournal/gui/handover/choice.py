"""What was chosen so far: whom it is for and why, what goes, the words to the colleague. Plain Python."""

from __future__ import annotations

from datetime import date

from kapjournal.application.authorize import holds
from kapjournal.application.colleagues import Colleague
from kapjournal.application.deidentify import Reviewed
from kapjournal.application.hand_over import Handover
from kapjournal.domain.bundle import Form, Letter, Permission, Recipient
from kapjournal.domain.selection import Outgoing, Selection
from kapjournal.gui.handover.state import Copy, Way, Who
from kapjournal.gui.handover.telling import FORMS, key_note, known_lines
from kapjournal.gui.handover.tree import (
    PRIVATE,
    RECORD,
    Axis,
    Branch,
    Ticked,
    Tree,
    branches,
    needs_permission,
    ticked,
)
from kapjournal.gui.handover.uses import Draft, Loaded

NOBODY = "somebody not chosen yet"
NO_SENDER = "you"
OWN_COPY = "The client’s own copy"


class Choice:
    """Made when the journal was read; what the therapist does changes it."""

    def __init__(self, loaded: Loaded, axis: Axis = Axis.KIND) -> None:
        self.loaded = loaded
        self.tree = Tree(loaded.holdings, axis)
        draft = loaded.draft or Draft(selection=Selection(client=loaded.holdings.client.id))
        self.copy = Copy(draft.copy_)
        self.recipient, self.purpose, self.letter = draft.recipient, draft.purpose, draft.letter
        self.ticked = Ticked(draft.selection, frozenset(draft.letter.quotes))
        self.refused_private = False
        self._unfolded = frozenset({RECORD})

    @property
    def alias(self) -> str:
        """The client."""
        return self.loaded.holdings.client.alias

    @property
    def name(self) -> str:
        """Whom it is for."""
        return self.recipient.name if self.recipient else ""

    @property
    def colleague(self) -> Colleague | None:
        """The colleague it is for, where the key is known."""
        key = self.recipient.key if self.recipient else None
        return next((one for one in self.loaded.colleagues.known if one.recipient == key), None)

    def draft(self) -> Draft:
        """As it lies on the desk."""
        return Draft(
            copy_=self.copy,
            selection=self.ticked.selection,
            recipient=self.recipient,
            purpose=self.purpose,
            letter=self._letter(),
        )

    def handover(self, reviewed: Reviewed, today: date) -> Handover:
        """As it is laid out and sealed."""
        form = FORMS[self.copy]
        return Handover(
            selection=self.ticked.selection,
            recipient=self.recipient or Recipient(name=NOBODY),
            purpose=self.purpose,
            sender=self.loaded.sender or NO_SENDER,
            form=form,
            letter=self._letter(),
            authorization=self.permission(today),
            reviewed=reviewed if form is Form.CONSULTATION else None,
        )

    def _letter(self) -> Letter:
        return self.letter.model_copy(update={"quotes": tuple(sorted(self.ticked.quotes))})

    # --- whom it is for --------------------------------------------------------------------------------------

    def take_copy(self, copy: Copy) -> None:
        """What kind of copy. A client's own holds nothing private, and is for the client."""
        was, self.copy = self.copy, copy
        if copy is Copy.CLIENT:
            bare: dict[str, frozenset[str]] = {"private": frozenset(), "parts": frozenset(), "entries": frozenset()}
            self.ticked = Ticked(self.ticked.selection.model_copy(update=bare), frozenset())
            self.recipient, self.purpose = Recipient(name=self.alias), OWN_COPY
        elif was is Copy.CLIENT:
            self.recipient, self.purpose = None, ""

    def take_colleague(self, colleague: Colleague) -> None:
        """It is for somebody whose key is known."""
        self.loaded = self.loaded._replace(colleagues=self.loaded.colleagues.with_(colleague))
        self.recipient = Recipient(name=colleague.name, key=colleague.recipient)

    def who(self, before: Who, *, editing: bool = False) -> Who:
        """Whom it is for, to be shown."""
        one, known = self.colleague, known_lines(self.loaded.colleagues)
        way = before.way
        if not before.editing:
            way = Way.PASSPHRASE if self.recipient and not self.recipient.key else Way.KNOWN if known else Way.KEY
        return Who(
            name=self.name,
            note=key_note(one) if self.recipient else "",
            words=one.words if one else "",
            compared=one is not None and one.compared_on is not None,
            purpose=self.purpose,
            sender=self.loaded.sender,
            editing=editing or self.recipient is None,
            way=way,
            known=known,
            chosen=one.name if one else before.chosen or (known[0].name if known else ""),
            typed=(self.name, self.recipient.key or "") if self.recipient else before.typed,
        )

    # --- what goes -------------------------------------------------------------------------------------------

    def by(self, axis: Axis) -> None:
        """By kind or by session first."""
        if axis is not self.tree.axis:
            self.tree = self.tree.by(axis)
            self._unfolded = frozenset({RECORD})

    def turn(self, key: str) -> None:
        """Unfold or fold a row."""
        self._unfolded ^= {key}

    def tick(self, key: str, today: date) -> bool:
        """Turn a row over; whether that was allowed. Nothing private is ticked without a permission."""
        after = ticked(self.tree, *self.ticked, key)
        allowed = self.copy is not Copy.CLIENT and self.permission(today) is not None
        self.refused_private = needs_permission(self.ticked, after) and not allowed
        if not self.refused_private:
            self.ticked = after
        return not self.refused_private

    def branches(self, going: Outgoing) -> tuple[Branch, ...]:
        """The rows of the tree that are in sight."""
        return branches(self.tree, self.ticked.selection, going, self.ticked.quotes, self._unfolded)

    def permission(self, today: date) -> Permission | None:
        """The latest permission that allows this handover."""
        known = reversed(self.loaded.permissions)
        return next((one for one in known if holds(one, self.name, today) is None), None)

    def latest_permission(self, today: date) -> Permission | None:
        """The one that allows it; where none does, the latest there is."""
        return self.permission(today) or next(reversed(self.loaded.permissions), None)

    def permitted(self, permission: Permission) -> None:
        """A permission was recorded: private notes can be ticked."""
        known = tuple(one for one in self.loaded.permissions if one != permission)
        self.loaded = self.loaded._replace(permissions=(*known, permission))
        self.refused_private = False
        self._unfolded |= {PRIVATE}
