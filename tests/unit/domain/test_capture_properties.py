"""The capture grammar never raises, and every draft survives being written out and read again."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kapjournal.domain.capture import Context, read_line, write_line
from kapjournal.domain.entry import Entry, Kind
from tests.unit.domain.capture_world import CONTEXT, PARTS, STAMP, THEMES

# Everything the grammar knows, so that chance puts it together in ways that nobody would think of.
FRAGMENTS = """
" “ ” „ « » ‟ > ~ ! * \\ # @ - , . / : ; ( ) #grief #letting-go #zzz #Loss #é @critic @little-one @nobody @14:05 @1
-2m -90s -2min -200m -999m −3m –4s 14:05 23:59 24:00 @ 14:05 -2 m 2m dose booster dose60mg 60mg 60 mg 30 im IM sl in IN
po oral hold 12m hold 300m 0mg 99999mg bp 132/84 140 / 90 84/132 400/90 bp140/90 hr 78 hr78 spo2 97 spo2 9 spo297 97%
rr 14 temp 36.8 36,8 temp 99 hr 78.5 84 97 suds 4 suds4 11 moaas 5 touch hand shoulder asked left hair elbow-side on
phase peak coming down coming-down music next track deltoid it's “quiet” "go" she said
""".split()  # noqa: SIM905 (reads like the lines it is for)
SPACES = st.sampled_from(["", " ", " ", " ", "  ", "\n", "\t", "\xa0", ", ", "\r\n"])
ODD = st.text(max_size=6)
SOUP = st.lists(st.tuples(st.one_of(st.sampled_from(FRAGMENTS), ODD), SPACES), max_size=9).map(
    lambda words: "".join(word + space for word, space in words)
)
LINES = st.one_of(SOUP, SOUP, st.text(max_size=60))
KINDS = st.sampled_from([Kind.OBSERVATION, Kind.NOTE, Kind.QUOTE, Kind.PART, Kind.MARK, Kind.SAFETY, Kind.TOUCH])
QUICK = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(LINES, KINDS)
@example('"', Kind.OBSERVATION)
@example('"" #grief', Kind.OBSERVATION)
@example("\\", Kind.OBSERVATION)
@example("\\#grief", Kind.QUOTE)
@example("@critic -2m", Kind.OBSERVATION)
@example('"5" nail', Kind.OBSERVATION)
@example("suds 4 #grief #zzz", Kind.OBSERVATION)
@example("#grief -2m #zzz", Kind.OBSERVATION)
@example("bp 128/82 84 9", Kind.OBSERVATION)
@example("touch asked asked", Kind.OBSERVATION)
def test_a_draft_survives_writing_out_and_reading(line: str, kind: Kind) -> None:
    context = CONTEXT._replace(default_kind=kind)
    draft = read_line(line, STAMP, context)
    assert read_line(write_line(draft), STAMP, context).meaning == draft.meaning


@QUICK
@given(LINES, KINDS, st.data())
def test_it_survives_with_pieces_turned_back_to_text(line: str, kind: Kind, data: st.DataObject) -> None:
    context = CONTEXT._replace(default_kind=kind)
    pieces = read_line(line, STAMP, context).pieces
    chosen = data.draw(st.sets(st.sampled_from([piece.key for piece in pieces]))) if pieces else set()
    context = context._replace(dismissed=frozenset(chosen))
    draft = read_line(line, STAMP, context)
    assert not {piece.key for piece in draft.pieces} & chosen
    assert read_line(write_line(draft), STAMP, context).meaning == draft.meaning


@QUICK
@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_makes_an_entry_that_can_be_kept(line: str) -> None:
    draft = read_line(line, STAMP, CONTEXT)
    draft.text.encode()  # whole for the disk: no lone surrogates
    assert not any(sign < " " and sign != "\n" for sign in draft.text)
    Entry(
        id="e", client="wren", kind=draft.kind, text=draft.text, noticed_at=draft.noticed_at,
        details=draft.details, starred=draft.starred,
    )  # fmt: skip


@QUICK
@given(LINES)
def test_pieces_stand_where_they_say(line: str) -> None:
    for piece in read_line(line, STAMP, CONTEXT).pieces:
        assert 0 <= piece.start <= piece.end <= len(line)
        if piece.key.kind in {"theme", "part"} and piece.kind in {"theme", "part"}:
            assert line[piece.start : piece.end].casefold() == piece.key.text


@QUICK
@given(
    LINES,
    st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001 (made aware below)
    st.integers(-14 * 60, 14 * 60),
)
def test_what_was_noticed_is_never_after_the_stamp(line: str, at: datetime, offset: int) -> None:
    stamp = at.replace(tzinfo=timezone(timedelta(minutes=offset)))
    noticed = read_line(line, stamp, CONTEXT).noticed_at
    assert stamp - timedelta(days=1) <= noticed <= stamp
    assert noticed.utcoffset() == stamp.utcoffset()


@QUICK
@given(LINES)
def test_known_names_change_only_labels_and_never_lose_a_word(line: str) -> None:
    known, unknown = read_line(line, STAMP, Context(THEMES, PARTS)), read_line(line, STAMP, Context())
    assert [label.typed for label in known.labels] == [label.typed for label in unknown.labels]
    written = known.text + "".join(label.typed for label in known.labels if label.trailing)
    assert "".join(unknown.text.split()) == "".join(written.split())
