"""The log: what is in it, what never is, and that it is never in the way."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QFile, qWarning
from PySide6.QtSvg import QSvgRenderer

from pos_helper.runtime.log import Log

CARD = "4111 1111 1111 1111"

StartLog = Callable[..., Log]


@pytest.fixture
def start_log() -> Iterator[StartLog]:
    """Starts a log, and closes it when the test is over."""
    logs: list[Log] = []

    def start(path: Path, level: int = logging.INFO) -> Log:
        logs.append(Log(path, level))
        return logs[-1]

    yield start
    for log in reversed(logs):
        log.close()


def text(log: Log) -> str:
    assert log.path is not None
    return log.path.read_text(encoding="utf-8")


def test_what_is_logged_is_in_the_file_and_in_the_latest_lines(start_log: StartLog, tmp_path: Path) -> None:
    log = start_log(tmp_path / "log" / "pos-helper.log")
    logging.getLogger("pos_helper.cases").info("打开了病历 %d", 7)
    for written in (text(log), log.latest()):
        assert "INFO pos_helper.cases: 打开了病历 7" in written


def test_the_level_decides_what_is_logged(start_log: StartLog, tmp_path: Path) -> None:
    log = start_log(tmp_path / "a.log", logging.WARNING)
    logging.getLogger("x").info("quiet")
    logging.getLogger("x").warning("loud")
    assert "quiet" not in text(log)
    assert "loud" in text(log)


def test_card_data_is_masked_in_messages_arguments_and_tracebacks(
    start_log: StartLog, tmp_path: Path
) -> None:
    log = start_log(tmp_path / "a.log")
    logger = logging.getLogger("x")
    logger.info(f"searched for {CARD}")
    logger.info("searched for %s, %r", CARD, {"note": f"CVV: 123, {CARD}"})
    logger.info("in pieces: %d %d", 41111111, 11111111)
    try:
        raise ValueError(f"cannot read {CARD}")
    except ValueError:
        logger.exception("failed")
    for written in (text(log), log.latest()):
        assert "4111" not in written
        assert "CVV: 123" not in written
        assert "cannot read ••••1111" in written
        assert "Traceback" in written


def test_what_qt_says_is_logged_with_its_category(start_log: StartLog, tmp_path: Path) -> None:
    log = start_log(tmp_path / "a.log", logging.DEBUG)
    QSvgRenderer(f"missing {CARD}.svg")
    QFile("closed").readLine()
    assert "WARNING qt.svg: Cannot open file 'missing ••••1111.svg'" in text(log)
    assert "WARNING qt.default: QIODevice" in text(log)


def test_a_message_that_does_not_fit_its_arguments_disturbs_nothing(
    start_log: StartLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = start_log(tmp_path / "a.log")
    logging.getLogger("pos_helper.unlucky").info("%d", CARD)
    logging.getLogger("pos_helper.unlucky").info("next")
    assert "next" in text(log)
    assert capsys.readouterr().err == ""


def test_the_file_stays_small(start_log: StartLog, tmp_path: Path) -> None:
    log = start_log(tmp_path / "a.log")
    line = "备" * 2000
    for _ in range(300):
        logging.getLogger("x").info(line)
    files = list(tmp_path.iterdir())
    assert sorted(file.name for file in files) == ["a.log", "a.log.1", "a.log.2"]
    assert sum(file.stat().st_size for file in files) < 1024 * 1024
    assert log.latest().count("\n") < 200


def test_without_a_folder_to_write_to_the_latest_lines_are_still_there(
    start_log: StartLog, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    log = start_log(tmp_path / "file" / "a.log")
    logging.getLogger("x").info("hello")
    assert log.path is None
    assert "hello" in log.latest()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device that is always full is Linux's")
def test_a_full_disk_disturbs_nothing(
    start_log: StartLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.log"
    path.symlink_to("/dev/full")
    log = start_log(path)
    logging.getLogger("x").info("hello")
    assert "hello" in log.latest()
    assert capsys.readouterr().err == ""


def test_a_closed_log_leaves_logging_as_it_was(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (list(root.handlers), root.level, logging.raiseExceptions)
    log = Log(tmp_path / "a.log", logging.DEBUG)
    log.close()
    logging.getLogger("x").critical("too late")
    assert (root.handlers, root.level, logging.raiseExceptions) == before
    assert "too late" not in text(log)


@pytest.mark.qt_log_ignore("after the log")
def test_a_closed_log_hears_no_more_of_qt(tmp_path: Path) -> None:
    log = Log(tmp_path / "a.log", logging.DEBUG)
    log.close()
    qWarning("after the log")
    assert "after the log" not in text(log)
