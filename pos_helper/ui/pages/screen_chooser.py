"""The question which screen showed a code: its readings side by side, each as the cashier sees it."""

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from pos_helper.domain.entries import Money
from pos_helper.domain.labels import MONEY, caution
from pos_helper.domain.lookup import Hit, Lookup, Match
from pos_helper.ui.language import Language
from pos_helper.ui.theme import RADIUS, SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.looks import MONEY_LOOKS
from pos_helper.ui.widgets.retranslated import Retranslated
from pos_helper.ui.widgets.row_text import LaidOut, Run, lay_out
from pos_helper.ui.widgets.surfaces import EDGE, draw_surface

MOST_SHOWN = 4
"""So many readings are seen at once; nobody compares more."""

_LEAST = 230
"""The least width of a card, at normal text size."""

_ICON = 20
_SIDE = SPACE * 3 // 2


class _Words(NamedTuple):
    """What stands on a card: ``display`` is what the device shows, ``hint`` how the screen is recognised.

    A card with a ``caution`` is no usual reading, and has a broken frame.
    """

    title: str
    hint: str = ""
    display: tuple[str, ...] = ()
    meaning: str = ""
    caution: str = ""
    money: tuple[Money, str] | None = None
    icon: str = ""


class _Pieces(NamedTuple):
    """The words of a card, wrapped to a width."""

    display: LaidOut
    words: LaidOut
    money: LaidOut
    height: float


