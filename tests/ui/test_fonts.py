"""The window's fonts: Latin first, Chinese always."""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QRawFont
from PySide6.QtWidgets import QApplication

from pos_helper.ui.fonts import window_families


def test_every_family_exists_and_one_of_them_writes_chinese(families: list[str]) -> None:
    assert all(QFontDatabase.hasFamily(family) for family in families)
    raw_fonts = [QRawFont.fromFont(QFont(family)) for family in families]
    assert any(all(font.supportsCharacter(ord(letter)) for letter in "检查上一笔") for font in raw_fonts)


def test_latin_letters_and_digits_never_come_from_the_chinese_font(families: list[str]) -> None:
    latin = QRawFont.fromFont(QFont(families[0]))
    assert all(latin.supportsCharacter(ord(letter)) for letter in "E10x")
    assert not latin.supportsCharacter(ord("检"))


def test_a_file_that_is_no_font_does_no_harm(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "broken.otf").write_bytes(b"this is not a font")
    (tmp_path / "OFL.txt").write_text("a licence", encoding="utf-8")
    assert all(QFontDatabase.hasFamily(family) for family in window_families(tmp_path))
