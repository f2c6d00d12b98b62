"""Makes tests/handoff/vectors.json anew: `PYTHONPATH=src:. python -m tests.handoff.make_vectors`.

Sealed bytes differ each time, since age draws them; every other value stays as long as the format does.
"""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path

from nacl.signing import SigningKey

from kapjournal.application.hand_over import preview
from kapjournal.application.ports import Parcel
from kapjournal.domain.bundle import Recipient
from kapjournal.domain.selection import Selection
from kapjournal.handoff.keys import identity_of
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.journal import FakeJournal
from tests.handed import A, B, fill, handover, sealer
from tests.handoff.forging import MANIFEST, SIGNATURE, files_of

FILE = Path(__file__).parent / "vectors.json"
PASSPHRASE = "harbour lantern pebble quiet meadow seven"


def made() -> dict[str, object]:
    """All of it."""
    journal = FakeJournal(FakeClock())
    fill(journal)
    sealed = {}
    for name, recipient in (("key", Recipient(name="T.M.", key=sealer(B).own.recipient)), ("passphrase", None)):
        wanted = handover(Selection(client="c", sessions=frozenset({"s4"})), recipient=recipient or Recipient(name="T"))
        shown = preview(journal, wanted, FakeClock(), FakeIds("bundle"))
        words = None if recipient else PASSPHRASE
        sealed[name] = sealer(A).seal(Parcel(shown.contents, "K.L.", shown.records, shown.document, words)).content
    files = files_of(sealed["key"])
    return {
        "people": [
            {"signing_seed": keys.signing_seed.hex(), **sealer(keys).own._asdict(),
             "identity": identity_of(SigningKey(keys.signing_seed))}
            for keys in (A, B)
        ],
        "manifest": files[MANIFEST].decode(),
        "signature": files[SIGNATURE].decode(),
        "sealed_for_the_second": b64encode(sealed["key"]).decode(),
        "sealed_with_a_passphrase": b64encode(sealed["passphrase"]).decode(),
        "passphrase": PASSPHRASE,
    }  # fmt: skip


if __name__ == "__main__":
    FILE.write_text(json.dumps(made(), indent=1) + "\n", encoding="ascii")
