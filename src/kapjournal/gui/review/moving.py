"""Moving along the line: from entry to entry, from lane to lane, closer and wider. What a presenter begins with."""

from __future__ import annotations

from kapjournal.application.review_session import ACCOUNT, NOTE, OWN, Reviewed
from kapjournal.domain.zoom import Stretch
from kapjournal.gui.review.state import Mark, Picture, Track

FIELDS = (ACCOUNT, NOTE, OWN, "comment", "correct")
CLOSER = 0.6
PAN = 0.2  # of what is in sight


class Moving:
    """Knows what is in sight, which entry is chosen, and the minute that sessions are compared at."""

    def __init__(self) -> None:
        self._reviewed: Reviewed | None = None
        self._versions = dict.fromkeys(FIELDS, 0)
        self._on_way: list[str] = []
        self._unfolded = False
        self.picture = Picture()

    def _show(self) -> None:
        raise NotImplementedError

    def _lay(self, made: Picture, *, wanted: str, anew: bool) -> None:
        """Take other tracks; what is chosen and in sight stays, unless it is `anew`."""
        before = self.picture
        laid = self._reviewed.laid if self._reviewed else ()
        ends = [one.end for one in laid] + [s.end for t in made.tracks for band in t.bands for s in band.spans]
        starts = [one.start for one in laid]
        first, last = min(starts, default=0.0), max(ends, default=60.0)
        edge = max((last - first) * 0.035, 1.0)
        whole = Stretch(first - edge, last + edge)
        shown = whole if anew or before.shown == before.whole else before.shown.within(whole)
        from_dose = any(one.from_dose for one in laid)
        self.picture = made._replace(shown=shown, whole=whole, cursor=before.cursor, from_dose=from_dose)
        ids = {mark.id for track in made.tracks for mark in track.marks}
        kept = next((id_ for id_ in (wanted, before.chosen) if id_ in ids), "")
        chosen = kept or _first(made.tracks[0] if made.tracks else None)
        self._unfolded = self._unfolded and chosen == before.chosen
        self.picture = self.picture._replace(chosen=chosen)
        if wanted:
            self._bring_into_sight()

    def choose(self, entry: str) -> None:
        """Choose an entry; what is in sight moves along if it has to."""
        if entry and entry != self.picture.chosen:
            self._unfolded = False
            self.picture = self.picture._replace(chosen=entry)
            if self.picture.cursor is not None:
                self.picture = self.picture._replace(cursor=self._chosen_minute())
            self._bring_into_sight()
        self._show()

    def step(self, by: int) -> None:
        """To the next entry in time in the same session, or the one before."""
        track = self._track()
        if track is not None and track.marks:
            here = next((n for n, mark in enumerate(track.marks) if mark.id == self.picture.chosen), 0)
            self.choose(track.marks[min(max(here + by, 0), len(track.marks) - 1)].id)

    def cross(self, by: int) -> None:
        """To the entry closest in time in the next lane below that has any, or above; on into the next session."""
        mark = self.picture.mark
        rows = [[m for m in t.marks if m.lane == lane.lane] for t in self.picture.tracks for lane in t.lanes]
        here = next((n for n, row in enumerate(rows) if mark in row), None)
        if mark is None or here is None or not 0 <= here + by < len(rows):
            return
        self.choose(min(rows[here + by], key=lambda m: abs(m.minute - mark.minute)).id)

    def zoom(self, closer: bool, about: float | None = None) -> None:
        """Closer to a minute, or wider; to the chosen entry unless one is named."""
        picture = self.picture
        minute = about if about is not None else self._chosen_minute()
        minute = minute if picture.shown.holds(minute) else (picture.shown.start + picture.shown.end) / 2
        by = CLOSER if closer else 1 / CLOSER
        self._see(picture.shown.zoomed(by, minute, picture.whole))

    def pan(self, parts: float) -> None:
        """Along the line by this many steps, a fifth of what is in sight each."""
        shown = self.picture.shown
        self._see(shown.moved(parts * PAN * shown.width, self.picture.whole))

    def drag(self, minutes: float) -> None:
        """Along the line by so many minutes."""
        self._see(self.picture.shown.moved(minutes, self.picture.whole))

    def see_all(self) -> None:
        """The whole session."""
        self._see(self.picture.whole)

    def point_at(self, minute: float) -> None:
        """Compare at this minute."""
        if self.picture.cursor is not None:
            whole = self.picture.whole
            at = float(round(min(max(minute, whole.start), whole.end)))
            self.picture = self.picture._replace(cursor=at, shown=self.picture.shown.showing(at, whole))
            self._show()

    def point_on(self, by: int) -> None:
        """Compare so many minutes later, or earlier."""
        if self.picture.cursor is not None:
            self.point_at(self.picture.cursor + by)

    def _see(self, shown: Stretch) -> None:
        self.picture = self.picture._replace(shown=shown)
        self._show()

    def _bring_into_sight(self) -> None:
        shown = self.picture.shown.showing(self._chosen_minute(), self.picture.whole)
        self.picture = self.picture._replace(shown=shown)

    def _track(self) -> Track | None:
        tracks = self.picture.tracks
        holding = (t for t in tracks if any(m.id == self.picture.chosen for m in t.marks))
        return next(holding, tracks[0] if tracks else None)

    def _chosen_minute(self) -> float:
        mark: Mark | None = self.picture.mark
        return mark.minute if mark is not None else 0.0


def _first(track: Track | None) -> str:
    """What to begin with: the first marked moment, or else the first entry since the dose."""
    marks = track.marks if track is not None else ()
    marked = next((m.id for m in marks if m.marked), "")
    since = next((m.id for m in marks if m.minute >= 0), "")
    return marked or since or (marks[0].id if marks else "")
