"""Bundles that an honest sender would not make: each is refused with a sentence and a code of its own."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import Any

import pyrage
import pytest

from kapjournal.domain.errors import (
    BadInput,
    BundleDamaged,
    BundleNotTrusted,
    ExitCode,
    JournalError,
    NewerFormat,
    NotForThisKey,
    Refused,
    WrongPassphrase,
)
from kapjournal.handoff.archive import MOST_FILES
from tests.handed import A, B, C, sealer
from tests.handoff.forging import (
    MANIFEST,
    SIGNATURE,
    bundle,
    files_of,
    forged,
    identity,
    inside,
    resigned,
    sealed_for,
    zipped,
)


def refused(sealed: bytes, kind: type[JournalError], code: ExitCode, words: str, **way: Any) -> str:  # noqa: ANN401
    with pytest.raises(kind, match=words) as caught:
        sealer(B).open(sealed, **way)
    assert caught.value.code is code
    sentence = caught.value.sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_an_honest_bundle_opens() -> None:
    opened = sealer(B).open(bundle())
    assert opened.manifest.sender.name == "K.L."
    assert opened.words == sealer(A).own.words


def test_each_trouble_has_a_sentence_and_a_code_of_its_own() -> None:
    said = {
        refused(b"PK\x03\x04 a zip", BundleDamaged, ExitCode.DAMAGED, "not in the age format"),
        refused(bundle()[:-50], BundleDamaged, ExitCode.DAMAGED, "cut short"),
        refused(sealed_for(inside(bundle()), C), NotForThisKey, ExitCode.WRONG_KEY, "not for you"),
        refused(bundle("six words"), WrongPassphrase, ExitCode.WRONG_KEY, "Ask the sender for it"),
        refused(bundle(), WrongPassphrase, ExitCode.WRONG_KEY, "takes no passphrase", passphrase="x"),
        refused(forged(lambda m: m.update(min_reader=2)), NewerFormat, ExitCode.NEWER, "newer version"),
        refused(without(SIGNATURE), BundleNotTrusted, ExitCode.CHECK_FAILED, "not signed"),
        refused(forged(by=C), BundleNotTrusted, ExitCode.CHECK_FAILED, "not by the one it names"),
        refused(without(MANIFEST), BundleNotTrusted, ExitCode.CHECK_FAILED, "no list of its contents"),
        refused(forged(for_somebody_else), Refused, ExitCode.REFUSED, "made for somebody else"),
        refused(with_file("../../evil", b""), BundleNotTrusted, ExitCode.CHECK_FAILED, "could reach outside"),
        refused(twins(), BundleNotTrusted, ExitCode.CHECK_FAILED, "two files of the same name"),
        refused(bomb(), Refused, ExitCode.REFUSED, "more than a journal could"),
        refused(without("data/records.jsonl"), BundleDamaged, ExitCode.DAMAGED, "missing, added or changed"),
        refused(forged(lambda m: m.update(client="o")), BundleNotTrusted, ExitCode.CHECK_FAILED, "do not fit"),
    }
    assert len(said) == 15


def test_a_wrong_passphrase_is_no_damage() -> None:
    refused(bundle("six words"), WrongPassphrase, ExitCode.WRONG_KEY, "does not open this bundle", passphrase="seven")


def without(name: str) -> bytes:
    files = files_of(bundle())
    del files[name]
    return sealed_for(zipped(files))


def with_file(name: str, content: bytes) -> bytes:
    """Signed like the rest: only the name is amiss."""
    return sealed_for(zipped(resigned({**files_of(bundle()), name: content})))


def for_somebody_else(manifest: dict[str, Any]) -> None:
    manifest["recipients"] = [{"name": "C", "key": sealer(C).own.recipient}]


def twins() -> bytes:
    files = resigned({**files_of(bundle()), "Readme.txt": b"", "README.TXT": b""})
    return sealed_for(zipped(files))


def bomb() -> bytes:
    """1.1 GB of zeros, as 1 MB."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files_of(bundle()).items():
            archive.writestr(name, content)
        with archive.open("data/more.jsonl", "w") as file:
            for _ in range(550):
                file.write(bytes(1024 * 1024))
    return sealed_for(room.getvalue())


