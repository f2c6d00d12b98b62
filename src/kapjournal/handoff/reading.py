"""The pages of a bundle as files for people: one HTML file without scripts, a simpler one for paper, and a README.

Jinja2 escapes every word; the content security policy lets in the one style sheet by its hash and nothing else.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from kapjournal.application.ports import Parcel
from kapjournal.domain.days import day_text
from kapjournal.domain.document import Document

_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# These could turn a line around for the eye; a reader sees a sign in their place.
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


class Templates:
    """The templates in a folder, filled in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_seen,
        )

    def reading(self, document: Document) -> str:
        """`index.html`."""
        style = (self._folder / "index.css").read_text(encoding="utf-8")
        digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'"
        made = day_text(document.made_at.date())
        # The style sheet is the project's own file, and has to stand as it was hashed.
        return self._environment.get_template("index.html").render(
            document=document,
            policy=policy,
            style=Markup(style),  # noqa: S704
            made=made,
        )

    def printed(self, document: Document) -> str:
        """The summary as tables and headings, which a text widget can lay out on paper."""
        return self._environment.get_template("summary.html").render(document=document)

    def readme(self, parcel: Parcel) -> str:
        """`README.txt`."""
        return self._environment.get_template("README.txt").render(contents=parcel.contents, sender=parcel.sender)


def _seen(value: object) -> object:
    """Control characters become signs that can be seen; marked-up text is the templates' own."""
    if not isinstance(value, str) or isinstance(value, Markup) or not _ODD.search(value):
        return value
    return _TURNING.sub("·", _UNSEEN.sub(lambda found: chr(0x2400 + min(ord(found[0]), 0x21)), value))
