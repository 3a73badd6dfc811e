"""Fixtures for running commands."""

from pathlib import Path

import pytest

from tests.command_line import CommandLine, data_folder


@pytest.fixture
def data(tmp_path: Path, shipped_index: Path) -> Path:
    """A data folder that has an index of the shipped catalog."""
    return data_folder(tmp_path / "data", shipped_index)


@pytest.fixture
def run(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """Runs a command; returns exit code, standard output and standard error."""
    return CommandLine(data, capfdbinary, monkeypatch)