@pytest.mark.parametrize(
    "name",
    [
        "../../evil", "/etc/passwd", "C:\\x", "C:x", "a/../b", "..\\x", "a\\b", "COM1:x", "CON", "NUL.txt",
        "data/aux.x", "lpt9", "a/prn", ".hidden", "data/", "a//b", "x.", "a b", "ünder", "a\x00b", "x" * 300,
        "a/b/c/d/e/f/g/h", "-rf", "~", "$HOME", "\u202etxt.exe",
    ],
)  # fmt: skip
def test_names_that_reach_outside(name: str) -> None:
    with pytest.raises((BundleNotTrusted, BundleDamaged)):
        sealer(B).open(with_file(name, b"x"))


def test_a_file_that_says_it_is_smaller_than_it_is() -> None:
    """Only as much as was declared is ever read."""
    content = bytearray(inside(bundle()))
    at = content.rindex(b"PK\x01\x02")  # the last file in the central directory
    size = struct.unpack_from("<I", content, at + 24)[0]
    struct.pack_into("<I", content, at + 24, size - 10)
    refused(sealed_for(bytes(content)), BundleDamaged, ExitCode.DAMAGED, "damaged")


def test_too_many_files() -> None:
    many = {f"a/{n}": b"" for n in range(MOST_FILES)}
    refused(sealed_for(zipped({**files_of(bundle()), **many})), Refused, ExitCode.REFUSED, "more than a journal")


def test_a_list_of_files_without_end_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    many = zipped({f"a/{n}": b"" for n in range(3 * MOST_FILES)})
    monkeypatch.delattr(zipfile, "ZipFile")
    refused(sealed_for(many), Refused, ExitCode.REFUSED, "more than a journal")


def test_an_encrypted_zip_entry() -> None:
    content = bytearray(inside(bundle()))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    with pytest.raises(JournalError):
        sealer(B).open(sealed_for(bytes(content)))


def test_a_file_changed_after_it_was_signed() -> None:
    files = files_of(bundle())
    files["data/records.jsonl"] = files["data/records.jsonl"].replace(b"60", b"90")
    refused(sealed_for(zipped(files)), BundleDamaged, ExitCode.DAMAGED, "missing, added or changed")


def test_a_manifest_that_is_not_canonical() -> None:
    files = files_of(bundle())
    files[MANIFEST] = json.dumps(json.loads(files[MANIFEST]), indent=1).encode()
    refused(sealed_for(zipped(files)), BundleNotTrusted, ExitCode.CHECK_FAILED, "no list")


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}\n", b"[" * 100_000, b"\xff", b'{"format":"other"}\n'])
def test_a_manifest_that_is_none(raw: bytes) -> None:
    refused(
        sealed_for(zipped({**files_of(bundle()), MANIFEST: raw})), BundleNotTrusted, ExitCode.CHECK_FAILED, "no list"
    )


def test_a_manifest_with_fields_that_do_not_fit() -> None:
    refused(forged(lambda m: m.update(created="soon")), BundleNotTrusted, ExitCode.CHECK_FAILED, "no list")
    refused(forged(lambda m: m.update(recipients=[])), BundleNotTrusted, ExitCode.CHECK_FAILED, "no list")


def test_what_a_later_version_adds_is_passed_over() -> None:
    opened = sealer(B).open(forged(lambda m: m.update(version=7, weather="fair")))
    assert opened.manifest.version == 7


def test_an_unknown_role_stays_an_attachment() -> None:
    files = resigned({**files_of(bundle()), "attachments/drawing.png": b"\x89PNG"})
    opened = sealer(B).open(sealed_for(zipped(files)))
    assert opened.files["attachments/drawing.png"] == b"\x89PNG"


def records_with(line: dict[str, Any], **counts: int) -> bytes:
    honest = files_of(bundle())
    lines = honest["data/records.jsonl"] + json.dumps(line).encode() + b"\n"
    files = {**honest, "data/records.jsonl": lines}
    return sealed_for(
        zipped(resigned(files, lambda m: m["counts"].update({k: m["counts"].get(k, 0) + n for k, n in counts.items()})))
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"type": "entry", "id": "z", "client": "o", "kind": "note", "text": "", "noticed_at": "2026-02-02T10:00:00Z"},
         "not of the client"),
        ({"type": "client", "id": "z", "alias": "Second"}, "not of the client"),
        ({"type": "disclosure", "id": "z", "client": "c", "sealed_at": "2026-02-02T10:00:00Z", "recipient": "",
          "purpose": "", "what": "", "bundle_id": ""}, "not of the client"),
        ({"type": "amendment", "id": "z", "entry": "nobody", "action": "addendum",
          "written_at": "2026-02-02T10:00:00Z"}, "neither on an earlier line"),
        ({"type": "client", "id": "c", "alias": "Wren"}, "says again"),
        ({"type": "spell", "id": "z"}, "not a type"),
    ],
)  # fmt: skip
def test_records_that_do_not_belong(line: dict[str, Any], why: str) -> None:
    refused(records_with(line, **{line["type"]: 1}), BundleNotTrusted, ExitCode.CHECK_FAILED, why)


