"""The bundled font, for reports and for systems without a Chinese font: all characters, searchable PDFs."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QPdfWriter, QRawFont, QTextDocument
from PySide6.QtWidgets import QApplication

from pos_helper import paths
from tests.locations import ROOT

FONT = paths.resources() / "fonts" / "pos-helper-sans-sc.otf"
STANDARD = FONT.with_name("general-standard-characters.txt")
KANGXI = range(0x2F00, 0x2FD6)

# Only read, never displayed: the query reader knows them as a sign for "times" and as ends of ranges.
READ_ONLY = set("⨯䶿鿿")


def gb2312() -> str:
    """Return all characters of GB 2312: levels 1 and 2 and the symbols."""
    rows, cells = range(0xA1, 0xF8), range(0xA1, 0xFF)
    return bytes(b for row in rows for cell in cells for b in (row, cell)).decode("gb2312", "ignore")


def used(pattern: str, but: str = "") -> str:
    """Return the text of all project files that match the pattern, but the one of this name."""
    return "".join(
        path.read_text(encoding="utf-8") for path in sorted(ROOT.glob(pattern)) if path.name != but
    )


@pytest.fixture
def family(qapp: QApplication) -> Iterator[str]:
    number = QFontDatabase.addApplicationFont(str(FONT))
    assert number >= 0
    (name,) = QFontDatabase.applicationFontFamilies(number)
    yield name
    QFontDatabase.removeApplicationFont(number)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(gb2312(), id="GB 2312"),
        pytest.param("".join(STANDARD.read_text(encoding="utf-8").split()), id="general standard characters"),
        pytest.param("喆珺玥祎堃垚琤翀玘頔昉晞玙珝暐湜琎祺骎芃", id="names"),
        pytest.param("".join(unicodedata.normalize("NFKC", chr(c)) for c in KANGXI), id="radicals"),
        pytest.param("".join(map(chr, (*range(0x20, 0x7F), *range(0xA1, 0x100)))), id="Latin 1"),
        pytest.param("，。、；：？！“”‘’（）《》【】—…·￥％０Ａａ", id="Chinese punctuation"),
        pytest.param("✔✘☐☑•–—…×⚠", id="signs"),
        pytest.param(used("resources/catalog/**/*.yaml", but="makers.yaml"), id="catalog"),
        # Of a maker only the name is shown; what people type for it may be in any script.
        pytest.param(
            "".join(re.findall(r"^ +name: (.*)", used("resources/catalog/makers.yaml"), re.MULTILINE)),
            id="makers",
        ),
        pytest.param(used("translations/*.ts"), id="translations"),
        pytest.param(used("pos_helper/**/*.py"), id="program"),
        pytest.param("簽購單打不出來，錢扣了沒有？請總臺幫忙", id="traditional characters"),
    ],
)
def test_every_character_that_can_be_shown_is_there(qapp: QApplication, text: str) -> None:
    font = QRawFont(str(FONT), 16)
    lacking = {c for c in text if c.isprintable() and not font.supportsCharacter(ord(c))} - READ_ONLY
    assert not lacking, f"run `make font`: {''.join(sorted(lacking))}"


def test_the_list_holds_the_whole_standard() -> None:
    levels = STANDARD.read_text(encoding="utf-8").split()
    assert [len(level) for level in levels] == [3500, 3000, 1605]
    assert len(set("".join(levels))) == 8105


def test_no_two_characters_share_a_glyph() -> None:
    # A PDF knows one character for each glyph: the other one could be neither searched nor copied.
    glyphs = list(TTFont(FONT).getBestCmap().values())
    assert len(glyphs) == len(set(glyphs))


def test_it_may_be_embedded_and_installed() -> None:
    assert TTFont(FONT)["OS/2"].fsType == 0


def test_it_has_a_name_of_its_own_and_says_its_licence(family: str) -> None:
    assert family == "POS Helper Sans SC"
    assert QFontInfo(QFont(family)).family() == family
    assert "SIL OPEN FONT LICENSE" in FONT.with_name("OFL.txt").read_text(encoding="utf-8")


def test_text_of_a_pdf_can_be_searched_and_copied(family: str, tmp_path: Path) -> None:
    target = tmp_path / "sheet.pdf"
    document = QTextDocument()
    document.setDefaultFont(QFont(family, 11))
    document.setPlainText("E101\n0x0004 通讯失败 ✘ 3000…")
    writer = QPdfWriter(str(target))
    document.print_(writer)
    del writer

    text = "".join(PdfReader(target).pages[0].extract_text().split())

    assert "E101" in text
    assert "0x0004通讯失败✘3000…" in text
