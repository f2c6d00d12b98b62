"""What every test stands on: Qt draws into memory, whatever the machine has for a screen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before any Qt is loaded
os.environ.setdefault("PYTHONPATH", str(Path(__file__).parents[1] / "src"))  # for the processes that tests start
os.environ.setdefault("QT_SCALE_FACTOR", "1")  # a picture is the same size on every machine

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of sample data."""
    return PROJECT / "tests" / "data"
