"""The current language of the window, switched at runtime together with Qt's own texts."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, QObject, QTranslator, Signal

from pos_helper.domain.text import Lang

_QT_NAMES = {Lang.ZH: "zh_CN", Lang.EN: "en"}

_CHINESE = frozenset({"zh", "cmn", "yue", "wuu", "hak", "nan"})
"""Language subtags of people who read Chinese, whatever the script or region (zh_SG, zh-Hant-HK...)."""


def system_language(ui_languages: Sequence[str]) -> Lang:
    """The language to start in, given what the system prefers, best first (``QLocale.uiLanguages``).

    The first language that the program speaks wins. Every kind of Chinese, simplified or traditional,
    comes to Chinese; without Chinese or English in the list it is English.
    """
    for name in ui_languages:
        language = name.replace("_", "-").split("-")[0].split(".")[0].lower()
        if language in _CHINESE:
            return Lang.ZH
        if language == "en":
            return Lang.EN
    return Lang.EN


class Language(QObject):
    """The language of the window. ``changed`` is emitted after ``use`` has switched it.

    Qt then sends ``LanguageChange`` to every widget: once, from the event loop.
    """

    changed = Signal()

    def __init__(self, application: QCoreApplication, translations: Path) -> None:
        """``translations`` is the folder of our ``pos_helper_*.qm``; English until ``use`` is called."""
        super().__init__(application)
        self._application = application
        self._translations = translations
        self._installed: list[QTranslator] = []
        self._current = Lang.EN

    @property
    def current(self) -> Lang:
        """The current language."""
        return self._current

    def use(self, lang: Lang) -> None:
        """Switch the whole program. A missing translation file leaves its texts in English."""
        for translator in self._installed:
            self._application.removeTranslator(translator)
            translator.deleteLater()
        self._installed.clear()
        self._current = lang
        name = _QT_NAMES[lang]
        QLocale.setDefault(QLocale(name))
        self._install(f"qtbase_{name}", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)))
        self._install(f"pos_helper_{name}", self._translations)
        # Texts of the catalog change even where no translation file was found.
        QCoreApplication.sendEvent(self._application, QEvent(QEvent.Type.LanguageChange))
        self.changed.emit()

    def _install(self, file: str, folder: Path) -> None:
        translator = QTranslator(self)
        if translator.load(file, str(folder)):
            self._application.installTranslator(translator)
            self._installed.append(translator)
        else:
            translator.deleteLater()
