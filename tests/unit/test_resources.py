from __future__ import annotations

from pathlib import Path

import pytest

from kapjournal import resources


def test_a_file_of_the_program_is_found() -> None:
    assert resources.path("looks", "night.toml").is_file()


def test_an_installed_package_uses_what_lies_inside_it(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "kapjournal"
    (package / "_resources").mkdir(parents=True)
    assert resources.find_root(package) == package / "_resources"


def test_a_stray_resources_folder_is_not_ours(tmp_path: Path) -> None:
    package = tmp_path / "src" / "kapjournal"
    package.mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    with pytest.raises(resources.ResourcesMissing):
        resources.find_root(package)
    (tmp_path / "pyproject.toml").touch()
    assert resources.find_root(package) == tmp_path / "resources"
