"""Settings: what is chosen applies at once, is kept, and goes back step by step."""

from __future__ import annotations

from pathlib import Path

import pytest

from kapjournal.application.back_up import BACKUP_FOLDER
from kapjournal.application.own_lists import (
    CLASSES_PLACE,
    LEGEND_PLACE,
    PHASES_PLACE,
    PRESETS_PLACE,
    SIGNS_PLACE,
    WORDING_PLACE,
    tables_on,
)
from kapjournal.domain.course import Route
from kapjournal.domain.entry import Kind, RecordClass
from kapjournal.domain.errors import NotSaved
from kapjournal.gui.settings import about
from kapjournal.gui.settings.items import Acts, Item, KindRow, Line, Section, Spelled, Together, Words
from kapjournal.gui.settings.presenter import TABS, SettingsPresenter, State
from kapjournal.gui.settings.seen import VEIL_PLACE
from tests.fakes.clock import FakeClock
from tests.fakes.tasks import InlineTasks
from tests.gui.settings.stand import KEY, SHIPPED, WORDS, Stand

OTHER = "thimble heron lantern orbit velvet canyon"


class Screen:
    """A screen of the settings without a window."""

    def __init__(self, tab: str = "looks", stand: Stand | None = None) -> None:
        self.stand = stand or Stand()
        self.state = State()
        self.folder: Path | None = None
        self.clock, self.tasks = FakeClock(), InlineTasks()
        self.presenter = SettingsPresenter(self.stand.uses(), SHIPPED, self.tasks, self.clock, self)
        self.presenter.start(tab)

    def show_state(self, state: State) -> None:
        self.state = state

    def ask_folder(self, start: Path) -> Path | None:
        return self.folder

    def write(self, key: str, text: str) -> None:
        """Write letter by letter, and leave the field."""
        for end in range(len(text) + 1):
            self.presenter.typed(key, text[:end])
        self.presenter.finished(key)

    @property
    def tables(self):  # noqa: ANN201
        return tables_on(self.stand.desk, SHIPPED)

    def items(self) -> list[Item]:
        return [item for section in self.state.page.sections for item in section.items]

    def line(self, key: str) -> Line:
        lines: list[Line] = []
        for item in self.items():
            match item:
                case Line():
                    lines.append(item)
                case Together():
                    lines += item.lines
                case KindRow():
                    lines.append(item.word)
        return next(line for line in lines if line.key == key)

    def section(self, title: str) -> Section:
        return next(section for section in self.state.page.sections if section.title.startswith(title))

    def says(self) -> str:
        return " ".join(item.text for item in self.items() if isinstance(item, Words))


def test_a_look_applies_at_once_and_goes_back() -> None:
    screen = Screen()
    screen.presenter.chose("look", "night")
    screen.presenter.chose("text_scale", "1.5")
    assert (screen.stand.settings.look, screen.stand.settings.text_scale) == ("night", 1.5)
    assert screen.state.saved == "Saved 09:00:00"
    screen.presenter.undo()
    assert (screen.stand.settings.look, screen.stand.settings.text_scale) == ("night", 1.0)
    screen.presenter.undo()
    assert screen.stand.settings.look == "day"
    assert not screen.state.can_undo
    screen.presenter.undo()
    screen.presenter.redo()
    assert screen.stand.settings.look == "night"


def test_what_was_changed_elsewhere_stays_when_something_goes_back() -> None:
    screen = Screen("lock")
    screen.presenter.chose("idle_lock_minutes", "30")
    screen.stand.settings = screen.stand.settings.model_copy(update={"look": "dusk"})
    screen.presenter.look_changed()
    screen.presenter.undo()
    assert (screen.stand.settings.look, screen.stand.settings.idle_lock_minutes) == ("dusk", 10)


def test_settings_that_cannot_be_written_are_told_and_not_called_saved() -> None:
    screen = Screen()
    screen.stand.kept = False
    screen.presenter.chose("look", "night")
    assert screen.state.saved == ""
    assert screen.state.message is not None
    assert "until the program ends" in screen.state.message.sentence


def test_writing_in_a_field_is_one_step_whatever_its_letters() -> None:
    screen = Screen("lists")
    screen.write("signs.0.sign", "Says it is hopeless")
    screen.write("signs.13.sign", "Faints")
    assert screen.tables.danger_signs[0] == "Says it is hopeless"
    assert len(screen.tables.signs) == 14
    screen.presenter.undo()
    assert len(screen.tables.signs) == 13
    screen.presenter.undo()
    assert screen.stand.desk[SIGNS_PLACE] is None


def test_every_letter_that_fits_is_on_the_desk_already() -> None:
    """A lock in the middle of a word takes nothing away."""
    screen = Screen("capture")
    for text in ("W", "We", "Wee"):
        screen.presenter.typed("tap.T", text)
    assert next(code.label for code in screen.tables.codes if code.key == "T") == "Wee"
    assert screen.line("tap.T").value == "Wee"


