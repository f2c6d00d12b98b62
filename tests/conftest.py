"""What every test stands on: Qt draws into memory, whatever the machine has for a screen."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before any Qt is loaded
os.environ.setdefault("PYTHONPATH", str(Path(__file__).parents[1] / "src"))  # for the processes that tests start
os.environ.setdefault("QT_SCALE_FACTOR", "1")  # a picture is the same size on every machine
