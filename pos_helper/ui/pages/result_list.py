"""The rows of the result list: a thin model and the delegate that paints it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from pos_helper.domain.entries import Confidence
from pos_helper.domain.labels import CONFIDENCE, MONEY, caution
from pos_helper.domain.lookup import Hit, Spans
from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.theme import RADIUS, SPACE, Role, Theme
from pos_helper.ui.widgets.flat_model import FlatModel, Index
from pos_helper.ui.widgets.looks import MONEY_LOOKS
from pos_helper.ui.widgets.row_list import RowList, TextRowDelegate, ground
from pos_helper.ui.widgets.row_text import Run

_ICON = 20


class ResultModel(FlatModel[Hit]):
    """The hits of one lookup. The text of a row is the sentence that a screen reader says."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        hit = self.at(index)
        lang = self._language.current
        money = "" if hit.others else MONEY[hit.money].of(lang)
        parts = (caution(hit).of(lang), hit.code, hit.title.of(lang), hit.origin_title.of(lang), money)
        return ", ".join(part for part in parts if part)


class ResultDelegate(TextRowDelegate[Hit]):
    """Paints a hit: code and title, which screen shows it, and whether the money moved.

    What is no answer has a broken frame and says why, so that it never looks like one; of what another maker
    means the money is not shown.
    """

    def __init__(self, theme: Theme, language: Language, model: ResultModel, view: RowList) -> None:
        super().__init__(theme, model, view)
        self._language = language

    def sides(self) -> tuple[float, float]:
        return SPACE * 2, SPACE * 2.5 + self._theme.scaled(_ICON)

    def paint_beside(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the mark of the chosen row, the frame of what is no answer, and the money's icon."""
        theme, colours, hit, area = self._theme, self._theme.colours, self.item(index), ground(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            strip = QRectF(area.left(), area.top() + SPACE, SPACE / 2, area.height() - 2 * SPACE)
            painter.drawRoundedRect(strip, SPACE / 4, SPACE / 4)
        if caution(hit).of(self._language.current):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.muted, 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        if hit.others:
            return
        look = MONEY_LOOKS[hit.money]
        size = theme.scaled(_ICON)
        at = QPointF(area.right() - SPACE - size, area.top() + SPACE)
        painter.drawPixmap(at, theme.pixmap(look.icon, theme.tint(look.tone).edge, size))

    def paragraphs(self, item: Hit) -> list[list[Run]]:
        colours, lang = self._theme.colours, self._language.current
        head = self._title(item.title.of(lang), item.marks_zh if lang is Lang.ZH else item.marks_en)
        mark = caution(item).of(lang)
        if item.code:
            shade = colours.muted if mark else colours.text
            head.insert(0, Run(f"{item.code}  ", Role.STRONG, shade))
        about = [item.origin_title.of(lang)]
        if mark:
            about.insert(0, mark)
        if item.confidence is Confidence.LOW:
            about.append(CONFIDENCE[item.confidence].of(lang))
        return [head, [Run(" · ".join(about), Role.CAPTION, colours.muted)]]

    def _title(self, title: str, marks: Spans) -> list[Run]:
        """The title, with what was matched standing out."""
        colours = self._theme.colours
        runs = []
        done = 0
        for start, end in marks:
            runs.append(Run(title[done:start], Role.BODY, colours.text))
            runs.append(Run(title[start:end], Role.STRONG, colours.accent))
            done = end
        runs.append(Run(title[done:], Role.BODY, colours.text))
        return [run for run in runs if run.text]
