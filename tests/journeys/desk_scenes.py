"""The rooms of desk work after a session, over Wren's course: they join `screens.SCREENS`."""

from __future__ import annotations

from kapjournal.gui.integrate.view import IntegrateView
from kapjournal.gui.mine.view import MineView
from kapjournal.gui.parts.view import PartsView
from kapjournal.gui.picture.view import PictureView
from kapjournal.gui.review.view import ReviewView
from kapjournal.gui.themes.view import ThemesView
from tests.journeys.handing_scenes import HANDING_SCENES
from tests.journeys.screens import KEY, WREN, Scene, front, home
from tests.journeys.stage import Stage, until


def review(s: Stage) -> ReviewView:
    home(s)
    s.navigator.desk.go_review(WREN, "wren-d3")
    view = front(s, ReviewView)
    until(view.timeline.hasFocus, "the keys are on the line")
    return view


def review_unfolded(s: Stage) -> None:
    view = review(s)
    for button in (view.account.go_on, view.own.turn, view.note.correct):
        button.click()
        s.settle()


def review_compared(s: Stage) -> None:
    review(s).head.compare.click()
    s.settle()


def integrate(s: Stage) -> IntegrateView:
    home(s)
    s.navigator.desk.go_integrate(WREN, "theme:th-grief")
    view = front(s, IntegrateView)
    until(lambda: bool(view.shelf.rows), "there is something to choose from")
    return view


def integrate_found(s: Stage) -> None:
    view = integrate(s)
    s.press(KEY.Key_Return, at=view.shelf)
    until(lambda: bool(view.middle.notes.rows), "the notes are there")
    view.note.practices.unfold(unfolded=True)
    s.settle()


def themes(s: Stage) -> None:
    home(s)
    s.navigator.desk.go_themes(WREN, "th-grief")
    view = front(s, ThemesView)
    until(lambda: bool(view.list.rows), "the themes are listed")
    s.settle()


def parts(s: Stage) -> None:
    home(s)
    s.navigator.desk.go_parts(WREN)
    view = front(s, PartsView)
    until(lambda: bool(view.list.rows), "the parts are listed")
    s.settle()


def picture(s: Stage) -> PictureView:
    home(s)
    s.navigator.desk.go_picture(WREN)
    view = front(s, PictureView)
    until(lambda: bool(view.strips.themes.strip.rows), "the themes are drawn")
    s.settle()
    return view


def mine(s: Stage) -> None:
    home(s)
    s.navigator.desk.go_mine()
    front(s, MineView)
    s.settle()


DESK_SCENES = (
    Scene("review", review),  # type: ignore[arg-type] - what it gives back is for those who go on from there
    Scene("review-unfolded", review_unfolded),
    Scene("review-compared", review_compared),
    Scene("integrate", integrate),  # type: ignore[arg-type]
    Scene("integrate-found", integrate_found),
    Scene("themes", themes),
    Scene("parts", parts),
    Scene("picture", picture),  # type: ignore[arg-type]
    Scene("mine", mine),
    *HANDING_SCENES,
)
