"""The index is recompiled when packs change; the catalog opens whatever the state of its file or folder."""

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

import msgspec
import pytest

from pos_helper import __version__
from pos_helper.catalog.index.checksum import seal
from pos_helper.catalog.index.progress import CompileCancelled
from pos_helper.catalog.indexed_catalog import IndexedCatalog, open_catalog, open_current, write_shipped
from pos_helper.catalog.search.search import Search
from pos_helper.domain.ports import Catalog
from pos_helper.domain.text import Text
from tests.catalog.conftest import Write
from tests.locations import ROOT

CHILD = Path(__file__).with_name("compile_child.py")
SHOP_PACK = """
    schema: 1
    origin: terminal
    entries:
      - id: shop.q7
        code: Q7
        title: {zh: 纸用完了, en: Out of paper}
        money: unknown
        retry: after_check
        customer_phrase: {zh: 请稍等。, en: One moment please.}
        first: [check-last-sale]
"""


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Callable[[], list[tuple[str, str]]]:
    """Returns the records logged since the last call, as level and message."""
    caplog.set_level(logging.INFO)

    def said() -> list[tuple[str, str]]:
        lines = [(record.levelname, record.getMessage()) for record in caplog.records]
        caplog.clear()
        return lines

    return said


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "index.sqlite3"


def works(catalog: Catalog) -> bool:
    """Whether the catalog finds an entry and resolves it."""
    resolved = catalog.resolve(catalog.search("E1").hits[0].id)
    return resolved is not None and resolved.steps["reseat-cable"].seconds == 30


def start(index: Path, *packs: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, CHILD, index, *packs],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def finish(child: subprocess.Popen[str]) -> list[str]:
    output, errors = child.communicate(timeout=60)
    assert child.returncode == 0, errors
    return output.split()


# --- compiling and opening ----------------------------------------------------------------------


def test_the_second_start_opens_the_index_and_parses_nothing(small: Path, index: Path) -> None:
    first, second = finish(start(index, small)), finish(start(index, small))
    assert first[0] == "parsed"
    assert second[0] == "opened"
    assert first[1:] == second[1:]
    assert second[2:] == ["terminal.e1"]
    assert list(index.parent.iterdir()) == [index]


def test_a_changed_pack_is_compiled_anew(small: Path, index: Path, write: Write) -> None:
    open_catalog([small], index).close()
    entries = small / "entries.yaml"
    entries.write_text(entries.read_text(encoding="utf-8").replace('"E1"', '"E77"'), encoding="utf-8")
    assert open_current([small], index) is None
    with closing(open_catalog([small], index)) as catalog:
        assert [hit.id for hit in catalog.search("E77").hits] == ["terminal.e1"]


def test_other_packs_need_another_index(small: Path, index: Path, write: Write) -> None:
    open_catalog([small], index).close()
    shop = write("shop.yaml", "schema: 1\n")
    assert open_current([small, shop], index) is None
    open_catalog([small, shop], index).close()
    assert open_current([small], index) is None


def test_nothing_is_current_before_the_first_compilation(small: Path, index: Path) -> None:
    assert open_current([small], index) is None
    open_catalog([small], index).close()
    current = open_current([small], index)
    assert current is not None
    with closing(current):
        assert works(current)


# --- the index that a packaged program brings along ------------------------------------------------


def test_no_text_and_no_name_of_a_shop_pack_shows_a_card_number(
    small: Path, index: Path, write: Write
) -> None:
    card = "4111 1111 1111 1111"
    texts = SHOP_PACK.replace("Out of paper", f"Paper {card}").replace("请稍等。", f"请稍等 {card}")
    screen = f"        screen: {{zh: [缺纸 {card}], en: [PAPER OUT {card}]}}\n"
    pack = write(f"shop {card}.yaml", f"{texts.rstrip()}\n{screen}")
    with closing(open_catalog([small, pack], index)) as catalog:
        (hit,) = [hit for hit in catalog.search("Q7").hits if hit.code == "Q7"]
        shown = f"{hit} {catalog.resolve(hit.id)}"
    assert "Paper ••••1111" in shown
    assert card not in shown
    assert card.encode() not in index.read_bytes().replace(str(pack).encode(), b"")


