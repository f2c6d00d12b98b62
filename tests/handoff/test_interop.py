"""With the public programs alone: `age`, `unzip` and `minisign`, both ways.

They come with Debian, and `.ci/run` installs them. Where one is missing these tests are left out, and say so loudly:
the promise that a bundle can be read without this program is then untested.
"""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pyrage
import pytest

from kapjournal.domain.bundle import Recipient, canonical
from kapjournal.domain.errors import BundleNotTrusted, WrongPassphrase
from kapjournal.handoff import minisign
from tests.handed import A, B, ids_in, sealer
from tests.handoff.forging import (
    MANIFEST,
    SIGNATURE,
    bundle,
    files_of,
    identity,
    inside,
    parcel,
    sealed_for,
    written,
    zipped,
)

PROGRAMS = ("age", "age-keygen", "minisign", "unzip")
MISSING = [name for name in PROGRAMS if shutil.which(name) is None]
LEFT_OUT = f"NOT TESTED WITH THE REAL PROGRAMS: {', '.join(MISSING)} not installed (apt-get install age minisign unzip)"

pytestmark = pytest.mark.skipif(bool(MISSING), reason=LEFT_OUT)


def run(*words: object, at: Path, answer: bytes | None = None) -> str:
    """Run a program to its end; it has to succeed."""
    done = subprocess.run([str(word) for word in words], cwd=at, input=answer, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(errors="replace")


def typed(words: Sequence[object], at: Path, *lines: str) -> int:
    """Run a program that asks at a terminal, and type these lines; returns its exit code."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - another process
        os.chdir(at)
        os.execvp(str(words[0]), [str(word) for word in words])
    said = b""
    left = list(lines)
    while select.select([terminal], [], [], 60)[0]:
        try:
            heard = os.read(terminal, 4096)
        except OSError:  # the program has gone
            break
        if not heard:
            break
        said += heard
        if left and said.rstrip().endswith(b":"):
            os.write(terminal, left.pop(0).encode() + b"\n")
            said = b""
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture
def keyfile(tmp_path: Path) -> Path:
    """The identity of the one it is for, as `age -i` wants it."""
    path = tmp_path / "key.txt"
    path.write_text(identity(B) + "\n")
    return path


def test_ours_opened_by_theirs_with_a_key(tmp_path: Path, keyfile: Path) -> None:
    sealed = written(bundle(), tmp_path)
    run("age", "-d", "-i", keyfile, "-o", "x.zip", sealed, at=tmp_path)
    run("unzip", "-q", "x.zip", "-d", "x", at=tmp_path)
    files = {path.relative_to(tmp_path / "x").as_posix() for path in (tmp_path / "x").rglob("*") if path.is_file()}
    assert files == {
        "README.txt", "data/records.jsonl", "fhir/bundle.json", "index.html", "manifest.json", "manifest.json.minisig"
    }  # fmt: skip
    key = json.loads((tmp_path / "x" / MANIFEST).read_text())["sender"]["key"]
    said = run("minisign", "-V", "-m", MANIFEST, "-P", key, at=tmp_path / "x")
    assert "Signature and comment signature verified" in said
    assert "kapjournal bundle bundle-1" in said
    assert (tmp_path / "x" / "index.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_their_minisign_refuses_what_was_changed(tmp_path: Path) -> None:
    files = files_of(bundle())
    (tmp_path / MANIFEST).write_bytes(files[MANIFEST].replace(b"Transfer", b"Traitors"))
    (tmp_path / SIGNATURE).write_bytes(files[SIGNATURE])
    key = json.loads(files[MANIFEST])["sender"]["key"]
    done = subprocess.run(["minisign", "-V", "-m", MANIFEST, "-P", key], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode != 0


def test_ours_opened_by_theirs_with_a_passphrase(tmp_path: Path) -> None:
    sealed = written(bundle("six words on the telephone"), tmp_path)
    assert typed(["age", "-d", "-o", "x.zip", sealed], tmp_path, "six words on the telephone") == 0
    assert "manifest.json" in run("unzip", "-l", "x.zip", at=tmp_path)


@pytest.mark.parametrize("armored", [False, True])
def test_theirs_opened_by_ours_with_a_key(tmp_path: Path, armored: bool) -> None:
    (tmp_path / "x.zip").write_bytes(inside(bundle()))
    options = ["-a"] if armored else []
    run("age", *options, "-r", sealer(B).own.recipient, "-o", "x.age", "x.zip", at=tmp_path)
    opened = sealer(B).open((tmp_path / "x.age").read_bytes())
    assert "dose" in ids_in(opened.records)


@pytest.mark.parametrize("armored", [False, True])
def test_theirs_opened_by_ours_with_a_passphrase(tmp_path: Path, armored: bool) -> None:
    words = "six words on the telephone"
    (tmp_path / "x.zip").write_bytes(bytes(pyrage.passphrase.decrypt(bundle(words), words)))
    options = ["-a"] if armored else []
    assert typed(["age", "-p", *options, "-o", "x.age", "x.zip"], tmp_path, words, words) == 0
    sealed = (tmp_path / "x.age").read_bytes()
    assert "dose" in ids_in(sealer(B).open(sealed, passphrase=words).records)
    with pytest.raises(WrongPassphrase):
        sealer(B).open(sealed, passphrase="others")
    with pytest.raises(WrongPassphrase):
        sealer(B).open(sealed)


def test_an_armored_bundle_for_another_key_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(inside(bundle()))
    run("age", "-a", "-r", sealer(A).own.recipient, "-o", "x.age", "x.zip", at=tmp_path)
    with pytest.raises(Exception, match="not for you"):
        sealer(B).open((tmp_path / "x.age").read_bytes())


def test_ours_sealed_for_a_key_of_theirs(tmp_path: Path) -> None:
    run("age-keygen", "-o", "key.txt", at=tmp_path)
    recipient = run("age-keygen", "-y", "key.txt", at=tmp_path).strip()
    assert len(sealer(A).words_of(recipient).split()) == 6
    sealed = sealer(A).seal(parcel(recipient=Recipient(name="T.M.", key=recipient))).content
    written(sealed, tmp_path, "x.age")
    run("age", "-d", "-i", "key.txt", "-o", "x.zip", "x.age", at=tmp_path)
    opened = sealer(B).open(sealed, identity=(tmp_path / "key.txt").read_text())
    assert "dose" in ids_in(opened.records)


def test_our_identity_is_what_their_keygen_makes_of_it(tmp_path: Path, keyfile: Path) -> None:
    assert run("age-keygen", "-y", keyfile, at=tmp_path).strip() == sealer(B).own.recipient


@pytest.mark.parametrize("legacy", [False, True])
def test_a_bundle_signed_by_their_minisign(tmp_path: Path, legacy: bool) -> None:
    """Somebody else's writer may sign with the public program, prehashed or not."""
    run("minisign", "-G", "-W", "-p", "key.pub", "-s", "key.sec", at=tmp_path)
    key = (tmp_path / "key.pub").read_text().splitlines()[1]
    files = files_of(bundle())
    manifest = json.loads(files[MANIFEST])
    manifest["sender"]["key"] = key
    (tmp_path / MANIFEST).write_bytes(canonical(manifest))
    options = ["-l"] if legacy else []
    run("minisign", "-S", *options, "-s", "key.sec", "-m", MANIFEST, "-t", "theirs", at=tmp_path)
    mixed = {**files, MANIFEST: (tmp_path / MANIFEST).read_bytes(), SIGNATURE: (tmp_path / SIGNATURE).read_bytes()}
    opened = sealer(B).open(sealed_for(zipped(mixed)))
    assert opened.manifest.sender.key == key
    other = minisign.read_public_key(sealer(A).own.signing_key)
    with pytest.raises(minisign.NotSigned):
        minisign.check(other, mixed[MANIFEST], mixed[SIGNATURE])
    with pytest.raises(BundleNotTrusted):
        sealer(B).open(sealed_for(zipped({**mixed, SIGNATURE: files[SIGNATURE]})))
