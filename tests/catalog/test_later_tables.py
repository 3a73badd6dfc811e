"""Every code of a published table that was read is in the catalog, or left out with a reason."""

import pytest
import yaml

from pos_helper.catalog.packs.loading import Records
from pos_helper.domain.query import code_keys
from tests.locations import DATA

TABLES: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(
    (DATA / "later_tables.yaml").read_text(encoding="utf-8")
)


def _known(records: Records, origin: str) -> set[str]:
    entries = [found.record for found in records.entries.values() if found.record.origin == origin]
    return {code_keys(code).exact for entry in entries for code in (entry.code, *entry.aliases) if code}


@pytest.mark.parametrize("origin", TABLES)
def test_every_code_of_the_table_is_there(shipped_records: Records, origin: str) -> None:
    known = _known(shipped_records, origin)
    assert [code for code in TABLES[origin]["codes"] if code_keys(code).exact not in known] == []


@pytest.mark.parametrize("origin", TABLES)
def test_what_is_left_out_is_left_out(shipped_records: Records, origin: str) -> None:
    known = _known(shipped_records, origin)
    left_out = [code for codes in TABLES[origin].get("left_out", {}).values() for code in codes]
    assert [code for code in left_out if code_keys(code).exact in known] == []
