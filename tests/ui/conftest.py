"""What the window's tests stand on: one look, one language, both set back afterwards."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from pos_helper import paths
from pos_helper.domain.text import Lang
from pos_helper.ui.fonts import window_families
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Appearance, Theme


@pytest.fixture(scope="session")
def families(qapp: QApplication) -> list[str]:
    """The font families of the window, Chinese included."""
    return window_families(paths.resources() / "fonts")


@pytest.fixture
def theme(qapp: QApplication, families: list[str]) -> Iterator[Theme]:
    """The light theme at normal text size."""
    theme = Theme(qapp, paths.resources() / "icons", families)
    theme.set_appearance(Appearance.LIGHT)
    yield theme
    theme.deleteLater()


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    """The shipped translations, in English to begin with."""
    language = Language(qapp, paths.translations())
    language.use(Lang.EN)
    yield language
    language.use(Lang.EN)
    language.deleteLater()
