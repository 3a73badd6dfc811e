"""A scanner's keys and a person's, into lists, buttons, menus and fields."""

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QDialog,
    QInputDialog,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pos_helper.ui.scan_guard import SCAN, ScanGuard
from tests.keyboard import ARTICLE, BY_SCANNER, Keyboard


class Window(QMainWindow):
    """A box, a list and a button that count what is asked of them."""

    def __init__(self) -> None:
        super().__init__()
        centre = QWidget(self)
        self.box = QLineEdit(centre)
        self.list = QListView(centre)
        self.list.setModel(QStringListModel(["11", "69", "E1"], self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.button = QPushButton(centre)
        column = QVBoxLayout(centre)
        for each in (self.box, self.list, self.button):
            column.addWidget(each)
        self.setCentralWidget(centre)
        self.clicks = self.scans = 0
        self.button.clicked.connect(self._count_click)
        self.guard = ScanGuard(self.box)
        self.guard.scanned.connect(self._count_scan)

    def _count_click(self) -> None:
        self.clicks += 1

    def _count_scan(self) -> None:
        self.scans += 1


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


@pytest.fixture
def keys() -> Keyboard:
    return Keyboard()


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_scan_presses_no_button(window: Window, keys: Keyboard, end: Qt.Key) -> None:
    window.button.setFocus()
    for scanned in (ARTICLE, "a B c", "1"):
        keys.scan(scanned, end)
    assert (window.scans, window.clicks, window.box.text()) == (3, 0, "")
    assert window.button.hasFocus()


def test_a_scan_moves_in_no_list(window: Window, keys: Keyboard) -> None:
    window.list.setFocus()
    window.list.setCurrentIndex(window.list.model().index(0, 0))
    keys.scan(ARTICLE)
    assert window.list.currentIndex().row() == 0
    assert window.scans == 1


def test_a_scan_without_enter_is_thrown_away_and_an_enter_that_comes_late_too(
    window: Window, keys: Keyboard, qtbot: QtBot
) -> None:
    window.button.setDefault(True)
    window.button.setFocus()
    keys.scan("9" * SCAN, end=None)
    qtbot.waitUntil(lambda: window.scans == 1)
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.clicks == 1)  # by the space
    assert window.box.text() == ""


def test_two_enters_at_the_end_of_a_scan_are_one_end(window: Window, keys: Keyboard) -> None:
    menu = QMenu(window)
    menu.addAction("Helped", window._count_click)
    menu.popup(window.pos())
    keys.scan(ARTICLE)
    keys.press(Qt.Key.Key_Return, BY_SCANNER)
    assert (window.scans, window.clicks) == (1, 0)


def test_the_second_enter_of_a_scan_into_a_field_presses_nothing(window: Window, keys: Keyboard) -> None:
    window.box.returnPressed.connect(window.button.setFocus)
    window.button.setAutoDefault(True)
    window.box.setFocus()
    keys.scan("51")
    keys.press(Qt.Key.Key_Return, BY_SCANNER)
    assert window.button.hasFocus()
    assert (window.box.text(), window.clicks, window.scans) == ("51", 0, 0)


def test_a_scan_chooses_nothing_in_a_menu(window: Window, keys: Keyboard, qtbot: QtBot) -> None:
    menu = QMenu(window)
    menu.addAction("Helped", window._count_click)
    menu.popup(window.pos())
    qtbot.waitUntil(menu.isVisible)
    for _ in range(3):
        keys.scan(ARTICLE)
    assert menu.isVisible()
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    assert (window.scans, window.clicks) == (3, 1)


def test_a_scan_presses_nothing_in_a_dialog(window: Window, keys: Keyboard, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    button = QPushButton("Restart", dialog)
    button.setDefault(True)
    button.clicked.connect(dialog.accept)
    dialog.open()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
    keys.scan(ARTICLE)
    assert dialog.isVisible()
    keys.press(Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert window.box.text() == ""


def test_a_scan_into_a_field_is_text(window: Window, keys: Keyboard) -> None:
    window.box.setFocus()
    with_enter = []
    window.box.returnPressed.connect(lambda: with_enter.append(window.box.text()))
    keys.scan(ARTICLE)
    assert (window.scans, with_enter) == (0, [ARTICLE])


def test_a_scan_into_the_box_replaces_what_stands_there(window: Window, keys: Keyboard) -> None:
    window.box.setFocus()
    keys.type("51")
    for _ in range(2):
        keys.scan(ARTICLE)
    assert window.box.text() == ARTICLE


def test_a_scan_into_another_field_is_added(window: Window, keys: Keyboard) -> None:
    note = QLineEdit("order ", window)
    note.show()
    note.setFocus()
    keys.scan(ARTICLE)
    assert note.text() == f"order {ARTICLE}"


def test_text_typed_in_a_hurry_goes_on_below_its_proposals(
    window: Window, keys: Keyboard, qtbot: QtBot
) -> None:
    dialog = QInputDialog(window)
    dialog.open()
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setCompleter(QCompleter(["sheet", "sheets"], dialog))
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
    keys.type("sh")
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    keys.scan("ip/11", None)
    assert (dialog.textValue(), window.scans) == ("ship/11", 0)


@pytest.mark.parametrize("part", ["list", "button"])
def test_what_a_person_types_replaces_what_stands_in_the_box(
    window: Window, keys: Keyboard, qtbot: QtBot, part: str
) -> None:
    window.box.setText("51")
    getattr(window, part).setFocus()
    keys.type("E1")
    qtbot.waitUntil(lambda: window.box.text() == "E1")
    assert window.box.hasFocus()
    assert window.scans == window.clicks == 0


def test_two_keys_at_once_are_no_scan(window: Window, keys: Keyboard, qtbot: QtBot) -> None:
    window.list.setFocus()
    keys.scan("51", end=None)
    qtbot.waitUntil(lambda: window.box.text() == "51")
    assert window.scans == 0


def test_a_key_that_is_held_down_is_no_scan(window: Window, keys: Keyboard, qtbot: QtBot) -> None:
    window.button.setFocus()
    keys.hold("1", times=0)
    qtbot.waitUntil(lambda: window.box.text() == "1")
    keys.hold("1", times=SCAN)
    assert window.scans == 0
    assert window.box.text() == "1" * (SCAN + 2)


def test_the_keys_of_a_list_and_of_a_button_stay_theirs(window: Window, keys: Keyboard, qtbot: QtBot) -> None:
    window.list.setFocus()
    window.list.setCurrentIndex(window.list.model().index(0, 0))
    keys.press(Qt.Key.Key_Down)
    assert window.list.currentIndex().row() == 1
    window.button.setFocus()
    keys.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.clicks == 1)
    assert window.box.text() == ""


def test_a_character_in_a_dialog_stays_in_it(window: Window, keys: Keyboard, qtbot: QtBot) -> None:
    dialog = QDialog(window)
    rows = QListView(dialog)
    rows.setModel(QStringListModel(["11", "51"], rows))
    dialog.open()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
    keys.type("5")
    qtbot.waitUntil(lambda: rows.currentIndex().row() == 1)
    assert window.box.text() == ""


def test_commands_are_not_held_back(window: Window, keys: Keyboard) -> None:
    window.button.setFocus()
    keys.press("5", BY_SCANNER, Qt.KeyboardModifier.ControlModifier)
    keys.press(Qt.Key.Key_Escape, BY_SCANNER)
    assert window.button.hasFocus()
    assert (window.box.text(), window.scans) == ("", 0)