class _Card(QAbstractButton):
    """A button with words that wrap: a screen with its meaning, or an offer beside the screens."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = _Words("")
        self._pieces: dict[int, _Pieces] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_words(self, words: _Words) -> None:
        """Show other words; assistive tools read them as one sentence."""
        if words != self._words:
            self._words = words
            money = words.money[1] if words.money else ""
            parts = (words.caution, *words.display, words.title, words.hint, words.meaning, money)
            self.setText(", ".join(part for part in parts if part).replace("&", "&&"))
            self.renew()

    def renew(self) -> None:
        """Lay the words out again: they, or their fonts, have changed."""
        self._pieces.clear()
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return math.ceil(self._lay_out(width).height)

    def sizeHint(self) -> QSize:
        return QSize(SPACE * 10, self.heightForWidth(max(self.width(), SPACE * 10)))

    def minimumSizeHint(self) -> QSize:
        return QSize(SPACE * 10, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # the words wrap otherwise now

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A key that is held down since it led here chooses nothing.
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        pieces = self._lay_out(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        top = float(_SIDE)
        if self._words.display:
            screen = QRectF(_SIDE, top, self.width() - 2 * _SIDE, pieces.display.height + 2 * SPACE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colours.display)
            painter.drawRoundedRect(screen, RADIUS / 2, RADIUS / 2)
            pieces.display.draw(painter, QPointF(_SIDE + SPACE, top + SPACE))
            top = screen.bottom() + SPACE
        pieces.words.draw(painter, QPointF(_SIDE, top))
        if self._words.icon:
            size = self._theme.scaled(_ICON)
            icon = self._theme.pixmap(self._words.icon, self._theme.colours.text, size)
            painter.drawPixmap(QPointF(self.width() - _SIDE - size, top), icon)
        if self._words.money:
            self._paint_money(painter, pieces.money, self._words.money[0])
        painter.end()

    # --- inner --------------------------------------------------------------------------------

    def _paint_ground(self, painter: QPainter) -> None:
        colours = self._theme.colours
        fill = colours.surface
        if self.isDown():
            fill = colours.selection
        elif self.underMouse():
            fill = self._theme.tint(Tone.NEUTRAL).fill
        pen = QPen(colours.border, 1)
        if self.hasFocus():
            pen = QPen(colours.accent, 2)
        elif self._words.caution:
            pen = QPen(colours.muted, 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_money(self, painter: QPainter, words: LaidOut, money: Money) -> None:
        """The strip at the bottom: cards of a row have it at the same height."""
        look = MONEY_LOOKS[money]
        height = self._strip(words)
        strip = QRectF(_SIDE, self.height() - _SIDE - height, self.width() - 2 * _SIDE, height)
        draw_surface(painter, strip, self._theme, look.tone)
        size = self._theme.scaled(_ICON)
        icon = self._theme.pixmap(look.icon, self._theme.tint(look.tone).text, size)
        left = strip.left() + EDGE + SPACE
        painter.drawPixmap(QPointF(left, strip.top() + (height - size) / 2), icon)
        words.draw(painter, QPointF(left + size + SPACE, strip.top() + (height - words.height) / 2))

    def _strip(self, words: LaidOut) -> float:
        return max(words.height, self._theme.scaled(_ICON)) + SPACE

    def _lay_out(self, width: int) -> _Pieces:
        # A layout asks for several widths before it settles on one.
        if width not in self._pieces:
            self._pieces[width] = self._laid_out(width)
        return self._pieces[width]

    def _laid_out(self, width: int) -> _Pieces:
        theme, colours, words = self._theme, self._theme.colours, self._words
        room = width - 2 * _SIDE
        code, *printed = words.display or ("",)
        screen = [[Run(code, Role.TITLE, colours.on_display)]]
        screen += [[Run(line, Role.BODY, colours.on_display)] for line in printed]
        display = lay_out(theme, screen, room - 2 * SPACE, 0)
        said = [
            Run(words.title, Role.STRONG, colours.text),
            Run(" · ".join(filter(None, (words.caution, words.hint))), Role.CAPTION, colours.muted),
            Run(words.meaning, Role.BODY, colours.text),
        ]
        beside = theme.scaled(_ICON) + SPACE
        paragraphs = [[run] for run in said if run.text]
        text = lay_out(theme, paragraphs, room - (beside if words.icon else 0), SPACE / 2)
        height = 2 * _SIDE + text.height
        if words.display:
            height += display.height + 3 * SPACE
        money = lay_out(theme, [], 0, 0)
        if words.money:
            tint = theme.tint(MONEY_LOOKS[words.money[0]].tone)
            run = Run(words.money[1], Role.STRONG, tint.text)
            money = lay_out(theme, [[run]], room - EDGE - beside - 2 * SPACE, 0)
            height += SPACE + self._strip(money)
        return _Pieces(display, text, money, height)


class ScreenChooser(Retranslated, QWidget):
    """One button per reading of a code, drawn as the screen that shows it, with its own meaning and money.

    The rare readings and those of other makers are folded away. The arrow keys move among the buttons.
    """

    entry_chosen = Signal(str)
    """The id of the entry whose screen it is."""
    none_chosen = Signal()
    """It is none of them, or the person cannot tell."""

    def __init__(self, theme: Theme, language: Language, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screenChooser")
        self._theme = theme
        self._language = language
        self._hits: tuple[Hit, ...] = ()
        self._is_unfolded = False
        self._keys = QButtonGroup(self)
        self._keys.setExclusive(False)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE)
        # In the order in which Tab reaches them; rarer readings follow when they are needed.
        self._cards = [self._card() for _ in range(MOST_SHOWN)]
        self.others = self._card()
        self.others.setObjectName("otherScreens")
        self.none = self._card()
        self.none.setObjectName("noneOfThese")
        self.others.clicked.connect(self._unfold)
        self.none.clicked.connect(self.none_chosen)
        theme.changed.connect(self._follow_theme)
        self.retranslate()

    def show_lookup(self, lookup: Lookup) -> None:
        """Ask for the screen of a code: the usual ones first, folded beyond what can be compared."""
        self._hits = tuple(sorted(_readings(lookup), key=_is_rare))
        self._is_unfolded = False
        seen: dict[str, int] = {}
        while len(self._cards) < len(self._hits):
            card = self._card()
            QWidget.setTabOrder(self._cards[-1] if len(self._cards) > MOST_SHOWN else self.none, card)
            self._cards.append(card)
        for card, hit in zip(self._cards, self._hits, strict=False):
            seen[hit.origin] = number = seen.get(hit.origin, 0) + 1
            card.setObjectName(f"screen:{hit.origin}" + (f":{number}" if number > 1 else ""))
        for card in self._cards[len(self._hits) :]:
            card.setObjectName("")
        self.retranslate()

    def focus_first(self) -> None:
        """Go to the first reading; nothing is chosen by that."""
        self._cards[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Which screen showed it?"))
        for card, hit in zip(self._cards, self._hits, strict=False):
            card.show_words(self._words(hit))
        self.none.show_words(
            _Words(
                self.tr("None of these, or I can't tell"),
                self.tr("The safe checks stay: the money may have moved, so look at the last sale first."),
            )
        )
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # --- inner --------------------------------------------------------------------------------

    def _card(self) -> _Card:
        card = _Card(self._theme, self)
        card.clicked.connect(self._choose)
        self._keys.addButton(card)
        return card

    def _choose(self) -> None:
        card = self.sender()
        if card in self._cards:
            self.entry_chosen.emit(self._hits[self._cards.index(card)].id)

    def _words(self, hit: Hit) -> _Words:
        lang = self._language.current
        other = next((text for text in (hit.printed.zh, hit.printed.en) if text), "")
        printed = hit.printed.of(lang) or other
        return _Words(
            title=hit.origin_title.of(lang),
            hint=hit.screen.of(lang),
            display=(hit.code or "", printed) if printed else (hit.code or "",),
            meaning=hit.title.of(lang),
            caution=caution(hit).of(lang),
            money=None if hit.others else (hit.money, MONEY[hit.money].of(lang)),
        )

    def _unfold(self) -> None:
        self._is_unfolded = not self._is_unfolded
        self._arrange()

    def _shown(self, columns: int) -> int:
        """How many readings stand in the first row; the offers beside them need a column."""
        usual = sum(not _is_rare(hit) for hit in self._hits) or len(self._hits)
        return min(MOST_SHOWN, max(columns - 1, 2), usual)

    def _arrange(self) -> None:
        """The usual readings in a row with the offers beside them, below them if there is no room."""
        fitting = max(1, (self.width() + SPACE) // (self._theme.scaled(_LEAST) + SPACE))
        shown = self._shown(fitting)
        columns = min(fitting, shown + 1)
        self._say_others(len(self._hits) - shown)
        grid = self._grid
        while grid.count():
            grid.takeAt(0)
        for column in range(MOST_SHOWN + 1):
            grid.setColumnStretch(column, int(column < columns))
        offers = [self.others, self.none] if len(self._hits) > shown else [self.none]
        row = 0
        if columns > shown:  # the offers are one above the other beside the readings
            for column, card in enumerate(self._cards[:shown]):
                grid.addWidget(card, 0, column, 2, 1)
            for number, card in enumerate(offers):
                grid.addWidget(card, number, shown, 2 // len(offers), 1)
            row = 2
        else:
            for number, card in enumerate((*self._cards[:shown], *offers)):
                row = number // columns + 1
                grid.addWidget(card, row - 1, number % columns)
        last = len(self._hits) if self._is_unfolded else shown
        for number, card in enumerate(self._cards[shown:last]):
            grid.addWidget(card, row + number // columns, number % columns)
        for number, card in enumerate(self._cards):
            card.setVisible(number < last)
        self.others.setVisible(self.others in offers)

    def _say_others(self, count: int) -> None:
        self.others.show_words(
            _Words(
                self.tr("Other screens ({0})").format(count),
                self.tr("Rarer ones, and other makers'"),
                icon="chevron-up" if self._is_unfolded else "chevron-down",
            )
        )

    def _follow_theme(self) -> None:
        for card in (*self._cards, self.others, self.none):
            card.renew()
        self._arrange()


def _readings(lookup: Lookup) -> list[Hit]:
    """The hits that are the typed code, or the same code written otherwise."""
    return [hit for hit in lookup.hits if hit.match in (Match.EXACT, Match.ALIAS, Match.OTHERWISE)]


def _is_rare(hit: Hit) -> bool:
    """Whether a reading is folded away although there is room for it."""
    return hit.others or hit.match is Match.OTHERWISE
