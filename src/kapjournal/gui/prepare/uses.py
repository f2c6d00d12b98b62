"""What the preparation screen can ask for, over an open journal."""

from __future__ import annotations

from collections.abc import Callable

from kapjournal.application.keep_intentions import bring_in, keep_words, reorder, set_state, untag
from kapjournal.application.ports import Clock, Journal, NewId
from kapjournal.application.prepare import (
    Desk,
    begin_preparation,
    close_preparation,
    keep_sheet,
    put_draft,
    read_preparation,
)
from kapjournal.gui.prepare.state import PrepareUses


def prepare_uses(
    journal: Journal,
    clock: Clock,
    new_id: NewId,
    *,
    leave: Callable[[], None],
    open_session: Callable[[str], None],
) -> PrepareUses:
    """Tie the screen to a journal; `leave` and `open_session` move on to other screens."""

    def at(client: str) -> Desk:
        return Desk(journal, clock, new_id, client)

    return PrepareUses(
        read=lambda client: read_preparation(journal, clock, client),
        put_draft=lambda client, draft: put_draft(journal, clock, client, draft),
        keep_words=lambda client, changes, draft, agreed: keep_words(at(client), changes, draft, agreed=agreed),
        set_state=lambda client, intention, state, beside: set_state(at(client), intention, state, beside),
        reorder=lambda client, ids: reorder(at(client), ids),
        untag=lambda client, tag: untag(at(client), tag),
        bring_in=lambda client, draft: bring_in(at(client), draft),
        keep_sheet=lambda client, sheet, values, draft: keep_sheet(at(client), sheet, values, draft),
        begin=lambda client: begin_preparation(at(client)),
        close=lambda client: close_preparation(at(client)),
        new_id=new_id,
        open_session=open_session,
        leave=leave,
    )
