"""Notices above the answer: what went wrong and was kept safe, and work that takes a while."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QVBoxLayout, QWidget

from pos_helper.domain.text import Text
from pos_helper.ui.language import Language
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import EDGE, Icon, TextLabel, TonePanel

PASSING = 5000
"""News goes away by itself after so many milliseconds; trouble stays until it is dismissed."""

_NEWS = frozenset({Tone.GOOD, Tone.INFO})

_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.INFO: "info",
    Tone.GOOD: "check",
    Tone.WARN: "warning",
    Tone.BAD: "stop",
}


class Banner(Retranslated, QWidget):
    """Shows one notice at a time, so that many never push the answer off the screen.

    The others wait behind it; it is gone when there is nothing to say.
    """

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._notices: list[tuple[Text, Tone]] = []
        self._work: Text | None = None
        self.passing = QTimer(self, singleShot=True)
        # Not as a keyword: PySide does not find it on a Turkish system, where the capital of "i" is another.
        self.passing.setInterval(PASSING)

        self._panel = TonePanel(theme, Tone.WARN, self)
        self._icon = Icon(theme, "warning", self._panel, tone=Tone.WARN)
        self._text = TextLabel(theme, Role.BODY, self._panel, tone=Tone.WARN)
        self._text.setObjectName("noticeText")
        self._more = TextLabel(theme, Role.CAPTION, self._panel, tone=Tone.WARN)
        self._more.setWordWrap(False)
        self.dismiss = QToolButton(self._panel)
        self.dismiss.setObjectName("dismissButton")
        self.dismiss.setProperty("kind", "quiet")
        row = QHBoxLayout(self._panel)
        row.setContentsMargins(EDGE + SPACE, 0, SPACE // 2, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._text, 1)
        row.addWidget(self._more)
        row.addWidget(self.dismiss)

        self._progress_text = TextLabel(theme, Role.BODY, self, muted=True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._progress_text.setBuddy(self._bar)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._panel)
        column.addWidget(self._progress_text)
        column.addWidget(self._bar)

        self.dismiss.clicked.connect(self._dismiss)
        self.passing.timeout.connect(self._dismiss_news)
        theme.changed.connect(self._follow_theme)
        self._follow_theme()
        self.retranslate()

    def show_notice(self, text: Text, tone: Tone = Tone.WARN) -> None:
        """Show a notice until it is dismissed; news, good or neutral, comes first and goes away by itself.

        The same notice is not said twice at once.
        """
        if tone in _NEWS:
            self._dismiss_news()
            self._notices.insert(0, (text, tone))
            self.passing.start()
        elif (text, tone) not in self._notices:
            self._notices.append((text, tone))
        self._say()

    def withdraw(self, text: Text) -> None:
        """Take a notice back that is not true any more."""
        self._notices = [notice for notice in self._notices if notice[0] != text]
        self._say()

    def show_progress(self, text: Text, done: int = 0, total: int = 0) -> None:
        """Show that work goes on; ``total`` 0 if nobody knows how much it is."""
        self._work = text
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._say()

    def hide_progress(self) -> None:
        """The work is done."""
        self._work = None
        self._say()

    def retranslate(self) -> None:
        self.dismiss.setAccessibleName(self.tr("Dismiss this notice"))
        self.dismiss.setToolTip(self.tr("Dismiss"))
        self._say()

    def _dismiss(self) -> None:
        del self._notices[:1]
        self._say()

    def _dismiss_news(self) -> None:
        self._notices = [notice for notice in self._notices if notice[1] not in _NEWS]
        self._say()

    def _say(self) -> None:
        lang = self._language.current
        if self._notices:
            text, tone = self._notices[0]
            waiting = len(self._notices) - 1
            self._panel.set_tone(tone)
            self._icon.show_icon(_ICONS[tone], tone)
            self._text.set_tone(tone)
            self._text.setText(text.of(lang))
            self._more.set_tone(tone)
            self._more.setText(self.tr("%n more", "", waiting) if waiting else "")
        self._panel.setVisible(bool(self._notices))
        if self._work is not None:
            self._progress_text.setText(self._work.of(lang))
            self._bar.setAccessibleName(self._work.of(lang))
        self._progress_text.setVisible(self._work is not None)
        self._bar.setVisible(self._work is not None)
        self.setVisible(bool(self._notices) or self._work is not None)

    def _follow_theme(self) -> None:
        self._bar.setFixedHeight(SPACE)
        self.dismiss.setIcon(self._theme.icon("close"))
