"""kill -9 in the middle of typing: nothing that was shown as saved is missing, and at most 250 ms of typing is."""

from __future__ import annotations

import math
import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.stage import looked_into, vault
from tests.trust.rounds import Kill, Ledger, Round, Typist, chosen_kill, look_at
from tests.trust.typist import Task

ROUNDS = int(os.environ.get("KAPJOURNAL_TRUST_ROUNDS", "20"))
SEED = int(os.environ.get("KAPJOURNAL_TRUST_SEED", "1"))

pytestmark = [
    pytest.mark.trust,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the program is forked for each round"),
]


class Rounds:
    """One journal that lives through all of them."""

    def __init__(self, place: Path) -> None:
        self.folder, self.spare = vault(place / "practice.kapvault"), place / "copy"
        self.typist = Typist(place / "home")
        self.ledger = Ledger()
        self.number = 0

    def kill(self, kill: Kill, *, seed: int = SEED, fault: str = "") -> list[str]:
        """One more round; what is wrong after it."""
        self.number += 1
        task = Task(str(self.folder), seed * 1000 + self.number, self.number, fault)
        told, killed_at, waited = self.typist.type_until_killed(task, kill)
        return self.ledger.take(Round(tuple(told), killed_at, waited, look_at(self.folder, self.spare)))

    def leave(self, by: str, steps: int) -> list[str]:
        """One round that is not killed, but leaves in the middle of the keys; nothing at all may be missing."""
        self.number += 1
        task = Task(str(self.folder), SEED * 1000 + self.number, self.number, steps=steps, leaves_by=by)
        told = self.typist.run(task)
        return self.ledger.take(Round(tuple(told), math.inf, 0.0, look_at(self.folder, self.spare)))


@pytest.fixture
def rounds(tmp_path: Path) -> Iterator[Rounds]:
    rounds = Rounds(tmp_path)
    yield rounds
    rounds.typist.close()


def test_killed_again_and_again_nothing_shown_as_saved_is_lost(
    rounds: Rounds, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, chance = rounds.ledger, random.Random(SEED)
    for number in range(1, ROUNDS + 1):
        wrong = rounds.kill(chosen_kill(chance))
        assert wrong == [], f"round {number} of seed {SEED}"
    go = next(said for said in rounds.typist.run(Task(str(rounds.folder), 0, 0, steps=0)) if said["is"] == "go")
    with looked_into(rounds.folder) as journal:
        assert all(finding.whole for finding in journal.verify())
        assert {entry.id for entry in journal.entries()} >= ledger.shown
    assert (go["resumed"], go["text"]) == (True, ledger.draft)
    assert set(go["rows"]) >= ledger.shown
    assert ledger.lost == 0
    with capsys.disabled():
        sys.stdout.write(
            f"\n{ROUNDS} rounds of kill -9, {ledger.while_writing} while a write was under way: {ledger.keys} keys, "
            f"{len(ledger.shown)} entries shown as saved, {ledger.lost} lost. Oldest key lost "
            f"{1000 * ledger.worst_loss_s:.0f} ms before a kill ({1000 * ledger.worst_net_loss_s:.0f} ms without "
            f"waiting for processor and disk); slowest key to the disk {1000 * ledger.worst_keep_s:.0f} ms.\n"
        )


@pytest.mark.parametrize("by", ["quit", "lock"])
def test_leaving_in_the_middle_of_a_word_loses_no_key(rounds: Rounds, by: str) -> None:
    chance = random.Random(SEED)
    for _ in range(max(3, ROUNDS // 10)):
        assert rounds.leave(by, chance.randint(5, 30)) == []


# The rounds find out when the program breaks its promise.


def test_saying_saved_before_it_is_true_is_found_out(rounds: Rounds) -> None:
    shown_early = Kill(lambda said: said["is"] == "r")
    assert "entries were shown as kept and are not there" in rounds.kill(shown_early, fault="early")[0]


def test_keeping_the_half_typed_line_seldom_is_found_out(rounds: Rounds) -> None:
    keys = iter(range(1000))
    forty_keys = Kill(lambda said: said["is"] == "k" and next(keys) == 40)
    wrong = rounds.kill(forty_keys, fault="seldom")
    assert len(wrong) == 1
    assert "keys are lost" in wrong[0]


def test_keeping_twice_is_found_out(rounds: Rounds) -> None:
    entry_kept = Kill(lambda said: said["is"] == "d" and "entry" in said)
    assert "became entries" in rounds.kill(entry_kept, fault="twice")[0]
