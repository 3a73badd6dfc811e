"""Names of makers are found as people write them, and in nothing else."""

import pytest

from pos_helper.domain.entries import Maker, MakerKind
from pos_helper.domain.makers import MakerNames, blanked
from pos_helper.domain.text import Text

MAKERS = (
    Maker(id="sumup", name=Text("SumUp", "SumUp"), kind=MakerKind.ACQUIRER, names=("sum up",)),
    Maker(id="lakala", name=Text("拉卡拉", "Lakala"), kind=MakerKind.ACQUIRER),
    Maker(
        id="pax", name=Text("百富", "PAX"), kind=MakerKind.TERMINAL, names=("a920",), common_words=("pax",)
    ),
    Maker(id="xprinter", name=Text("芯烨", "Xprinter"), kind=MakerKind.PRINTER, names=("xp-80c",)),
    Maker(id="windows", name=Text("Windows", "Windows"), kind=MakerKind.OS, names=("windows 11",)),
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("SumUp 11", ["sumup"]),
        ("sum up error", ["sumup"]),
        ("sumup11", ["sumup"]),
        ("11 on SUMUP", ["sumup"]),
        ("拉卡拉00", ["lakala"]),
        ("我的拉卡拉刷不了", ["lakala"]),
        ("拉卡拉 A920 51", ["lakala", "pax"]),
        ("XP-80C 打不出", ["xprinter"]),
        ("windows 11 printer offline", ["windows"]),
        # part of another word
        ("sumupper", []),
        ("a9200", []),
        ("windowsill", []),
        # an everyday word names a maker only right before a code
        ("PAX -10", ["pax"]),
        ("pax e5", ["pax"]),
        ("PAX error 05", ["pax"]),
        ("pax机器报05", ["pax"]),
        ("pax says 00", ["pax"]),
        ("6 pax at the table", []),
        ("pax", []),
    ],
)
def test_names_are_found(typed: str, found: list[str]) -> None:
    assert [each.maker.id for each in MakerNames(MAKERS).find(typed)] == found


def test_a_name_knows_whether_a_code_follows() -> None:
    names = MakerNames(MAKERS)
    assert [each.before_code for each in names.find("拉卡拉 00")] == [True]
    assert [each.before_code for each in names.find("拉卡拉刷不了")] == [False]


def test_a_blanked_name_leaves_the_rest_in_its_place() -> None:
    text = "windows 11 printer"
    assert blanked(text, MakerNames(MAKERS).find(text)) == "           printer"


def test_without_makers_nothing_is_found() -> None:
    assert MakerNames(()).find("SumUp 11") == []
