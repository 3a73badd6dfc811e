"""The language of the window: chosen by the system at first, switched at once and everywhere."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget

from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language, system_language


@pytest.mark.parametrize(
    ("ui_languages", "lang"),
    [
        (["zh-Hans-CN", "zh-CN", "zh-Hans", "zh"], Lang.ZH),
        (["zh_CN"], Lang.ZH),
        (["zh_CN.UTF-8"], Lang.ZH),
        (["zh"], Lang.ZH),
        (["zh_SG"], Lang.ZH),
        (["zh-Hans-SG"], Lang.ZH),
        (["zh_TW"], Lang.ZH),
        (["zh-Hant-TW"], Lang.ZH),
        (["zh_HK"], Lang.ZH),
        (["zh-Hant-HK"], Lang.ZH),
        (["zh-Hant-MO"], Lang.ZH),
        (["yue-Hant-HK"], Lang.ZH),
        (["en_US"], Lang.EN),
        (["en-GB", "en"], Lang.EN),
        (["fr-FR", "fr"], Lang.EN),
        (["ja_JP"], Lang.EN),
        (["C"], Lang.EN),
        ([], Lang.EN),
        (["de-DE", "zh-CN"], Lang.ZH),
        (["de-DE", "en-US", "zh-CN"], Lang.EN),
    ],
)
def test_the_first_language_that_the_program_speaks_wins(ui_languages: list[str], lang: Lang) -> None:
    assert system_language(ui_languages) is lang


def test_standard_buttons_change_with_the_language(language: Language, qtbot: Any) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
    for lang, word in ((Lang.ZH, "取消"), (Lang.EN, "Cancel"), (Lang.ZH, "取消"), (Lang.EN, "Cancel")):
        language.use(lang)
        qtbot.waitUntil(lambda word=word: cancel.text().replace("&", "") == word)


class Listener(QWidget):
    """Counts how often it is told to speak another language."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.heard: list[Lang] = []

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.heard.append(self._language.current)


def test_each_widget_is_told_once_even_where_translations_are_missing(
    qapp: QApplication, qtbot: Any, tmp_path: Path
) -> None:
    language = Language(qapp, tmp_path)
    listener = Listener(language)
    qtbot.addWidget(listener)
    for lang in (Lang.ZH, Lang.EN):
        with qtbot.waitSignal(language.changed):
            language.use(lang)
        qtbot.waitUntil(lambda: bool(listener.heard))
        qapp.processEvents()
        assert listener.heard == [lang]
        listener.heard.clear()
    language.deleteLater()
