"""The answer that is read in ten seconds: money, retry, what to say, and what to do first."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from pos_helper.domain.cases import Case, CaseSummary, Mark
from pos_helper.domain.entries import Confidence, Money, Retry
from pos_helper.domain.labels import (
    BECAUSE,
    CONFIDENCE,
    DISPUTED,
    MONEY,
    RETRY,
    SCREEN_SAYS,
    makers_named,
    pack_mark,
    phrase,
    screen_words,
)
from pos_helper.domain.lookup import Because, Lookup, Outcome
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.checklist.checklist import Checklist
from pos_helper.ui.language import Language
from pos_helper.ui.pages.case_line import CaseLine
from pos_helper.ui.pages.details_row import DetailsRow
from pos_helper.ui.pages.headline import Headline
from pos_helper.ui.pages.meanings import Meanings
from pos_helper.ui.pages.screen_chooser import ScreenChooser
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
    plain_tip,
)

_NARROW = 720
"""Below this width, at normal text size, what stands side by side is stacked."""

_HINT = 200
"""The least width in which it is said how a screen is recognised."""

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

    While it is not known which screen showed a code, ``chooser`` asks for it in the middle.
    The same widgets are told new words for each entry, so that an answer is on screen at each key press.
    """

    money_found = Signal(object)
    """What the check of the last sale showed: a ``Money``, or ``None`` if that is taken back."""
    keep_choice_requested = Signal(bool)
    """Whether the entry on screen is to be the answer to its code from now on."""
    question_requested = Signal()
    """The person wants to choose another screen."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = language
        self._resolved: ResolvedEntry | None = None
        self._answers = (Money.UNKNOWN, Retry.AFTER_CHECK)
        self._found: Money | None = None
        self._chosen: int | None = None
        self._code: Lookup | None = None
        self._because: Because | None = None
        self._is_choice_kept = False

        self._headline = Headline(theme, self)
        self._headline.setObjectName("entryTitle")
        self._origin = Chip(theme, Tone.INFO, self)
        self._confidence = Chip(theme, Tone.NEUTRAL, self)
        self._pack = Chip(theme, Tone.NEUTRAL, self)
        self._pack.setObjectName("packMark")
        self._unknown = Chip(theme, Tone.WARN, self)
        self._unknown.setObjectName("unknownMark")
        self._reason = Chip(theme, Tone.GOOD, self)
        self._reason.setObjectName("because")
        self._screen = TextLabel(theme, Role.CAPTION, self, muted=True)
        self._screen.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words = TextLabel(theme, Role.CAPTION, self)
        self._words.setObjectName("screenWords")
        self.always = named_button("alwaysButton", self)
        self.other_screen = named_button("otherScreenButton", self)
        self.meanings = Meanings(theme, language, self)
        self._money = _Answer(theme, "moneyState", self)
        self._retry = _Answer(theme, "retryAdvice", self)
        self._check = QWidget(self._money)
        self._checked = TextLabel(theme, Role.CAPTION, self._check, tone=Tone.WARN)
        self.charged = self._found_button("chargedButton")
        self.not_charged = self._found_button("notChargedButton")
        self.chooser = ScreenChooser(theme, language, self)
        self.chooser.hide()
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
        self.case_line = CaseLine(theme, language, self)
        self.details = DetailsRow(theme, language, self)
        self._arrange()

        self.always.clicked.connect(self._request_keep)
        self.other_screen.clicked.connect(self.question_requested)
        theme.changed.connect(self._turn)
        self.retranslate()

    # --- what is shown ------------------------------------------------------------------------

    def show_entry(
        self, resolved: ResolvedEntry, code: Lookup | None = None, is_asking: bool = False
    ) -> None:
        """Show the words of an entry; its answers come by ``show_answers``.

        ``code`` is what the general checks are shown for, without a sure answer; ``is_asking``: which screen
        showed it?
        """
        if resolved is self._resolved and code is self._code and is_asking is self.is_asking:
            return
        is_new = resolved is not self._resolved
        self._resolved, self._code = resolved, code
        with batched_layout(self._column, *self._inner):
            self.meanings.show_entry(resolved if code is None else None)
            if is_new:
                self._chosen = None
                self.quick_steps.show_steps(resolved.first_steps())
                self._first.setVisible(bool(resolved.entry.first))
            if code is not None and is_asking:
                self.chooser.show_lookup(code)
            self.chooser.setVisible(is_asking)
            self.details.setVisible(not is_asking and resolved.entry.money is not Money.NOT_APPLICABLE)
            self._show_entry_texts(resolved)

    @property
    def is_asking(self) -> bool:
        """Whether it is asked which screen showed the code."""
        return not self.chooser.isHidden()

    def show_reason(self, because: Because | None, can_keep: bool, is_kept: bool, can_ask: bool) -> None:
        """Show why the entry is the answer, and what can be done about a choice."""
        self._because, self._is_choice_kept = because, is_kept
        with batched_layout(self._column, *self._inner):
            self._reason.setVisible(because is not None)
            self.always.setVisible(can_keep)
            self.other_screen.setVisible(can_ask)
            self._say_reason()
        self._turn()

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

    def show_case(
        self, case: Case | None, resolved: ResolvedEntry | None, earlier: CaseSummary | None
    ) -> None:
        """Show how the case ended and what is kept of its details, or an earlier case to go on with."""
        self.case_line.show_case(case, earlier)
        self.details.show_case(case, resolved)

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
        self._unknown.show_word(self.tr("Not in the catalog"), Tone.WARN)
        self.other_screen.setText(self.tr("Another screen?"))
        self._say_reason()
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
        code = self._code
        if code is None:
            self._headline.show_words(entry.code or "", entry.title.of(lang))
        else:
            self._headline.show_words(in_short(code.code, _LONG), self._safe_title(code))
        self._unknown.setVisible(code is not None and code.outcome is not Outcome.EXACT)
        self._origin.setVisible(code is None)
        self._origin.show_word(resolved.origin.title.of(lang), Tone.INFO)
        self._origin.setToolTip(plain_tip(resolved.origin.screen.of(lang)))
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

    def _safe_title(self, code: Lookup) -> str:
        """Why nothing definite is said about a code."""
        lang = self._language.current
        if code.outcome is not Outcome.EXACT:
            if makers := makers_named(code).of(lang):
                return self.tr("Not known on {0}: handle it safely").format(makers)
            return self.tr("Not known: handle it safely")
        if not self.is_asking:
            return self.tr("It is not clear which screen showed it: handle it safely")
        if code.disputed:
            return DISPUTED.of(lang)
        if len(code.hits) == 1:
            return self.tr("Is this your screen?")
        return self.tr("Different screens mean different things by it: which one showed it?")

    def _say_reason(self) -> None:
        if self._because is not None:
            self._reason.show_word(BECAUSE[self._because].of(self._language.current), Tone.GOOD)
        kept = self._is_choice_kept
        self.always.setText(self.tr("Ask again next time") if kept else self.tr("Always this one"))

    def _request_keep(self) -> None:
        self.keep_choice_requested.emit(not self._is_choice_kept)

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
        if self._resolved is None or self._code is not None:
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
        self._chips = QBoxLayout(across)
        self._chips.setSpacing(SPACE)
        for chip in (self._origin, self._unknown, self._reason, self._confidence, self._pack):
            self._chips.addWidget(chip)
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
        self._acts = QBoxLayout(across)
        self._acts.setSpacing(SPACE)
        for button in (self.always, self.other_screen, self.meanings.toggle):
            self._acts.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._head.addLayout(self._acts)

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
        column.addWidget(self.chooser)
        column.addWidget(self.case_line)
        column.addLayout(self._lower, 1)
        column.addWidget(self.details)

    def _turn(self) -> None:
        """Stand things side by side where there is room for the text size, else stack them."""
        scaled = self._theme.scaled
        chips, acts = _width_of(self._chips), _width_of(self._acts)
        # Where it would take lines of its own, how the screen is recognised stays behind its name.
        room = self.width() - chips - acts - SPACE * 2
        self._screen.setVisible(self._code is None and room >= scaled(_HINT))
        for box, least in (
            (self._chips, chips),
            (self._acts, acts),
            (self._head, chips + SPACE + acts),
            (self._pair, scaled(_NARROW)),
            (self._lower, scaled(_NARROW)),
            (self._money.row, scaled(_NARROW_MONEY)),
        ):
            narrow = self.width() < least
            direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            if box.direction() != direction:
                box.setDirection(direction)


def _width_of(box: QBoxLayout) -> int:
    """The width that what is visible in a box needs side by side."""
    items = [item for item in map(box.itemAt, range(box.count())) if item is not None and not item.isEmpty()]
    return sum(item.sizeHint().width() for item in items) + SPACE * max(0, len(items) - 1)
