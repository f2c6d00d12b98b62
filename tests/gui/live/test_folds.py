"""What gives way when there is little room, and what must be seen all the same."""

from __future__ import annotations

from tests.gui.live.conftest import Show
from tests.gui.live.sample import WRITING

from kapjournal.gui.live.folds import folds_for


def test_hints_and_phases_give_way_only_where_the_window_is_too_low() -> None:
    assert not folds_for(1440, 900, 1.0).short
    assert not folds_for(1280, 720, 1.0).short
    assert folds_for(1280, 720, 2.0).short


def test_nothing_lies_over_the_line_at_twice_the_size(show: Show) -> None:
    view = show(scale=2.0, size=(1280, 720))
    assert not view.hints.isVisible()
    assert not view.top.bands.isVisible()
    line = view.capture.geometry()
    assert line.bottom() <= view.centre.height()
    assert view.stream.height() > 0


def test_the_safety_plan_is_seen_also_where_the_card_gave_way(show: Show) -> None:
    view = show(scale=2.0, size=(1280, 720))
    assert not view.card.isVisible()
    view.show_state(WRITING._replace(card=WRITING.card._replace(plan_open=True)))
    assert view.card.isVisible()
    assert not view.card.isAncestorOf(view.focusWidget())  # the focus stays in the line
    view.show_state(WRITING._replace(card=WRITING.card._replace(plan_open=False)))
    assert not view.card.isVisible()
