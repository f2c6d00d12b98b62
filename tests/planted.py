"""Sentences with identifiers planted in them, of all 18 kinds that HIPAA names; all of it invented.

What stands between ⟦ and ⟧ is the identifier. The harder ones are there to be missed: the figures in `make bench` count
both. Sentences without one show what is marked for nothing.
"""

from __future__ import annotations

import re

PLANTED: tuple[tuple[str, str], ...] = (
    ("names", "Her sister ⟦Hannah⟧ drove her home."),
    ("names", "She said ⟦Tobias⟧ would not call."),
    ("names", "⟦Marisol⟧ called after the session."),
    ("names", "Talked about ⟦Mrs. Oyelaran⟧, the piano teacher."),
    ("names", "“I told ⟦Bea⟧ I was done.”"),
    ("names", "⟦Dr. Lindqvist⟧ cleared 60 mg."),
    ("names", "my brother, ⟦Anselm⟧, is not to know"),
    ("names", "he is named ⟦Quill⟧ after the grandfather"),
    ("names", "Wants to write to ⟦T.M.⟧ about it."),
    ("names", "the dog, ⟦biscuit⟧, stays with a friend"),
    ("places", "Grew up at ⟦14 Alder Street⟧."),
    ("places", "moved to ⟦Portstewart⟧ as a child"),
    ("places", "back at ⟦St Brannoc Hospital⟧"),
    ("places", "the old house in ⟦Tallow County⟧"),
    ("places", "ZIP ⟦97202⟧ on the form"),
    ("places", "lives near ⟦Fernhill Road⟧, above the bakery"),
    ("places", "the farm outside ⟦Ennistymon⟧"),
    ("places", "from ⟦Bend, OR⟧"),
    ("places", "the yellow house across from the ⟦ferry landing⟧"),
    ("dates", "since ⟦12 March 2019⟧ she sleeps badly"),
    ("dates", "her birthday, ⟦June 3⟧"),
    ("dates", "the accident on ⟦03/14/2011⟧"),
    ("dates", "died ⟦2020-11-02⟧"),
    ("dates", "since ⟦October⟧ it is better"),
    ("dates", "born ⟦1984⟧"),
    ("dates", "every ⟦Christmas Eve⟧"),
    ("dates", "the ⟦third of May⟧"),
    ("phone", "call ⟦555-0142⟧ first"),
    ("phone", "cell ⟦(503) 555-0188⟧"),
    ("phone", "⟦+44 20 7946 0958⟧ after six"),
    ("phone", "⟦503.555.0119⟧ at work"),
    ("fax", "fax ⟦503-555-0121⟧"),
    ("fax", "send by fax to ⟦555 0123⟧"),
    ("email", "wrote from ⟦little.wren@example.org⟧"),
    ("email", "⟦w+notes@mail.example.co.uk⟧ is best"),
    ("ssn", "SSN ⟦078-05-1120⟧"),
    ("ssn", "social security number is ⟦078 05 1120⟧"),
    ("record number", "MRN ⟦4471-220⟧"),
    ("record number", "chart no. ⟦88213⟧"),
    ("health plan", "insurance ID ⟦XQH448812207⟧"),
    ("health plan", "member number ⟦9920-11-4⟧"),
    ("account", "account ⟦00412-7781⟧"),
    ("account", "IBAN ⟦DE02120300000000202051⟧"),
    ("licence", "driver’s licence ⟦A1234567⟧"),
    ("licence", "passport no. ⟦533401882⟧"),
    ("vehicle", "plate ⟦7XKR 204⟧ outside again"),
    ("vehicle", "VIN ⟦1HGCM82633A004352⟧"),
    ("device", "pacemaker serial ⟦PM-44810-X⟧"),
    ("device", "pump, model ⟦KX200-77⟧"),
    ("link", "posted it on ⟦https://example.org/wren⟧"),
    ("link", "see ⟦www.example.com/stairs⟧"),
    ("link", "writes as ⟦@little_wren⟧"),
    ("ip", "logged in from ⟦203.0.113.7⟧"),
    ("ip", "⟦2001:db8:0:1:2:3:4:5⟧ in the log"),
    ("biometric", "unlocks it by ⟦fingerprint⟧"),
    ("biometric", "the bank knows her by ⟦voice print⟧"),
    ("photo", "keeps a ⟦photograph⟧ of the kitchen"),
    ("photo", "sent ⟦IMG_2041.jpg⟧ at night"),
    ("other number", "badge ⟦QW-7781-ZZ⟧"),
    ("other number", "locker ⟦88210034⟧"),
    ("age", "at ⟦93⟧ years old she still swims"),
    ("age", "turned ⟦47⟧ in spring"),
)

NOTHING_IN_THEM: tuple[str, ...] = (
    "Tears, silent. Breath stays slow and even.",
    "It’s like the floor is breathing.",
    "“You’re not alone with it.” Then silence.",
    "128/82, pulse 84, SpO2 97 %",
    "60 mg IM, right deltoid, booster 30 mg at 0:19",
    "SUDS 5 of 10, then 2 of 10",
    "MOAA/S 4, opens eyes to voice",
    "Hand held at her request, ended by her.",
    "She is not cross with me.",
    "I keep setting the table for two in my head.",
    "@Watcher at the back of the room, arms folded.",
    "Mild nausea. Turned to left side, bowl near. Settled in two minutes.",
    "Music: “Low Tide”, track 6.",
    "PHQ-9 13, GAD-7 9",
    "To stop bracing. To let someone be kind to me without paying for it.",
    "One breath all the way out before answering the telephone.",
    "Grief & loss again; the yellow table.",
    "Says the word, raises the left palm.",
    "No driving until next day. Ride home with her sister.",
    "Sleep 6 hours, food at 8:30, nothing since",
)


def plain(text: str) -> str:
    """The sentence as somebody would write it."""
    return re.sub("[⟦⟧]", "", text)


def planted_in(text: str) -> tuple[int, int]:
    """Where the identifier stands in the plain sentence."""
    begin = text.index("⟦")
    return begin, text.index("⟧") - 1
