"""The pinned card from what was written, and which touch lies outside the agreement."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import count

import pytest

from kapjournal.domain.card import Card, card_of, touch_is_outside, touch_widens
from kapjournal.domain.course import Client
from kapjournal.domain.entry import Action, Amendment, Entry, Kind

WREN = Client(id="wren", alias="Wren", prescriber="Dr. L.  555-0142")
DAY = datetime(2026, 2, 9, 15, 0, tzinfo=timezone(timedelta(hours=-5)))
_ids = count()


def entry(kind: Kind, text: str, day: int, client: str = "wren", **details: object) -> Entry:
    return Entry.model_validate(
        {"id": f"e{next(_ids)}", "client": client, "kind": kind, "text": text, "noticed_at": DAY + timedelta(days=day),
         "details": details or None}
    )  # fmt: skip


def amend(one: Entry, action: Action, text: str = "", **details: object) -> Amendment:
    return Amendment(
        id=f"a{next(_ids)}", entry=one.id, action=action, text=text, details=details or None,
        written_at=one.noticed_at + timedelta(days=1),
    )  # fmt: skip


INTENTION = entry(Kind.INTENTION, "To stop bracing.", 0, hope="stop bracing", enough="One breath.", state="open")
TOUCH = entry(Kind.AGREEMENT, "Talked through.", 1, about="Touch", allowed="hand; shoulder. not hair, no holding",
              stop_word="harbour", stop_gesture="raises the left palm")  # fmt: skip
SHARING = entry(Kind.AGREEMENT, "Ok to talk to Dr L.", 2, about="sharing with prescriber", allowed="dose, vitals")
PLAN = entry(Kind.PLAN, "Call Ash.\n\n988\nDr L rung same day.", 3, about="safety plan")
RIDE = entry(Kind.PLAN, "Ash drives.", 4, about="ride home")


def test_the_whole_card() -> None:
    card = card_of(WREN, [INTENTION, TOUCH, SHARING, PLAN, RIDE])
    assert card == Card(
        intention="To stop bracing.",
        enough="One breath.",
        touch="hand; shoulder. not hair, no holding",
        stop_word="harbour",
        stop_gesture="raises the left palm",
        plan=("Call Ash.", "988", "Dr L rung same day."),
        phone="Dr. L.  555-0142",
    )
    assert card.stop == "Says “harbour”, or raises the left palm."


def test_an_empty_card() -> None:
    assert card_of(Client(id="wren", alias="Wren"), []) == Card()
    assert Card().stop == ""
    assert Card(stop_word="red").stop == "Says “red”."
    assert Card(stop_gesture="flat hand.").stop == "Flat hand."


def test_the_latest_by_when_it_happened_counts() -> None:
    narrowed = entry(Kind.AGREEMENT, "No touch today.", 9, about="touch today", allowed="none")
    card = card_of(WREN, [narrowed, TOUCH, INTENTION])
    assert card.touch == "none"
    assert card.stop_word == "harbour"  # the signal still stands


def test_another_client_changes_nothing() -> None:
    other = entry(Kind.INTENTION, "Something else.", 9, client="finch", hope="x", state="open")
    assert card_of(WREN, [INTENTION, other]).intention == "To stop bracing."


def test_a_remark_about_intentions_does_not_hide_the_intention() -> None:
    remark = entry(Kind.INTENTION, "read all 3 aloud, she kept hand on third", 9, state="open")
    assert card_of(WREN, [INTENTION, remark]).intention == "To stop bracing."
    assert card_of(WREN, [remark]).intention == remark.text


def test_a_met_intention_makes_room_for_the_open_one() -> None:
    later = entry(Kind.INTENTION, "Meet the girl.", 9, hope="meet her", enough="sit below", state="open")
    card = card_of(WREN, [INTENTION, later], [amend(later, Action.ADDENDUM, state="met")])
    assert (card.intention, card.enough) == ("To stop bracing.", "One breath.")


def test_a_reworded_intention_is_shown_as_reworded() -> None:
    reworded = amend(INTENTION, Action.ADDENDUM, hope="let the commentary run", state="changed")
    assert card_of(WREN, [INTENTION], [reworded]).intention == "let the commentary run"


def test_what_was_taken_back_is_gone() -> None:
    card = card_of(WREN, [TOUCH, PLAN], [amend(TOUCH, Action.RETRACTION), amend(PLAN, Action.RETRACTION)])
    assert (card.touch, card.stop_word, card.plan) == ("", "", ())


def test_a_correction_that_does_not_fit_is_left_out() -> None:
    card = card_of(WREN, [TOUCH], [amend(TOUCH, Action.CORRECTION, allowed=["not", "words"])])
    assert card.touch == "hand; shoulder. not hair, no holding"


@pytest.mark.parametrize(
    ("agreed", "where", "outside"),
    [
        ("hand; shoulder. not hair, no holding", "hand", False),
        ("hand; shoulder. not hair, no holding", "hands", False),
        ("hand; shoulder. not hair, no holding", "left hand", False),
        ("hand; shoulder. not hair, no holding", "Shoulder", False),
        ("hand; shoulder. not hair, no holding", "hand on shoulder", False),
        ("hand; shoulder. not hair, no holding", "hand and shoulder", False),
        ("hand; shoulder. not hair, no holding", "hair", True),
        ("hand; shoulder. not hair, no holding", "hand on hair", True),
        ("hand; shoulder. not hair, no holding", "holding", True),
        ("hand; shoulder. not hair, no holding", "foot", True),
        ("hand; shoulder. not hair, no holding", "hand and foot", True),
        ("Hand yes, shoulder yes, no hair, no holding", "shoulder", False),
        ("no hair, shoulder yes", "shoulder", False),
        ("no hair, shoulder yes", "hair", True),
        ("hand, not hair, face or neck", "neck", True),
        ("hand, shoulder (never neck)", "neck", True),
        ("hand, feet to be OFF limits", "feet", True),
        ("hand, feet to be OFF limits", "hand", False),
        ("feet ok, hair: no", "foot", False),
        ("feet ok, hair: no", "hair", True),
        ("no touch except hand", "hand", False),
        ("no touch except hand", "shoulder", True),
        ("nothing but hand", "hand", False),
        ("hand but not fingers on face", "face", True),
        ("hand but not fingers on face", "hand", False),
        ("hand", "fingers", False),
        ("anywhere, not hair", "knee", False),
        ("anywhere, not hair", "hair", True),
        ("right hand only", "right hand", False),
        ("right hand only", "left hand", True),
        ("right hand only", "hand", False),
        ("hand, not left shoulder, right shoulder ok", "left shoulder", True),
        ("hand, not left shoulder, right shoulder ok", "right shoulder", False),
        ("Hand only, and only when Wren asks. May be narrowed now, never widened.", "hand", False),
        ("Hand only, and only when Wren asks. May be narrowed now, never widened.", "shoulder", True),
        ("none", "hand", True),
        ("", "hand", True),
        ("hand", None, False),
        ("hand", " ", False),
    ],
)
def test_touch_outside_the_agreement(agreed: str, where: str | None, outside: bool) -> None:
    assert touch_is_outside(where, Card(touch=agreed)) is outside


@pytest.mark.parametrize(
    ("before", "after", "widens"),
    [
        ("hand; shoulder. not hair", "hand only", False),
        ("hand; shoulder. not hair", "no touch today", False),
        ("hand; shoulder. not hair", "hand; shoulder. not hair", False),
        ("Hand only, when Wren asks.", "Only the hand, and only when asked twice", False),
        ("hand", "hand and shoulder", True),
        ("hand; shoulder. not hair, no holding", "hand; shoulder; holding is fine", True),
        ("right hand only", "hand", True),
        ("hand", "anywhere", True),
        ("", "hand", True),
    ],
)
def test_an_agreement_is_narrowed_or_widened(before: str, after: str, widens: bool) -> None:
    assert touch_widens(before, after) is widens


def test_intentions_in_the_order_given_by_hand() -> None:
    first = entry(Kind.INTENTION, "To rest.", 5, hope="To rest.", rank=1)
    second = entry(Kind.INTENTION, "To be kind.", 2, hope="To be kind.", enough="Once.", rank=2)
    met = entry(Kind.INTENTION, "To sleep.", 3, rank=3, state="met")
    card = card_of(WREN, [INTENTION, met, second, first])
    assert (card.intention, card.enough, card.others) == ("To rest.", "", ("To be kind.",))
    swapped = [amend(first, Action.ADDENDUM, rank=2), amend(second, Action.ADDENDUM, rank=1)]
    card = card_of(WREN, [second, first], swapped)
    assert (card.intention, card.enough, card.others) == ("To be kind.", "Once.", ("To rest.",))


def test_this_clients_own_danger_signs() -> None:
    signs = entry(Kind.PLAN, "Goes silent.\n“It’s pointless.”", 3, about="danger signs")
    assert card_of(WREN, [PLAN, signs]).watch_for == ("Goes silent.", "“It’s pointless.”")
