"""What the settings screen can ask for. What is marked so runs on the worker; the rest answers at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from kapjournal.gui.settings.seen import Instrument, Journal, Strength
from kapjournal.settings import Settings


class SettingsUses(NamedTuple):
    """Joined to the use cases by the navigator."""

    read: Callable[[], tuple[Mapping[str, str | None], Journal]]  # worker: the desk, and the state of the files
    lay: Callable[[str, str | None], None]  # worker: put on the desk, durable on return
    settings: Callable[[], Settings]
    apply: Callable[[Settings], bool]  # at once, and whether it could be kept for the next start
    back_up: Callable[[], object]  # worker
    check: Callable[[], object]  # worker
    change_passphrase: Callable[[str, str], None]  # worker: old, new
    renew_recovery_key: Callable[[str], str]  # worker: the passphrase; the new key
    test_recovery_key: Callable[[str], bool]  # worker
    repair_key_file: Callable[[], None]  # worker
    strength: Callable[[str], Strength]
    suggest: Callable[[], str]
    instruments: Callable[[], tuple[Instrument, ...]]
    themes: Callable[[], None]  # to the list of themes
    leave: Callable[[], None]