@pytest.fixture
def brought(small: Path, tmp_path: Path) -> Path:
    index = tmp_path / "program" / "index.sqlite3"
    write_shipped(small, index)
    return index


def test_the_first_start_of_a_packaged_program_compiles_nothing(
    small: Path, index: Path, brought: Path, tmp_path: Path
) -> None:
    installed = shutil.copytree(small, tmp_path / "installed elsewhere")
    catalog = open_current([installed], index, brought)
    assert catalog is not None
    with closing(catalog):
        assert works(catalog)
    assert not index.exists()


def test_a_shop_pack_is_added_to_what_was_shipped(
    small: Path,
    index: Path,
    brought: Path,
    write: Write,
    said: Callable[[], list[tuple[str, str]]],
) -> None:
    own = write("shop.yaml", SHOP_PACK)
    assert open_current([small, own], index, brought) is None
    with closing(open_catalog([small, own], index, shipped=brought)) as catalog:
        assert works(catalog)
        assert catalog.search("Q7").hits[0].id == "shop.q7"
    with closing(open_catalog([small, own])) as anew:
        assert anew.version == version_of_index(index)
    assert open_current([small, own], index, brought) is not None
    assert said() == []


@pytest.mark.parametrize("change", ["larger", "younger", "one file more"])
def test_a_changed_built_in_pack_is_not_answered_from_what_was_shipped(
    small: Path, index: Path, brought: Path, change: str, write: Write
) -> None:
    entries = small / "entries.yaml"
    text = entries.read_text(encoding="utf-8")
    if change == "larger":
        entries.write_text(text.replace('"E1"', '"E77"'), encoding="utf-8")
    elif change == "younger":
        entries.write_text(text.replace('"E1"', '"X1"'), encoding="utf-8")
        later = brought.stat().st_mtime + 24 * 60 * 60
        os.utime(entries, (later, later))
    else:
        (small / "more.yaml").write_text("schema: 1\n", encoding="utf-8")
    for packs in ([small], [small, write("shop.yaml", "schema: 1\n")]):
        assert open_current(packs, index, brought) is None
        with closing(open_catalog(packs, index, shipped=brought)) as catalog:
            found = {"larger": "E77", "younger": "X1"}.get(change, "E1")
            assert catalog.search(found).hits[0].id == "terminal.e1"


