"""The rules that no linter knows: sizes, names, licences, no network, no addresses of package indexes."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "kapjournal"
RESOURCES = CHECKOUT / "resources"
LICENSES = CHECKOUT / "LICENSES"

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "handler"}
NETWORK = (
    *("socket", "socketserver", "ssl", "http", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib", "xmlrpc"),
    *("asyncio", "requests", "httpx", "aiohttp", "urllib3", "websockets"),
    *("PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtHttpServer"),
)

LOUD_OR_IN_THE_WAY = re.compile(
    r"QMessageBox|QInputDialog|QErrorMessage|QProgressDialog|setModal|setWindowModality|QSystemTrayIcon"
    r"|QtMultimedia|QSound|\bbeep\(|\.alert\(|\.exec\("
)
ASKED_FOR = {
    "app.py": 1,
    "gui/printing.py": 1,
}  # the loop of the program; the system's print dialog, at the desk

# Which licence covers what is shipped: a path below resources/ (a prefix) and a file in LICENSES/.
# The project's own drawings and data are under the project's licence.
COVERED_BY = {
    "fonts/SourceSans3-": "OFL-1.1-source-sans.md",
    "fonts/SourceSerif4": "OFL-1.1-source-serif.md",
    "icons/": "ISC-lucide.txt",
    "recall/": "Apache-2.0-all-minilm.md",
}
OWN = {"icons/app.svg"}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that the code names in an import, with the names taken from it, for they may be modules too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def reaches_out(name: str) -> bool:
    return any(name == network or name.startswith(network + ".") for network in NETWORK)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [CHECKOUT / name for name in listed.stdout.decode().split("\0") if name]


def test_there_is_something_to_look_at() -> None:
    assert len(modules()) > 10


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {}
    for path in modules():
        for function in functions(ast.parse(path.read_text(encoding="utf-8"))):
            lines = (function.end_lineno or function.lineno) - function.lineno + 1
            if lines > LONGEST_FUNCTION:
                long[f"{path.relative_to(SOURCE)}:{function.name}"] = lines
    assert long == {}


def test_every_module_says_by_its_name_what_it_is_for() -> None:
    names = {path: {path.stem, *path.relative_to(SOURCE).parent.parts} for path in modules()}
    assert [path for path, parts in names.items() if parts & NAMES_THAT_SAY_NOTHING] == []


def test_nothing_in_the_app_can_reach_a_network() -> None:
    found = {
        f"{path.relative_to(SOURCE)}: {name}"
        for path in modules()
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if reaches_out(name)
    }
    assert found == set()


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "import urllib.request as fetch",
        "from urllib import request",
        "from http.client import HTTPConnection",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QTcpSocket",
    ],
)
def test_the_network_rule_sees_every_way_of_importing(line: str) -> None:
    assert any(reaches_out(name) for name in imported(ast.parse(line)))


def test_the_network_rule_lets_the_rest_be() -> None:
    assert not any(reaches_out(name) for name in imported(ast.parse("import html\nfrom urllib.parse import quote")))


def test_no_address_of_a_package_index_is_kept() -> None:
    # Put together here, so that this file does not hold what it looks for.
    address = re.compile(
        r"--(extra-)?index-" + r"url\b|/sim" + r'ple/|"resolved": *"http|pypi\.' + r"org|python" + r"hosted"
    )
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        found += [f"{path.relative_to(CHECKOUT)}: {match[0]}" for match in address.finditer(text)]
    assert found == []


def test_all_that_was_made_by_others_is_covered_by_a_licence() -> None:
    shipped = [
        path for folder in ("fonts", "icons", "recall") for path in (RESOURCES / folder).rglob("*") if path.is_file()
    ]
    bare = []
    for path in shipped:
        name = path.relative_to(RESOURCES).as_posix()
        licences = [LICENSES / file for prefix, file in COVERED_BY.items() if name.startswith(prefix)]
        if name not in OWN and not any(licence.is_file() for licence in licences):
            bare.append(name)
    assert shipped
    assert bare == []


def test_every_icon_taken_from_elsewhere_says_so() -> None:
    icons = (RESOURCES / "icons").glob("*.svg")
    unsigned = [
        path.name for path in icons if f"icons/{path.name}" not in OWN and "@license" not in path.read_text("utf-8")
    ]
    assert unsigned == []


def test_nothing_in_the_app_makes_a_sound_or_stands_in_the_way() -> None:
    found = {
        path.relative_to(SOURCE).as_posix(): len(LOUD_OR_IN_THE_WAY.findall(path.read_text(encoding="utf-8")))
        for path in modules()
    }
    assert {name: times for name, times in found.items() if times} == ASKED_FOR
