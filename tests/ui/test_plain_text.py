"""No text of a pack or of a person is taken for markup: its links could be opened."""

import ast
from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos_helper.catalog.packs.shop_pack import record
from pos_helper.controllers.lookup import LookupController
from pos_helper.domain.cases import FOR_HOTLINE, CaseDetails, Mark
from pos_helper.domain.entries import GENERAL_CHECKS, Tab
from pos_helper.domain.machines import Machine
from pos_helper.domain.recorded_code import RecordedCode
from pos_helper.domain.resolved_entry import SHOP_PACK
from pos_helper.domain.text import Text
from pos_helper.paths import UserPaths
from pos_helper.settings import Settings, save_settings
from pos_helper.ui.dialogs.details_dialog import DetailsDialog
from pos_helper.ui.dialogs.history_dialog import HistoryDialog, ask_delete
from pos_helper.ui.dialogs.note_dialog import NoteDialog
from pos_helper.ui.dialogs.solved_dialog import SolvedDialog
from pos_helper.ui.dialogs.stop_sign import StopSignDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import Theme
from pos_helper.ui.widgets.surfaces import plain_tip
from tests.locations import ROOT
from tests.ui.samples import RESOLVED, STEPS
from tests.window import Open, box, press

MARKUP = "<b>x</b><a href=http://example.com>y</a>"
BOTH = Text(MARKUP, MARKUP)
SIGN = replace(next(step.stop for step in STEPS.values() if step.stop is not None), text=BOTH)
STEP = replace(next(iter(STEPS.values())), text=BOTH, how=BOTH, stop=SIGN)


def taken_for_markup(top: QWidget) -> list[str]:
    """What a window shows as markup, or may show as such with another text."""
    widgets = [top, *top.findChildren(QWidget)]
    found = [
        f"the label {each.text()}"
        for each in widgets
        if isinstance(each, QLabel) and each.text() and each.textFormat() is not Qt.TextFormat.PlainText
    ]
    tips = [each.toolTip() for each in widgets]
    for view in widgets:
        if isinstance(view, QAbstractItemView) and (model := view.model()) is not None:
            rows = (model.index(row, 0) for row in range(model.rowCount()))
            tips += [tip for row in rows if (tip := row.data(Qt.ItemDataRole.ToolTipRole))]
    escaped = plain_tip(MARKUP)
    return found + [f"the tip {tip}" for tip in tips if QtText.mightBeRichText(tip) and tip != escaped]


def test_the_window_shows_markup_of_a_pack_and_of_a_person_as_text(
    open_window: Open, user: UserPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = Mock()
    catalog.resolve = {GENERAL_CHECKS: RESOLVED}.get
    own = RecordedCode("Z9", "terminal", MARKUP, helped=MARKUP, tab=Tab.NETWORK)
    name = record(user.packs / SHOP_PACK, own, catalog, datetime.now(UTC).date())
    machines = tuple(Machine("card-terminal", label=f"{MARKUP}{number}") for number in range(2))
    save_settings(user.settings, Settings(machines=machines, machines_asked=True))
    app = open_window()
    box(app).setText("Z9")
    lookup = app.findChild(LookupController)
    assert lookup is not None
    lookup.choose(name)
    lookup.set_note(MARKUP)
    monkeypatch.setattr(NoteDialog, "ask", lambda *_: MARKUP)
    lookup.ask_step_note(f"{name}.helped")
    app.window.banner.show_notice(BOTH)
    assert MARKUP in [label.text() for label in app.window.findChildren(QLabel)]
    tips = [
        row.data(Qt.ItemDataRole.ToolTipRole)
        for view in app.window.findChildren(QAbstractItemView)
        if view.model() is not None
        for row in (view.model().index(number, 0) for number in range(view.model().rowCount()))
    ]
    assert plain_tip(MARKUP) in tips
    assert taken_for_markup(app.window) == []
    press(app, "historyButton")
    history = QApplication.activeModalWidget()
    assert isinstance(history, HistoryDialog)
    assert taken_for_markup(history) == []
    history.reject()
    box(app).clear()
    assert taken_for_markup(app.window) == []
    press(app, "settingsButton")
    settings = QApplication.activeModalWidget()
    assert isinstance(settings, QDialog)
    assert taken_for_markup(settings) == []
    settings.reject()


def test_dialogs_about_a_step_and_a_case_show_markup_as_text(
    theme: Theme, language: Language, qtbot: QtBot
) -> None:
    dialogs = [
        NoteDialog(theme, language, STEP, MARKUP, None),
        StopSignDialog(theme, language, STEP, SIGN),
        SolvedDialog(theme, language, [STEP], {STEP.id: Mark(None, datetime.now(UTC))}, None),
        DetailsDialog(theme, language, CaseDetails(screen_text=MARKUP), FOR_HOTLINE, None),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        assert taken_for_markup(dialog) == []


def test_the_question_before_deleting_shows_markup_as_text(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    found: list[list[str]] = []

    def look() -> None:
        asked = QApplication.activeModalWidget()
        assert isinstance(asked, QDialog)
        found.append(taken_for_markup(asked))
        asked.reject()

    QTimer.singleShot(0, look)
    assert not ask_delete(parent, "Delete a case", MARKUP, "Delete")
    assert found == [[]]


@pytest.mark.parametrize("text", ["plain & simple", "a < b", "1\n2"])
def test_a_tip_without_markup_is_as_it_was(text: str) -> None:
    assert plain_tip(text) == text


def test_every_tip_is_a_text_of_ours_or_made_plain() -> None:
    """So is each that is still to be written."""
    found = []
    for path in sorted((ROOT / "pos_helper").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("setToolTip"):
                (tip,) = call.args
                of = ast.unparse(tip.func) if isinstance(tip, ast.Call) else ""
                if not isinstance(tip, ast.Constant) and of not in ("self.tr", "plain_tip"):
                    found.append(f"{path.name}:{call.lineno}")
    assert found == []
