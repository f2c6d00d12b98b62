"""Settings in the real program: from the keyboard into them and out, over a lock, and a backup that can be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kapjournal.application.back_up import BACKUP_FOLDER, LAST_BACKUP, noted
from kapjournal.application.own_lists import LEGEND_PLACE
from kapjournal.application.restore import check_backup, restore
from kapjournal.gui.live.view import LiveView
from kapjournal.gui.settings.view import SettingsView
from kapjournal.gui.themes.view import ThemesView
from kapjournal.gui.unlock.view import UnlockView
from tests.fakes.clock import FakeClock
from tests.journeys.stage import PASSPHRASE, TEN, Stage, looked_into, parts, type_text, until

CTRL = Qt.KeyboardModifier.ControlModifier
NEW = "thimble heron lantern orbit velvet canyon"


def settings_of(stage: Stage) -> SettingsView:
    """Open the settings by their key."""
    stage.press(Qt.Key.Key_Comma, CTRL)
    until(lambda: isinstance(stage.navigator.window.screen_shown, SettingsView), "the settings are in front")
    view = stage.navigator.window.screen_shown
    assert isinstance(view, SettingsView)
    stage.settle()
    return view


def turn(stage: Stage, view: SettingsView, tab: str) -> None:
    view.tabs.buttons[tab].click()
    stage.settle()


def test_out_of_a_running_session_and_back_with_the_line_as_it_was(stage: Callable[..., Stage]) -> None:
    one = stage()
    one.open()
    one.session_with("Wren")
    one.write("a tear")
    type_text(one.line, "half a li")
    view = settings_of(one)
    turn(one, view, "capture")
    field = view.sheet.fields["word.observation"]
    field.selectAll()
    type_text(field, "Noticed")
    one.press(Qt.Key.Key_Escape, at=field)
    until(lambda: isinstance(one.navigator.window.screen_shown, LiveView), "the session is in front again")
    one.settle()
    assert one.view.capture.line.toPlainText() == "half a li"
    presenter = one.navigator.presenter
    assert presenter is not None
    assert presenter.held.wording.of(presenter.held.notes[0].original.kind) == "Noticed"


def test_under_the_veil_no_settings_open(stage: Callable[..., Stage]) -> None:
    one = stage()
    one.open()
    one.session_with("Wren")
    assert one.navigator.presenter is not None
    one.navigator.presenter.veil()
    one.press(Qt.Key.Key_Comma, CTRL, at=one.navigator.window)
    one.settle()
    assert isinstance(one.navigator.window.screen_shown, LiveView)


def test_a_lock_in_the_middle_of_a_word_keeps_what_was_typed(stage: Callable[..., Stage]) -> None:
    one = stage()
    one.open()
    view = settings_of(one)
    turn(one, view, "capture")
    field = view.sheet.fields["tap.T"]
    field.setFocus()
    field.selectAll()
    type_text(field, "Weeps")
    one.press(Qt.Key.Key_L, CTRL)
    until(lambda: isinstance(one.navigator.window.screen_shown, UnlockView), "the journal is locked")
    one.quit()
    with looked_into(one.folder) as journal:
        assert "Weeps" in (journal.desk(LEGEND_PLACE) or "")


def test_from_the_settings_to_the_themes_and_back(stage: Callable[..., Stage]) -> None:
    one = stage()
    one.open()
    view = settings_of(one)
    turn(one, view, "capture")
    view.sheet.buttons["themes"].click()
    until(lambda: isinstance(one.navigator.window.screen_shown, ThemesView), "the themes are in front")
    one.settle()
    one.press(Qt.Key.Key_Comma, CTRL)
    until(lambda: isinstance(one.navigator.window.screen_shown, SettingsView), "the settings are in front again")


def test_looks_and_times_hold_for_the_next_start(stage: Callable[..., Stage]) -> None:
    one = stage()
    one.open()
    view = settings_of(one)
    view.sheet.buttons["look=dusk"].click()
    one.settle()
    assert one.navigator.look.name == "dusk"
    turn(one, view, "lock")
    view.sheet.buttons["idle_lock_minutes=2"].click()
    one.press(Qt.Key.Key_Z, CTRL, at=view)
    view.sheet.buttons["veil_after_minutes=20"].click()
    one.quit()
    again = stage(one.folder)
    assert again.navigator.settings.look == "dusk"
    assert again.navigator.settings.veil_after_minutes == 20
    assert again.navigator.settings.idle_lock_minutes == 10


def test_a_backup_from_the_settings_opens_and_the_next_day_one_is_made_by_itself(
    stage: Callable[..., Stage], tmp_path: Path
) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()
    one = stage()
    one.open()
    one.session_with("Wren")
    one.write("a tear")
    view = settings_of(one)
    turn(one, view, "safekeeping")
    type_text(view.sheet.fields["backup_folder"], str(backups))
    view.sheet.buttons["back_up"].click()
    one.settle()
    one.settle()
    made = list(backups.iterdir())
    assert len(made) == 1
    assert any(label.text().startswith("Backup made today") for label in labels(view))
    kept = parts()
    assert check_backup(kept.keys, kept.journals, made[0], PASSPHRASE).whole
    again = restore(kept.keys, kept.journals, made[0], tmp_path / "again.kapvault", PASSPHRASE)
    one.press(Qt.Key.Key_Escape, at=view)
    one.quit()
    with looked_into(again.folder) as journal:
        assert [entry.text for entry in journal.entries()] == ["a tear"]

    clock = FakeClock(TEN)
    clock.pass_(24 * 3600)
    tomorrow = stage(one.folder, clock)
    tomorrow.open()
    assert len(list(backups.iterdir())) == 1  # the session still runs, and nothing gets in its way
    tomorrow.navigator.go_home()
    tomorrow.settle()
    assert len(list(backups.iterdir())) == 2


def labels(view: SettingsView):  # noqa: ANN201
    from PySide6.QtWidgets import QLabel

    return view.sheet.findChildren(QLabel)


def test_a_drive_that_is_not_there_disturbs_nobody_and_is_told(stage: Callable[..., Stage], tmp_path: Path) -> None:
    one = stage()
    one.open()
    journal, world = one.navigator.journal, one.navigator.world
    assert journal is not None
    world.tasks.run(lambda: journal.put_on_desk(BACKUP_FOLDER, str(tmp_path / "unplugged")), lambda _: None, world.bug)
    one.navigator.go_home()
    one.settle()
    view = settings_of(one)
    turn(one, view, "safekeeping")
    assert any("is not there" in label.text() for label in labels(view))
    one.quit()
    with looked_into(one.folder) as looked:
        note = noted(looked, LAST_BACKUP)
    assert note is not None
    assert not note.whole


def test_the_passphrase_and_the_recovery_key_change_in_place(stage: Callable[..., Stage]) -> None:
    one = stage()
    one.open()
    view = settings_of(one)
    turn(one, view, "keys")
    for key, words in (("old", PASSPHRASE), ("new", NEW), ("again", NEW)):
        QTest.keyClicks(view.sheet.fields[key], words)
    view.sheet.buttons["change"].click()
    one.settle()
    one.settle()
    assert "holds from now on" in view.banner.words.text()
    QTest.keyClicks(view.sheet.fields["for_renewal"], NEW)
    view.sheet.buttons["renew"].click()
    one.settle()
    shown = next(label for label in labels(view) if label.accessibleName().startswith("Recovery key: "))
    recovery_key = shown.text().replace("\n", "-")
    QTest.keyClicks(view.sheet.fields["typed_key"], recovery_key)
    view.sheet.buttons["test"].click()
    one.settle()
    assert view.banner.words.text() == "This key opens the journal."
    one.quit()
    keys = parts().keys
    assert keys.unlock(one.folder, NEW) == keys.recover(one.folder, recovery_key)
