"""The whole job with the real program on a real X display: search, tick, export, kill, start again."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pypdf import PdfReader

from pos_helper.cases.opening import open_store
from pos_helper.domain.cases import Case
from pos_helper.settings import Settings, save_settings

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(sys.platform != "linux", reason="an X display is a matter of Linux"),
]

if sys.platform == "linux":
    from tests.e2e.clipboard_manager import ClipboardManager
    from tests.e2e.screen import Screen, wait_until, x_display

# A packaged program is tried in the same way: POS_HELPER_PROGRAM=… make test ARGS=tests/e2e
PROGRAM = shlex.split(os.environ.get("POS_HELPER_PROGRAM", "")) or [sys.executable, "-m", "pos_helper"]

TITLE = "POS Helper"
EXPORT = "Export the sheet"
EXPORT_ZH = "导出处理单"
SAVE = "Save the sheet"


@pytest.fixture(scope="module")
def screen() -> Iterator["Screen"]:
    with x_display() as display:
        yield display


@contextmanager
def program(screen: "Screen", data: Path, lang: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program in its own process, its window shown and with the keyboard."""
    environment = {**screen.environment(), "LANGUAGE": lang}
    running = subprocess.Popen([*PROGRAM, "--data-dir", str(data), *words], env=environment)
    try:
        wait_until(lambda: TITLE in screen.titles() or running.poll() is not None, "the window is shown")
        assert running.poll() is None, "the program ended by itself"
        screen.focus(TITLE)
        yield running
    finally:
        running.kill()
        running.wait()
        wait_until(lambda: not screen.titles(), "the window is gone")


def kept_case(data: Path) -> Case | None:
    """The newest case, read from the store by another process than the program."""
    if not (data / "cases.sqlite3").exists():
        return None
    store = open_store(data / "cases.sqlite3").store
    try:
        newest = [summary.id for summary in store.cases()][:1]
        return store.case(newest[0]) if newest else None
    finally:
        store.close()


def results(data: Path) -> dict[str, str]:
    case = kept_case(data)
    return {step: str(mark.result) for step, mark in case.marks.items()} if case else {}


def clipboard(screen: "Screen") -> str:
    """What another program gets when the person pastes."""
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; application = QApplication([]);"
        "sys.stdout.buffer.write(application.clipboard().text().encode())"
    )
    pasted = subprocess.run(
        [sys.executable, "-c", code], env=screen.environment(), capture_output=True, check=True
    )
    return pasted.stdout.decode()


def saved(screen: "Screen", sheet: Path) -> bool:
    """Press Return in the file dialog, once it is there to be pressed."""
    if SAVE in screen.titles():
        clipboard(screen)  # it takes longer than from one key of a scanner's to the next
        screen.press("Return")
    return sheet.exists()


def copies(screen: "Screen", code: str) -> bool:
    """Whether "copy for chat" gives the sheet of a code."""
    screen.press("Control_L", "Shift_L", "c")
    return code in clipboard(screen)


def test_the_whole_job(screen: "Screen", tmp_path: Path) -> None:
    data, sheet = tmp_path / "data", tmp_path / "sheets" / "sheet.pdf"
    data.mkdir()
    # In an empty folder nothing is proposed: a list that opens below the field takes keys of a fast typist.
    sheet.parent.mkdir()
    save_settings(data / "settings.json", Settings(export_folder=str(sheet.parent)))
    with program(screen, data, "en_GB"):
        screen.type("E1")
        wait_until(lambda: copies(screen, "E1"), "the safe answer is shown")
        screen.press("Return")  # from the box to the question which screen showed it
        # Two of them without a pause would be a scanner's.
        wait_until(lambda: copies(screen, "E1"), "the safe answer is still shown")
        screen.press("Return")  # it is the first one
        wait_until(lambda: copies(screen, "often communication"), "the answer is shown")
        screen.press("Return")  # from the box to the quick steps
        screen.press("space")
        screen.press("Down")
        screen.press("space")
        wait_until(lambda: len(results(data)) == 2, "both ticks are on disk")
        ticked = results(data)

        screen.press("Control_L", "e")
        wait_until(lambda: EXPORT in screen.titles(), "the export dialog is open")
        screen.focus(EXPORT)
        screen.press("Return")
        wait_until(lambda: SAVE in screen.titles(), "the file dialog is open")
        screen.focus(SAVE)
        screen.type(sheet.name)
        wait_until(lambda: saved(screen, sheet), "the sheet is written")
        # Leaving the block kills the program: no chance to save anything.

    text = " ".join(" ".join(page.extract_text() for page in PdfReader(sheet).pages).split())
    assert "E1" in text
    assert "No change" in text

    with program(screen, data, "zh_CN"):
        wait_until(lambda: copies(screen, "E1"), "the sheet can be pasted")
        # The ticks are in the window again, and a Chinese system gets a Chinese sheet.
        assert clipboard(screen).count("没变化") == len(ticked)
        screen.press("Control_L", "e")  # the keyboard is still in the search box
        wait_until(lambda: EXPORT_ZH in screen.titles(), "the export dialog is open once more")
    assert results(data) == ticked


def test_the_first_start_takes_what_is_typed_before_the_catalog_is_ready(
    screen: "Screen", tmp_path: Path
) -> None:
    with program(screen, tmp_path, "en_GB"):
        screen.type("E1")
        wait_until(lambda: copies(screen, "E1"), "the answer can be copied")


def test_a_small_screen_is_used_whole(screen: "Screen", tmp_path: Path) -> None:
    with program(screen, tmp_path, "zh_CN"):
        wait_until(lambda: screen.size(TITLE) == (1366, 768), "the window fills the screen")


def test_a_second_start_hands_its_query_to_the_first_window(screen: "Screen", tmp_path: Path) -> None:
    with program(screen, tmp_path, "en_GB"):
        second = subprocess.run(
            [*PROGRAM, "--data-dir", str(tmp_path), "0x0004"],
            env=screen.environment(),
            check=False,
            timeout=60,
        )
        assert second.returncode == 0
        assert screen.titles() == [TITLE]
        screen.focus(TITLE)
        wait_until(lambda: copies(screen, "0x0004"), "the first window shows the second's query")


def test_what_was_copied_for_the_chat_survives_the_end_of_the_program(
    screen: "Screen", tmp_path: Path
) -> None:
    """Where the desktop has a clipboard manager; without one X keeps nothing of any program."""
    with ClipboardManager(screen.name), program(screen, tmp_path, "en", "E1") as running:
        wait_until(lambda: copies(screen, "E1"), "the sheet is on the clipboard")
        sheet = clipboard(screen)
        screen.close_window(TITLE)
        wait_until(lambda: running.poll() is not None, "the program ends")
        assert clipboard(screen) == sheet
