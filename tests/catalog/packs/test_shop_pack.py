"""A recorded code is found, claims only what the shop entered, and leaves other files unchanged."""

import errno
import os
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos_helper.catalog.indexed_catalog import IndexedCatalog, open_catalog
from pos_helper.catalog.packs.check import check
from pos_helper.catalog.packs.pack_files import find_packs
from pos_helper.catalog.packs.reader import SourceFile
from pos_helper.catalog.packs.shop_pack import record
from pos_helper.domain.entries import CHECK_LAST_SALE, GENERAL_CHECKS, Confidence, Money, Retry, Tab, Who
from pos_helper.domain.errors import UserError
from pos_helper.domain.lookup import Outcome
from pos_helper.domain.recorded_code import RecordedCode, recorded_code_error
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Text
from tests.catalog.conftest import Write
from tests.locations import SMALL_CATALOG

BUILT_IN = SMALL_CATALOG
TODAY = date(2026, 3, 14)
OWN = RecordedCode("E77", "terminal", "读卡器松了", "把读卡器的线重新插一下", Tab.HARDWARE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The path of the shop's own pack, which does not exist yet."""
    return tmp_path / "data" / "packs" / "shop"


@pytest.fixture(scope="module")
def catalog() -> Iterator[IndexedCatalog]:
    with closing(open_catalog([BUILT_IN])) as opened:
        yield opened


def renewed(folder: Path) -> IndexedCatalog:
    """Return the catalog compiled again."""
    return open_catalog(find_packs(BUILT_IN, folder.parent))


def recorded(folder: Path, own: RecordedCode, catalog: IndexedCatalog) -> ResolvedEntry:
    entry_id = record(folder, own, catalog, TODAY)
    with closing(renewed(folder)) as after:
        assert after.problems == ()
        resolved = after.resolve(entry_id)
    assert resolved is not None
    return resolved


def test_a_recorded_code_is_found_and_is_the_shops(folder: Path, catalog: IndexedCatalog) -> None:
    entry_id = record(folder, OWN, catalog, TODAY)
    with closing(renewed(folder)) as after:
        found = after.search("e-77")
        resolved = after.resolve(entry_id)
    assert (found.outcome, [hit.id for hit in found.hits]) == (Outcome.EXACT, ["shop.e77"])
    assert resolved is not None
    assert resolved.pack == "shop"
    assert resolved.origin.id == "terminal"
    (source,) = resolved.sources.values()
    assert (source.title, source.where) == (Text("本店记录", "Recorded in this shop"), "2026-03-14")


def test_it_claims_nothing_about_money(folder: Path, catalog: IndexedCatalog) -> None:
    entry = recorded(folder, OWN, catalog).entry
    general = catalog.resolve(GENERAL_CHECKS)
    assert general is not None
    assert (entry.money, entry.retry, entry.first) == (Money.UNKNOWN, Retry.AFTER_CHECK, (CHECK_LAST_SALE,))
    assert entry.customer_phrase == general.entry.customer_phrase
    assert entry.confidence is Confidence.LOW


def test_what_helped_is_a_step_under_its_tab(folder: Path, catalog: IndexedCatalog) -> None:
    resolved = recorded(folder, OWN, catalog)
    (step,) = resolved.steps_in(Tab.HARDWARE)
    assert (step.text, step.who, step.how) == (Text(OWN.helped, OWN.helped), Who.CASHIER, None)
    assert len(resolved.entry.causes) == 1


def test_if_nothing_helped_there_is_no_cause(folder: Path, catalog: IndexedCatalog) -> None:
    assert recorded(folder, replace(OWN, helped="", tab=None), catalog).entry.causes == ()


def test_long_texts_are_cut_in_the_lines_and_whole_behind_them(folder: Path, catalog: IndexedCatalog) -> None:
    meaning, helped = "客服说是读卡器接触不良，" * 10, "Unplug the cable and plug it in again. " * 5
    resolved = recorded(folder, replace(OWN, meaning=meaning, helped=helped), catalog)
    (step,) = resolved.steps_in(Tab.HARDWARE)
    assert resolved.entry.title.zh == "客服说是读卡器接触不良，客服说是读卡器…"
    assert resolved.entry.meanings[0].text.zh == meaning
    assert step.text.en.endswith("…")
    assert step.how == Text(helped.strip(), helped.strip())
    assert check(BUILT_IN, [folder]) == ()


def test_what_is_cut_never_looks_like_a_card(folder: Path, catalog: IndexedCatalog) -> None:
    order = "4111111111111111003" + "7" * 10  # too long for a card number, but its first 19 digits are one
    assert recorded_code_error(replace(OWN, meaning=order)) is None
    title = recorded(folder, replace(OWN, meaning=order), catalog).entry.title
    assert "4111111111111111003" not in title.zh


@pytest.mark.parametrize("meaning", ["读卡器松了", "The reader is loose, 流水号 12", "App 要重装"])
def test_the_shops_own_words_pass_the_check_in_one_language(
    folder: Path, catalog: IndexedCatalog, meaning: str
) -> None:
    record(folder, replace(OWN, meaning=meaning), catalog, TODAY)
    record(folder, replace(OWN, code="E78", meaning=meaning), catalog, TODAY)  # with the same step text
    assert check(BUILT_IN, [folder]) == ()
    for file in folder.iterdir():
        assert check(BUILT_IN, [file]) == ()


def test_the_check_still_sees_what_nobody_may_be_told(folder: Path, catalog: IndexedCatalog) -> None:
    record(folder, replace(OWN, helped="请顾客报卡号给客服"), catalog, TODAY)
    assert [problem.field for problem in check(BUILT_IN, [folder])] == ["steps[0].text.zh"]


def test_a_pack_that_cites_no_shop_must_be_in_both_languages(folder: Path, catalog: IndexedCatalog) -> None:
    entry_id = record(folder, OWN, catalog, TODAY)
    file = folder / f"{entry_id}.yaml"
    file.write_text(file.read_text("utf-8").replace("kind: shop", "kind: vendor"), "utf-8")
    assert check(BUILT_IN, [folder]) != ()


def test_the_same_code_twice_gives_two_entries(folder: Path, catalog: IndexedCatalog) -> None:
    first = record(folder, OWN, catalog, TODAY)
    second = record(folder, replace(OWN, origin="pos-app"), catalog, TODAY)
    assert (first, second) == ("shop.e77", "shop.e77-2")
    with closing(renewed(folder)) as after:
        assert {hit.id for hit in after.search("E77").hits} == {first, second}
        assert after.problems == ()


def test_an_id_of_another_pack_is_not_used_again(folder: Path, write: Write, catalog: IndexedCatalog) -> None:
    record(folder, OWN, catalog, TODAY)
    mine = folder.parent / "mine.yaml"
    (folder / "shop.e77.yaml").rename(mine)
    with closing(renewed(folder)) as now:
        assert record(folder, replace(OWN, origin="pos-app"), now, TODAY) == "shop.e77-2"


def test_files_that_people_have_edited_stay_as_they_are(folder: Path, catalog: IndexedCatalog) -> None:
    record(folder, OWN, catalog, TODAY)
    edited = folder / "shop.e77.yaml"
    edited.write_bytes(edited.read_bytes() + b"# ask Mr Wang\r\n")
    broken = folder / "notes.yaml"
    broken.write_bytes(b"\xff not even text")
    before = {file: file.read_bytes() for file in (edited, broken)}
    record(folder, OWN, catalog, TODAY)
    assert {file: file.read_bytes() for file in before} == before
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize(
    "code", ["COM1", "../../x", "CON", "代码", "…E 77/…", "#", "'\"", "null", "010", "~1"]
)
def test_odd_codes_are_kept_letter_by_letter(folder: Path, catalog: IndexedCatalog, code: str) -> None:
    own = replace(OWN, code=code)
    if recorded_code_error(own):
        with pytest.raises(UserError, match="letter or a digit"):
            record(folder, own, catalog, TODAY)
        assert not folder.exists()
    else:
        assert recorded(folder, own, catalog).entry.code == code
        (file,) = folder.iterdir()
        assert file.name.startswith("shop.")


@given(code=st.text(max_size=60), meaning=st.text(), helped=st.text())
def test_whatever_is_recorded_loads_without_a_problem(
    tmp_path_factory: pytest.TempPathFactory,
    catalog: IndexedCatalog,
    code: str,
    meaning: str,
    helped: str,
) -> None:
    folder = tmp_path_factory.mktemp("packs") / "shop"
    own = RecordedCode(code, "terminal", meaning, helped, Tab.SOFTWARE)
    try:
        entry_id = record(folder, own, catalog, TODAY)
    except UserError:
        assert not folder.exists()
        return
    file = SourceFile(folder / f"{entry_id}.yaml")
    assert [str(problem) for problem in file.problems] == []
    assert file.content is not None
    (entry,) = file.content.entries
    assert (entry.id, entry.code) == (entry_id, own.tidied().code)


@pytest.mark.parametrize("own", [replace(OWN, meaning="4111 1111 1111 1111"), replace(OWN, origin="")])
def test_what_may_not_be_kept_is_refused_and_nothing_is_made(
    folder: Path, catalog: IndexedCatalog, own: RecordedCode
) -> None:
    fault = recorded_code_error(own)
    assert fault is not None
    with pytest.raises(UserError) as error:
        record(folder, own, catalog, TODAY)
    assert error.value.text == fault.text
    assert not folder.exists()


def test_without_the_built_in_catalog_nothing_is_recorded(folder: Path) -> None:
    with (
        closing(open_catalog([folder / "absent"])) as damaged,
        pytest.raises(UserError, match="catalog is damaged"),
    ):
        record(folder, OWN, damaged, TODAY)
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_named(
    folder: Path, catalog: IndexedCatalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("pos_helper.files._temporary", read_only)
    with pytest.raises(UserError, match=r"shop\.e77\.yaml: that place is read-only"):
        record(folder, OWN, catalog, TODAY)
    assert list(folder.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_named_and_stays(folder: Path, catalog: IndexedCatalog) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_bytes(b"a file")
    with pytest.raises(UserError, match="a file of that name is in the way"):
        record(folder, OWN, catalog, TODAY)
    assert folder.read_bytes() == b"a file"
