"""Packs are loaded into one catalog without broken references."""

import os
from pathlib import Path

import pytest

from pos_helper.catalog.packs.loading import CheckedCatalog, load
from pos_helper.catalog.packs.pack_files import find_packs, fingerprint, pack_files
from tests.catalog.conftest import Write

SHOP = """\
schema: 1
origin: terminal
entries:
  - id: shop.s1
    code: "S1"
    title: {zh: 本店, en: Our shop}
    meanings:
      - {text: {zh: 甲, en: a}, sources: [article], confidence: low}
    money: unknown
    retry: after_check
    customer_phrase: {zh: 请稍等。, en: One moment please.}
    first: [check-last-sale]
    causes:
      - {id: a, tab: network, text: {zh: 甲, en: a}, steps: [reseat-cable]}
    prevention: [weekly-check]
"""


def said(catalog: CheckedCatalog, folder: Path) -> list[str]:
    lines = (str(problem).replace(f"{folder}/", "") for problem in catalog.problems)
    return [line.replace("small/entries.yaml", "SMALL") for line in lines]


def test_a_folder_is_one_pack_and_its_files_refer_to_each_other(small: Path) -> None:
    catalog = load([small])
    assert catalog.problems == ()
    assert catalog.records.entries["terminal.e1"].pack == small
    assert catalog.records.entries_formerly["terminal.comm-failure"].record.id == "terminal.e1"


def test_a_pack_adds_to_the_packs_before_it(small: Path, write: Write) -> None:
    shop = write("shop.yaml", SHOP)
    catalog = load([small, shop])
    assert catalog.problems == ()
    assert catalog.records.entries["shop.s1"].pack == shop
    assert [pack.uses for pack in catalog.packs] == [frozenset(), {small}]


BAD = {
    "unknown step": (
        "first: [check-last-sale]",
        "first: [chek-last-sale]",
        '12:13: entries[0].first[0]: there is no step "chek-last-sale", did you mean "check-last-sale"?',
    ),
    "unknown step of a cause": (
        "[reseat-cable]",
        "[reseat-cable, 99]",
        '14:75: entries[0].causes[0].steps[1]: there is no step "99"',
    ),
    "unknown origin of the file": (
        "origin: terminal",
        "origin: teminal",
        '2:9: entries[0].origin: there is no origin "teminal", did you mean "terminal"?',
    ),
    "unknown source": (
        "[article]",
        "[99]",
        '8:42: entries[0].meanings[0].sources[0]: there is no source "99"',
    ),
    "unknown tip": (
        "[weekly-check]",
        "[99]",
        '15:18: entries[0].prevention[0]: there is no prevention tip "99"',
    ),
    "no origin": ("origin: terminal\n", "", '3:5: entries[0].origin: the field "origin" is missing'),
    "an id that is taken": (
        "id: shop.s1",
        "id: terminal.e1",
        '4:9: entries[0].id: the entry id "terminal.e1" is taken already at SMALL:13:9',
    ),
    "an id that another entry had": (
        "id: shop.s1",
        "id: terminal.comm-failure",
        '4:9: entries[0].id: the entry id "terminal.comm-failure" is taken already at SMALL:13:9',
    ),
    "a former id that is taken": (
        "    first:",
        "    formerly: [shop.s0, terminal.01]\n    first:",
        '12:25: entries[0].formerly[1]: the entry id "terminal.01" is taken already at SMALL:4:9',
    ),
    "a former id that another entry has": (
        "    first:",
        "    formerly: [terminal.comm-failure]\n    first:",
        '12:16: entries[0].formerly[0]: the entry id "terminal.comm-failure" is taken already at SMALL:13:9',
    ),
    "a newer format": (
        "schema: 1",
        "schema: 2",
        "1:9: schema: the file has the newer format 2, this program reads up to 1: update the program",
    ),
}


@pytest.mark.parametrize(("old", "new", "problem"), BAD.values(), ids=BAD)
def test_a_broken_pack_is_left_out_with_the_place_and_the_rest_loads(
    small: Path, write: Write, old: str, new: str, problem: str
) -> None:
    assert old in SHOP
    bad = write("bad.yaml", SHOP.replace(old, new))
    good = write("good.yaml", SHOP.replace("shop.s1", "shop.s2"))
    catalog = load([small, bad, good])
    assert said(catalog, small.parent) == [f"bad.yaml:{problem}"]
    assert [pack.left_out for pack in catalog.packs] == [False, True, False]
    assert "shop.s1" not in catalog.records.entries
    assert "shop.s2" in catalog.records.entries
    assert catalog.records.entries_formerly.keys() == {"terminal.comm-failure"}


