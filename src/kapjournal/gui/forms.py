"""What is known of a form that is open in place. Plain Python, since presenters use it."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """The form that is open; `says` is how something typed was read, `problem` what does not fit."""

    name: str = ""  # empty: none is
    says: str = ""
    problem: str = ""
