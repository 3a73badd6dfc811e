"""Every item of the five source articles is covered in the right place, or declined with a reason."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
import yaml

from pos_helper.catalog.packs.loading import Records, references
from pos_helper.domain.entries import Entry
from tests.locations import DATA

ITEMS = DATA / "article_items.yaml"
ARTICLE = re.compile(r"[0-9]{3}/")
"""Prefix of the articles' items; the others are records of code tables."""

KINDS = {"m": "meaning", "c": "cause", "r": "step", "p": "tip"}

UNDER_ANOTHER_TAB = {
    "004/01/c52": "Stands in one cause with two other faults of the payment link, with the same remedies.",
}


class Covering(NamedTuple):
    """A record that covers an item, and the entries that use the record."""

    kind: str
    where: str
    entries: tuple[Entry, ...]
    tab: str | None = None


def topic(entry: Entry) -> str:
    """Return the name of an entry in the articles' items: its code, or its topic if it has none."""
    return entry.code or entry.id.removeprefix("symptom.").replace("-", "_")


@pytest.fixture(scope="module")
def items() -> dict[str, str]:
    """Item -> its tab (``meanings`` for a meaning)."""
    groups: dict[str, dict[str, list[str]]] = yaml.safe_load(ITEMS.read_text(encoding="utf-8"))
    return {
        f"{group}/{name}": tab
        for group, tabs in groups.items()
        for tab, names in tabs.items()
        for name in names
    }


@pytest.fixture(scope="module")
def covered(shipped_records: Records) -> dict[str, list[Covering]]:
    found: dict[str, list[Covering]] = {}
    for item, covering in _coverings(shipped_records):
        if ARTICLE.match(item):
            found.setdefault(item, []).append(covering)
    return found


def _coverings(records: Records) -> Iterator[tuple[str, Covering]]:
    entries = [found.record for found in records.entries.values()]
    for entry in entries:
        for meaning in entry.meanings:
            for item in meaning.covers:
                yield item, Covering("meaning", entry.id, (entry,))
        for cause in entry.causes:
            for item in cause.covers:
                yield item, Covering("cause", f"{entry.id}, {cause.id}", (entry,), cause.tab)
    users: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for used in dict.fromkeys((kind, name) for kind, name, _ in references(entry)):
            users.setdefault(used, []).append(entry)
    for step in (found.record for found in records.steps.values()):
        for item in step.covers:
            yield item, Covering("step", step.id, tuple(users.get(("steps", step.id), ())))
    for tip in (found.record for found in records.prevention.values()):
        for item in tip.covers:
            yield item, Covering("tip", tip.id, tuple(users.get(("prevention", tip.id), ())))


def test_the_inventory_is_whole(items: dict[str, str]) -> None:
    assert len(items) == 358
    assert all(re.fullmatch(r"00[0-4]/[^/]+/[mcrp][0-9]{2}", item) for item in items)


def test_every_item_is_covered_or_declined(
    items: dict[str, str], covered: dict[str, list[Covering]], shipped_records: Records
) -> None:
    declined = [found.record.item for found in shipped_records.declined if ARTICLE.match(found.record.item)]
    assert len(declined) == len(set(declined))
    assert set(items) - set(covered) - set(declined) == set(), "neither covered nor declined"
    assert set(covered) & set(declined) == set(), "both covered and declined"
    assert (set(covered) | set(declined)) - set(items) == set(), "no such item in the articles"


def test_every_item_is_covered_by_what_it_is(covered: dict[str, list[Covering]]) -> None:
    wrong = [
        (item, each.kind, each.where)
        for item, all_of_it in covered.items()
        for each in all_of_it
        if each.kind != KINDS[item.split("/")[2][0]]
    ]
    assert wrong == []


def test_every_item_is_covered_where_its_code_or_topic_is_shown(covered: dict[str, list[Covering]]) -> None:
    elsewhere = [
        (item, each.where)
        for item, all_of_it in covered.items()
        for each in all_of_it
        if item.split("/")[1] not in {topic(entry) for entry in each.entries}
    ]
    assert elsewhere == []


def test_every_cause_stands_under_the_tab_of_its_item(
    items: dict[str, str], covered: dict[str, list[Covering]]
) -> None:
    elsewhere = {
        item
        for item, all_of_it in covered.items()
        for each in all_of_it
        if each.kind == "cause" and each.tab != items[item]
    }
    assert elsewhere == set(UNDER_ANOTHER_TAB)
