"""One window per data folder, tried with real processes."""

import os
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from pos_helper.runtime.single_instance import SingleInstance, instance_address
from tests.runtime.processes import Child

AGES = [timedelta(0), timedelta(days=100), timedelta(days=-100)]
"""How old a claim may look: new, left running for months, or made before the clock was set back."""


def launch(data: Path, query: str = "", *options: str, **environment: str) -> Child:
    """Another start of the program."""
    return Child("instance_child.py", data, query, *options, **environment)


def start(data: Path, query: str = "", *options: str, **environment: str) -> Child:
    """The same, as far as trying to be the first."""
    child = launch(data, query, *options, **environment)
    assert child.line() == "trying"
    return child


def claim_file(data: Path) -> Path:
    """The file by which a process claims a data folder."""
    return address(data).with_suffix(".lock")


def address(data: Path) -> Path:
    """The socket on which the first window of a data folder listens."""
    found = instance_address(data)
    assert found is not None
    return found


def set_age_of_claim(data: Path, age: timedelta) -> None:
    """Make a claim look as if it had been made so long ago."""
    made = (datetime.now(UTC) - age).timestamp()
    os.utime(claim_file(data), (made, made))


@pytest.fixture(autouse=True)
def own_temporary_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Claims and sockets of these tests go to a folder whose name is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="pos-") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        yield


@pytest.fixture
def instance(tmp_path: Path, qapp: object) -> Iterator[SingleInstance]:
    """The first window, in this process."""
    instance = SingleInstance(tmp_path)
    assert instance.claim()
    yield instance
    instance.close()


@pytest.mark.parametrize(
    "query", ["E1", "", "错误代码 3000\n换行 \U0001f4b3", "x" * 10_000, "\U0001f4b3" * 10_000]
)
def test_a_second_start_hands_its_query_over_and_ends(tmp_path: Path, query: str) -> None:
    with start(tmp_path) as first:
        assert first.line() == "first"
        with start(tmp_path, query) as second:
            assert second.end()[:2] == (0, "handed over\n")
        assert first.line() == f"summoned {query!a}"
        assert first.is_running()


def test_of_programs_started_at_once_one_opens_a_window(tmp_path: Path) -> None:
    with launch(tmp_path, "1") as one, launch(tmp_path, "2") as two, launch(tmp_path, "3") as three:
        children = (one, two, three)
        assert [child.line() for child in children] == ["trying"] * 3
        assert sorted(child.line() for child in children) == ["first", "handed over", "handed over"]


def test_several_starts_are_heard_one_after_the_other(tmp_path: Path) -> None:
    with start(tmp_path) as first:
        assert first.line() == "first"
        for query in ("E1", "3000", "0x0004"):
            with start(tmp_path, query) as later:
                assert later.end()[:2] == (0, "handed over\n")
            assert first.line() == f"summoned '{query}'"


def test_two_data_folders_are_independent(tmp_path: Path) -> None:
    with start(tmp_path / "a") as one, start(tmp_path / "b") as other:
        assert (one.line(), other.line()) == ("first", "first")


def test_a_folder_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    with start(tmp_path) as first:
        assert first.line() == "first"
        with start(tmp_path / "packs" / "..") as second:
            assert second.line() == "handed over"


@pytest.mark.parametrize("age", AGES, ids=str)
def test_after_a_crash_the_next_start_is_the_first_and_can_be_found(tmp_path: Path, age: timedelta) -> None:
    with start(tmp_path) as crashed:
        assert crashed.line() == "first"
        crashed.kill()
    set_age_of_claim(tmp_path, age)
    with start(tmp_path) as first:
        assert first.line() == "first"
        with start(tmp_path, "E1") as second:
            assert second.line() == "handed over"
        assert first.line() == "summoned 'E1'"


