from pathlib import Path

from kapjournal.paths import HOME_VARIABLE, folders


def test_one_variable_moves_every_folder(tmp_path: Path) -> None:
    given = folders({HOME_VARIABLE: str(tmp_path)})
    places = [*given, given.default_journal, given.settings_file, given.crash_reports]
    assert all(place.is_relative_to(tmp_path) for place in places)
    assert len(set(places)) == len(places)


def test_without_it_the_system_decides_and_nothing_is_made() -> None:
    given = folders({})
    assert all("kapjournal" in str(place) for place in given)
    assert given.settings_file.name == "settings.json"


def test_an_empty_variable_moves_nothing() -> None:
    assert folders({HOME_VARIABLE: ""}) == folders({})
