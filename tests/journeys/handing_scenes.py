"""What leaves and what comes, over Wren's course: these scenes join `desk_scenes.DESK_SCENES`."""

from __future__ import annotations

from pathlib import Path

from kapjournal.gui.handover.presenter import HandOverPresenter
from kapjournal.gui.handover.state import Copy, Way
from kapjournal.gui.handover.view import HandOverView
from kapjournal.gui.handovers.view import HandoversView
from kapjournal.gui.receive.view import ReceiveView
from tests.journeys.handing_keys import own_key
from tests.journeys.screens import WREN, Scene, front, home
from tests.journeys.stage import Stage, until


def handover(s: Stage) -> HandOverView:
    home(s)
    s.navigator.desk.go_hand_over(WREN)
    view = front(s, HandOverView)
    until(lambda: presenter_of(view).state.pages > 0, "the pages are laid out")
    return view


def presenter_of(view: HandOverView) -> HandOverPresenter:
    assert view.presenter is not None
    return view.presenter


def chosen(s: Stage, key: str = "") -> HandOverView:
    """For somebody, with a key or a passphrase."""
    view = handover(s)
    presenter = presenter_of(view)
    presenter.choose_way(Way.KEY if key else Way.PASSPHRASE)
    presenter.keep_who("T.M.", key, "Takes over", "Dr. L.")
    until(lambda: view.seal.seal.text().startswith("Seal, after"), "the pages are laid out for them")
    return view


def permission(s: Stage) -> None:
    presenter_of(chosen(s)).begin_permission()


def names(s: Stage) -> None:
    """Passages are gone through, and one is changed by hand."""
    presenter = presenter_of(chosen(s))
    presenter.choose_copy(Copy.CONSULTATION)
    until(lambda: presenter.state.marks is not None, "the passages are there")
    assert presenter.state.marks is not None
    presenter.edit_passage(presenter.state.marks.rows[0].key)


def sealed(s: Stage, key: str = "") -> Path:
    presenter = presenter_of(chosen(s, key))
    while presenter.state.next_enabled:
        presenter.next()
    path = s.folder.with_name("wren.kapbundle.age")
    presenter.take_path(str(path))
    presenter.seal()
    until(lambda: presenter.state.sealed is not None, "it is sealed")
    return path


def summary(s: Stage) -> None:
    presenter = presenter_of(chosen(s))
    presenter.choose_copy(Copy.SUMMARY)
    until(lambda: presenter.state.pages == 2, "the two pages are there")
    presenter.next()


def note(s: Stage) -> None:
    view = handover(s)
    presenter_of(view).choose_copy(Copy.NOTE)
    until(lambda: bool(view.note.area.toPlainText()), "the draft is there")
    view.note.copy.setFocus()


def handovers(s: Stage) -> None:
    home(s)
    s.navigator.desk.go_handovers()
    view = front(s, HandoversView)
    until(lambda: bool(view.words.words.text()), "the own key is told")


def receive(s: Stage) -> ReceiveView:
    """A bundle whose signer is new, about a client who stands here already."""
    home(s)
    s.navigator.desk.go_bundle(str(sealed(s, own_key(s))))
    view = front(s, ReceiveView)
    until(view.signed.isVisible, "it is said who signed it")
    return view


def receive_asks(s: Stage) -> None:
    s.navigator.desk.go_bundle(str(sealed(s)))
    until(front(s, ReceiveView).asking.isVisible, "the passphrase is asked for")


HANDING_SCENES = (
    Scene("handover", handover),  # type: ignore[arg-type] - what it gives back is for those who go on from there
    Scene("handover-chosen", chosen),  # type: ignore[arg-type]
    Scene("handover-permission", permission),
    Scene("handover-names", names),
    Scene("handover-sealed", sealed),  # type: ignore[arg-type]
    Scene("handover-summary", summary),
    Scene("handover-note", note),
    Scene("handovers", handovers),
    Scene("receive", receive),  # type: ignore[arg-type]
    Scene("receive-asks", receive_asks),
)
