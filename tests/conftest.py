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
    """The folder of sample data beside the checkout, or named by KAPJOURNAL_SHARED_DATA."""
    folder = Path(os.environ.get("KAPJOURNAL_SHARED_DATA") or PROJECT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"the sample data is not there: neither {folder} nor a folder named by KAPJOURNAL_SHARED_DATA")
    return folder