def test_records_that_were_not_counted() -> None:
    line = {"type": "theme", "id": "z", "name": "Z"}
    refused(records_with(line), BundleNotTrusted, ExitCode.CHECK_FAILED, "more or fewer")


def test_records_of_a_newer_format_say_so() -> None:
    honest = files_of(bundle())
    newer = honest["data/records.jsonl"].replace(b'"version": 1', b'"version": 2', 1)
    files = resigned({**honest, "data/records.jsonl": newer})
    refused(sealed_for(zipped(files)), NewerFormat, ExitCode.NEWER, "newer version")


def test_an_identity_that_is_none() -> None:
    with pytest.raises(BadInput, match="AGE-SECRET-KEY-1"):
        sealer(B).open(bundle(), identity="# nothing here")
    with pytest.raises(BadInput, match="AGE-SECRET-KEY-1"):
        sealer(B).open(bundle(), identity="AGE-SECRET-KEY-1QQQ")
    assert (
        sealer(A).open(bundle(), identity=f"# created: today\n{identity(B)}\n").manifest.purpose == "Transfer of care"
    )


@pytest.mark.parametrize("key", ["", "age1", "age1" + "q" * 58, "AGE1x", "ssh-ed25519 AAAA", "RWQ", "a" * 62])
def test_a_mistyped_key_is_told_before_anything_is_sealed(key: str) -> None:
    with pytest.raises(BadInput, match="begins with age1"):
        sealer(A).words_of(key)


def test_one_slip_in_a_key_is_found() -> None:
    key = sealer(B).own.recipient
    for place in range(5, len(key)):
        slipped = key[:place] + ("q" if key[place] != "q" else "p") + key[place + 1 :]
        with pytest.raises(BadInput):
            sealer(A).words_of(slipped)


def test_the_sender_cannot_open_what_was_sealed_for_another() -> None:
    """The key made for the one check is kept nowhere."""
    with pytest.raises(NotForThisKey):
        sealer(A).open(bundle())
    header = bundle().split(b"---")[0]
    assert header.count(b"-> X25519") == 2


def test_a_passphrase_that_would_take_too_long_is_refused() -> None:
    """The work that a file asks for is a number that anybody can write into it."""
    sealed = bytes(pyrage.passphrase.encrypt(b"x", "y"))
    first, stanza, rest = sealed.split(b"\n", 2)
    slow = b"\n".join((first, stanza.rsplit(b" ", 1)[0] + b" 40", rest))
    refused(slow, Refused, ExitCode.REFUSED, "far too long", passphrase="y")
