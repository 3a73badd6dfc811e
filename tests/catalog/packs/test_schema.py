"""The JSON Schema for editors."""

import msgspec

from pos_helper.catalog.packs.schema import json_schema
from tests.locations import ROOT

COMMITTED = ROOT / "docs" / "catalog.schema.json"


def test_the_committed_schema_is_the_one_of_the_types() -> None:
    present = msgspec.json.decode(msgspec.json.encode(json_schema()))
    assert msgspec.json.decode(COMMITTED.read_bytes()) == present, (
        "write it anew: pos-helper catalog schema > docs/catalog.schema.json"
    )


def test_an_entry_may_leave_its_origin_to_the_file() -> None:
    required = json_schema()["$defs"]["Entry"]["required"]
    assert "id" in required
    assert "origin" not in required


def test_an_editor_explains_every_field_in_one_line() -> None:
    fields = {
        f"{name}.{field}": described.get("description", "")
        for name, record in json_schema()["$defs"].items()
        for field, described in record.get("properties", {}).items()
    }
    assert {"Entry.money", "Text.zh", "PackFile.entries", "Declined.reason"} <= fields.keys()
    assert [field for field, description in fields.items() if not description or "\n" in description] == []
