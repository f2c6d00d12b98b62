"""What everybody who seals does, the fake without any cryptography and the real one alike."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from kapjournal.application.ports import Parcel, Sealer
from kapjournal.domain.bundle import Recipient
from kapjournal.domain.errors import BadInput, BundleDamaged, NotForThisKey, WrongPassphrase
from tests.fakes.clock import FakeClock
from tests.fakes.journal import FakeJournal
from tests.fakes.sealer import FakeSealer
from tests.handed import A, B, fill, handover, previewed, sealer


class Both(NamedTuple):
    """Two therapists."""

    sender: Sealer
    reader: Sealer


@pytest.fixture(params=["fake", "real"])
def both(request: pytest.FixtureRequest) -> Both:
    if request.param == "fake":
        return Both(FakeSealer("kestrel", A.vault_id), FakeSealer("lark", B.vault_id))
    return Both(sealer(A), sealer(B))


def parcel(both: Both, passphrase: str | None = None) -> Parcel:
    journal = FakeJournal(FakeClock())
    fill(journal)
    key = both.reader.own.recipient if passphrase is None else None
    shown = previewed(journal, handover(recipient=Recipient(name="T.M.", key=key)))
    return Parcel(shown.contents, "K.L.", shown.records, shown.document, passphrase)


def test_what_was_sealed_is_what_is_opened(both: Both) -> None:
    sent = parcel(both)
    opened = both.reader.open(both.sender.seal(sent).content)
    assert opened.records == sent.records
    assert opened.manifest.source_journal == A.vault_id
    assert opened.manifest.sender.key == both.sender.own.signing_key
    assert opened.manifest.purpose == sent.contents.purpose
    assert opened.words == both.sender.own.words


def test_the_sender_opens_it_once_again_and_never_after(both: Both) -> None:
    sent = parcel(both)
    fresh = both.sender.seal(sent)
    assert fresh.open_again(fresh.content, None).records == sent.records
    with pytest.raises(NotForThisKey):
        both.sender.open(fresh.content)


def test_a_passphrase_opens_it_for_anybody(both: Both) -> None:
    sent = parcel(both, words := both.sender.new_passphrase())
    fresh = both.sender.seal(sent)
    assert both.reader.open(fresh.content, passphrase=words).records == sent.records
    assert fresh.open_again(fresh.content, None).records == sent.records
    for wrong in ("other words", None):
        with pytest.raises(WrongPassphrase):
            both.reader.open(fresh.content, passphrase=wrong)


def test_passphrases_differ(both: Both) -> None:
    assert both.sender.new_passphrase() != both.sender.new_passphrase()


def test_one_set_of_words_for_both_keys_of_one_person(both: Both) -> None:
    own = both.sender.own
    assert both.reader.words_of(own.recipient) == both.reader.words_of(own.signing_key) == own.words
    assert len(own.words.split()) == 6
    assert own.words != both.reader.own.words
    assert both.reader.recipient_of(own.signing_key) == own.recipient


def test_what_is_no_key_is_told(both: Both) -> None:
    with pytest.raises(BadInput):
        both.sender.words_of("nonsense")
    with pytest.raises(BadInput):
        both.sender.recipient_of("nonsense")


def test_damage_is_told_as_damage(both: Both) -> None:
    fresh = both.sender.seal(parcel(both))
    with pytest.raises(BundleDamaged):
        both.reader.open(fresh.content[:-40])
    with pytest.raises(BundleDamaged):
        fresh.open_again(fresh.content[:-40], None)


def test_progress_is_told_and_what_it_raises_stops(both: Both) -> None:
    told: list[tuple[int, int]] = []
    content = both.sender.seal(parcel(both), lambda done, of: told.append((done, of))).content
    both.reader.open(content, progress=lambda done, of: told.append((done, of)))
    assert all(0 <= done <= of for done, of in told)
    assert told[-1][0] == told[-1][1]

    def stop(_: int, __: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        both.sender.seal(parcel(both), stop)


def test_the_summary_can_be_printed(both: Both) -> None:
    assert "Wren" in both.sender.printed(parcel(both).document)
