"""The course in one look: runs every step, says what it found, and stops at the first that is not as it should be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QApplication

from kapjournal import crash
from kapjournal.domain.errors import JournalError
from kapjournal.gui.look import load_fonts
from kapjournal.tour.clock import SteppingClock
from kapjournal.tour.driver import Driver, NotAsItShould
from kapjournal.tour.entering import ENTERING
from kapjournal.tour.handing_over import HANDING_OVER
from kapjournal.tour.integrating import INTEGRATING
from kapjournal.tour.keeping import KEEPING
from kapjournal.tour.landing import LANDING
from kapjournal.tour.reviewing import REVIEWING
from kapjournal.tour.sample import sample_course
from kapjournal.tour.sitting import SITTING
from kapjournal.tour.whole_course import WHOLE_COURSE

BEGUN = datetime(2026, 9, 22, 12, 40, tzinfo=timezone(timedelta(hours=1)))
WITH_WREN = (*WHOLE_COURSE, *REVIEWING, *KEEPING, *INTEGRATING)


def steps() -> tuple[Callable[[Driver], str], ...]:
    """In order; what goes over the longer course is left out, and says so, where that is not there."""
    here = (*ENTERING, *SITTING, *LANDING)
    if sample_course() is None:
        print(f"LEFT OUT: {len(WITH_WREN)} steps over a longer course, which only a checkout has.", flush=True)
        return (*here, *HANDING_OVER)
    return (*here, *WITH_WREN, *HANDING_OVER)


class Ended(NamedTuple):
    """How far the course came."""

    steps: int
    pictures: int
    well: bool


def drive(out: Path, look: str) -> Ended:
    """Drive through the whole course in one look."""
    _application = QApplication.instance() or QApplication(["kapjournal"])
    load_fonts()
    driver = Driver(out, look, SteppingClock(BEGUN))
    done, course = 0, steps()
    try:
        for step in course:
            if not _did(step, driver):
                break
            done += 1
    finally:
        driver.quit()
    return Ended(done, driver.pictures, well=done == len(course))


def _did(step: Callable[[Driver], str], driver: Driver) -> bool:
    name = step.__name__.replace("_", " ")
    try:
        found = step(driver)
        if complaints := driver.complaints():
            raise NotAsItShould(f"Qt complained: {'; '.join(complaints)}")
    except Exception as trouble:  # noqa: BLE001 - whatever it is, it is told, and the journal is a throwaway one
        told = trouble if isinstance(trouble, NotAsItShould | JournalError) else crash.report(trouble)
        print(f"{driver.look:<6}FAILED  {name}: {told}", flush=True)
        return False
    print(f"{driver.look:<6}ok      {name}: {found}", flush=True)
    return True
