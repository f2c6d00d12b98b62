"""The demo journal: there after a lock, gone at the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.journeys.stage import Stage, until


def test_the_demo_is_the_same_after_a_lock_and_gone_at_the_end(stage: Callable[..., Stage]) -> None:
    s = stage()
    entrance = s.navigator.world.entrance
    places: list[Path] = []

    def enter() -> None:
        s.navigator.enter_with(entrance.open_demo)
        until(lambda: s.navigator.journal is not None, "the demo is open")
        s.settle()

    enter()
    s.session_with("Juniper")
    s.write("feet going, small walk")
    places.append(entrance.open_demo.__self__._demo[0])  # type: ignore[attr-defined]
    s.navigator.lock()
    s.settle()
    enter()
    until(lambda: s.navigator.presenter is not None, "the running session is in front again")
    assert s.navigator.presenter is not None
    assert "feet going, small walk" in [n.original.text for n in s.navigator.presenter.held.notes]
    assert places[0].exists()
    s.quit()
    assert not places[0].parent.exists()
