"""Fonts, colours, sizes and icons of the window: the only module that names any of them.

Widgets and delegates are given the ``Theme`` and ask it for fonts, colours, sizes and icons. Nothing
else in ``ui`` names a colour, a pixel size or a point size.
"""

from enum import StrEnum
from pathlib import Path

from msgspec import Struct
from PySide6 import QtCore
from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

# Not ``from PySide6.QtCore import Qt``: the first paint does without its 1,200 names (docs/decisions/012).

STYLE = ("-style", "fusion")
"""Arguments for the ``QApplication``: Qt's own style, the same everywhere.

Setting it later would make Python know all 500 names of ``QStyle``, which took 5 ms of the start.
"""

SPACE = 8
"""The spacing unit in device-independent pixels. Every gap is a multiple of it or half of it."""

TOUCH = 44
"""The least height of anything that is meant to be touched, in device-independent pixels."""

_ICON = 18
"""The size of an icon on a button or a tab, at normal text size."""

RADIUS = 8
BASE_POINTS = 11.0
TEXT_PERCENTS = (80, 90, 100, 110, 125, 150, 175, 200)


class Role(StrEnum):
    """A place in the type scale."""

    CAPTION = "caption"
    BODY = "body"
    STRONG = "strong"
    TITLE = "title"
    DISPLAY = "display"


# A Chinese font often has one weight, and Qt thickens it from Bold upwards only.
_SCALE = {
    Role.CAPTION: (0.85, QFont.Weight.Normal),
    Role.BODY: (1.0, QFont.Weight.Normal),
    Role.STRONG: (1.0, QFont.Weight.Bold),
    Role.TITLE: (1.25, QFont.Weight.Bold),
    Role.DISPLAY: (1.7, QFont.Weight.Bold),
}


_A_LINE = "国Ag"
"""A sample of both scripts: the height of a line depends on them."""


class Tone(StrEnum):
    """What a coloured surface means. A tone never stands alone: a word and an icon go with it."""

    NEUTRAL = "neutral"
    GOOD = "good"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"


class Tint(Struct, frozen=True):
    """The three colours of a toned surface.

    Text on the fill has a contrast of at least 4.5 to 1, the edge on the window one of at least 3 to 1.
    """

    fill: QColor
    edge: QColor
    text: QColor


class Colours(Struct, frozen=True):
    """All colours of one appearance. ``display`` is the screen of a device that is drawn in the window."""

    window: QColor
    surface: QColor
    border: QColor
    text: QColor
    muted: QColor
    accent: QColor
    on_accent: QColor
    selection: QColor
    display: QColor
    on_display: QColor
    tints: dict[Tone, Tint]


def _tint(fill: str, edge: str, text: str) -> Tint:
    return Tint(QColor(fill), QColor(edge), QColor(text))


LIGHT = Colours(
    window=QColor("#f3f5f8"),
    surface=QColor("#ffffff"),
    border=QColor("#d5dae3"),
    text=QColor("#1b2430"),
    muted=QColor("#566174"),
    accent=QColor("#1d5fc2"),
    on_accent=QColor("#ffffff"),
    selection=QColor("#dfeafb"),
    display=QColor("#1f2937"),
    on_display=QColor("#b9efc8"),
    tints={
        Tone.NEUTRAL: _tint("#eceff4", "#76819a", "#39434f"),
        Tone.GOOD: _tint("#e3f4e8", "#2b8a4b", "#14532b"),
        Tone.INFO: _tint("#e6effc", "#1d5fc2", "#173f7d"),
        Tone.WARN: _tint("#fff2d1", "#b87a00", "#664000"),
        Tone.BAD: _tint("#fde6e4", "#c6362c", "#7d1a14"),
    },
)

DARK = Colours(
    window=QColor("#14181f"),
    surface=QColor("#1d232c"),
    border=QColor("#3a4452"),
    text=QColor("#e8ecf2"),
    muted=QColor("#a3aebd"),
    accent=QColor("#6ea8ff"),
    on_accent=QColor("#0b1a30"),
    selection=QColor("#243a5c"),
    display=QColor("#080b10"),
    on_display=QColor("#9fe3b4"),
    tints={
        Tone.NEUTRAL: _tint("#2a313c", "#7d8899", "#d3dae4"),
        Tone.GOOD: _tint("#16331f", "#4fb873", "#bdebcb"),
        Tone.INFO: _tint("#182d4d", "#6ea8ff", "#cfe1ff"),
        Tone.WARN: _tint("#3b2c07", "#e0a92b", "#ffe3a1"),
        Tone.BAD: _tint("#43191a", "#ef7268", "#ffd0cb"),
    },
)


