"""What keeps failing: pictures that say the same in words, sentences, and saving."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget

from pos_helper.domain.errors import UserError
from pos_helper.domain.machines import Machine
from pos_helper.domain.patterns import Fault, Incident, TriedStep
from pos_helper.domain.periods import Period
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.dialogs.patterns_dialog import PatternsDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Appearance, Theme, Tone
from tests.ui.samples import AT, MACHINE_KINDS, MACHINES

ROUTER = Text("重启路由器", "Restart the router")
CABLE = Text("插紧网线", "Push the cable in")


def now() -> datetime:
    return AT


def incident(
    code: str = "91", days: int = 0, hour: int = 18, machine: Machine | None = None, **changed: Any
) -> Incident:
    at = AT.replace(hour=hour) - timedelta(days=days)
    return Incident(Fault(f"card.{code}", ""), code, Text("没回应", "No reply"), at, machine, **changed)


INCIDENTS = (
    incident("68", machine=MACHINES[0], money_unknown=True),
    incident(
        "91", 1, 9, MACHINES[1], tried=(TriedStep("router", ROUTER, True), TriedStep("cable", CABLE, False))
    ),
    incident("91", 2, 9, MACHINES[1], tried=(TriedStep("router", ROUTER, False),)),
    incident("91", 7, 18, None, money_unknown=True),
)

PLANTED = tuple(
    incident("91", day, 9 + day % 9, tried=(TriedStep("r", ROUTER, True), TriedStep("c", CABLE, False)))
    for day in range(0, 60, 4)
)


class Folder:
    """Keeps a picture, unless the disk is full."""

    def __init__(self) -> None:
        self.full = False
        self.path = "C:/pictures/failing.png"
        self.suggested = ""
        self.saved: dict[str, bytes] = {}

    def ask(self, parent: QWidget, title: str, suggested: str) -> str:
        self.suggested = suggested
        return self.path

    def save(self, path: str, picture: bytes) -> None:
        if self.full:
            raise UserError(Text("磁盘满了。", "The disk is full."))
        self.saved[path] = picture


@pytest.fixture
def folder() -> Folder:
    return Folder()


@pytest.fixture
def dialog(theme: Theme, language: Language, qtbot: Any, folder: Folder) -> PatternsDialog:
    dialog = PatternsDialog(theme, language, MACHINE_KINDS, now, folder.save, None, folder.ask)
    qtbot.addWidget(dialog)
    dialog.show_incidents(INCIDENTS)
    dialog.show()
    return dialog


def picture(dialog: PatternsDialog, name: str) -> QWidget:
    found = dialog.findChild(QWidget, name)
    assert found is not None
    return found


def words(dialog: PatternsDialog, name: str) -> list[str]:
    """What a screen reader says of a picture."""
    return picture(dialog, name).accessibleDescription().split("; ")


def label(dialog: PatternsDialog, name: str) -> str:
    found = dialog.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def button(dialog: PatternsDialog, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def choose(dialog: PatternsDialog, name: str, word: str) -> None:
    menu = next(each for each in dialog.findChildren(QPushButton, name)).menu()
    next(action for action in menu.actions() if action.text() == word).trigger()


def colours(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {
        QColor(image.pixel(x, y)).name() for x in range(0, image.width(), 4) for y in range(image.height())
    }


def test_every_picture_says_the_same_in_words(dialog: PatternsDialog) -> None:
    assert words(dialog, "faultChart") == [
        "91 No reply: 3, money not known in 1",
        "68 No reply: 1, money not known",
    ]
    assert words(dialog, "machineChart") == [
        "The red one at the door 2: 2",
        "UnionPay QR payments 1: 1",
        "Not known which: 1",
    ]
    assert words(dialog, "weekMap") == ["Monday: 18:00 2", "Saturday: 9:00 1", "Sunday: 9:00 1"]
    assert words(dialog, "stepChart") == [
        "Restart the router: helped 1 of 2 times",
        "Push the cable in: helped 0 of 1 times",
    ]
    assert picture(dialog, "faultChart").accessibleName() == "Most often"
    assert label(dialog, "patternsAbout") == "Last 90 days · All machines · 4 cases"


def test_in_the_other_language_everything_is_said_in_it(
    dialog: PatternsDialog, language: Language, qtbot: Any
) -> None:
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: words(dialog, "weekMap")[0].startswith("星期一"))
    assert words(dialog, "faultChart")[0] == "91 没回应: 3 次，1 次不知道扣没扣款"
    assert words(dialog, "stepChart")[0] == "重启路由器: 2 次里有 1 次有用"
    assert label(dialog, "patternsAbout") == "最近 90 天 · 全部机器 · 4 条处理记录"


@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.DARK])
def test_unknown_money_and_what_helped_have_their_colours(
    dialog: PatternsDialog, theme: Theme, look: Appearance
) -> None:
    theme.set_appearance(look)
    assert {theme.tint(Tone.INFO).edge.name(), theme.tint(Tone.WARN).edge.name()} <= colours(
        picture(dialog, "faultChart")
    )
    assert {theme.tint(Tone.GOOD).edge.name(), theme.colours.border.name()} <= colours(
        picture(dialog, "stepChart")
    )
    assert theme.tint(Tone.WARN).edge.name() not in colours(picture(dialog, "machineChart"))


def test_one_machine_alone_can_be_looked_at(dialog: PatternsDialog) -> None:
    choose(dialog, "patternsMachine", "The red one at the door 2")
    assert words(dialog, "faultChart") == ["91 No reply: 2"]
    assert label(dialog, "patternsAbout") == "Last 90 days · The red one at the door 2 · 2 cases"


def test_another_time_is_asked_for(dialog: PatternsDialog, qtbot: Any) -> None:
    with qtbot.waitSignal(dialog.period_requested) as asked:
        choose(dialog, "patternsPeriod", "Last 7 days")
    assert asked.args == [Period.WEEK]
    dialog.show_incidents(INCIDENTS[:1])
    assert label(dialog, "patternsAbout") == "Last 7 days · All machines · 1 case"


def test_a_machine_that_is_not_there_in_another_time_is_let_go(dialog: PatternsDialog) -> None:
    choose(dialog, "patternsMachine", "The red one at the door 2")
    dialog.show_incidents(INCIDENTS[:1])
    assert label(dialog, "patternsAbout") == "Last 90 days · All machines · 1 case"


def test_sentences_are_said_where_the_numbers_carry_them(dialog: PatternsDialog, language: Language) -> None:
    nothing = "Nothing stands out: what differs here may be chance."
    assert label(dialog, "patternsSentences") == nothing
    dialog.show_incidents(PLANTED)
    assert label(dialog, "patternsSentences") == (
        "“91 No reply”: “Restart the router” helped 15 of 15 times, the other steps 0 of 15 times."
    )


@pytest.mark.parametrize("incidents", [(), INCIDENTS[3:]])
def test_what_there_is_nothing_of_is_not_drawn(dialog: PatternsDialog, incidents: Sequence[Incident]) -> None:
    dialog.show_incidents(incidents)
    shown = {name for name in ("faultChart", "weekMap") if picture(dialog, name).isVisible()}
    assert shown == ({"faultChart", "weekMap"} if incidents else set())
    assert not picture(dialog, "machineChart").isVisible()
    assert not picture(dialog, "stepChart").isVisible()
    assert button(dialog, "savePictureButton").isEnabled() == bool(incidents)
    if not incidents:
        assert label(dialog, "patternsAbout") == "Last 90 days · All machines · no cases"


def test_the_whole_picture_is_saved(dialog: PatternsDialog, folder: Folder) -> None:
    button(dialog, "savePictureButton").click()
    assert folder.suggested.endswith("What keeps failing 2026-03-09.png")
    image = QImage.fromData(folder.saved[folder.path])
    whole = picture(dialog, "patternsPicture").size()
    assert image.width() > 2 * whole.width()
    assert image.height() > 2 * whole.height()
    assert label_of_notice(dialog) == f"Saved: {folder.path}"


def test_a_picture_that_cannot_be_saved_is_said_so(dialog: PatternsDialog, folder: Folder) -> None:
    folder.full = True
    button(dialog, "savePictureButton").click()
    assert label_of_notice(dialog) == "The disk is full."
    folder.path = ""
    button(dialog, "savePictureButton").click()
    assert folder.saved == {}


def label_of_notice(dialog: PatternsDialog) -> str:
    found = picture(dialog, "notice").findChild(QLabel)
    assert isinstance(found, QLabel)
    return found.text()


def test_the_keyboard_reaches_every_picture(dialog: PatternsDialog) -> None:
    reached = set()
    for _ in range(20):
        dialog.focusNextChild()
        reached.add(dialog.focusWidget().objectName())
    assert {"faultChart", "machineChart", "weekMap", "stepChart"} <= reached


def test_where_it_is_narrow_the_pictures_stand_below_one_another(dialog: PatternsDialog, qtbot: Any) -> None:
    def left(name: str) -> int:
        return picture(dialog, name).mapTo(dialog, picture(dialog, name).rect().topLeft()).x()

    dialog.resize(1200, 700)
    qtbot.waitUntil(lambda: left("weekMap") > left("faultChart"))
    dialog.resize(600, 700)
    qtbot.waitUntil(lambda: left("weekMap") == left("faultChart"))
    page = picture(dialog, "patternsPicture")
    lowest = max(
        chart.mapTo(page, chart.rect().bottomLeft()).y()
        for chart in (picture(dialog, "stepChart"), picture(dialog, "weekMap"))
    )
    assert page.height() - lowest < 100, "a gap is left at the end"