def test_nothing_of_a_broken_pack_stays(small: Path, write: Write) -> None:
    write(
        "bad/steps.yaml", "schema: 1\nsteps:\n  - {id: own, text: {zh: 甲, en: a}, who: owner, seconds: 5}\n"
    )
    write("bad/entries.yaml", SHOP.replace("[article]", "[nowhere]"))
    catalog = load([small, small.parent / "bad"])
    assert [pack.left_out for pack in catalog.packs] == [False, True]
    assert "own" not in catalog.records.steps


def test_of_the_built_in_pack_everything_good_is_loaded(small: Path) -> None:
    entries = small / "entries.yaml"
    text = entries.read_text(encoding="utf-8")
    text = text.replace("first: [check-last-sale, look-network-icon]", "first: [nowhere]", 1)
    entries.write_text(text, encoding="utf-8")
    (small / "broken.yaml").write_text("schema: [", encoding="utf-8")
    catalog = load([small])
    assert [problem.file.name for problem in catalog.problems] == ["broken.yaml", "entries.yaml"]
    assert not catalog.packs[0].left_out
    assert "terminal.e1" not in catalog.records.entries
    assert "terminal.comm-failure" not in catalog.records.entries_formerly
    assert "terminal.01" in catalog.records.entries


@pytest.mark.parametrize(
    ("needed", "word"), [("symptom.general-checks", "entry"), ("check-last-sale", "step")]
)
def test_the_built_in_pack_must_have_what_the_program_needs(small: Path, needed: str, word: str) -> None:
    for path in pack_files(small):
        path.write_text(
            path.read_text(encoding="utf-8").replace(f"id: {needed}", "id: other"), encoding="utf-8"
        )
    assert f'{small}:1:1: the {word} "{needed}" is missing' in map(str, load([small]).problems)


def test_a_shop_pack_outlives_the_rename_of_a_step(small: Path, write: Write) -> None:
    catalog = load([small, write("shop.yaml", SHOP.replace("reseat-cable", "replug-cable"))])
    assert catalog.problems == ()
    assert catalog.records.entries["shop.s1"].record.causes[0].steps == ("reseat-cable",)


def test_a_pack_that_cannot_be_read_is_a_problem(small: Path) -> None:
    catalog = load([small, small / "absent", small / "absent.yaml"])
    assert [str(problem) for problem in catalog.problems] == [
        f"{small}/absent:1:1: there is no such file or folder",
        f"{small}/absent.yaml:1:1: there is no such file or folder",
    ]
    assert "terminal.e1" in catalog.records.entries


def test_a_folder_without_files_is_a_problem(small: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    [problem] = load([small, tmp_path / "empty"]).problems
    assert str(problem) == f"{tmp_path}/empty:1:1: there is no .yaml file in the folder"


def test_the_files_of_a_pack_are_all_yaml_below_it(small: Path, write: Write) -> None:
    for name in (
        "small/a/z.yml",
        "small/B.YAML",
        "small/notes.txt",
        "small/.#entries.yaml",
        "small/.git/x.yaml",
    ):
        write(name, "schema: 1\n")
    names = [path.relative_to(small).as_posix() for path in pack_files(small)]
    assert names == ["B.YAML", "a/z.yml", "entries.yaml", "library.yaml"]


def test_packs_are_the_built_in_one_those_dropped_in_and_those_named(small: Path, write: Write) -> None:
    dropped = write("packs/b.yaml", SHOP)
    folder = write("packs/a/entries.yaml", SHOP).parent
    write("packs/readme.txt", "")
    more = write("more.yaml", SHOP)
    packs = find_packs(small, small.parent / "packs", [more, small / ".." / "small"])
    assert packs == (small, folder, dropped, more)
    assert find_packs(small, small.parent / "absent") == (small,)


def test_a_folder_of_packs_that_cannot_be_listed_leaves_one_line(
    small: Path, write: Write, caplog: pytest.LogCaptureFixture
) -> None:
    assert find_packs(small, small.parent / "absent") == (small,)
    assert caplog.messages == []
    file = write("packs", "a file stands here")
    assert find_packs(small, file) == (small,)
    [line] = caplog.messages
    assert line.startswith(f"The packs in {file} cannot be listed: ")


def test_the_fingerprint_changes_with_every_change(small: Path) -> None:
    seen = [fingerprint(small)]

    def differs() -> bool:
        seen.append(fingerprint(small))
        return seen[-1] not in seen[:-1]

    assert not differs()
    with (small / "entries.yaml").open("a", encoding="utf-8") as file:
        file.write("# one more line\n")
    assert differs()
    os.utime(small / "entries.yaml", (0, 0))
    assert differs()
    (small / "more.yaml").write_text("schema: 1\n", encoding="utf-8")
    assert differs()
    (small / "more.yaml").rename(small / "other.yaml")
    assert differs()
    assert fingerprint(small / "absent") not in seen
