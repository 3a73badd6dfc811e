"""Faults: each is logged and said once in plain words, and the program goes on."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from pos_helper.paths import user_paths
from pos_helper.runtime.crash import CrashHook, CrashReport
from tests.runtime.processes import Child


class Outcome:
    """What became of a program that failed in one way."""

    def __init__(self, folder: Path, way: str) -> None:
        with Child("crash_child.py", folder, way) as child:
            self.code, output, self.errors = child.end()
        lines = [line.partition(" ") for line in output.splitlines()]
        self.before = [rest for kind, _, rest in lines if kind == "before"]
        self.told = [rest for kind, _, rest in lines if kind == "told"]
        self.details = [rest for kind, _, rest in lines if kind == "details"]
        self.log = (folder / "pos-helper.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("way", ["in_a_slot", "in_a_python_thread", "in_a_pool_thread"])
def test_a_fault_is_logged_and_told_on_the_windows_thread_and_the_program_goes_on(
    tmp_path: Path, way: str
) -> None:
    outcome = Outcome(tmp_path, way)
    assert outcome.code == 0
    (told,), (details,) = outcome.told, outcome.details
    assert told.startswith("here Something went wrong")
    for written in (outcome.log, details, outcome.errors):
        assert "RuntimeError: cannot read" in written
        assert "Traceback" in written
        assert "4111" not in written


def test_a_fault_before_the_event_loop_is_told_at_once(tmp_path: Path) -> None:
    outcome = Outcome(tmp_path, "before_the_loop")
    assert outcome.code == 1
    assert len(outcome.told) == 1
    assert "RuntimeError" in outcome.log


def test_a_fault_that_repeats_is_logged_each_time_and_told_once(tmp_path: Path) -> None:
    outcome = Outcome(tmp_path, "again_and_again")
    assert outcome.code == 0
    assert len(outcome.told) == 2
    assert outcome.log.count("RuntimeError: cannot read") == 50


def test_a_fault_of_the_dialog_itself_does_not_go_round_in_circles(tmp_path: Path) -> None:
    outcome = Outcome(tmp_path, "at_showing")
    assert outcome.code == 0
    assert len(outcome.told) == 1
    assert outcome.log.count("RuntimeError: no dialog") == 1


def test_expected_trouble_that_nobody_caught_is_said_in_its_own_words(tmp_path: Path) -> None:
    outcome = Outcome(tmp_path, "in_trouble")
    assert outcome.told == ["here The disk is full."]


def test_ctrl_c_ends_the_program_and_is_no_fault(tmp_path: Path) -> None:
    outcome = Outcome(tmp_path, "by_ctrl_c")
    assert (outcome.code, outcome.told, outcome.log) == (130, [], "")


def test_a_fault_of_a_finalizer_is_only_logged(tmp_path: Path) -> None:
    outcome = Outcome(tmp_path, "in_a_finalizer")
    assert "RuntimeError: thrown away" in outcome.log
    assert len(outcome.told) == 1
    assert "the last one" in outcome.details[0]


def test_the_death_of_the_process_is_reported_at_the_next_start_and_only_there(tmp_path: Path) -> None:
    died = Outcome(tmp_path, "for_good")
    assert died.code != 0
    assert died.before == ["''"]
    (previous,) = Outcome(tmp_path, "in_a_slot").before
    assert "Fatal Python error" in previous
    assert "for_good" in previous
    assert Outcome(tmp_path, "in_a_slot").before == ["''"]
    assert not (tmp_path / "faults.txt").exists()


def test_the_start_after_a_death_says_that_the_last_run_ended_unexpectedly(tmp_path: Path) -> None:
    ways = ["well", "badly", "well", "well"]
    ends = [notice_of_a_start(tmp_path, way) for way in ways]
    assert [code == 0 for code, _ in ends] == [way == "well" for way in ways]
    first, second, after_the_death, last = (notice for _, notice in ends)
    assert (first, second, last) == ("", "", "")
    assert "ended unexpectedly" in after_the_death
    assert not user_paths(tmp_path).fatal_error_log.exists()


def notice_of_a_start(data: Path, way: str) -> tuple[int, str]:
    """Start the program, which ends in that way: its exit code, and what stands above the page."""
    with Child("window_child.py", data, way, LC_ALL="C.UTF-8") as child:
        code, notice, _ = child.end()
    return code, notice.strip()


def test_without_a_place_for_its_file_the_fault_log_does_nothing(tmp_path: Path) -> None:
    (tmp_path / "faults.txt").mkdir()
    outcome = Outcome(tmp_path, "in_a_slot")
    assert outcome.code == 0
    assert outcome.before == ["''"]


# --- in this process -------------------------------------------------------------------------------


def caught(message: str) -> RuntimeError:
    """A fault with a traceback."""
    try:
        raise RuntimeError(message)
    except RuntimeError as fault:
        return fault


def test_a_hook_that_fails_itself_says_both_faults_and_raises_nothing(
    qapp: object, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken_log() -> str:
        raise OSError("the log is gone")

    fault = caught("the fault")
    CrashHook(broken_log).handle(RuntimeError, fault, fault.__traceback__)
    errors = capsys.readouterr().err
    assert "RuntimeError: the fault" in errors
    assert "OSError: the log is gone" in errors


def test_a_fault_whose_words_fail_is_reported_all_the_same(qtbot: QtBot) -> None:
    class Mute(Exception):
        def __str__(self) -> str:
            raise ValueError("no words")

    hook = CrashHook(str)
    with qtbot.waitSignal(hook.crashed) as crashed:
        hook.handle(Mute, Mute(), None)
    assert crashed.args is not None
    assert "Mute" in crashed.args[0].details


def test_a_fault_that_causes_faults_while_it_is_handled_does_not_go_round_in_circles(
    qapp: object, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = 0

    class Looping(Exception):
        def __str__(self) -> str:
            nonlocal asked
            asked += 1
            # As it is when a slot fails that is called meanwhile.
            hook.handle(Looping, self, None)
            return "looping"

    hook = CrashHook(str)
    hook.handle(Looping, Looping(), None)
    assert "Looping while handling another fault" in capsys.readouterr().err
    assert asked < 10


class Window:
    """Shows faults in a dialog, behind which another one happens."""

    def __init__(self, hook: CrashHook, loop: QEventLoop | None) -> None:
        self.shown: list[CrashReport] = []
        self.shown_within_the_fault = False
        self._hook = hook
        self._loop = loop
        hook.crashed.connect(self.show)

    def fail(self) -> None:
        fault = caught("the first")
        self._hook.handle(RuntimeError, fault, fault.__traceback__)
        self.shown_within_the_fault = bool(self.shown)

    def show(self, report: CrashReport) -> None:
        self.shown.append(report)
        if len(self.shown) > 1:
            return
        other = KeyError("another, while the dialog is open")
        self._hook.handle(KeyError, other, None)
        # As a dialog does, this hands out what is queued.
        QCoreApplication.processEvents()
        if self._loop is not None:
            self._loop.quit()


@pytest.mark.parametrize("in_a_loop", [True, False])
def test_while_one_fault_is_shown_another_one_is_logged_only(
    qapp: object, caplog: pytest.LogCaptureFixture, in_a_loop: bool
) -> None:
    loop = QEventLoop() if in_a_loop else None
    window = Window(CrashHook(str), loop)
    if loop is None:
        window.fail()
    else:
        QTimer.singleShot(0, window.fail)
        loop.exec()
    assert ["the first" in report.details for report in window.shown] == [True]
    # No dialog may open in the middle of a paint event.
    assert window.shown_within_the_fault is not in_a_loop
    assert "another, while the dialog is open" in caplog.text


def test_the_details_hold_the_versions_the_traceback_and_the_latest_log_lines(qtbot: QtBot) -> None:
    hook = CrashHook(lambda: "last line: CVV 123")
    fault = caught("PIN: 1234")
    with qtbot.waitSignal(hook.crashed) as crashed:
        hook.handle(RuntimeError, fault, fault.__traceback__)
    assert crashed.args is not None
    details = crashed.args[0].details
    for expected in ("Python 3.", "Qt 6.", "test_crash.py", "RuntimeError: PIN: ••••", "last line: CVV ••••"):
        assert expected in details
