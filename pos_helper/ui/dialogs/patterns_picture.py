"""The cases of a time as one picture: sentences, bars and the week."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QSize
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from pos_helper.domain.entries import MachineKind
from pos_helper.domain.machines import machine_name
from pos_helper.domain.patterns import Counts, FaultCount, MachineCount, StepCount, opening_hours
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.theme import SPACE, Role, Theme, Tone
from pos_helper.ui.widgets.bar_chart import Bar, BarChart
from pos_helper.ui.widgets.surfaces import TextLabel, TonePanel
from pos_helper.ui.widgets.week_map import WeekMap

_MOST_FAULTS = 8
_MOST_OTHERS = 5
_BESIDE = 700
"""From this width on the pictures stand in two columns, at normal text size."""

_SHARP = 2
"""A saved picture has so many pixels for one of the window."""


class PatternsPicture(QWidget):
    """It says by itself what it is about, for it is also saved and sent."""

    def __init__(self, theme: Theme, kinds: Sequence[MachineKind], parent: QWidget) -> None:
        """``kinds`` name the machines of the cases."""
        super().__init__(parent)
        self.setObjectName("patternsPicture")
        self._theme = theme
        self._kinds = kinds
        self._title = TextLabel(theme, Role.TITLE, self)
        self._about = TextLabel(theme, Role.BODY, self, muted=True)
        self._about.setObjectName("patternsAbout")
        self._panel = TonePanel(theme, Tone.NEUTRAL, self)
        self._said = TextLabel(theme, Role.BODY, self._panel, tone=Tone.NEUTRAL)
        self._said.setObjectName("patternsSentences")
        inner = QVBoxLayout(self._panel)
        inner.setContentsMargins(SPACE * 2, SPACE, SPACE * 2, SPACE)
        inner.addWidget(self._said)
        self._faults, self._fault_card = _bars(theme, "faultChart", self)
        self._machines, self._machine_card = _bars(theme, "machineChart", self)
        self._steps, self._step_card = _bars(theme, "stepChart", self)
        self._week = WeekMap(theme, "weekMap", self)
        self._week_card = _Card(theme, self._week, self)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(SPACE * 3 // 2)
        for cards in ((self._fault_card, self._machine_card), (self._week_card, self._step_card)):
            column = QVBoxLayout()
            column.setSpacing(SPACE * 3 // 2)
            for card in cards:
                column.addWidget(card)
            column.addStretch()
            self._columns.addLayout(column, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        rows.addWidget(self._title)
        rows.addWidget(self._about)
        rows.addWidget(self._panel)
        rows.addLayout(self._columns)
        theme.changed.connect(self._fit)

    def show_counts(self, counts: Counts, about: str, said: Sequence[Text], lang: Lang) -> None:
        """Draw these counts. ``about`` says of what they are, ``said`` what follows from them."""
        total = counts.total
        cases = self.tr("%n case(s)", "", total) if total else self.tr("no cases")
        self._title.setText(self.tr("What keeps failing"))
        self._about.setText(f"{about} · {cases}")
        self._said.setText(
            "\n".join(sentence.of(lang) for sentence in said)
            or self.tr("Nothing stands out: what differs here may be chance.")
        )
        self._panel.set_tone(Tone.INFO if said else Tone.NEUTRAL)
        self._said.set_tone(self._panel.tone)
        self._panel.setVisible(total > 0)
        money_unknown = any(each.money_unknown for each in counts.faults)
        self._fault_card.say(
            self.tr("Most often"),
            self.tr("Cases; in amber those in which nobody knew whether money had moved")
            if money_unknown
            else self.tr("Cases"),
        )
        self._faults.show_bars([self._fault(each, lang) for each in counts.faults[:_MOST_FAULTS]])
        self._fault_card.setVisible(total > 0)
        self._machine_card.say(self.tr("On which machine"), self.tr("Cases"))
        self._machines.show_bars([self._machine(each, lang) for each in counts.machines[:_MOST_OTHERS]])
        self._machine_card.setVisible(any(each.machine for each in counts.machines))
        self._week_card.say(self.tr("When"), self.tr("Cases by weekday and hour; a stronger colour is more"))
        self._week.show_counts(counts.hours, opening_hours({hour for _, hour in counts.hours}))
        self._week_card.setVisible(total > 0)
        self._step_card.say(self.tr("What helped"), self.tr("In green how often it helped"))
        self._steps.show_bars([self._step(each, lang) for each in counts.steps[:_MOST_OTHERS]])
        self._step_card.setVisible(bool(counts.steps))

    def _fault(self, found: FaultCount, lang: Lang) -> Bar:
        known = found.times - found.money_unknown
        words = str(found.times)
        if found.money_unknown:
            words = self.tr("{0}, money not known in {1}").format(found.times, found.money_unknown)
        if not known:
            words = self.tr("{0}, money not known").format(found.times)
        return Bar(found.name.of(lang), words, ((Tone.INFO, known), (Tone.WARN, found.money_unknown)))

    def _machine(self, found: MachineCount, lang: Lang) -> Bar:
        machine = found.machine
        name = machine_name(machine, self._kinds).of(lang) if machine else self.tr("Not known which")
        return Bar(name, str(found.times), ((Tone.INFO if machine else Tone.NEUTRAL, found.times),))

    def _step(self, found: StepCount, lang: Lang) -> Bar:
        words = self.tr("helped {0} of {1} times").format(found.helped, found.tried)
        rest = found.tried - found.helped
        return Bar(found.text.of(lang), words, ((Tone.GOOD, found.helped), (Tone.NEUTRAL, rest)))

    # --- looks --------------------------------------------------------------------------------

    def as_png(self) -> bytes:
        """The whole picture, sharp enough to be read on another screen."""
        border = QSize(SPACE, SPACE) * 2
        picture = QPixmap((self.size() + border * 2) * _SHARP)
        picture.setDevicePixelRatio(_SHARP)
        picture.fill(self._theme.colours.window)
        self.render(picture, QPoint(border.width(), border.height()))
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        picture.save(buffer, "PNG")
        return bytes(buffer.data().data())

    def minimumSizeHint(self) -> QSize:
        # Two columns become one where the window is narrow: they must not keep it wide. How high it must be
        # depends on its width alone.
        return QSize(self._theme.scaled(_BESIDE) // 2, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_wide = self.width() >= self._theme.scaled(_BESIDE)
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)
        for column in range(self._columns.count()):
            self._columns.setStretch(column, int(is_wide))


class _Card(QFrame):
    """A sheet with a heading, a line that explains it, and a picture."""

    def __init__(self, theme: Theme, picture: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._picture = picture
        self._heading = TextLabel(theme, Role.STRONG, self)
        self._detail = TextLabel(theme, Role.CAPTION, self, muted=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 2, SPACE * 3 // 2, SPACE * 2, SPACE * 3 // 2)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._heading)
        column.addWidget(self._detail)
        column.addSpacing(SPACE // 2)
        column.addWidget(picture)

    def say(self, heading: str, detail: str) -> None:
        """Show these words. The picture is called by the heading."""
        self._heading.setText(heading)
        self._detail.setText(detail)
        self._picture.setAccessibleName(heading)


def _bars(theme: Theme, name: str, parent: QWidget) -> tuple[BarChart, _Card]:
    chart = BarChart(theme, name, parent)
    return chart, _Card(theme, chart, parent)
