"""An index that was brought up to date is what compiling the same packs at once gives."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_helper.catalog.index import compiler, update
from pos_helper.catalog.index.format import ORDINALS, unpacked
from pos_helper.catalog.index.progress import CompileCancelled
from pos_helper.catalog.indexed_catalog import IndexedCatalog, open_catalog, open_current
from pos_helper.catalog.packs import loading as packs_module
from pos_helper.catalog.packs.pack_files import find_packs, fingerprint, path_text
from pos_helper.catalog.packs.reader import SourceFile
from tests.locations import SMALL_CATALOG

QUERIES = (
    *("E1", "e-01", "A1", "A2", "B1", "C1", "3000", "01", "A", "N7"),
    *("通讯失败", "滚轴", "gunzhou", "gz", "胶辊不动", "卡纸", "擦干净滚轴", "换墨盒", "网线", "上一笔"),
    *("roller", "rollre", "platen stuck", "wipe the roller", "cartridge", "network cable", "扣款了吗"),
)

Pack = dict[str, Any]
Change = Callable[[dict[str, Pack]], object]


def text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def entry(entry_id: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return {
        "id": entry_id,
        "origin": "terminal",
        "title": text(zh, en),
        "money": "unknown",
        "retry": "after_check",
        "customer_phrase": text("请稍等。", "One moment please."),
        "first": ["check-last-sale"],
        **more,
    }


def step(step_id: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return {"id": step_id, "text": text(zh, en), "who": "cashier", "seconds": 5, **more}


def cause(*steps: str) -> dict[str, Any]:
    return {"id": "one", "tab": "hardware", "text": text("滚轴脏了", "The roller is dirty"), "steps": steps}


def meaning(confidence: str) -> dict[str, Any]:
    said = text("滚轴不转", "The roller does not turn")
    return {"text": said, "sources": ["article"], "confidence": confidence}


def base() -> dict[str, Pack]:
    """Three packs beside the built-in one: ``b`` uses a step and the origin of ``a``, ``c`` is by itself."""
    return {
        "a": {
            "origins": [{"id": "a-box", "title": text("盒子", "Box"), "screen": text("盒", "A box")}],
            "steps": [
                step("wipe-roller", "擦干净滚轴", "Wipe the roller", formerly=["clean-roller"]),
                step("look-again", "再看一遍网线", "Take another look at the cable"),
            ],
            "synonyms": [{"id": "roller", "words": {"zh": ["滚轴", "胶辊"], "en": ["roller", "platen"]}}],
            "entries": [
                entry("a.one", "滚轴不动", "Roller does not move", code="A1", causes=[cause("wipe-roller")]),
                entry("a.two", "卡纸", "Paper jam", origin="a-box", code="A2", formerly=["a.zero"]),
            ],
        },
        "b": {
            "entries": [
                entry("b.one", "胶辊不动", "Platen stuck", origin="a-box", code="B1", first=["clean-roller"]),
                entry("b.two", "墨盒没了", "Cartridge empty", meanings=[meaning("high")]),
            ]
        },
        "c": {
            "steps": [step("new-cartridge", "换墨盒", "Change the cartridge")],
            "entries": [
                entry("c.one", "滚轴不动", "Roller does not move", code="C1", first=["new-cartridge"]),
                entry("c.two", "滚轴响", "The roller is loud", common=5, causes=[cause("new-cartridge")]),
            ],
        },
    }


class Folder:
    """A folder of packs beside the small catalog, and the index of them."""

    def __init__(self, folder: Path) -> None:
        self.small = Path(shutil.copytree(SMALL_CATALOG, folder / "small"))
        self.packs = folder / "packs"
        self.index = folder / "cache" / "index.sqlite3"
        self._fresh = folder / "fresh.sqlite3"
        self._clock = count(10**18)
        self.packs.mkdir()

    def path(self, name: str) -> Path:
        return self.packs / f"{name}.yaml"

    def write(self, packs: Mapping[str, Pack]) -> None:
        """Make these the packs. What stays as it was is not touched."""
        for path in self.packs.iterdir():
            if path.stem not in packs:
                path.unlink()
        for name, pack in packs.items():
            # Every JSON text is YAML too.
            content = json.dumps({"schema": 1, **pack}, ensure_ascii=False)
            if not self.path(name).exists() or self.path(name).read_text("utf-8") != content:
                self.path(name).write_text(content, "utf-8")
                os.utime(self.path(name), ns=(0, next(self._clock)))

    def all_packs(self) -> tuple[Path, ...]:
        return find_packs(self.small, self.packs)

    def open(self) -> IndexedCatalog:
        return open_catalog(self.all_packs(), self.index)

    def compare(self) -> None:
        """Bring the index up to date, and expect of it what an index says that was compiled at once."""
        self._fresh.unlink(missing_ok=True)
        with closing(self.open()) as updated, closing(open_catalog(self.all_packs(), self._fresh)) as fresh:
            assert (updated.version, updated.problems) == (fresh.version, fresh.problems)
            assert updated.origins() == fresh.origins()
            for query in QUERIES:
                assert updated.search(query) == fresh.search(query)
            for entry_id in ("terminal.e1", "terminal.comm-failure", "a.zero", *_entry_ids(self._fresh)):
                assert updated.resolve(entry_id) == fresh.resolve(entry_id)
        assert content(self.index) == content(self._fresh)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    names: list[str] = []

    class Noted(SourceFile):
        def __init__(self, path: Path) -> None:
            names.append(path.stem)
            super().__init__(path)

    monkeypatch.setattr(packs_module, "SourceFile", Noted)
    return names


def read_after(folder: Folder, read: list[str], change: Change) -> list[str]:
    """What is read again when a change comes to the base packs."""
    packs = base()
    folder.write(packs)
    folder.open().close()
    change(packs)
    folder.write(packs)
    read.clear()
    folder.open().close()
    return read


def _entry_ids(index: Path) -> list[str]:
    with closing(sqlite3.connect(index)) as connection:
        return [entry_id for (entry_id,) in connection.execute("SELECT id FROM entry")]


def content(index: Path) -> dict[str, list[Any]]:
    """All that an index has, with ids in the place of numbers, which differ."""
    with closing(sqlite3.connect(index)) as connection:

        def rows(query: str) -> list[Any]:
            return connection.execute(query).fetchall()

        ids = dict(rows("SELECT number, id FROM entry"))
        steps = dict(rows("SELECT number, id FROM record WHERE kind = 'steps'"))

        def named(numbers: bytes, names: Mapping[int, str] = ids) -> list[str]:
            assert list(unpacked(numbers)) == sorted(set(unpacked(numbers)))
            return [names[number] for number in unpacked(numbers)]

        columns = "id, code, origin, title_zh, title_en, money, retry, confidence, common, names, pack"
        return {
            "meta": rows("SELECT * FROM meta"),
            "packs": rows(
                "SELECT path, fingerprint, size, entries, content, uses, zh, en FROM pack ORDER BY place"
            ),
            "entries": rows(f"SELECT {columns} FROM entry ORDER BY number"),
            "records": rows("SELECT kind, id, body FROM record ORDER BY kind, number"),
            "formerly": rows("SELECT * FROM formerly"),
            "origins": rows("SELECT * FROM origin"),
            "keys": sorted(
                (level, key, ids[number], alias, spelling)
                for level, key, number, alias, spelling in rows("SELECT * FROM code_key")
            ),
            "terms": [
                (word, entries, uses, *map(named, fields), named(in_steps, steps))
                for word, entries, uses, *fields, in_steps in rows("SELECT * FROM term ORDER BY word")
            ],
            "uses": [(steps[step], named(entries)) for step, entries in rows("SELECT * FROM step_use")],
            "sounds": rows("SELECT * FROM sound"),
        }


# --- plain changes -------------------------------------------------------------------------------


def edit(pack: str, kind: str, number: int, **fields: Any) -> Change:
    return lambda packs: packs[pack][kind][number].update(fields)


def add(pack: str, kind: str, record: dict[str, Any]) -> Change:
    return lambda packs: packs[pack].setdefault(kind, []).append(record)


def drop(pack: str, kind: str, number: int) -> Change:
    return lambda packs: packs[pack][kind].pop(number)


def new_pack(name: str) -> Change:
    own = [entry("new.one", "滚轴不动", "Roller does not move", code="N7", first=["look-network-icon"])]
    return lambda packs: packs.update({name: {"entries": own}})


def no_pack(name: str) -> Change:
    return lambda packs: packs.pop(name)


def move(packs: dict[str, Pack]) -> None:
    packs["d"] = packs.pop("c")


PLAIN: dict[str, tuple[Change, list[str]]] = {
    "a pack at the end": (new_pack("z"), ["z"]),
    "a pack between two": (new_pack("bb"), ["bb"]),
    "a pack before the others": (new_pack("0"), ["0"]),
    "an empty pack": (lambda packs: packs.update(z={}), ["z"]),
    "no pack": (no_pack("c"), []),
    "a pack under another name": (move, ["d"]),
    "a pack under another name and another less": (
        lambda packs: packs.pop("b") and packs.update(d=packs.pop("a")),
        ["d"],
    ),
    "a title": (edit("c", "entries", 0, title=text("卡纸", "Jammed paper")), ["c"]),
    "a code": (edit("c", "entries", 0, code="C7", aliases=["N7"]), ["c"]),
    "how common an entry is": (edit("c", "entries", 1, common=1), ["c"]),
    "how well an entry is sourced": (edit("c", "entries", 0, meanings=[meaning("high")]), ["c"]),
    "an entry more": (add("c", "entries", entry("c.new", "滚轴不动", "Roller stuck", code="N7")), ["c"]),
    "an entry less": (drop("c", "entries", 0), ["c"]),
    "an entry renamed": (edit("c", "entries", 0, id="c.uno", formerly=["c.one"]), ["c"]),
    "the words of a step": (edit("c", "steps", 0, text=text("看网线", "Look at the cable")), ["c"]),
    "a step more": (add("c", "steps", step("idle", "看滚轴", "Look at the roller")), ["c"]),
    "steps in another order": (lambda packs: packs["a"]["steps"].reverse(), ["a", "b"]),
    "the words of a step that another pack uses": (
        edit("a", "steps", 0, text=text("换墨盒", "Change the cartridge")),
        ["a", "b"],
    ),
    "how common an origin is that another pack uses": (edit("a", "origins", 0, common=5), ["a", "b"]),
    "a step renamed that another pack uses": (
        edit("a", "steps", 0, id="dry-roller", formerly=["wipe-roller", "clean-roller"]),
        ["a", "b"],
    ),
    "a use of another pack more": (edit("c", "entries", 0, first=["look-again"]), ["c"]),
    "a use of another pack less": (edit("b", "entries", 0, first=[], origin="terminal"), ["b"]),
}


@pytest.mark.parametrize(("change", "expected"), PLAIN.values(), ids=PLAIN)
def test_only_what_changed_is_read_and_all_is_as_if_compiled_at_once(
    folder: Folder,
    read: list[str],
    change: Change,
    expected: list[str],
) -> None:
    assert read_after(folder, read, change) == expected
    folder.compare()
    # And back again, from an index that was brought up to date before.
    folder.write(base())
    folder.compare()


def test_a_pack_that_grows_code_by_code_is_always_the_same_as_if_compiled_at_once(folder: Folder) -> None:
    packs = base()
    packs["shop"] = {"entries": []}
    for number in range(12):
        packs["shop"]["entries"].insert(
            number // 2, entry(f"shop.{number}", "滚轴不动", "Roller stuck", code=f"N{number}")
        )
        folder.write(packs)
        folder.open().close()
    folder.compare()


def test_packs_find_room_between_two_others_again_and_again(folder: Folder, read: list[str]) -> None:
    packs = base()
    folder.write(packs)
    folder.open().close()
    for number in range(10):
        name = "b" + "b" * number
        packs[name + "c"] = {"entries": [entry(f"{name}.c", "滚轴不动", "Roller stuck", code="N7")]}
        folder.write(packs)
        read.clear()
        folder.open().close()
        assert read == [name + "c"]
    folder.compare()


def test_all_is_read_if_there_is_no_more_room_between_two_packs(
    folder: Folder, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def crowded(packs: Any, records: Any, first: int, end: int) -> Any:
        return compiler.placed(packs, records, first, first + 1)

    monkeypatch.setattr(update, "placed", crowded)
    assert "library" in read_after(folder, read, new_pack("bb"))
    folder.compare()


# --- changes that are not plain ------------------------------------------------------------------


def other_words(packs: dict[str, Pack]) -> None:
    packs["a"]["synonyms"][0]["words"]["zh"].append("辊子")


def first_words(packs: dict[str, Pack]) -> None:
    packs["c"]["synonyms"] = [{"id": "jam", "words": {"zh": ["卡纸", "堵了"]}}]


def in_words_of_two(packs: dict[str, Pack]) -> None:
    packs["d"] = {"synonyms": packs["a"].pop("synonyms")}


NOT_PLAIN: dict[str, Change] = {
    "synonyms": other_words,
    "the first synonyms of a pack": first_words,
    "no YAML": edit("c", "entries", 0, title="no text"),
    "an id of a pack before": edit("c", "entries", 0, id="a.one"),
    "an id of a pack after": edit("a", "entries", 0, id="c.one"),
    "an id that an entry before had": edit("c", "entries", 0, id="a.zero"),
    "a former id of a pack before": edit("c", "entries", 0, formerly=["a.one"]),
    "a former id that an entry before had": edit("c", "entries", 0, formerly=["a.zero"]),
    "an id of the built-in pack": edit("c", "entries", 0, id="terminal.e1"),
    "a former id of the built-in pack": edit("c", "entries", 0, id="terminal.comm-failure"),
    "a step of a pack before": edit("c", "steps", 0, id="wipe-roller"),
    "a step of a pack after": add("a", "steps", step("new-cartridge", "换", "Change")),
    "a former step of a pack before": edit("c", "steps", 0, id="clean-roller"),
    "a step that is nowhere": edit("c", "entries", 0, first=["nowhere"]),
    "a step of a later pack": edit("a", "entries", 0, first=["new-cartridge"]),
    "a step less that another pack uses": edit("a", "steps", 0, id="other", formerly=["wipe-roller"]),
    "an origin less that another pack uses": no_pack("a"),
}


@pytest.mark.parametrize("change", NOT_PLAIN.values(), ids=NOT_PLAIN)
def test_all_is_read_if_the_change_may_concern_other_packs(
    folder: Folder, read: list[str], change: Change
) -> None:
    assert "library" in read_after(folder, read, change)
    folder.compare()
    folder.write(base())
    folder.compare()


def test_all_is_read_if_the_built_in_pack_changed(folder: Folder, read: list[str]) -> None:
    folder.write(base())
    folder.open().close()
    os.utime(folder.small / "library.yaml", (0, 0))
    read.clear()
    folder.open().close()
    assert read == ["entries", "library", "a", "b", "c"]
    folder.compare()


def test_all_is_read_if_packs_stand_in_another_order(folder: Folder, read: list[str]) -> None:
    folder.write(base())
    folder.open().close()
    packs = [folder.small, folder.path("c"), folder.path("a"), folder.path("b")]
    open_catalog(packs, folder.index).close()
    read.clear()
    fresh = folder.index.with_name("fresh.sqlite3")
    with closing(open_catalog(packs, fresh)):
        assert content(folder.index) == content(fresh)


def test_all_is_read_if_most_of_the_catalog_changed(folder: Folder, read: list[str]) -> None:
    packs = base()
    packs["c"]["entries"] += [entry(f"c.{number}", "滚轴", "Roller") for number in range(30)]
    folder.write(packs)
    folder.open().close()
    packs["c"]["entries"].pop()
    folder.write(packs)
    read.clear()
    folder.open().close()
    assert "library" in read


def test_a_pack_that_was_left_out_is_read_again(folder: Folder) -> None:
    packs = base()
    packs["c"]["entries"][0]["first"] = ["wanted"]
    folder.write(packs)
    folder.compare()
    packs["b"]["steps"] = [step("wanted", "换墨盒", "Change the cartridge")]
    folder.write(packs)
    folder.compare()
    with closing(folder.open()) as catalog:
        assert catalog.problems == ()
        assert catalog.resolve("c.one") is not None


def test_what_is_wrong_with_the_built_in_pack_is_still_said(folder: Folder, read: list[str]) -> None:
    (folder.small / "more.yaml").write_text("schema: {", encoding="utf-8")
    packs = base()
    folder.write(packs)
    folder.open().close()
    new_pack("z")(packs)
    folder.write(packs)
    read.clear()
    with closing(folder.open()) as catalog:
        assert read == ["z"]
        assert len(catalog.problems) == 1
    folder.compare()


# --- damage, cancelling, other programs ----------------------------------------------------------


def changed(folder: Folder) -> bytes:
    """What the index was, now that a pack has changed."""
    folder.write(base())
    folder.open().close()
    before = folder.index.read_bytes()
    packs = base()
    new_pack("z")(packs)
    folder.write(packs)
    return before


def test_a_page_of_zeros_anywhere_is_not_handed_on(folder: Folder) -> None:
    sound = changed(folder)
    packs = folder.all_packs()
    for page in range(len(sound) // 4096):
        folder.index.write_bytes(sound[: page * 4096] + bytes(4096) + sound[(page + 1) * 4096 :])
        with closing(open_catalog(packs, folder.index)) as catalog:
            assert [hit.id for hit in catalog.search("N7").hits] == ["new.one"], page
    folder.compare()


DAMAGE = {
    "an entry less": "DELETE FROM entry WHERE id = 'c.one'",
    "a term less": "DELETE FROM term WHERE word = '墨盒'",
    "other numbers": "UPDATE term SET title = x'00000000' WHERE word = '滚轴'",
    "half a number": "UPDATE term SET title = x'00' WHERE word = '滚轴'",
    "a damaged body": "UPDATE entry SET body = x'00' WHERE id = 'c.one'",
    "no record": "DELETE FROM record",
    "another program": "UPDATE meta SET value = 'older' WHERE name = 'program'",
    "no pack": "DELETE FROM pack",
    "another application": "PRAGMA application_id = 5",
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_an_index_that_is_not_what_it_should_be_is_made_anew(folder: Folder, damage: str) -> None:
    packs = base()
    folder.write(packs)
    folder.open().close()
    with closing(sqlite3.connect(folder.index)) as connection:
        connection.execute(damage)
        connection.commit()
    drop("c", "entries", 0)(packs)
    folder.write(packs)
    folder.compare()


def test_an_index_of_another_version_is_not_updated(folder: Folder) -> None:
    changed(folder)
    packs = folder.all_packs()
    with closing(sqlite3.connect(folder.index)) as connection:
        connection.execute("UPDATE meta SET value = 'older' WHERE name = 'program'")
        with pytest.raises(update.FullRebuildNeeded, match="another version"):
            update.update_index(connection, packs, [fingerprint(pack) for pack in packs])


def test_an_update_can_be_cancelled_at_any_time_and_leaves_the_older_index(folder: Folder) -> None:
    before = changed(folder)
    told: list[int] = []

    def enough(times: int) -> bool:
        return len(told) > times

    for times in count():
        told.clear()
        try:
            open_catalog(
                folder.all_packs(),
                folder.index,
                lambda done, _: told.append(done),
                partial(enough, times),
            ).close()
        except CompileCancelled:
            assert folder.index.read_bytes() == before
            assert list(folder.index.parent.iterdir()) == [folder.index]
        else:
            break
    assert times > 2
    assert told == sorted(told)
    assert told[-1] == 1000
    folder.compare()


def test_a_catalog_that_is_open_goes_on_with_what_it_was(folder: Folder) -> None:
    folder.write(base())
    with closing(folder.open()) as older:
        changed(folder)
        with closing(folder.open()) as newer:
            assert [hit.id for hit in newer.search("N7").hits] == ["new.one"]
            assert "new.one" not in [hit.id for hit in older.search("N7").hits]
            assert older.resolve("new.one") is None
            assert older.version != newer.version


def test_where_the_index_cannot_take_its_name_it_is_used_from_memory(
    folder: Folder, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = changed(folder)
    read.clear()

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        with closing(folder.open()) as catalog:
            assert [hit.id for hit in catalog.search("N7").hits] == ["new.one"]
    assert read == ["z"]
    assert folder.index.read_bytes() == before
    assert list(folder.index.parent.iterdir()) == [folder.index]
    assert open_current(folder.all_packs(), folder.index) is None


# --- any changes -----------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [("滚轴不动", "Roller stuck"), ("卡纸", "Paper jam"), ("换墨盒", "New cartridge"), ("网线", "Cable")]
)
NAMES = st.sampled_from(["one", "two", "three"])
STEPS = st.sampled_from(["check-last-sale", "reseat-cable", "replug-cable", "a.one", "b.one", "c.two"])


@st.composite
def some_packs(draw: st.DrawFn) -> dict[str, Pack]:
    """A few packs that agree more often than not."""
    packs: dict[str, Pack] = {}
    for pack in draw(st.sets(st.sampled_from("abcd"))):
        steps = draw(st.lists(NAMES, unique=True, max_size=3))
        entries = draw(st.lists(NAMES, unique=True, max_size=3))
        packs[pack] = {
            "steps": [step(f"{pack}.{name}", *draw(WORDS)) for name in steps],
            "entries": [
                entry(
                    f"{pack}.{name}",
                    *draw(WORDS),
                    code=draw(st.sampled_from([None, "A1", "N7"])),
                    common=draw(st.sampled_from([None, 1, 5])),
                    first=draw(st.lists(STEPS, max_size=2)),
                    formerly=draw(st.sampled_from([[], [], [], [f"{pack}.zero"], ["a.one"]])),
                )
                for name in entries
            ],
        }
        if draw(st.integers(0, 9)) == 0:
            packs[pack]["synonyms"] = [{"id": f"{pack}.roller", "words": {"zh": ["滚轴", "胶辊"]}}]
    return packs


@settings(max_examples=12, deadline=None)
@given(st.lists(some_packs(), min_size=2, max_size=4))
def test_whatever_changes_all_is_as_if_compiled_at_once(
    tmp_path_factory: pytest.TempPathFactory, states: list[dict[str, Pack]]
) -> None:
    folder = Folder(tmp_path_factory.mktemp("any"))
    for packs in states:
        folder.write(packs)
        folder.compare()


def test_numbers_fit_the_index(folder: Folder) -> None:
    folder.write(base())
    folder.open().close()
    with closing(sqlite3.connect(folder.index)) as connection:
        (largest,) = connection.execute("SELECT max(number) FROM entry").fetchone()
        ordinals = [ordinal for (ordinal,) in connection.execute("SELECT place FROM pack")]
    assert largest < 2**32
    assert max(ordinals) < ORDINALS
    assert path_text(folder.small).endswith("small")
