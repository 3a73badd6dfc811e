"""Every code table record has an entry, no more certain about the money, or is declined with a reason."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

import pytest
import yaml

from pos_helper.catalog.packs.loading import Records
from pos_helper.domain.entries import Entry, Money
from pos_helper.domain.query import code_keys
from tests.locations import DATA

ITEMS = sorted(DATA.glob("code_items*.yaml"))
CLAIMS = "web_folklore/"
"""Claims of web pages are not a code table: they become additional meanings and prove no money state."""

AS_CAUTIOUS = {
    "charged": {Money.CHARGED, Money.UNKNOWN},
    "not_charged": {Money.NOT_CHARGED, Money.UNKNOWN},
    "uncertain": {Money.UNKNOWN},
    "not_applicable": {Money.NOT_APPLICABLE, Money.UNKNOWN},
}
"""Money state in the record -> the states allowed in the entry: the same or unknown."""


class Item(NamedTuple):
    """One record of a code table."""

    id: str
    code: str
    money: str


def _items() -> Iterator[Item]:
    for file in ITEMS:
        tables: dict[str, dict[str, list[str]]] = yaml.safe_load(file.read_text(encoding="utf-8"))
        for table, by_money in tables.items():
            for money, codes in by_money.items():
                for code in codes:
                    yield Item(f"{table}/{code}", code, money)


ALL = tuple(_items())


@pytest.fixture(scope="module")
def covering(shipped_records: Records) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in (found.record for found in shipped_records.entries.values()):
        covers = [*(meaning.covers for meaning in entry.meanings), *(cause.covers for cause in entry.causes)]
        for item in chain.from_iterable(covers):
            found.setdefault(item, []).append(entry)
    return found


@pytest.fixture(scope="module")
def declined(shipped_records: Records) -> set[str]:
    return {found.record.item for found in shipped_records.declined}


def test_the_tables_are_whole() -> None:
    assert len({item.id for item in ALL}) == len(ALL) >= 853


def test_every_record_is_covered_or_declined(covering: dict[str, list[Entry]], declined: set[str]) -> None:
    missing = [item.id for item in ALL if item.id not in covering and item.id not in declined]
    assert missing == []


def test_no_record_is_both_covered_and_declined(covering: dict[str, list[Entry]], declined: set[str]) -> None:
    assert [item.id for item in ALL if item.id in covering and item.id in declined] == []


def test_a_record_is_covered_by_the_entry_of_its_code(covering: dict[str, list[Entry]]) -> None:
    elsewhere = [
        f"{item.id}: {entry.id}"
        for item in ALL
        if not item.id.startswith(CLAIMS)
        for entry in covering.get(item.id, [])
        if not any(
            code_keys(part).exact in {code_keys(code).exact for code in (entry.code, *entry.aliases) if code}
            for part in (item.code, *item.code.split(" / "))
        )
        and entry.code is not None
    ]
    assert elsewhere == []


def test_no_entry_is_bolder_about_the_money_than_its_record(covering: dict[str, list[Entry]]) -> None:
    bolder = [
        f"{item.id}: {item.money}, but {entry.id} says {entry.money}"
        for item in ALL
        if not item.id.startswith(CLAIMS)
        for entry in covering.get(item.id, [])
        if entry.money not in AS_CAUTIOUS[item.money]
    ]
    assert bolder == []
