"""``open``: the window opens, or an error says why not."""

import logging
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pos_helper.paths import UserPaths, user_paths
from tests.command_line import CommandLine, program


@pytest.mark.skipif(sys.platform != "linux", reason="only there can a screen be missing")
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ":32000"},
        {"WAYLAND_DISPLAY": "gone"},
        {"WAYLAND_DISPLAY": "gone", "XDG_RUNTIME_DIR": "/missing"},
        {"WAYLAND_DISPLAY": "/missing/gone"},
        {"QT_QPA_PLATFORM": "xcb"},
    ],
    ids=str,
)
def test_without_a_screen_it_names_the_command_line(data: Path, environment: dict[str, str]) -> None:
    ended = program(data, "E1", environment=environment)
    assert ended.returncode == 3
    assert ended.stderr.count(b"\n") == 1
    assert b"pos-helper lookup" in ended.stderr


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    "words", [("--pack", "mine.yaml", "E1"), ("open", "E1", "--pack", "mine.yaml")], ids=" ".join
)
def test_the_window_is_given_what_was_typed_and_no_second_log(
    run: CommandLine, data: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    given: list[object] = []

    def open_window(user: UserPaths, packs: Sequence[Path], query: str) -> int:
        given.extend([user, [*packs], query, logging.getLogger().handlers[:]])
        return 0

    monkeypatch.setattr("pos_helper.app.run", open_window)
    handlers = logging.getLogger().handlers[:]
    assert run(*words) == (0, "", "")
    assert given == [user_paths(data), [Path("mine.yaml")], "E1", handlers]
