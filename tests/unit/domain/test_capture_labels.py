"""Themes and parts in a line: what a typed name stands for, where it stays, what is offered, what is taken back."""

from __future__ import annotations

import pytest

from kapjournal.domain.capture import Label, PieceKind, nearest, read_line, write_line
from tests.unit.domain.capture_world import CONTEXT, PARTS, STAMP, THEMES


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("#grief", "grief"),
        ("#Grief", "grief"),
        ("#GRIEF-LOSS", "grief"),
        ("#loss", "grief"),
        ("#letting-go", "letgo"),
        ("#letting", "letgo"),
        ("#surrender", "letgo"),
        ("#childhood", "childhood"),
        ("#younger-self", "childhood"),
        ("#mother", "mother"),
        ("#caregivers", "mother"),
        ("#inner-critic", "critic"),
        ("#transference", "therapist"),
        ("#café", "cafe"),
        ("#cafe\u0301", "cafe"),
        ("#cafe-mornings", "cafe"),
        ("#cafeteria", None),
        ("#go", None),
        ("@little-one", "p-little"),
        ("@Little", "p-little"),
        ("@minder", "p-minder"),
        ("@the-minder", "p-minder"),
        ("@the", None),
        ("@stairs", "p-stairs"),
        ("@girl", None),
    ],
)
def test_what_a_typed_name_stands_for(typed: str, id_: str | None) -> None:
    (label,) = read_line(f"and {typed} then", STAMP, CONTEXT).labels
    assert label == Label(typed, typed.startswith("@"), id_, trailing=False)


def test_a_name_that_two_themes_share_stands_for_neither() -> None:
    twice = (*THEMES, THEMES[0].model_copy(update={"id": "other", "name": "Loss / leaving"}))
    (label,) = read_line("#loss", STAMP, CONTEXT._replace(themes=twice)).labels
    assert label.id is None


@pytest.mark.parametrize(
    ("line", "text", "labels"),
    [
        ("tears #grief", "tears", [("#grief", "grief", True)]),
        ("tears #grief @critic", "tears", [("#grief", "grief", True), ("@critic", "p-critic", True)]),
        ("so #grief is here", "so #grief is here", [("#grief", "grief", False)]),
        ("#grief is here", "#grief is here", [("#grief", "grief", False)]),
        ("tears #unheard", "tears #unheard", [("#unheard", None, False)]),
        ("tears #grief #unheard", "tears #grief #unheard", [("#grief", "grief", False), ("#unheard", None, False)]),
        ("tears #unheard #grief", "tears #unheard", [("#unheard", None, False), ("#grief", "grief", True)]),
        ("tears #grief.", "tears #grief.", [("#grief", "grief", False)]),
        ("(#grief)", "(#grief)", [("#grief", "grief", False)]),
        ('"she is gone #grief"', "she is gone #grief", [("#grief", "grief", False)]),
        ('"she is gone" #unheard', "she is gone #unheard", [("#unheard", None, False)]),
        ("#grief", "", [("#grief", "grief", True)]),
        ("mail a@critic.org, C#sharp", "mail a@critic.org, C#sharp", []),
        ("## heading, @5, # alone", "## heading, @5, # alone", []),
        ("#grief-", "#grief-", [("#grief", "grief", False)]),
        ("#שכול here", "#שכול here", [("#שכול", None, False)]),
    ],
)
def test_where_a_label_stays(line: str, text: str, labels: list[tuple[str, str | None, bool]]) -> None:
    draft = read_line(line, STAMP, CONTEXT)
    assert draft.text == text
    assert [(label.typed, label.id, label.trailing) for label in draft.labels] == labels
    assert read_line(write_line(draft), STAMP, CONTEXT).meaning == draft.meaning


def test_the_ids_are_each_given_once() -> None:
    draft = read_line("#grief and #loss and @critic", STAMP, CONTEXT)
    assert draft.ids(of_parts=False) == ("grief",)
    assert draft.ids(of_parts=True) == ("p-critic",)


@pytest.mark.parametrize(
    ("typed", "first", "new"),
    [
        ("#let", ("#letting-go", "Letting go / surrender", "letgo"), True),
        ("#surr", ("#surrender", "Letting go / surrender", "letgo"), True),
        ("#young", ("#younger-self", "Childhood memories / younger self", "childhood"), True),
        ("#self", ("#younger-self", "Childhood memories / younger self", "childhood"), True),
        ("#greif", ("#grief", "Grief & loss", "grief"), True),
        ("#grief", ("#grief", "Grief & loss", "grief"), False),
        ("@lit", ("@little-one", "Little one", "p-little"), True),
        ("@min", ("@minder", "The minder", "p-minder"), True),
    ],
)
def test_nearest(typed: str, first: tuple[str, str, str], new: bool) -> None:
    offered = nearest(typed, THEMES if typed.startswith("#") else PARTS)
    assert offered[0] == first
    assert (offered[-1].id is None) is new
    for suggestion in offered[:-1]:
        assert [label.id for label in read_line(suggestion.typed, STAMP, CONTEXT).labels] == [suggestion.id]


def test_nearest_offers_all_for_a_bare_sign_and_something_new_for_the_unheard_of() -> None:
    assert len(nearest("#", THEMES)) == 5
    assert nearest("#", THEMES, limit=99)[-1].id is not None
    assert nearest("#walled-garden", ()) == (("#walled-garden", "walled garden", None),)


def test_a_piece_turned_back_to_text_stays_text_while_typing_goes_on() -> None:
    line = "so #grief is here, #grief"
    first = next(piece for piece in read_line(line, STAMP, CONTEXT).pieces if piece.kind is PieceKind.THEME)
    context = CONTEXT._replace(dismissed=frozenset({first.key}))
    for longer in (line, line + " and", line + " and more #loss"):
        labels = read_line(longer, STAMP, context).labels
        assert [label.typed for label in labels] == ["#grief", "#loss"][: len(labels)]
        assert len(labels) == longer.count("#") - 1


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("> said it", "> said it"),
        ('"said it"', '"said it"'),
        ("-2m said it", "-2m said it"),
        ("dose 60mg im", "dose 60mg im"),
        ("bp 128/82 84 97", "bp 128/82 84 97"),
        ("@critic said it", "@critic said it"),
    ],
)
def test_the_first_piece_turned_back_leaves_the_words(line: str, text: str) -> None:
    draft = read_line(line, STAMP, CONTEXT)
    dismissed = frozenset({draft.pieces[0].key})
    again = read_line(line, STAMP, CONTEXT._replace(dismissed=dismissed))
    assert again.text == text
    assert (again.when, again.details) == (None, None) or line.startswith("@")
    assert read_line(line + " and more", STAMP, CONTEXT._replace(dismissed=dismissed)).text == text + " and more"
