"""Writes the golden journal of a version, once, when it is released: `python -m tests.storage.make_golden v1`.

A golden journal is never made again; it shows that what was written then opens now.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from pathlib import Path

from kapjournal.application.ports import Keys
from kapjournal.domain.entry import Kind
from kapjournal.storage.store import SqlJournals
from tests.contract.test_journal import ALL, OPEN, TEAR
from tests.fakes.clock import START, FakeClock

KEYS = Keys("golden-1", bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96)))


def main() -> None:
    folder = Path(__file__).with_name("golden") / sys.argv[1]
    clock = FakeClock()
    journal = SqlJournals(clock).make(folder, KEYS)
    journal.keep(*ALL)
    for minute in range(1, 6):
        clock.pass_(60)
        at = START + timedelta(minutes=minute)
        entry = TEAR.model_copy(update={"id": f"m{minute}", "text": f"the lake, minute {minute}", "noticed_at": at})
        journal.keep(entry.model_copy(update={"kind": Kind.QUOTE}))
    journal.keep(TEAR.model_copy(update={"text": "a tear, into the lake"}))
    journal.keep(OPEN.model_copy(update={"closed_at": START + timedelta(hours=3)}))
    told = {
        "vault_id": KEYS.vault_id,
        "database": KEYS.database.hex(),
        "ledger": KEYS.ledger.hex(),
        "signing_seed": KEYS.signing_seed.hex(),
        "count": journal.count(),
        "found_by_lake": [found.text for found in journal.search("lake")],
        "records": [record.content() for record in journal.everything()],
    }
    journal.close()
    (folder / "vault.lock").unlink()
    (folder / "keys.json").write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