def test_a_field_emptied_on_the_way_to_another_word_takes_nothing_out() -> None:
    screen = Screen("lists")
    screen.presenter.typed("signs.0.sign", "")
    assert len(screen.tables.signs) == 13
    screen.presenter.typed("signs.0.sign", "Faints")
    screen.presenter.finished()
    assert screen.tables.danger_signs[0] == "Faints"
    screen.write("signs.0.sign", "")
    assert len(screen.tables.signs) == 12


def test_minutes_that_do_not_fit_stay_in_their_field_with_a_sentence() -> None:
    screen = Screen("lists")
    screen.write("phases.IM.peak", "40")  # after easing begins
    assert "later than the one before" in screen.state.troubles["phases.IM.peak"]
    assert screen.line("phases.IM.peak").value == "40"
    assert screen.stand.desk.get(PHASES_PLACE) is None
    screen.write("phases.IM.easing", "50")  # together they fit
    table = screen.tables.bands.of(Route.IM)
    assert table is not None
    assert [band.start_min for band in table.bands] == [2, 5, 40, 50, 60]
    assert screen.state.troubles == {}
    assert table.source == "the therapist’s own"
    screen.presenter.chose("phases.default", "")
    assert screen.tables.bands == SHIPPED.bands
    screen.presenter.undo()
    assert screen.tables.bands != SHIPPED.bands


def test_a_row_that_waits_for_its_other_field_is_not_called_wrong() -> None:
    screen = Screen("lists")
    screen.write("presets.4.label", "Mine")
    assert screen.state.troubles == {}
    assert screen.stand.desk.get(PRESETS_PLACE) is None
    screen.write("presets.4.minutes", "0, 30")
    assert screen.tables.presets[4].minutes == (0, 30)
    assert screen.line("presets.5.label").value == ""


def test_a_new_letter_needs_both_and_a_free_one() -> None:
    screen = Screen("capture")
    screen.write("new.letter", "t")
    screen.write("new.label", "Twitches")
    assert "in use" in screen.state.troubles["new.label"]
    screen.write("new.letter", "y")
    assert any(code.key == "Y" and code.label == "Twitches" for code in screen.tables.codes)
    assert screen.line("new.label").value == ""
    screen.presenter.chose("tap.default", "")
    assert screen.stand.desk[LEGEND_PLACE] is None


def test_words_and_classes_change_within_the_law() -> None:
    screen = Screen("capture")
    screen.write("word.intervention", "I said")
    screen.write("part", "voice")
    screen.presenter.chose("class.observation", "private")
    assert screen.tables.wording.of(Kind.PART) == "Voice seen"
    assert screen.tables.classes.of(Kind.OBSERVATION) is RecordClass.PRIVATE
    rows = {item.name: item for item in screen.items() if isinstance(item, KindRow)}
    assert rows["Dose"].choice is None
    assert rows["Dose"].fixed == "always in the clinical record"
    screen.presenter.chose("words.default", "")
    assert (screen.stand.desk[WORDING_PLACE], screen.stand.desk[CLASSES_PLACE]) == (None, None)
    screen.presenter.undo()  # one step for both
    assert screen.tables.wording.part == "voice"
    assert screen.tables.classes.of(Kind.OBSERVATION) is RecordClass.PRIVATE


def test_undo_turns_to_the_page_it_speaks_of() -> None:
    screen = Screen("lock")
    screen.write("veil_code", "4711")
    screen.presenter.turn("about")
    screen.presenter.undo()
    assert screen.state.tab == "lock"
    assert screen.stand.desk[VEIL_PLACE] is None


def test_a_veil_code_that_is_too_short_is_not_taken() -> None:
    screen = Screen("lock")
    screen.write("veil_code", "471")
    assert "four" in screen.state.troubles["veil_code"]
    assert not screen.stand.desk.get(VEIL_PLACE)


def test_a_disk_that_refuses_is_told_and_tried_again() -> None:
    screen = Screen("lists")
    screen.stand.trouble = NotSaved("The disk is full.")
    screen.write("signs.0.sign", "Faints")
    assert screen.state.saved == "Not saved yet"
    assert screen.state.message_acts == (("again", "Try again"),)
    screen.stand.trouble = None
    screen.presenter.answer("again")
    assert screen.tables.danger_signs[0] == "Faints"
    assert screen.state.saved.startswith("Saved")


def test_saved_is_said_only_when_it_is() -> None:
    screen = Screen("lists")
    screen.tasks.hold = True
    screen.write("signs.0.sign", "Faints")
    assert screen.state.saved == ""
    screen.tasks.release()
    assert screen.state.saved.startswith("Saved")