class Appearance(StrEnum):
    """Which colours the person wants; ``AUTO`` follows the system."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


_STYLE = """
QPushButton, QToolButton {{
    background: {surface}; color: {text}; border: 1px solid {border}; border-radius: {radius}px;
    min-height: {inner}px; padding: 0 {wide}px; icon-size: {icon}px;
}}
QToolButton {{ min-width: {inner}px; padding: 0; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit > QToolButton, QTabBar > QToolButton {{
    background: transparent; border: none; min-width: 0; min-height: 0;
}}
QPushButton:hover, QToolButton:hover {{ background: {neutral}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {selection}; }}
QPushButton:checked, QToolButton:checked {{ background: {selection}; border-color: {accent}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {accent}; min-height: {inner_focus}px; }}
QPushButton:focus {{ padding: 0 {wide_focus}px; }}
QToolButton:focus {{ min-width: {inner_focus}px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {muted}; background: {window}; }}
QPushButton[kind="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QPushButton[kind="primary"]:focus {{ border-color: {text}; }}
QPushButton[kind="primary"]:disabled {{ background: {neutral}; color: {muted}; border-color: {border}; }}
QPushButton[joined="left"] {{ border-top-right-radius: 0; border-bottom-right-radius: 0; }}
QToolButton[joined="right"] {{
    border-top-left-radius: 0; border-bottom-left-radius: 0; margin-left: -1px;
}}
QPushButton[align="left"] {{ text-align: left; }}
QPushButton[kind="chip"] {{ background: {selection}; border-color: {accent}; }}
QPushButton[tone="warn"] {{
    background: {warn}; border-color: {warn_edge}; border-left: {half}px solid {warn_edge};
}}
QPushButton[tone="warn"]:hover {{ border-color: {warn_text}; }}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {{ background: transparent; border-color: transparent; }}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover {{ background: {neutral}; }}
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus {{ border-color: {accent}; }}
QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser {{
    background: {surface}; color: {text}; border: 1px solid {border}; border-radius: {radius}px;
    padding: {half}px {space}px; selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit {{ min-height: {line}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus {{ border-color: {accent}; }}
QLineEdit > QLabel {{ color: {muted}; }}
QLineEdit#searchBox {{
    border-width: 2px; border-color: {edge}; padding: 0 {space}px; min-height: {search}px;
}}
QLineEdit#searchBox:focus {{ border-color: {accent}; }}
QFrame[kind="card"], QListView, QTreeView {{
    background: {surface}; border: 1px solid {border}; border-radius: {radius}px;
}}
QListView:focus, QTreeView:focus {{ border-color: {accent}; }}
QListView[kind="plain"], QListView[kind="plain"]:focus {{ background: transparent; border: none; }}
QMenu {{ background: {surface}; color: {text}; border: 1px solid {border}; padding: {half}px; }}
QMenu::item {{ padding: {menu}px {menu_side}px; border-radius: {small_radius}px; }}
QMenu::item:selected {{ background: {selection}; }}
QMenu::item:disabled {{ color: {muted}; }}
QMenu::separator {{ height: 1px; background: {border}; margin: {half}px {space}px; }}
QListView[kind="plain"], QListView[kind="plain"]:focus {{
    background: transparent; border: none; border-radius: 0;
}}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[kind="page"] {{ background: transparent; }}
QTabWidget::pane {{
    background: {surface}; border: 1px solid {border}; border-radius: {radius}px; top: -1px;
}}
QTabBar {{ icon-size: {icon}px; }}
QTabBar::tab {{
    background: transparent; color: {muted}; border: none; border-bottom: 3px solid transparent;
    min-height: {tab}px; padding: 0 {space}px; margin-right: {half}px;
}}
QTabBar::tab:selected {{ color: {accent}; border-bottom-color: {accent}; }}
QTabBar::tab:hover:!selected {{ color: {text}; border-bottom-color: {border}; }}
QTabBar::tab:focus {{ color: {accent}; background: {selection}; }}
QProgressBar {{
    background: {neutral}; color: {text}; border: none; border-radius: {small_radius}px; text-align: center;
}}
QProgressBar::chunk {{ background: {good}; border-radius: {small_radius}px; }}
QScrollBar:vertical {{ background: transparent; width: {scroll}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {scroll}px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: {small_radius}px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {touch}px; }}
QScrollBar::handle:horizontal {{ min-width: {touch}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {surface}; color: {text}; border: 1px solid {border}; padding: {half}px; }}
"""


class Theme(QObject):
    """The current look. ``changed`` is emitted after fonts, colours or icons have changed."""

    changed = Signal()

    def __init__(self, application: QApplication, icons: Path, families: list[str]) -> None:
        """``icons`` is the folder of SVG icons, ``families`` the font families, Latin ones first.

        The application must have been made with the arguments ``STYLE``.
        """
        super().__init__(application)
        self._application = application
        self._icons = icons
        self._families = families
        self._percent = 100
        self._appearance = Appearance.AUTO
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._system_is_dark = self._is_system_dark()
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def colours(self) -> Colours:
        """The current colours."""
        return self._colours

    @property
    def is_dark(self) -> bool:
        """Whether the window is dark now."""
        if self._appearance is Appearance.AUTO:
            return self._system_is_dark
        return self._appearance is Appearance.DARK

    @property
    def appearance(self) -> Appearance:
        """The chosen appearance; ``is_dark`` says which colours it gives now."""
        return self._appearance

    @property
    def text_percent(self) -> int:
        """The text size in percent of the normal one."""
        return self._percent

    def set_text_percent(self, percent: int) -> None:
        """Set the text size to the nearest step of ``TEXT_PERCENTS``."""
        nearest = min(TEXT_PERCENTS, key=lambda step: abs(step - percent))
        if nearest != self._percent:
            self._percent = nearest
            self._apply()

    def stepped(self, step: int) -> int:
        """The text size one step larger (1) or smaller (-1) than now, or the normal one (0)."""
        if step == 0:
            return 100
        number = TEXT_PERCENTS.index(self._percent) + step
        return TEXT_PERCENTS[min(max(number, 0), len(TEXT_PERCENTS) - 1)]

    def set_appearance(self, appearance: Appearance) -> None:
        """Use light or dark colours, or those of the system."""
        if appearance is not self._appearance:
            self._appearance = appearance
            self._apply()

    def font(self, role: Role) -> QFont:
        """The font of a place in the type scale. It is shared: copy it before changing it."""
        return self._fonts[role]

    def scaled(self, pixels: int) -> int:
        """A size for something that grows with the text, such as an icon beside a word."""
        return round(pixels * self._percent / 100)

    def tint(self, tone: Tone) -> Tint:
        """The colours of a toned surface."""
        return self.colours.tints[tone]

    def icon(self, name: str, colour: QColor | None = None) -> QIcon:
        """An icon of the set for a button or a tab, in one colour (the text's, unless told otherwise)."""
        size = self.scaled(_ICON)
        icon = QIcon(self.pixmap(name, colour, size))
        icon.addPixmap(self.pixmap(name, self.colours.muted, size), QIcon.Mode.Disabled)
        return icon

    def pixmap(self, name: str, colour: QColor | None = None, size: int = 20) -> QPixmap:
        """An icon of the set as a picture of this size, sharp at the screen's scale."""
        ratio = self._application.devicePixelRatio()
        shade = (colour or self.colours.text).name()
        key = (name, shade, size, ratio)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = self._draw(name, shade, size, ratio)
        return pixmap

    def _draw(self, name: str, shade: str, size: int, ratio: float) -> QPixmap:
        svg = (self._icons / f"{name}.svg").read_bytes()
        renderer = QSvgRenderer(QByteArray(svg.replace(b"currentColor", shade.encode())))
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(QColor(0, 0, 0, 0))
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap

    def _is_system_dark(self) -> bool:
        """Whether the system's palette is dark.

        Its colour scheme says the same, but as an enum that makes Python know all names of ``Qt``, which took
        10 ms of the start.
        """
        self._application.setPalette(QPalette())
        palette = self._application.palette()
        ground, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
        return ground.lightness() < text.lightness()

    def _system_changed(self, scheme: "QtCore.Qt.ColorScheme") -> None:
        self._system_is_dark = scheme is QtCore.Qt.ColorScheme.Dark
        if self._appearance is Appearance.AUTO:
            self._apply()

    def _font(self, role: Role) -> QFont:
        factor, weight = _SCALE[role]
        font = QFont(self._families)
        font.setPointSizeF(BASE_POINTS * factor * self._percent / 100)
        font.setWeight(weight)
        return font

    def _apply(self) -> None:
        self._fonts = {role: self._font(role) for role in Role}
        self._pixmaps.clear()
        # Kept: each row that is painted asks for them many times.
        self._colours = colours = DARK if self.is_dark else LIGHT
        palette = QPalette()
        for role, colour in (
            (QPalette.ColorRole.Window, colours.window),
            (QPalette.ColorRole.WindowText, colours.text),
            (QPalette.ColorRole.Base, colours.surface),
            (QPalette.ColorRole.AlternateBase, colours.window),
            (QPalette.ColorRole.Text, colours.text),
            (QPalette.ColorRole.Button, colours.surface),
            (QPalette.ColorRole.ButtonText, colours.text),
            (QPalette.ColorRole.PlaceholderText, colours.muted),
            (QPalette.ColorRole.Highlight, colours.accent),
            (QPalette.ColorRole.HighlightedText, colours.on_accent),
            (QPalette.ColorRole.ToolTipBase, colours.surface),
            (QPalette.ColorRole.ToolTipText, colours.text),
            (QPalette.ColorRole.Link, colours.accent),
            (QPalette.ColorRole.Mid, colours.border),
        ):
            palette.setColor(role, colour)
            if role in (
                QPalette.ColorRole.WindowText,
                QPalette.ColorRole.Text,
                QPalette.ColorRole.ButtonText,
            ):
                palette.setColor(QPalette.ColorGroup.Disabled, role, colours.muted)
        self._application.setPalette(palette)
        self._application.setFont(self.font(Role.BODY))
        self._application.setStyleSheet(self._style_sheet())
        self.changed.emit()

    def _line(self, role: Role) -> int:
        """The least inner height of a control with a line of text, Chinese or not.

        A layout without enough room gives a control what its style asks for, even if its text needs more.
        """
        return QFontMetrics(self.font(role)).size(0, _A_LINE).height() + 2

    def _style_sheet(self) -> str:
        """The style sheet for what Fusion and the palette do not draw as designed.

        A button says what it is by the property ``kind``: ``primary``, ``quiet`` (no frame), ``chip`` (what
        the shop has) or nothing; two that touch are ``joined`` at ``left`` and ``right``; the ``tone``
        ``warn`` makes one stand out. A frame with the kind ``card`` is a white sheet; a list with the kind
        ``plain`` has none of its own.
        """
        colours = self.colours
        inner = max(TOUCH - 2, self._line(Role.BODY))
        return _STYLE.format(
            window=colours.window.name(),
            surface=colours.surface.name(),
            border=colours.border.name(),
            text=colours.text.name(),
            muted=colours.muted.name(),
            accent=colours.accent.name(),
            on_accent=colours.on_accent.name(),
            selection=colours.selection.name(),
            neutral=self.tint(Tone.NEUTRAL).fill.name(),
            edge=self.tint(Tone.NEUTRAL).edge.name(),
            radius=RADIUS,
            small_radius=RADIUS // 2,
            half=SPACE // 2,
            space=SPACE,
            wide=SPACE * 3 // 2,
            inner=inner,
            inner_focus=inner - 2,
            touch=TOUCH,
            icon=self.scaled(_ICON),
            line=max(TOUCH - 2 - SPACE, self._line(Role.BODY)),
            search=max(TOUCH - 2, self._line(Role.TITLE)),
            tab=TOUCH - 3,
            scroll=SPACE * 3 // 2,
            menu=SPACE * 3 // 2,
            menu_side=SPACE * 4,
            wide_focus=SPACE * 3 // 2 - 1,
            good=self.tint(Tone.GOOD).edge.name(),
            warn=self.tint(Tone.WARN).fill.name(),
            warn_edge=self.tint(Tone.WARN).edge.name(),
            warn_text=self.tint(Tone.WARN).text.name(),
        )