def test_a_damaged_shipped_index_is_not_believed(
    small: Path, index: Path, brought: Path, said: Callable[[], list[tuple[str, str]]]
) -> None:
    data = bytearray(brought.read_bytes())
    data[len(data) // 2] ^= 1
    brought.write_bytes(data)
    assert open_current([small], index, brought) is None
    with closing(open_catalog([small], index, shipped=brought)) as catalog:
        assert works(catalog)
    assert len(said()) == 1


def test_a_pack_with_problems_is_not_shipped(write: Write, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"bad\.yaml:"):
        write_shipped(write("bad.yaml", "schema: 2\n"), tmp_path / "index.sqlite3")


def version_of_index(index: Path) -> str:
    with closing(sqlite3.connect(index)) as connection:
        (version,) = connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
    return str(version)


def version_of(pack: Path) -> str:
    with closing(open_catalog([pack])) as catalog:
        return catalog.version


def test_the_version_tells_the_content_not_its_layout(small: Path, tmp_path: Path) -> None:
    version = version_of(small)
    program, _, content = version.partition("+")
    assert program == __version__
    assert len(content) == 8
    copy = Path(shutil.copytree(small, tmp_path / "copy"))
    entries = copy / "entries.yaml"
    text = entries.read_text(encoding="utf-8")
    entries.write_text(f"# a comment\n{text}".replace("\n", "\r\n"), encoding="utf-8", newline="")
    assert version_of(copy) == version
    entries.write_text(text.replace("通讯失败", "通信失败"), encoding="utf-8")
    assert version_of(copy) != version


def test_an_index_may_be_opened_in_one_thread_and_used_in_another(small: Path, index: Path) -> None:
    with ThreadPoolExecutor(1) as worker:
        for catalog in (
            worker.submit(open_catalog, [small], index).result(),
            worker.submit(open_catalog, [small]).result(),
        ):
            with closing(catalog):
                assert works(catalog)
    with closing(open_catalog([small], index)) as catalog:
        assert works(catalog)


# --- damage, permissions, disk space ------------------------------------------------------------


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE meta (name, value)")
        connection.commit()


def _of_another_format(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE name = 'program'")
        connection.commit()


def _without_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE pack")
        connection.commit()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "garbage": lambda path: path.write_bytes(os.urandom(10_000)),
    "cut short": lambda path: os.truncate(path, path.stat().st_size // 2),
    "cut in the first page": lambda path: os.truncate(path, 1000),
    "text": lambda path: path.write_text("SQLite format 3", encoding="utf-8"),
    "someone else's database": _foreign,
    "of another format": _of_another_format,
    "without a table": _without_a_table,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_index_is_replaced(small: Path, index: Path, damage: Callable[[Path], object]) -> None:
    open_catalog([small], index).close()
    damage(index)
    with closing(open_catalog([small], index)) as catalog:
        assert works(catalog)


def damaged(sound: bytes, chance: Random) -> bytes:
    """Return the content of a file damaged as disks or other programs would damage it."""
    changed = bytearray(sound)
    place = chance.randrange(len(sound))
    sector = slice(place & ~511, (place & ~511) + 512)
    match chance.randrange(5):
        case 0:
            changed[place] ^= 1 << chance.randrange(8)
        case 1:
            changed[place : place + 16] = chance.randbytes(len(changed[place : place + 16]))
        case 2:
            changed[sector] = bytes(512)
        case 3:
            changed[sector] = b"\xff" * 512
        case _:
            other = chance.randrange(len(sound)) & ~511
            changed[sector] = sound[other : other + 512]
    return bytes(changed)


def test_no_damage_anywhere_is_believed(small: Path, index: Path) -> None:
    open_catalog([small], index).close()
    sound = index.read_bytes()
    chance = Random(20260314)
    for _ in range(500):
        changed = damaged(sound, chance)
        index.write_bytes(changed)
        current = open_current([small], index)
        assert (current is None) == (changed != sound)
        if current is not None:
            current.close()


def answers(catalog: IndexedCatalog) -> tuple[object, ...]:
    searches = [catalog.search(typed) for typed in ("E1", "01", "通讯失败", "netwrok", "tongxun", "E9")]
    return (*searches, catalog.resolve("terminal.e1"), catalog.origins())


def test_a_damaged_index_is_made_anew_and_answers_as_before(small: Path, index: Path) -> None:
    with closing(open_catalog([small], index)) as catalog:
        right = answers(catalog)
    sound = index.read_bytes()
    chance = Random(7)
    for _ in range(12):
        index.write_bytes(damaged(sound, chance))
        with closing(open_catalog([small], index)) as catalog:
            assert answers(catalog) == right
        assert index.read_bytes() == sound


def test_damage_while_the_index_is_open_never_stops_an_answer(small: Path, index: Path) -> None:
    open_catalog([small], index).close()
    sound = index.read_bytes()
    chance = Random(11)
    for _ in range(40):
        current = open_current([small], index)
        assert current is not None
        with closing(current) as catalog:
            index.write_bytes(damaged(sound, chance))
            answers(catalog)
        index.write_bytes(sound)


def test_an_index_that_was_damaged_while_open_is_mended_on_disk_too(
    small: Path, index: Path, said: Callable[[], list[tuple[str, str]]]
) -> None:
    with closing(open_catalog([small], index)) as catalog:
        right = answers(catalog)
    sound = index.read_bytes()
    current = open_current([small], index)
    assert current is not None
    with closing(current) as catalog:
        index.write_bytes(sound[:4096] + bytes(len(sound) - 4096))
        said()
        assert answers(catalog) == right
        [(level, line)] = said()
        assert level == "WARNING"
        assert line.startswith(f"The index {index} was damaged while in use: ")
    assert index.read_bytes() == sound


# Errors from reading a value that was damaged after the index was opened.
DECODING: dict[str, str] = {
    "a body": "UPDATE entry SET body = x'00'",
    "a body cut short": "UPDATE entry SET body = substr(body, 1, length(body) - 1)",
    "a body that is no bytes": "UPDATE entry SET body = 5",
    "what bodies have in common": "UPDATE compression_dictionary SET body = x'00'",
    "no steps": "DELETE FROM record WHERE kind = 'steps'",
    "a record": "UPDATE record SET body = x'ff'",
    "a record of another kind": "UPDATE record SET body = (SELECT body FROM record WHERE kind = 'sources')",
    "a word for the money": "UPDATE entry SET money = 'perhaps'",
    "a word for the retry": "UPDATE entry SET retry = 'perhaps'",
    "a word for the confidence": "UPDATE entry SET confidence = 'perhaps'",
    "half a number": "UPDATE term SET title = x'00'",
    "a number of no entry": "UPDATE term SET title = x'01000000'",
    "a name less than its terms": "UPDATE entry SET names = title_zh",
    "terms that are none": "UPDATE entry SET terms = x'ff'",
    "no UTF-8": "UPDATE entry SET title_zh = CAST(x'ff' AS TEXT)",
}


@pytest.mark.parametrize("damage", DECODING.values(), ids=DECODING)
def test_a_value_that_cannot_be_is_damage(
    small: Path, index: Path, damage: str, said: Callable[[], list[tuple[str, str]]]
) -> None:
    with closing(open_catalog([small], index)) as catalog:
        right = answers(catalog)
    with closing(sqlite3.connect(index)) as connection:
        connection.execute(damage)
        connection.commit()
    seal(index)
    current = open_current([small], index)
    assert current is not None
    with closing(current) as catalog:
        said()
        assert answers(catalog) == right
        assert [level for level, _ in said()] == ["WARNING"]


def test_an_entry_found_by_words_without_its_origin_is_damage(small: Path, index: Path) -> None:
    with closing(open_catalog([small], index)) as catalog:
        right = catalog.search("通讯失败")
    with closing(sqlite3.connect(index)) as connection:
        connection.execute("DELETE FROM origin")
        connection.commit()
    seal(index)
    current = open_current([small], index)
    assert current is not None
    with closing(current) as catalog:
        assert catalog.search("通讯失败") == right


@pytest.mark.parametrize(
    "fault", [TypeError, ValueError, KeyError, msgspec.ValidationError, sqlite3.ProgrammingError]
)
def test_a_fault_of_the_program_is_not_taken_for_damage(
    small: Path,
    index: Path,
    fault: type[Exception],
    monkeypatch: pytest.MonkeyPatch,
    said: Callable[[], list[tuple[str, str]]],
) -> None:
    def find(*_: object) -> None:
        raise fault

    with closing(open_catalog([small], index)) as catalog:
        sound = index.stat()
        said()
        monkeypatch.setattr(Search, "find", find)
        with pytest.raises(fault):
            catalog.search("E1")
        assert said() == []
        assert index.stat() == sound


def test_a_wrong_statement_is_not_taken_for_damage(
    small: Path,
    index: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: Callable[[], list[tuple[str, str]]],
) -> None:
    def find(search: Search, *_: object) -> None:
        search._connection.execute("SELECT absent FROM entry")

    monkeypatch.setattr(Search, "find", find)
    with closing(open_catalog([small], index)) as catalog:
        with pytest.raises(sqlite3.OperationalError, match="no such column: absent"):
            catalog.search("E1")
        assert said() == []


def test_a_fault_while_opening_or_updating_is_not_taken_for_damage(
    small: Path, index: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise TypeError

    open_catalog([small], index).close()
    shop = write("shop.yaml", "schema: 1\n")
    with monkeypatch.context() as patch:
        patch.setattr(IndexedCatalog, "_use", fail)
        with pytest.raises(TypeError):
            open_current([small], index)
    monkeypatch.setattr("pos_helper.catalog.index.update.finish", fail)
    with pytest.raises(TypeError):
        open_catalog([small, shop], index)


# --- log messages -------------------------------------------------------------------------------


def test_nothing_is_logged_of_what_is_as_it_should_be(
    small: Path, index: Path, said: Callable[[], list[tuple[str, str]]]
) -> None:
    for _ in range(2):
        open_catalog([small], index).close()
    open_catalog([small]).close()
    assert said() == []


def test_each_way_round_an_index_leaves_one_line(
    small: Path, index: Path, write: Write, said: Callable[[], list[tuple[str, str]]]
) -> None:
    open_catalog([small], index).close()
    index.write_bytes(b"damaged")
    open_catalog([small], index).close()
    assert said() == [
        ("WARNING", f"The index {index} cannot be read: its bytes are not those that were written")
    ]
    open_catalog([small, write("shop.yaml", "schema: 1\n")], index).close()
    assert said() == [("INFO", f"The packs have changed since the index {index} was made")]
    (small / "more.yaml").write_text("schema: 1\n", encoding="utf-8")
    open_catalog([small], index).close()
    assert said() == [
        ("INFO", f"The packs have changed since the index {index} was made"),
        ("INFO", "All packs are read: the built-in pack, most packs or their order changed"),
    ]
    _of_another_format(index)
    seal(index)
    open_catalog([small], index).close()
    assert said() == [("INFO", f"The index {index} is not current: another version of the program made it")]
    _foreign(index)
    open_catalog([small], index).close()
    assert said() == [("INFO", f"The index {index} is not current: it has no checksum")]


def test_an_index_that_cannot_be_written_leaves_one_line(
    small: Path, index: Path, said: Callable[[], list[tuple[str, str]]]
) -> None:
    index.parent.write_text("a file stands here", encoding="utf-8")
    open_catalog([small], index).close()
    [(level, line)] = said()
    assert level == "WARNING"
    assert line.startswith(f"The index {index} cannot be written and is used from memory: ")


def test_an_update_for_which_there_is_no_room_leaves_one_line_more(
    small: Path,
    index: Path,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    said: Callable[[], list[tuple[str, str]]],
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    open_catalog([small], index).close()
    shop = write("shop.yaml", "schema: 1\n")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        open_catalog([small, shop], index).close()
    assert said() == [
        ("INFO", f"The packs have changed since the index {index} was made"),
        ("WARNING", f"The index {index} cannot be brought up to date: [Errno 28] No space left on device"),
    ]


def test_a_pack_with_problems_leaves_one_line_without_what_stands_in_it(
    small: Path, index: Path, write: Write, said: Callable[[], list[tuple[str, str]]]
) -> None:
    shop = write("shop.yaml", "schema: 1\nentries: [小红便利店]\n")
    open_catalog([small, shop], index).close()
    assert said() == [("INFO", f"The pack {shop} has 1 problem(s)")]


def test_what_cannot_be_removed_leaves_one_line(
    small: Path, index: Path, said: Callable[[], list[tuple[str, str]]]
) -> None:
    left = index.parent / ".catalog-index-old"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    open_catalog([small], index).close()
    [(level, line)] = said()
    assert level == "INFO"
    assert line.startswith(f"{left} cannot be removed: ")


# --- the disk -----------------------------------------------------------------------------------


def test_the_index_is_on_the_disk_before_it_takes_its_name(
    small: Path, index: Path, write: Write, flushes: list[tuple[str, int, int]]
) -> None:
    for packs in ([small], [small, write("shop.yaml", "schema: 1\n")]):
        flushes.clear()
        open_catalog(packs, index).close()
        found = index.stat()
        assert flushes == [("flushed", found.st_ino, found.st_size), ("renamed", found.st_ino, found.st_size)]
        current = open_current(packs, index)
        assert current is not None
        current.close()


def test_an_index_that_another_program_has_locked_is_read(small: Path, index: Path) -> None:
    open_catalog([small], index).close()
    with closing(sqlite3.connect(index, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        current = open_current([small], index)
        assert current is not None
        with closing(current):
            assert works(current)


def test_a_folder_in_the_place_of_the_index_does_not_matter(small: Path, index: Path) -> None:
    index.mkdir(parents=True)
    with closing(open_catalog([small], index)) as catalog:
        assert works(catalog)
    assert list(index.parent.iterdir()) == [index]


def test_a_cache_folder_that_cannot_be_made_does_not_matter(small: Path, index: Path) -> None:
    index.parent.write_text("a file stands here", encoding="utf-8")
    with closing(open_catalog([small], index)) as catalog:
        assert works(catalog)


@pytest.mark.parametrize(
    "mount",
    ["mount -t tmpfs -o ro tmpfs {}", "mount -t tmpfs -o size=8k tmpfs {}"],
    ids=["read-only", "full"],
)
def test_a_cache_that_cannot_be_written_does_not_matter(
    small: Path, index: Path, run_with_mounts: Callable[..., str], mount: str
) -> None:
    index.parent.mkdir()
    said = run_with_mounts(mount.format(index.parent), CHILD, index, small).split()
    assert (said[0], said[2:]) == ("parsed", ["terminal.e1"])
    assert list(index.parent.iterdir()) == []


def test_an_index_in_a_read_only_folder_is_opened(
    small: Path, index: Path, run_with_mounts: Callable[..., str]
) -> None:
    open_catalog([small], index).close()
    mount = f"mount --bind {index.parent} {index.parent}; mount -o remount,bind,ro {index.parent}"
    assert run_with_mounts(mount, CHILD, index, small).split()[0] == "opened"


def test_two_programs_may_compile_at_once(small: Path, index: Path) -> None:
    children = [start(index, small) for _ in range(2)]
    first, second = (finish(child) for child in children)
    assert first[1:] == second[1:]
    assert list(index.parent.iterdir()) == [index]
    assert finish(start(index, small))[0] == "opened"


def test_what_a_killed_compilation_left_is_removed_after_a_while(small: Path, index: Path) -> None:
    index.parent.mkdir()
    old, new = index.parent / ".catalog-index-old", index.parent / ".catalog-index-new"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (0, 0))
    open_catalog([small], index).close()
    assert sorted(index.parent.iterdir()) == [new, index]


# --- progress -----------------------------------------------------------------------------------


def test_progress_is_told_and_never_goes_back(small: Path, index: Path) -> None:
    told: list[tuple[int, int]] = []
    open_catalog([small], index, lambda done, total: told.append((done, total))).close()
    assert told == sorted(told)
    assert {total for _, total in told} == {1000}
    assert told[-1] == (1000, 1000)


def test_a_compilation_can_be_cancelled_at_any_time_it_tells_of(small: Path, index: Path) -> None:
    told: list[int] = []
    open_catalog([small], progress=lambda done, _: told.append(done)).close()
    times = len(told)
    assert any(950 < done < 1000 for done in told)  # while the postings are written

    def enough(most: int) -> bool:
        return len(told) == most

    for most in range(times):
        told.clear()
        with pytest.raises(CompileCancelled):
            open_catalog([small], index, lambda done, _: told.append(done), partial(enough, most))
        assert list(index.parent.glob("*")) == []


def test_a_compilation_can_be_cancelled_and_leaves_the_older_index(small: Path, index: Path) -> None:
    open_catalog([small], index).close()
    before = index.read_bytes()
    (small / "more.yaml").write_text("schema: 1\n", encoding="utf-8")
    told: list[int] = []
    with pytest.raises(CompileCancelled):
        open_catalog([small], index, lambda done, _: told.append(done), lambda: bool(told))
    assert len(told) == 1
    assert index.read_bytes() == before
    assert list(index.parent.iterdir()) == [index]


# --- contents -----------------------------------------------------------------------------------


def test_a_guide_is_whole(small: Path) -> None:
    with closing(open_catalog([small])) as catalog:
        resolved = catalog.resolve("terminal.e1")
        assert resolved is not None
        assert resolved.origin.title == Text("刷卡机", "Card terminal")
        assert list(resolved.steps) == [
            "check-last-sale",
            "look-network-icon",
            "reseat-cable",
            "factory-reset",
        ]
        assert [step.id for step in resolved.all_steps()][:2] == ["check-last-sale", "look-network-icon"]
        assert list(resolved.sources) == ["article"]
        assert [tip.id for tip in resolved.prevention] == ["weekly-check"]
        assert (resolved.pack, resolved.catalog) == ("small", catalog.version)


def test_a_former_id_opens_the_entry(small: Path) -> None:
    with closing(open_catalog([small])) as catalog:
        assert catalog.resolve("terminal.comm-failure") == catalog.resolve("terminal.e1")


def test_a_tile_that_names_a_former_id_has_the_entry(small: Path, write: Write) -> None:
    tiles = write(
        "shop.yaml",
        """\
        schema: 1
        tiles:
          - id: ours
            title: {zh: 常见, en: Common}
            hint: {zh: 通讯, en: Communication}
            entries: [terminal.comm-failure]
        """,
    )
    with closing(open_catalog([small, tiles])) as catalog:
        tile = next(tile for tile in catalog.tiles() if tile.id == "ours")
        assert [hit.id for hit in catalog.browse(tile)] == ["terminal.e1"]


@pytest.mark.parametrize("entry_id", ["", "absent", "E1", "terminal.E1", "' OR 1=1 --", "\x00", "\ud800"])
def test_an_unknown_id_opens_nothing(small: Path, entry_id: str) -> None:
    with closing(open_catalog([small])) as catalog:
        assert catalog.resolve(entry_id) is None


def test_a_broken_pack_is_named_and_the_rest_works(small: Path, index: Path, write: Write) -> None:
    shop = write("shop.yaml", "schema: 1\nentries: 5\nsteps: {}\n")
    for _ in ("compiled", "opened"):
        with closing(open_catalog([small, shop], index)) as catalog:
            assert works(catalog)
            place = f"{shop}:2:10: entries: "
            assert catalog.problems == (
                Text(
                    f"目录包“shop”有 2 个问题，没有加载。第一个：{place}这里要写列表：[…] 或以 - 开头的行",
                    'The pack "shop" was not loaded: 2 problem(s). '
                    f"The first: {place}expected a list: […] or lines with -",
                ),
            )


def test_a_damaged_part_of_the_built_in_pack_is_named(small: Path) -> None:
    (small / "more.yaml").write_text("schema: {", encoding="utf-8")
    with closing(open_catalog([small])) as catalog:
        assert works(catalog)
        [problem] = catalog.problems
        assert problem.en.startswith(
            f"Parts of the built-in catalog were not loaded: 1 problem(s). The first: {small}"
        )
        assert problem.zh.startswith("内置目录有 1 个问题")


def test_no_catalog_at_all_still_answers(tmp_path: Path) -> None:
    with closing(open_catalog([tmp_path / "absent"])) as catalog:
        assert catalog.search("E1").hits == ()
        assert catalog.resolve("symptom.general-checks") is None
        assert len(catalog.problems) == 1


def test_the_screens_that_show_codes_are_listed_with_the_commonest_first(small: Path) -> None:
    library = small / "library.yaml"
    wallet = "- id: wallet"
    library.write_text(library.read_text("utf-8").replace(wallet, f"{wallet}\n    common: 5"), "utf-8")
    with closing(open_catalog([small])) as catalog:
        origins = [origin.id for origin in catalog.origins()]
    assert origins == ["wallet", "terminal", "card-network", "pos-app"]  # not that of the symptoms


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("第一行讲打印\\n第二行讲网络", "打印"),
        ("ﬁber ＬＩＮＫ … İstanbul printer", "printer"),
        ("e\u0301cran noir 打印机🖨️坏了", "打印机"),
        ("\u3000 …", "E7"),
    ],
)
def test_a_title_of_any_form_is_searched(small: Path, write: Write, title: str, typed: str) -> None:
    pack = write(
        "own/entries.yaml",
        f"""\
        schema: 1
        entries:
          - id: terminal.e7
            origin: terminal
            code: E7
            title: {{zh: "{title}", en: "{title}"}}
            money: not_applicable
            retry: yes
            customer_phrase: {{zh: 请稍等。, en: One moment please.}}
            first: [look-network-icon]
        """,
    ).parent
    with closing(open_catalog([small, pack])) as catalog:
        assert catalog.problems == ()
        [found] = [hit for hit in catalog.search(typed).hits if hit.id == "terminal.e7"]
        marked = [found.title.zh[start:end] for start, end in found.marks_zh]
        assert marked == ([] if typed == "E7" else [typed])
