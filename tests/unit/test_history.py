from __future__ import annotations

from kapjournal.gui.history import History, Place

HOME, WREN, SOL = Place("home"), Place("course", "wren"), Place("course", "sol")


def test_back_and_forward_go_over_the_same_places() -> None:
    history = History()
    for place in (HOME, WREN, WREN, SOL):
        history.go(place)
    assert [history.back(), history.back(), history.back()] == [WREN, HOME, None]
    assert history.here == HOME
    assert [history.forward(), history.forward(), history.forward()] == [WREN, SOL, None]


def test_going_somewhere_forgets_what_lay_ahead() -> None:
    history = History()
    for place in (HOME, WREN):
        history.go(place)
    history.back()
    history.go(SOL)
    assert history.forward() is None
    assert history.back() == HOME


def test_another_journal_is_another_house() -> None:
    history = History()
    history.go(WREN)
    history.go(SOL)
    history.forget()
    assert (history.here, history.back(), history.forward()) == (None, None, None)
