"""The rows of a checklist, without a view."""

from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt

from pos_helper.domain.cases import Mark, Reminder, StepHistory, StepResult
from pos_helper.domain.entries import Tab
from pos_helper.domain.text import Lang, Text
from pos_helper.ui.checklist.model import ChecklistModel, Kind
from pos_helper.ui.language import Language
from tests.ui.samples import AT, MARKS, RESOLVED

CHECK = Qt.ItemDataRole.CheckStateRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def language(language: Language) -> Language:
    """The current language, English to begin with."""
    language.use(Lang.EN)
    return language


def network_rows(language: Language) -> ChecklistModel:
    model = ChecklistModel(language)
    model.show_causes(RESOLVED, Tab.NETWORK)
    return model


def ticked(model: ChecklistModel) -> list[str]:
    indexes = [model.index(row) for row in range(model.rowCount())]
    return [str(index.data()) for index in indexes if index.data(CHECK) is Qt.CheckState.Checked]


def test_is_a_sound_model(language: Language, qtmodeltester: Any) -> None:
    model = network_rows(language)
    model.set_marks(MARKS)
    qtmodeltester.check(model)
    model.show_steps(RESOLVED.first_steps())
    model.show_causes(None, Tab.NETWORK)


def test_causes_stand_above_their_steps_and_tips_come_last(language: Language) -> None:
    model = network_rows(language)
    kinds = [model.at(model.index(row)).kind for row in range(model.rowCount())]
    cause, step = Kind.CAUSE, Kind.STEP
    assert kinds == [cause, step, step, step, cause, step, step, Kind.TIPS, Kind.TIP]


def test_only_steps_can_be_ticked_and_headings_not_even_chosen(language: Language) -> None:
    model = network_rows(language)
    checkable = [bool(model.flags(model.index(row)) & Qt.ItemFlag.ItemIsUserCheckable) for row in range(9)]
    assert checkable == [False, True, True, True, False, True, True, False, False]
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsEnabled
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_a_tick_is_only_asked_for(language: Language, qtbot: Any) -> None:
    model = network_rows(language)
    index = model.index_of("look-at-icon")
    # A view hands over a plain int.
    with qtbot.waitSignal(model.toggled) as asked:
        model.setData(index, 2, CHECK)
    assert asked.args == ["look-at-icon", True]
    assert ticked(model) == []


def test_a_step_under_two_causes_has_one_state(language: Language) -> None:
    model = network_rows(language)
    model.set_marks({"restart-router": Mark(StepResult.HELPED, AT)})
    assert ticked(model) == ["Restart the router"] * 2


def test_marks_redraw_only_the_rows_they_change(language: Language, qtbot: Any) -> None:
    model = network_rows(language)
    model.set_marks(MARKS)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, last: changed.extend(range(first.row(), last.row() + 1)))
    model.set_marks({**MARKS, "call-acquirer": Mark(StepResult.COULD_NOT, AT)})
    assert changed == [model.index_of("call-acquirer").row()]


def test_a_note_alone_is_no_tick(language: Language) -> None:
    model = network_rows(language)
    model.set_marks({"look-at-icon": Mark(None, AT, "red light")})
    assert ticked(model) == []
    assert "red light" in str(model.index_of("look-at-icon").data(SPOKEN))


def test_a_row_is_read_out_with_all_that_is_painted(language: Language) -> None:
    model = network_rows(language)
    model.set_marks({"restart-router": Mark(StepResult.NO_CHANGE, AT)})
    index = model.index_of("restart-router")
    assert index.data(SPOKEN) == "Restart the router, 2 min, Owner, Money may be lost, No change"
    language.use(Lang.ZH)
    assert index.data(SPOKEN) == "重启路由器, 2 分钟, 店主, 可能损失钱款, 没变化"


def test_what_helped_here_is_read_out_and_redraws_only_its_row(language: Language, qtbot: Any) -> None:
    model = network_rows(language)
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.set_histories({"reseat-cable": StepHistory(3, 4)})
    assert changed.args[0].row() == 2
    assert str(model.index(2).data(SPOKEN)).endswith("Often helps here: 3 of 4 times")
    language.use(Lang.ZH)
    assert str(model.index(2).data(SPOKEN)).endswith("这里常管用：试过 4 次，3 次有用")
    assert "这里" not in str(model.index(1).data(SPOKEN))


def test_a_tip_says_how_often_it_is_reminded_of(language: Language, qtbot: Any) -> None:
    model = network_rows(language)
    tip = model.index(model.rowCount() - 1)
    assert str(tip.data(SPOKEN)).endswith(", Remind me...")
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.set_reminders({"weekly-check": Reminder("weekly-check", Text("看", "Look"), 7, AT.date())})
    assert changed.args[0].row() == tip.row()
    assert str(tip.data(SPOKEN)).endswith(", Every week")
    language.use(Lang.ZH)
    assert str(tip.data(SPOKEN)).endswith(", 每周")


def test_only_a_step_that_explains_itself_unfolds(language: Language) -> None:
    model = network_rows(language)
    with_how, without = model.index_of("reseat-cable"), model.index_of("call-acquirer")
    model.set_unfolded(with_how, True)
    model.set_unfolded(without, True)
    assert (model.is_unfolded(with_how), model.is_unfolded(without)) == (True, False)
    assert "behind the base" in str(with_how.data(SPOKEN))
