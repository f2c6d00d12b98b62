"""Reading instrument files: what is wrong with one is told in a sentence, and the others still load."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kapjournal.domain.errors import BadInput
from kapjournal.domain.measure import Instrument

OTHERS_ARE_THERE = "This instrument is left out; the others are there."


class Instruments(NamedTuple):
    """The instruments that could be read, in the order of lists, and a sentence for each file that could not."""

    known: tuple[Instrument, ...] = ()
    mistakes: tuple[str, ...] = ()

    def of(self, written: str) -> Instrument | None:
        """The instrument of that name, however an entry writes it: “PHQ-9”, “phq9”."""
        wanted = _plain(written)
        return next((instrument for instrument in self.known if _plain(instrument.id) == wanted), None)


def read_instrument(file: str, content: bytes) -> Instrument:
    """One instrument; raises `BadInput` naming file and field."""
    try:
        return Instrument.model_validate_json(content)
    except ValidationError as error:
        raise BadInput(f"{file}: {_told(error.errors(include_url=False)[0])}.") from None


def read_instruments(files: Iterable[tuple[str, bytes]]) -> Instruments:
    """All instruments that can be read; one that is there twice counts once."""
    known: list[Instrument] = []
    mistakes: list[str] = []
    for file, content in files:
        try:
            instrument = read_instrument(file, content)
        except BadInput as mistake:
            mistakes.append(f"{mistake.sentence} {OTHERS_ARE_THERE}")
            continue
        if any(_plain(instrument.id) == _plain(other.id) for other in known):
            mistakes.append(f"{file}: id: there is another {instrument.id} already. {OTHERS_ARE_THERE}")
        else:
            known.append(instrument)
    return Instruments(tuple(sorted(known, key=lambda one: (one.order, one.id))), tuple(mistakes))


_BRANCHES = ("int", "float")  # a number that may be either is told by its field, not by what was tried
_PROBLEMS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field that an instrument has",
    "string_pattern_mismatch": "has to be letters, digits, spaces, dots and hyphens, 40 at most",
    "string_too_short": "is empty",
    "string_type": "has to be text",
    "tuple_type": "has to be a list",
    "model_type": "needs an object in braces",
}


def _told(error: ErrorDetails) -> str:
    """A problem of pydantic's in words, the field first."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "json_invalid":
        return "this cannot be read as JSON, so the file was cut short or mistyped"
    field = ", ".join(
        part if isinstance(part, str) else str(part + 1) for part in error["loc"] if part not in _BRANCHES
    )
    if kind == "value_error":
        return f"{field}: {context['error']}" if field else str(context["error"])
    if kind.startswith(("int", "float")):
        problem = "has to be a number"
    elif kind.startswith(("greater", "less")):
        problem = f"has to be {'at least' if 'ge' in context else 'at most'} {next(iter(context.values()))}"
    elif kind == "enum":
        problem = f"has to be one of {context['expected']}".replace("'", "")
    else:
        problem = _PROBLEMS.get(kind, "does not fit")
    return f"{field} {problem}" if field else "this is not an object in braces"


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()
