"""Every code of the gateways' published lists has an entry, or is declined with a reason."""

from collections.abc import Iterator

import pytest
import yaml

from pos_helper.catalog.packs.loading import Records
from pos_helper.domain.query import code_keys
from tests.locations import DATA

TABLES: dict[str, dict[str, list[str]]] = yaml.safe_load(
    (DATA / "china-gateways.yaml").read_text(encoding="utf-8")
)


def _spellings(records: Records, origin: str) -> Iterator[str]:
    for found in records.entries.values():
        if found.record.origin == origin and found.record.code:
            yield from (found.record.code, *found.record.aliases)


@pytest.mark.parametrize(("origin", "name"), [(origin, name) for origin in TABLES for name in TABLES[origin]])
def test_each_code_of_a_published_list_has_an_entry_or_is_declined(
    shipped_records: Records, origin: str, name: str
) -> None:
    known = {code_keys(spelling).exact for spelling in _spellings(shipped_records, origin)}
    declined = {found.record.item for found in shipped_records.declined}
    missing = [
        code
        for code in TABLES[origin][name]
        if (code_keys(code).exact in known) is (f"{origin}/{code}" in declined)
    ]
    assert missing == []