@pytest.mark.parametrize("left", [b"", b"\0" * 64, b"12"])
@pytest.mark.parametrize("age", [timedelta(0), timedelta(minutes=1)], ids=str)
def test_a_claim_that_a_power_cut_damaged_keeps_nobody_out(
    tmp_path: Path, left: bytes, age: timedelta
) -> None:
    claim_file(tmp_path).write_bytes(left)
    set_age_of_claim(tmp_path, age)
    with start(tmp_path) as first:
        assert first.line() == "first"
        with start(tmp_path, "E1") as second:
            assert second.line() == "handed over"


@pytest.mark.parametrize("age", AGES, ids=str)
def test_a_window_that_has_been_open_for_long_is_still_the_one(tmp_path: Path, age: timedelta) -> None:
    with start(tmp_path) as first:
        assert first.line() == "first"
        set_age_of_claim(tmp_path, age)
        with start(tmp_path, "E1") as second:
            assert second.line() == "handed over"
        assert first.line() == "summoned 'E1'"


def test_a_start_waits_for_a_first_one_that_is_not_listening_yet(
    instance: SingleInstance, tmp_path: Path, qtbot: QtBot
) -> None:
    with start(tmp_path, "E1") as second:
        with qtbot.waitSignal(instance.summoned) as summoned:
            instance.listen()
        assert summoned.args == ["E1"]
        assert second.end()[:2] == (0, "handed over\n")


def test_a_first_window_that_hangs_does_not_keep_others_out(tmp_path: Path) -> None:
    with start(tmp_path, "", "deaf") as hung:
        assert hung.line() == "first"
        set_age_of_claim(tmp_path, timedelta(minutes=1))
        other = SingleInstance(tmp_path, patience_ms=100)
        assert other.claim("E1")
        # It has no claim to be found, and takes nothing from the one that has.
        other.listen()
        other.close()
        assert hung.is_running()


def test_a_window_that_is_still_starting_is_waited_for_however_slow_the_pc(
    instance: SingleInstance, tmp_path: Path, qtbot: QtBot
) -> None:
    late = QTimer(singleShot=True)
    late.timeout.connect(instance.listen)
    with start(tmp_path, "E1", "impatient") as second:
        late.start(200)
        qtbot.waitUntil(lambda: not second.is_running())
        assert second.line() == "handed over"


def test_when_a_window_is_closed_the_next_start_is_the_first(
    instance: SingleInstance, tmp_path: Path
) -> None:
    instance.listen()
    instance.close()
    with start(tmp_path) as next_one:
        assert next_one.line() == "first"


