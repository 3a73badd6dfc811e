"""User data are stored where the platform, the ``portable`` flag or ``--data-dir`` says."""

import os
import sys
from pathlib import Path

import pytest

from pos_helper import paths
from pos_helper.paths import PORTABLE_FLAG, program_dir, resources, translations, user_paths


def test_the_data_folder_that_was_asked_for_holds_everything(tmp_path: Path) -> None:
    found = user_paths(tmp_path / "shop")
    assert found.data == tmp_path / "shop"
    kept = (found.cache, found.packs, found.cases, found.settings, found.log, found.index)
    assert all(path.is_relative_to(tmp_path / "shop") for path in kept)
    assert list(tmp_path.iterdir()) == []


def test_a_relative_data_folder_means_the_one_of_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = user_paths(Path("shop"))
    monkeypatch.chdir("/")
    assert found.data == tmp_path / "shop"


def test_the_home_folder_can_be_written_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert user_paths(Path("~/shop")).data == tmp_path / "shop"


def test_the_portable_flag_keeps_data_beside_the_program(tmp_path: Path) -> None:
    (tmp_path / PORTABLE_FLAG).touch()
    found = user_paths(program=tmp_path)
    assert found.data == tmp_path / "data"
    assert found.cache.is_relative_to(tmp_path / "data")


def test_the_data_folder_that_was_asked_for_wins_over_the_flag(tmp_path: Path) -> None:
    (tmp_path / PORTABLE_FLAG).touch()
    assert user_paths(tmp_path / "shop", program=tmp_path).data == tmp_path / "shop"


@pytest.mark.skipif(sys.platform != "linux", reason="the variables of the XDG base directories")
def test_without_either_the_platforms_folders_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found = user_paths(program=tmp_path)
    assert found.data == tmp_path / "share" / "pos-helper"
    assert found.cache == tmp_path / "cache" / "pos-helper"
    assert found.index.is_relative_to(found.cache)


def test_bundled_folders_are_found_in_the_source_tree() -> None:
    assert (resources().name, translations().name) == ("resources", "translations")
    assert resources().is_dir()
    assert translations().is_dir()
    assert program_dir() == Path(paths.__file__).parents[1]


def test_bundled_folders_are_found_in_an_installed_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    assert resources() == tmp_path / "resources"


def test_a_frozen_program_looks_for_the_flag_beside_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", os.fspath(tmp_path / "pos-helper"))
    assert program_dir() == tmp_path.resolve()
