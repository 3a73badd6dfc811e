"""What the commands are run on."""

from pathlib import Path

import pytest

from tests.command_line import CommandLine, data_folder


@pytest.fixture
def data(tmp_path: Path, shipped_index: Path) -> Path:
    """A data folder in which the shipped catalog is compiled already."""
    return data_folder(tmp_path / "data", shipped_index)


@pytest.fixture
def run(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> CommandLine:
    """Runs a command; gives its exit code and what it printed."""
    return CommandLine(data, capfdbinary, monkeypatch)