@pytest.mark.skipif(os.name != "posix", reason="TMPDIR is how POSIX names the temporary folder")
def test_without_a_place_for_the_claim_the_window_opens_all_the_same(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    with start(missing / "data", TMPDIR=str(missing)) as lonely:
        assert lonely.line() == "first"


# --- other users of the computer ----------------------------------------------------------------

_needs_posix = pytest.mark.skipif(os.name != "posix", reason="folders and users of POSIX systems")
_needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can make files of another user"
)
OTHER_USER = 12345


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary folder that is open to all, as on Linux."""
    with tempfile.TemporaryDirectory(prefix="pub-") as folder:
        Path(folder).chmod(0o1777)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


@pytest.fixture
def data() -> Iterator[Path]:
    """A data folder with a short name."""
    with tempfile.TemporaryDirectory(prefix="data-") as folder:
        yield Path(folder)


@_needs_posix
def test_a_stranger_in_the_temporary_folder_is_not_asked(qapp: object, public: Path, data: Path) -> None:
    name = address(data).name
    stranger = QLocalServer()
    assert stranger.listen(str(public / name))
    (public / f"{name}.lock").write_text(f"{os.getpid()}\nstranger\nhost\n", encoding="utf-8")
    if os.geteuid() == 0:
        for taken in public.iterdir():
            os.chown(taken, OTHER_USER, OTHER_USER)
    with start(data, "E1") as first:
        assert first.line() == "first"
        with start(data, "E2") as second:
            assert second.line() == "handed over"
        assert first.line() == "summoned 'E2'"
    stranger.waitForNewConnection(0)
    assert not stranger.hasPendingConnections()
    stranger.close()


@_needs_posix
def test_the_socket_is_in_the_first_folder_that_is_the_users_own(
    public: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert address(data).parent == data
    with tempfile.TemporaryDirectory(prefix="run-") as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        assert address(data).parent == Path(runtime)
        Path(runtime).chmod(0o755)
        assert address(data).parent == data
    assert address(data).parent == data  # the runtime folder is gone


@_needs_root
def test_a_folder_of_another_user_is_not_used(
    public: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(prefix="run-") as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        os.chown(runtime, OTHER_USER, OTHER_USER)
        assert address(data).parent == data
        os.chown(data, OTHER_USER, OTHER_USER)
        assert instance_address(data) is None


@_needs_root
def test_a_socket_of_another_user_is_told_nothing(
    instance: SingleInstance, tmp_path: Path, qtbot: QtBot
) -> None:
    instance.listen()
    heard: list[str] = []
    instance.summoned.connect(heard.append)
    os.chown(address(tmp_path), OTHER_USER, OTHER_USER)
    other = SingleInstance(tmp_path, patience_ms=100)
    assert other.claim("E1")
    os.chown(address(tmp_path), 0, 0)
    with start(tmp_path, "E2") as second:
        qtbot.waitUntil(lambda: bool(heard))
        assert second.line() == "handed over"
    assert heard == ["E2"]


@_needs_posix
@pytest.mark.parametrize("folder", ["shared", "n" * 200])
def test_without_a_folder_of_ones_own_the_window_opens_at_once(public: Path, data: Path, folder: str) -> None:
    place = data / folder
    place.mkdir(mode=0o700 if len(folder) > 100 else 0o755)
    assert instance_address(place) is None
    with start(place, "E1") as one, start(place, "E2") as other:
        assert (one.line(), other.line()) == ("first", "first")


@_needs_posix
def test_the_longest_address_can_be_listened_on(public: Path, data: Path) -> None:
    place = data / ("n" * (103 - len(str(address(data))) - 1))
    place.mkdir(mode=0o700)
    assert len(str(address(place))) == 103
    with start(place) as first:
        assert first.line() == "first"
        with start(place, "E1") as second:
            assert second.line() == "handed over"


@_needs_posix
@pytest.mark.parametrize(("beside", "mode"), [("", 0o700), ("letter.txt", 0o755), ("cases.sqlite3", 0o700)])
def test_a_start_closes_a_folder_that_is_empty_or_has_cases_to_other_users(
    tmp_path: Path, beside: str, mode: int
) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o755)
    if beside:
        (data / beside).touch()
    with Child("window_child.py", str(data), "well", LC_ALL="C.UTF-8") as child:
        code, _, _ = child.end()
    assert code == 0
    assert stat.S_IMODE(data.stat().st_mode) == mode


@pytest.mark.parametrize("message", [b"\xff\xfe\n", b"[]\n", b'{"query": 5}\n', b"{}\n", b"x" * 70_000])
def test_a_strange_message_is_not_answered_and_does_no_harm(
    instance: SingleInstance, tmp_path: Path, qtbot: QtBot, message: bytes
) -> None:
    instance.listen()
    heard: list[str] = []
    instance.summoned.connect(heard.append)
    stranger = QLocalSocket()
    stranger.connectToServer(str(address(tmp_path)))
    assert stranger.waitForConnected(1000)
    stranger.write(message)
    with start(tmp_path, "E1") as second:
        qtbot.waitUntil(partial(heard.__contains__, "E1"))
        assert second.end()[:2] == (0, "handed over\n")
    assert heard == ["E1"]
    assert stranger.bytesAvailable() == 0
    stranger.abort()
