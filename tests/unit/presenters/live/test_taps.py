"""Which key press counts, and at what moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kapjournal.gui.live.state import Mode
from kapjournal.gui.live.taps import Taps
from tests.fakes.clock import FakeClock
from tests.unit.presenters.live.room import Room


@pytest.fixture
def taps() -> Taps:
    return Taps()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def test_a_held_key_counts_once(taps: Taps, clock: FakeClock) -> None:
    assert taps.pressed("G", clock.now())
    clock.pass_(5)
    assert not taps.pressed("G", clock.now())
    taps.released("G")
    assert taps.pressed("G", clock.now())


def test_the_same_letter_within_a_second_is_one_press(taps: Taps, clock: FakeClock) -> None:
    for wait, counts in ((0, True), (0.5, False), (0.4, False), (0.1, True)):
        clock.pass_(wait)
        assert taps.pressed("G", clock.now()) is counts
        taps.released("G")


def test_another_letter_counts_at_once_and_a_restart_forgets(taps: Taps, clock: FakeClock) -> None:
    assert taps.pressed("G", clock.now())
    assert taps.pressed("T", clock.now())
    taps.released("G")
    clock.reboot(0)
    assert taps.pressed("G", clock.now())


def test_a_wall_clock_that_is_set_does_not_swallow_a_press(taps: Taps, clock: FakeClock) -> None:
    taps.pressed("G", clock.now())
    taps.released("G")
    clock.pass_(2)
    clock.set_wall(-timedelta(seconds=2))
    assert taps.pressed("G", clock.now())


def test_a_key_that_was_taken_back_counts_again_at_once(taps: Taps, clock: FakeClock) -> None:
    taps.pressed("G", clock.now())
    taps.released("G")
    taps.take_back("G")
    assert taps.pressed("G", clock.now())


def test_keys_are_forgotten_when_the_focus_goes_elsewhere(taps: Taps, clock: FakeClock) -> None:
    taps.pressed("G", clock.now())
    taps.forget_keys()
    clock.pass_(1)
    assert taps.pressed("G", clock.now())


def test_prefixes_are_used_up(taps: Taps, clock: FakeClock) -> None:
    last = clock.now()
    clock.pass_(100)
    now = clock.now()
    taps.share_moment()
    assert taps.waiting == "same moment as the last one, then a letter"
    assert taps.moment(now, last) == last
    assert (taps.moment(now, last), taps.waiting) == (now, "")


def test_minutes_ago_has_two_digits_at_most(taps: Taps, clock: FakeClock) -> None:
    now = clock.now()
    assert not taps.digit("3")
    taps.minus()
    assert taps.waiting == "… min ago, then a letter"
    assert [taps.digit(d) for d in "123"] == [True, True, False]
    assert taps.waiting == "12 min ago, then a letter"
    assert taps.moment(now, now) == now.earlier(timedelta(minutes=12))
    taps.minus()
    assert taps.moment(now, now) == now  # no digit, no shift
    taps.minus()
    taps.forget_prefixes()
    assert taps.waiting == ""


# --- in the session --------------------------------------------------------------------------------------------------


@pytest.fixture
def room() -> Room:
    made = Room()
    made.presenter.escape()
    return made


def tap(room: Room, keys: str) -> None:
    for key in keys:
        room.presenter.tap(key, key.isupper() and key.isalpha())
        room.presenter.tap_key_released(key)


def test_a_letter_without_a_meaning_keeps_nothing(room: Room) -> None:
    tap(room, "q?ß")
    assert (room.rows, room.state.capture.last_key) == ([], "")


def test_music_and_mark_have_letters_of_their_own(room: Room) -> None:
    tap(room, "k")  # nothing to mark yet: a moment
    tap(room, "m")
    assert [(e.kind, e.starred) for e in room.journal.entries()] == [("mark", True), ("music", None)]


def test_a_first_plus_shares_the_moment_of_now(room: Room) -> None:
    tap(room, "+t")
    assert [e.elapsed_s for e in room.journal.entries()] == [0.0]


def test_a_comment_that_is_written_before_the_disk_has_the_entry(room: Room) -> None:
    room.tasks.hold = True
    tap(room, "G")
    assert room.state.capture.heading.startswith("A comment on 09:00")
    room.write("long one")
    room.tasks.release()
    assert room.rows == ["Sigh: long one"]


def test_leaving_tap_mode_forgets_what_was_begun(room: Room) -> None:
    tap(room, "-3")
    room.presenter.enter()
    assert room.state.capture.mode is Mode.WRITE
    room.presenter.escape()
    tap(room, "t")
    assert [e.elapsed_s for e in room.journal.entries()] == [0.0]


def test_a_form_over_a_form_brings_the_line_back(room: Room) -> None:
    room.presenter.write()
    room.type("half a li")
    room.presenter.open_form("dose")
    room.presenter.form_changed("amount", "60")
    room.presenter.open_form("vitals")
    room.presenter.escape()
    assert (room.state.capture.mode, room.state.capture.text) == (Mode.WRITE, "half a li")
    assert room.journal.entries() == ()


def test_a_veil_code_that_is_too_short_is_told(room: Room) -> None:
    room.presenter.open_form("veil")
    room.presenter.form_changed("code", "12")
    room.presenter.form_enter()
    banner = room.state.banner
    assert banner is not None
    assert banner.sentence == "A veil code has four figures or letters at least."
    assert room.journal.desk("veil_code") is None