def test_the_backup_folder_is_chosen_undone_and_never_the_journals_own() -> None:
    screen = Screen("safekeeping")
    screen.folder = Path("/media/red")
    screen.presenter.pressed("backup_folder.choose", {})
    assert screen.stand.desk[BACKUP_FOLDER] == "/media/red"
    screen.presenter.undo()
    assert screen.stand.desk[BACKUP_FOLDER] == "/media/blue/backups"
    screen.write("backup_folder", "backups")
    assert "whole path" in screen.state.troubles["backup_folder"]
    screen.folder = screen.stand.journal.folder
    screen.presenter.pressed("backup_folder.choose", {})
    assert screen.state.message is not None
    assert "journal itself" in screen.state.message.sentence


def test_backing_up_and_checking_are_told_while_they_last() -> None:
    screen = Screen("safekeeping")
    screen.tasks.hold = True
    screen.presenter.pressed("back_up", {})
    acts = [act for item in screen.items() if isinstance(item, Acts) for act in item.acts]
    assert acts[0].label == "Backing up…"
    assert not acts[0].enabled
    screen.presenter.pressed("check", {})  # one at a time
    screen.tasks.release()
    assert screen.stand.did == [("back up",)]
    screen.stand.trouble = NotSaved("The backup was not made: the disk is full.")
    screen.presenter.pressed("check", {})
    screen.tasks.release()
    assert screen.state.message is not None
    assert screen.state.message.sentence.startswith("The backup was not made")


def test_the_live_journal_alone_is_warned_about_a_synced_folder() -> None:
    stand = Stand()
    stand.journal = stand.journal._replace(synced_by="Dropbox")
    screen = Screen("safekeeping", stand)
    assert "Dropbox copies this folder" in screen.says()


def test_the_passphrase_changes_in_place_and_says_that_it_cannot_be_undone() -> None:
    screen = Screen("keys")
    forgotten = screen.state.forget
    screen.presenter.pressed("change", {"old": WORDS, "new": OTHER, "again": OTHER + "x"})
    assert screen.state.message is not None
    assert "not alike" in screen.state.message.sentence
    screen.presenter.pressed("change", {"old": "wrong", "new": OTHER, "again": OTHER})
    assert screen.stand.passphrase == WORDS
    screen.presenter.pressed("change", {"old": WORDS, "new": "short", "again": "short"})
    assert screen.stand.passphrase == WORDS
    screen.presenter.pressed("change", {"old": WORDS, "new": OTHER, "again": OTHER})
    assert screen.stand.passphrase == OTHER
    assert screen.state.forget > forgotten
    assert not screen.state.can_undo
    assert "cannot be undone" in screen.section("Passphrase").note


def test_a_new_recovery_key_is_shown_once_and_tested() -> None:
    screen = Screen("keys")
    screen.presenter.pressed("renew", {"for_renewal": WORDS})
    assert any(isinstance(item, Spelled) and item.text == KEY for item in screen.items())
    screen.write("typed_key", "nonsense")
    screen.presenter.pressed("test", {})
    assert screen.state.message is not None
    assert screen.state.message.role == "safety"
    screen.presenter.typed("typed_key", KEY)
    screen.presenter.pressed("test", {})
    assert screen.state.message.sentence == "This key opens the journal."
    screen.presenter.turn("about")
    screen.presenter.turn("keys")
    assert not any(isinstance(item, Spelled) for item in screen.items())
    assert KEY not in str(screen.state)


def test_a_damaged_copy_of_the_key_file_can_be_repaired() -> None:
    from kapjournal.application.ports import Finding

    stand = Stand()
    stand.journal = stand.journal._replace(key_file=(Finding(False, "The second copy is damaged."),))
    screen = Screen("keys", stand)
    screen.presenter.pressed("repair", {})
    assert stand.did == [("repair",)]


def test_a_button_leads_to_the_themes_with_what_was_typed_kept() -> None:
    screen = Screen("capture")
    screen.presenter.typed("word.observation", "Noticed")
    screen.presenter.pressed("themes", {})
    assert screen.stand.did == [("themes",)]
    assert "Noticed" in (screen.stand.desk.get("wording") or "")


def test_instruments_are_left_out_until_there_are_any() -> None:
    stand = Stand()
    uses = stand.uses()._replace(instruments=tuple)
    screen = Screen("looks", stand)
    presenter = SettingsPresenter(uses, SHIPPED, InlineTasks(), FakeClock(), screen)
    presenter.start()
    assert [tab.key for tab in screen.state.tabs] == [tab.key for tab in TABS if tab.key != "instruments"]


def test_about_names_every_licence_text_that_is_shipped() -> None:
    shipped = {path.name for path in (Path(__file__).parents[3] / "LICENSES").iterdir()}
    assert set(about.LICENCES) == shipped


@pytest.mark.parametrize("tab", [tab.key for tab in TABS])
def test_every_page_says_something_and_uses_each_key_once(tab: str) -> None:
    screen = Screen(tab)
    keys = [item.key for item in screen.items() if hasattr(item, "key")]
    assert screen.items()
    assert len(keys) == len(set(keys))
