"""The template in docs/pack-template.yaml works as the catalog guide describes."""

import shutil
from pathlib import Path

from pos_helper.catalog.indexed_catalog import open_catalog
from pos_helper.catalog.packs.check import check
from pos_helper.domain.entries import Money
from pos_helper.paths import resources
from tests.locations import ROOT

TEMPLATE = ROOT / "docs" / "pack-template.yaml"


def test_the_template_is_a_clean_pack() -> None:
    assert check(resources() / "catalog", [TEMPLATE]) == ()


def test_its_code_is_found_beside_the_built_in_ones(tmp_path: Path, shipped_index: Path) -> None:
    index = Path(shutil.copy(shipped_index, tmp_path))
    catalog = open_catalog([resources() / "catalog", TEMPLATE], index)
    (hit,) = (hit for hit in catalog.search("z7").hits if hit.origin == "my-terminal")
    assert (hit.code, hit.money) == ("Z7", Money.UNKNOWN)
    assert catalog.search("E1").hits
    catalog.close()
