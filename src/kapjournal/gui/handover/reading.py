"""The pages of the preview, which of them is in front, and which were read as they stand now. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence

from kapjournal.domain.document import Page


class Reading:
    """A page counts as read once it was in front; one that changed since has to be read again."""

    def __init__(self) -> None:
        self.pages: tuple[Page, ...] = ()
        self._prints: tuple[int, ...] = ()  # of what each says: a bundle may have hundreds of pages
        self._read: set[int] = set()
        self.at = 0

    def take(self, pages: Sequence[Page], *, shown: bool) -> None:
        """Go on with these pages; `shown` says whether the one in front is in sight."""
        before = self.page
        self.pages, self._prints = tuple(pages), tuple(_print(page) for page in pages)
        if before is not None and before.title != (self.page.title if self.page else ""):
            self.at = next((n for n, page in enumerate(self.pages) if page.title == before.title), 0)
        self.at = min(self.at, max(len(self.pages) - 1, 0))
        if shown:
            self.see()

    def see(self) -> None:
        """The page in front is in sight."""
        if self.page is not None:
            self._read.add(self._prints[self.at])

    @property
    def page(self) -> Page | None:
        """The one in front."""
        return self.pages[self.at] if self.at < len(self.pages) else None

    @property
    def read(self) -> int:
        """How many were read."""
        return sum(one in self._read for one in self._prints)

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
        self.at = next((n for n in order if self._prints[n] not in self._read), self.at)
        self.see()


def _print(page: Page) -> int:
    """Alike for pages that say the same; nobody reads the ids, which a consultation copy makes anew each time."""
    return hash(page._replace(rows=tuple(row._replace(entry="") for row in page.rows)))
