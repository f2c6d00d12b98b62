"""The pages of the preview, which of them is in front, and which were read as they stand now. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence

from kapjournal.domain.document import Page


class Reading:
    """A page counts as read once it was in front; one that changed since has to be read again."""

    def __init__(self) -> None:
        self.pages: tuple[Page, ...] = ()
        self._read: set[Page] = set()
        self.at = 0

    def take(self, pages: Sequence[Page], *, shown: bool) -> None:
        """Go on with these pages; `shown` says whether the one in front is in sight."""
        before = self.page
        self.pages = tuple(pages)
        if before is not None and before.title != (self.page.title if self.page else ""):
            self.at = next((n for n, page in enumerate(self.pages) if page.title == before.title), 0)
        self.at = min(self.at, max(len(self.pages) - 1, 0))
        if shown:
            self.see()

    def see(self) -> None:
        """The page in front is in sight."""
        if self.page is not None:
            self._read.add(_plain(self.page))

    @property
    def page(self) -> Page | None:
        """The one in front."""
        return self.pages[self.at] if self.at < len(self.pages) else None

    @property
    def read(self) -> int:
        """How many were read."""
        return sum(_plain(page) in self._read for page in self.pages)

    @property
    def left(self) -> int:
        """How many were not."""
        return len(self.pages) - self.read

    def step(self, by: int) -> None:
        """Forward or back."""
        self.at = min(max(self.at + by, 0), max(len(self.pages) - 1, 0))
        self.see()

    def next_unread(self) -> None:
        """To the next page that was not read, from here on and then from the beginning."""
        order = (*range(self.at + 1, len(self.pages)), *range(self.at))
        self.at = next((n for n in order if _plain(self.pages[n]) not in self._read), self.at)
        self.see()


def _plain(page: Page) -> Page:
    """Without the ids of entries, which nobody reads and which a consultation copy makes anew each time."""
    return page._replace(rows=tuple(row._replace(entry="") for row in page.rows))
