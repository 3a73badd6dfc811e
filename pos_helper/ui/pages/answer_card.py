"""The answer that is read in ten seconds: money, retry, what to say, and what to do first."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pos_helper.domain.cases import Mark
from pos_helper.domain.entries import Confidence, Money, Retry
from pos_helper.domain.labels import CONFIDENCE, MONEY, RETRY, SCREEN_SAYS, pack_mark, phrase, screen_words
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.checklist.checklist import Checklist
from pos_helper.ui.language import Language
from pos_helper.ui.pages.headline import Headline
from pos_helper.ui.pages.meanings import Meanings
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.looks import CONFIDENCE_TONES, MONEY_LOOKS, RETRY_LOOKS
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.surfaces import (
    EDGE,
    Chip,
    Icon,
    TextLabel,
    TonePanel,
    batched_layout,
    in_short,
    named_button,
)

_NARROW = 720
"""Below this width, at normal text size, what stands side by side is stacked."""

_NARROW_MONEY = 480
"""The same for the answer about the money and the buttons beside it."""


_LONG = 24
"""A pack is named with so many characters of its name."""


class _Answer(TonePanel):
    """One of the first two answers: an icon, the question, and the answer in the answer's tone."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, Tone.NEUTRAL, parent)
        self._icon = Icon(theme, "question", self, tone=Tone.NEUTRAL)
        self._question = TextLabel(theme, Role.CAPTION, self, tone=Tone.NEUTRAL)
        self._answer = TextLabel(theme, Role.TITLE, self, tone=Tone.NEUTRAL)
        self._answer.setObjectName(name)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(self._question)
        words.addWidget(self._answer)
        words.addStretch()
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(EDGE + SPACE, SPACE // 2, SPACE, SPACE // 2)
        self.row.setSpacing(SPACE)
        inner = QHBoxLayout()
        inner.setSpacing(SPACE)
        inner.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        inner.addLayout(words, 1)
        self.row.addLayout(inner, 1)

    def ask(self, question: str) -> None:
        """Say what is answered here."""
        self._question.setText(question)
        self._answer.setAccessibleDescription(question)

    def answer(self, tone: Tone, icon: str, words: str) -> None:
        """Show an answer."""
        self.set_tone(tone)
        self._icon.show_icon(icon, tone)
        self._question.set_tone(tone)
        self._answer.set_tone(tone)
        self._answer.setText(words)


class AnswerCard(Retranslated, QWidget):
    """Shows the money state, the retry advice, the phrase for the customer and the first steps of an entry.

    The same widgets are told new words for each entry, so that an answer is on screen at each key press.
    """

    money_found = Signal(object)
    """What the check of the last sale showed: a ``Money``, or ``None`` if that is taken back."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._resolved: ResolvedEntry | None = None
        self._answers = (Money.UNKNOWN, Retry.AFTER_CHECK)
        self._found: Money | None = None
        self._chosen: int | None = None

        self._headline = Headline(theme, self)
        self._headline.setObjectName("entryTitle")
        self._origin = Chip(theme, Tone.INFO, self)
        self._confidence = Chip(theme, Tone.NEUTRAL, self)
        self._pack = Chip(theme, Tone.NEUTRAL, self)
        self._pack.setObjectName("packMark")
        self._screen = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._screen.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words = TextLabel(theme, Role.CAPTION, self)
        self._words.setObjectName("screenWords")
        self.meanings = Meanings(theme, language, self)
        self._money = _Answer(theme, "moneyState", self)
        self._retry = _Answer(theme, "retryAdvice", self)
        self._check = QWidget(self._money)
        self._checked = TextLabel(theme, Role.CAPTION, self._check, tone=Tone.WARN)
        self.charged = self._found_button("chargedButton")
        self.not_charged = self._found_button("notChargedButton")
        self._say_panel = TonePanel(theme, Tone.INFO, self)
        self._say_icon = Icon(theme, "customer-phrase", self._say_panel, tone=Tone.INFO)
        self._say_caption = TextLabel(theme, Role.CAPTION, self._say_panel, tone=Tone.INFO)
        self._say = TextLabel(theme, Role.TITLE, self._say_panel, tone=Tone.INFO)
        self._say.setObjectName("customerPhrase")
        self._say_other = TextLabel(theme, Role.CAPTION, self._say_panel, tone=Tone.INFO)
        self._say_other.setObjectName("customerPhraseOther")
        self._first = QFrame(self)
        self._first.setProperty("kind", "card")
        self._first_caption = TextLabel(theme, Role.CAPTION, self._first, muted=True)
        self.quick_steps = Checklist(theme, language, self._first)
        self.quick_steps.setObjectName("quickSteps")
        self.quick_steps.setProperty("kind", "plain")
        self._first_caption.setBuddy(self.quick_steps)
        self._arrange()

        theme.changed.connect(self._turn)
        self.retranslate()

    # --- what is shown ------------------------------------------------------------------------

    def show_entry(self, resolved: ResolvedEntry) -> None:
        """Show the words of an entry; its answers come by ``show_answers``."""
        if resolved is self._resolved:
            return
        self._resolved = resolved
        self._chosen = None
        with batched_layout(self._column, *self._inner):
            self.meanings.show_entry(resolved)
            self.quick_steps.show_steps(resolved.first_steps())
            self._first.setVisible(bool(resolved.entry.first))
            self._show_entry_texts(resolved)

    def show_answers(self, money: Money, retry: Retry, found: Money | None) -> None:
        """Show the first two answers, and what the check of the last sale has shown."""
        self._answers, self._found = (money, retry), found
        with batched_layout(self._column, *self._inner):
            self._say_answers()

    def show_chosen_meaning(self, meaning: int | None) -> None:
        """Show which of the meanings the person has chosen."""
        self._chosen = meaning
        self.meanings.set_chosen(meaning)
        self._say_confidence()
        self._turn()

    def set_marks(self, marks: Mapping[str, Mark]) -> None:
        """Show what the store has acknowledged for the quick steps."""
        self.quick_steps.set_marks(marks)

    def retranslate(self) -> None:
        self._money.ask(self.tr("Did the money move?"))
        self._retry.ask(self.tr("May I try again?"))
        self._say_caption.setText(self.tr("Say to the customer"))
        self._first_caption.setText(self.tr("Do this first"))
        self._checked.setText(self.tr("I looked, it was:"))
        self.charged.setText(self.tr("Charged"))
        self.charged.setAccessibleName(self.tr("I looked: it was charged"))
        self.not_charged.setText(self.tr("Not charged"))
        self.not_charged.setAccessibleName(self.tr("I looked: it was not charged"))
        if self._resolved is not None:
            self._show_entry_texts(self._resolved)
            self._say_answers()

    def minimumSizeHint(self) -> QSize:
        # Side by side needs more width than stacked: the wider one must not keep the card from turning.
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    # --- words --------------------------------------------------------------------------------

    def _show_entry_texts(self, resolved: ResolvedEntry) -> None:
        entry, lang = resolved.entry, self._language.current
        self._headline.show_words(entry.code or "", entry.title.of(lang))
        self._origin.show_word(resolved.origin.title.of(lang), Tone.INFO)
        self._origin.setToolTip(resolved.origin.screen.of(lang))
        self._screen.setText(resolved.origin.screen.of(lang))
        words = screen_words(entry).of(lang)
        self._words.setText(SCREEN_SAYS.of(lang) + Text("：", ": ").of(lang) + words)
        self._words.setVisible(bool(words))
        mark = pack_mark(resolved.pack)
        self._pack.setVisible(mark is not None)
        if mark is not None:
            self._pack.show_word(in_short(mark.of(lang), _LONG), Tone.NEUTRAL)
        self._say_confidence()
        self._turn()

    def _say_answers(self) -> None:
        (money, retry), lang = self._answers, self._language.current
        look = MONEY_LOOKS[money]
        self._money.answer(look.tone, look.icon, MONEY[money].of(lang))
        self._checked.set_tone(look.tone)
        look = RETRY_LOOKS[retry]
        self._retry.answer(look.tone, look.icon, RETRY[retry].of(lang))
        if self._resolved is not None:
            say = phrase(self._resolved.entry, self._found)
            self._say.setText(say.of(lang))
            self._say_other.setText(say.of(Lang.EN if lang is Lang.ZH else Lang.ZH))
        # The question is asked only where the catalog does not know.
        asked = self._resolved is not None and self._resolved.entry.money is Money.UNKNOWN
        self._check.setVisible(asked)
        self._show_found()

    def _say_confidence(self) -> None:
        confidence = self._shown_confidence()
        self._confidence.setVisible(confidence is not None)
        if confidence is not None:
            word = CONFIDENCE[confidence].of(self._language.current)
            self._confidence.show_word(word, CONFIDENCE_TONES[confidence])

    def _shown_confidence(self) -> Confidence | None:
        """How far the chosen meaning can be trusted; without a choice, the leading one."""
        if self._resolved is None:
            return None
        meanings = self._resolved.entry.meanings
        if self._chosen is not None and self._chosen < len(meanings):
            return meanings[self._chosen].confidence
        return self._resolved.entry.confidence

    # --- the check of the last sale -----------------------------------------------------------

    def _found_button(self, name: str) -> QPushButton:
        button = named_button(name, self._check)
        button.setCheckable(True)
        button.clicked.connect(self._request_found)
        return button

    def _request_found(self) -> None:
        """Ask to keep what was found. The buttons show it once it is kept."""
        pressed = Money.CHARGED if self.sender() is self.charged else Money.NOT_CHARGED
        self._show_found()
        self.money_found.emit(None if pressed is self._found else pressed)

    def _show_found(self) -> None:
        self.charged.setChecked(self._found is Money.CHARGED)
        self.not_charged.setChecked(self._found is Money.NOT_CHARGED)

    # --- arrangement --------------------------------------------------------------------------

    def _arrange(self) -> None:
        """Head, the first two answers, then the phrase beside the quick steps."""
        across = QBoxLayout.Direction.LeftToRight
        self._chips = QHBoxLayout()
        self._chips.setSpacing(SPACE)
        self._chips.addWidget(self._origin)
        self._chips.addWidget(self._confidence)
        self._chips.addWidget(self._pack)
        self._chips.addWidget(self._screen, 1)
        self._chips.addStretch()
        title = QVBoxLayout()
        title.setSpacing(SPACE // 2)
        title.addWidget(self._headline)
        title.addWidget(self._words)
        title.addLayout(self._chips)
        self._head = QBoxLayout(across)
        self._head.setSpacing(SPACE)
        self._head.addLayout(title, 1)
        self._head.addWidget(self.meanings.toggle, 0, Qt.AlignmentFlag.AlignTop)

        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.charged)
        buttons.addWidget(self.not_charged)
        buttons.addStretch()
        check = QVBoxLayout(self._check)
        check.setContentsMargins(0, 0, 0, 0)
        check.setSpacing(SPACE // 2)
        check.addStretch()
        check.addWidget(self._checked)
        check.addLayout(buttons)
        check.addStretch()
        self._money.row.addWidget(self._check)
        self._pair = QBoxLayout(across)
        self._pair.setSpacing(SPACE)
        self._pair.addWidget(self._money, 3)
        self._pair.addWidget(self._retry, 2)

        said = QVBoxLayout()
        said.setSpacing(SPACE // 2)
        said.addWidget(self._say_caption)
        said.addWidget(self._say)
        said.addWidget(self._say_other)
        said.addStretch()
        say = QHBoxLayout(self._say_panel)
        say.setContentsMargins(EDGE + SPACE, SPACE, SPACE, SPACE)
        say.setSpacing(SPACE)
        say.addWidget(self._say_icon, 0, Qt.AlignmentFlag.AlignTop)
        say.addLayout(said, 1)
        first = QVBoxLayout(self._first)
        first.setContentsMargins(0, SPACE, 0, 0)
        first.setSpacing(0)
        self._first_caption.setIndent(SPACE * 2)
        first.addWidget(self._first_caption)
        first.addWidget(self.quick_steps)
        first.addStretch()
        self._lower = QBoxLayout(across)
        self._lower.setSpacing(SPACE)
        self._lower.addWidget(self._say_panel, 2)
        self._lower.addWidget(self._first, 3)

        self._inner = (check, self._money.row, self._retry.row, say, first)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(self._head)
        column.addWidget(self.meanings)
        column.addLayout(self._pair)
        column.addLayout(self._lower)

    def _turn(self) -> None:
        """Stand things side by side where there is room for the text size, else stack them."""
        scaled = self._theme.scaled
        # Where it would take lines of its own, how the screen is recognised stays behind its name.
        self._screen.setVisible(self.width() >= scaled(_NARROW))
        head = self._chips.sizeHint().width() + SPACE + self.meanings.toggle.sizeHint().width()
        for box, least in (
            (self._head, head),
            (self._pair, scaled(_NARROW)),
            (self._lower, scaled(_NARROW)),
            (self._money.row, scaled(_NARROW_MONEY)),
        ):
            narrow = self.width() < least
            direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            if box.direction() != direction:
                box.setDirection(direction)
