"""The rows of the result list: a thin model and the delegate that paints it."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos_helper.domain.entries import Confidence
from pos_helper.domain.labels import CONFIDENCE, MONEY
from pos_helper.domain.lookup import Hit, Match, Spans
from pos_helper.domain.text import Lang
from pos_helper.ui.language import Language
from pos_helper.ui.theme import RADIUS, SPACE, TOUCH, Role, Theme
from pos_helper.ui.widgets.flat_model import FlatModel
from pos_helper.ui.widgets.looks import MONEY_LOOKS
from pos_helper.ui.widgets.row_list import RowList
from pos_helper.ui.widgets.row_text import LaidOut, Run, lay_out

_Index = QModelIndex | QPersistentModelIndex
_ICON = 20
_INSET = SPACE // 2
_MANY_ROWS = 500


class ResultModel(FlatModel[Hit]):
    """The hits of one lookup. The text of a row is the sentence that a screen reader says."""

    def guess_word(self) -> str:
        """What marks a near code, in the language of the moment."""
        return self.tr("Only a guess")

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        hit = self.at(index)
        lang = self._language.current
        guess = self.guess_word() if hit.match is Match.NEAR else ""
        parts = (guess, hit.code, hit.title.of(lang), hit.origin_title.of(lang), MONEY[hit.money].of(lang))
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class _Row:
    """Where the parts of a row are, from its top left corner."""

    text: LaidOut
    height: int


class ResultDelegate(QStyledItemDelegate):
    """Paints a hit: code and title, which screen shows it, and whether the money moved.

    A guess has a broken frame and says that it is one, so that it never looks like an answer.
    """

    def __init__(self, theme: Theme, language: Language, model: ResultModel, view: RowList) -> None:
        super().__init__(view)
        self._theme = theme
        self._language = language
        self._model = model
        self._view = view
        self._rows: dict[tuple[Hit, int], _Row] = {}

    def forget(self) -> None:
        """Lay out anew what was kept: the language or the theme has changed."""
        self._rows.clear()

    def height(self, index: _Index) -> int:
        """How high a row is."""
        return self._row(self._model.at(index)).height

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(TOUCH, self.height(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, colours = self._theme, self._theme.colours
        hit = self._model.at(index)
        row = self._row(hit)
        area = QRectF(option.rect).adjusted(_INSET, _INSET / 2, -_INSET, -_INSET / 2)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected:
            painter.setBrush(colours.selection)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
            painter.setBrush(colours.accent)
            painter.drawRoundedRect(
                QRectF(area.left(), area.top() + SPACE, _INSET, area.height() - 2 * SPACE), 2, 2
            )
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(colours.window)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        if hit.match is Match.NEAR:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.muted, 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        row.text.draw(painter, area.topLeft() + QPointF(SPACE * 1.5, SPACE))
        look = MONEY_LOOKS[hit.money]
        size = theme.scaled(_ICON)
        at = QPointF(area.right() - SPACE - size, area.top() + SPACE)
        painter.drawPixmap(at, theme.pixmap(look.icon, theme.tint(look.tone).edge, size))
        painter.restore()

    def _row(self, hit: Hit) -> _Row:
        width = self._view.row_width
        row = self._rows.get((hit, width))
        if row is None:
            # While someone types, the same hits come again and again.
            if len(self._rows) > _MANY_ROWS:
                self._rows.clear()
            used = 2 * _INSET + SPACE * 1.5 + SPACE + self._theme.scaled(_ICON) + SPACE
            text = lay_out(self._theme, self._paragraphs(hit), width - used, _INSET / 2)
            row = _Row(text, max(TOUCH, round(text.height) + 2 * SPACE + _INSET))
            self._rows[(hit, width)] = row
        return row

    def _paragraphs(self, hit: Hit) -> list[list[Run]]:
        colours, lang = self._theme.colours, self._language.current
        head = self._title(hit.title.of(lang), hit.marks_zh if lang is Lang.ZH else hit.marks_en)
        if hit.code:
            shade = colours.muted if hit.match is Match.NEAR else colours.text
            head.insert(0, Run(f"{hit.code}  ", Role.STRONG, shade))
        about = [hit.origin_title.of(lang)]
        if hit.match is Match.NEAR:
            about.insert(0, self._model.guess_word())
        if hit.confidence is Confidence.LOW:
            about.append(CONFIDENCE[hit.confidence].of(lang))
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
