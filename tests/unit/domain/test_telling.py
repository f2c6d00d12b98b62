"""Entries told in plain words."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from kapjournal.domain.entry import Entry, Kind, VitalsDetails
from kapjournal.domain.telling import KIND_TOLD, Around, Told, icon_of, spoken, told, told_text

AT = datetime(2026, 3, 2, 13, 50, tzinfo=timezone(timedelta(hours=-5)))


def entry(kind: Kind, text: str = "", *, starred: bool | None = None, **details: object) -> Entry:
    return Entry.model_validate(
        {"id": "e", "client": "wren", "kind": kind, "text": text, "noticed_at": AT, "starred": starred,
         "details": details or None}
    )  # fmt: skip


def test_every_kind_has_its_own_word() -> None:
    assert set(KIND_TOLD) == set(Kind)
    assert len({told.label for told in KIND_TOLD.values()}) == len(Kind)


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (entry(Kind.OBSERVATION, "Tears, silent."), "Tears, silent."),
        (entry(Kind.OBSERVATION, code="slow_breath"), "Slow breath"),
        (entry(Kind.QUOTE, "It’s like the floor is breathing."), "“It’s like the floor is breathing.”"),
        (entry(Kind.QUOTE, '"yes" she says'), '"yes" she says'),
        (entry(Kind.DOSE, "left deltoid", amount_mg=30, route="IM", booster=True), "Booster 30 mg IM, left deltoid"),
        (entry(Kind.DOSE, amount_mg=60, route="IM"), "60 mg IM"),
        (entry(Kind.DOSE, amount_mg=12.5), "12.5 mg route?"),
        (entry(Kind.DOSE, "nurse has it"), "nurse has it amount? route?"),
        (
            entry(Kind.DOSE, amount_mg=100, route="SL", hold_min=12, swallowed=False, given_by="self"),
            "100 mg SL, held 12 min, not swallowed, self-administered",
        ),
        (entry(Kind.VITALS, "vitals", systolic=128, diastolic=82, heart_rate=84, spo2=97),
         "128/82 · pulse 84 · SpO₂ 97 %"),
        (entry(Kind.VITALS, "left arm", spo2=97), "SpO₂ 97 %, left arm"),
        (entry(Kind.SUDS, level=4), "SUDS 4 of 10"),
        (entry(Kind.SUDS, "asked softly", level=4), "SUDS 4 of 10, asked softly"),
        (entry(Kind.SEDATION, "sedation", level=4), "MOAA/S 4 of 5"),
        (entry(Kind.TOUCH, "Hand held. Wren asked; as agreed.", where="hand", initiated_by="client"),
         "Hand held. Wren asked; as agreed."),
        (entry(Kind.TOUCH, "touch", where="hand", initiated_by="client", basis="agreed_before"),
         "Hand, begun by client, as agreed before"),
        (entry(Kind.TOUCH, "she reached", where="hand", basis="asked_now"),
         "Hand, asked now, she reached who began it?"),
        (entry(Kind.TOUCH), "where? who began it?"),
        (entry(Kind.PHASE, phase="coming_down"), "Coming down"),
        (entry(Kind.PHASE, "in it", phase="peak"), "Peak, in it"),
        (entry(Kind.MUSIC, "Low Tide", track="Low Tide"), "Low Tide"),
        (entry(Kind.MUSIC, "strings, slower", track="Low Tide"), "Low Tide, strings, slower"),
        (entry(Kind.MUSIC), "music changed"),
        (entry(Kind.MARK), "a moment to come back to"),
        (entry(Kind.SAFETY, "Mild nausea."), "Mild nausea."),
        (entry(Kind.SAFETY, sign="vomiting", severity="mild", action="bucket"), "vomiting mild, bucket"),
        (entry(Kind.PART, "arms folded", part="w", blended=False), "@Watcher arms folded not blended"),
        (entry(Kind.PART, "@watcher at the back", part="w"), "@watcher at the back"),
        (entry(Kind.PART, part="w"), "@Watcher"),
        (entry(Kind.INTENTION, "Stop bracing.", enough="one breath"), "Stop bracing. Enough would be: one breath"),
        (entry(Kind.AGREEMENT, about="touch", allowed="hand"), "touch: hand"),
        (entry(Kind.MEASURE, "PHQ-9", instrument="PHQ-9", total=19), "PHQ-9 19"),
        (entry(Kind.NOTE, "anything else"), "anything else"),
    ],
)  # fmt: skip
def test_told(one: Entry, text: str) -> None:
    assert told_text(told(one, around=Around(part_names={"w": "Watcher"}))) == text


def test_styles() -> None:
    booster = entry(Kind.DOSE, "left deltoid", amount_mg=30, route="IM", booster=True)
    assert told(booster) == (Told("Booster 30 mg IM", "bold"), Told(", left deltoid"))
    assert told(entry(Kind.DOSE, amount_mg=30))[-1] == Told("route?", "missing")
    reading = entry(Kind.VITALS, systolic=128, diastolic=82, heart_rate=84)
    assert told(reading, around=Around(baseline=VitalsDetails(systolic=118, diastolic=76, heart_rate=72))) == (
        Told("128/82", "bold"),
        Told(" · pulse "),
        Told("84", "bold"),
        Told("  +10/+6, pulse +12 from baseline", "quiet"),
    )
    assert told(entry(Kind.QUOTE, "so #grief is here"), around=Around(tags=("@Planner",))) == (
        Told("“so ", "quote"),
        Told("#grief", "theme"),
        Told(" is here”", "quote"),
        Told(" "),
        Told("@Planner", "part"),
    )


def test_the_details_of_today_are_told() -> None:
    reading = entry(Kind.VITALS, systolic=173, diastolic=84)
    assert told_text(told(reading, VitalsDetails(systolic=153, diastolic=84))) == "153/84"


def test_the_glyph_of_a_dose_goes_by_its_route() -> None:
    assert icon_of(Kind.DOSE, entry(Kind.DOSE, amount_mg=1, route="IM").details) == "syringe"
    assert icon_of(Kind.DOSE, entry(Kind.DOSE, amount_mg=1, route="SL").details) == "pill"
    assert icon_of(Kind.DOSE, None) == "syringe"
    assert icon_of(Kind.NOTE, None) == "file-text"


def test_a_row_as_a_sentence() -> None:
    quote = entry(Kind.QUOTE, "Nana’s kitchen", starred=True)
    assert spoken(quote, told(quote), AT, 28 * 60 + 5) == (
        "13:50, 28 minutes after first dose, client’s words, marked: “Nana’s kitchen”"
    )
    own = entry(Kind.SELF, "pull to comfort")
    assert spoken(own, told(own), AT, None) == "13:50, my own state, private: pull to comfort"
    assert spoken(own, told(own), AT, -60).startswith("13:50, 1 minute before first dose,")
