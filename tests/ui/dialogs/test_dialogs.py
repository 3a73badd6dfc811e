"""What holds for every dialog: both languages, small screens, large text, keyboard, and no leftovers."""

import gc
import weakref
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QAbstractButton
from shiboken6 import isValid

from pos_helper.domain.backups import Backup
from pos_helper.domain.cases import FOR_HOTLINE, HANDOVER, CaseDetails, Mark, StepResult
from pos_helper.domain.machines import Machine
from pos_helper.domain.patterns import Fault, Incident, TriedStep
from pos_helper.domain.periods import Retention
from pos_helper.domain.recorded_code import RecordedCode
from pos_helper.domain.report_compact import CompactText
from pos_helper.domain.report_options import Paper, ReportFormat, ReportLanguage, ReportOptions
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text
from pos_helper.export.qr_code import qr_png
from pos_helper.ui.dialogs.backup_dialog import BackupDialog
from pos_helper.ui.dialogs.crash_dialog import CrashDialog
from pos_helper.ui.dialogs.deleted_case_dialog import DeletedCaseDialog
from pos_helper.ui.dialogs.details_dialog import DetailsDialog
from pos_helper.ui.dialogs.dialog import Dialog
from pos_helper.ui.dialogs.export_dialog import ExportDialog
from pos_helper.ui.dialogs.history_dialog import HistoryDialog
from pos_helper.ui.dialogs.machine_dialog import MachineDialog
from pos_helper.ui.dialogs.machines_dialog import MachinesDialog
from pos_helper.ui.dialogs.note_dialog import NoteDialog
from pos_helper.ui.dialogs.patterns_dialog import PatternsDialog
from pos_helper.ui.dialogs.qr_dialog import QrDialog
from pos_helper.ui.dialogs.record_dialog import RecordDialog
from pos_helper.ui.dialogs.settings_dialog import About, SettingsDialog
from pos_helper.ui.dialogs.solved_dialog import SolvedDialog
from pos_helper.ui.dialogs.stop_sign import StopSignDialog
from pos_helper.ui.language import Language
from pos_helper.ui.theme import TEXT_PERCENTS, TOUCH, Theme
from tests.ui.fits import cut_off, settle, texts, unnamed
from tests.ui.samples import AT, HISTORY, MACHINE_KINDS, MACHINES, ORIGINS, STEPS

SMALL_SCREEN = QSize(1024, 600)
SCALED_SCREEN = QSize(911, 512)
"""A screen of 1366x768 at 150 percent."""

QR = qr_png("E1" * 400)
"""A code of the largest size that is usual."""

RISKY = STEPS["restart-router"]


class PlainSheets:
    """A sheet of a few words."""

    def preview(self, options: ReportOptions) -> str:
        return "E1"

    def compact(self, options: ReportOptions) -> CompactText:
        return CompactText("E1", None)

    def qr_code(self, options: ReportOptions) -> bytes:
        return QR

    def suggested_name(self, options: ReportOptions) -> str:
        return "E1.pdf"

    def write(self, options: ReportOptions, path: str) -> None:
        raise AssertionError("nothing is written here")


def keep_nothing(shop: Shop) -> None:
    raise AssertionError("nothing is kept here")


def stop_sign(theme: Theme, language: Language) -> Dialog:
    assert RISKY.stop is not None
    return StopSignDialog(theme, language, RISKY, RISKY.stop)


def note(theme: Theme, language: Language) -> Dialog:
    return NoteDialog(theme, language, RISKY, "6222021234567890128")


def export(theme: Theme, language: Language) -> Dialog:
    options = ReportOptions(ReportFormat.PDF, ReportLanguage.BOTH, Paper.ROLL_80MM)
    return ExportDialog(theme, language, PlainSheets(), draw_nothing, options, "")


def draw_nothing(options: ReportOptions, printer: QPrinter) -> None:
    """Leave the pages empty."""


def qr(theme: Theme, language: Language) -> Dialog:
    left_out = Text("（太长，没写全：备注）", "(too long, not all is here: note)")
    return QrDialog(theme, language, CompactText("E1", left_out), QR)


def settings(theme: Theme, language: Language) -> Dialog:
    about = About("0.1.0", "0.1.0+abc", "/home/shop/.local/share/pos-helper")
    shop = Shop(terminal_id="1234567890")
    return SettingsDialog(theme, language, shop, Retention.DAYS_180, about, keep_nothing)


def keep_no_code(own: RecordedCode) -> None:
    raise AssertionError("nothing is kept here")


def record(theme: Theme, language: Language) -> Dialog:
    dialog = RecordDialog(theme, language, "E77", ORIGINS, keep_no_code)
    dialog.accept()  # says what is missing
    return dialog


def now() -> datetime:
    return AT


def history(theme: Theme, language: Language) -> Dialog:
    dialog = HistoryDialog(theme, language, MACHINE_KINDS, now)
    long_name = replace(MACHINES[1], label="The red one at the door, beside the coffee machine and the scale")
    dialog.show_cases([replace(case, machine=long_name, ticket="WO-20260309-0001") for case in HISTORY])
    return dialog


def keep_no_picture(path: str, picture: bytes) -> None:
    raise AssertionError("nothing is kept here")


def patterns(theme: Theme, language: Language) -> Dialog:
    dialog = PatternsDialog(theme, language, MACHINE_KINDS, now, keep_no_picture)
    tried = tuple(TriedStep(step.id, step.text, step.id == "reseat-cable") for step in STEPS.values())
    dialog.show_incidents(
        [
            Incident(
                Fault(case.entry, ""),
                case.code,
                case.title,
                case.opened_at,
                MACHINES[1],
                money_unknown=True,
                tried=tried,
            )
            for case in HISTORY * 6
        ]
    )
    return dialog


def no_patterns(theme: Theme, language: Language) -> Dialog:
    return PatternsDialog(theme, language, MACHINE_KINDS, now, keep_no_picture)


def fault(theme: Theme, language: Language) -> Dialog:
    return CrashDialog(theme, language, Text("出错了。", "Something went wrong."), "Traceback\n" * 40)


def backup(theme: Theme, language: Language) -> Dialog:
    dialog = BackupDialog(theme, language)
    days = (date(2026, 3, 14), date(2026, 3, 13), date(2026, 3, 8), date(2026, 3, 1))
    dialog.show_backups([Backup(f"{day}", day, before_restore=day.day == 13) for day in days])
    return dialog


def no_backup(theme: Theme, language: Language) -> Dialog:
    dialog = BackupDialog(theme, language)
    dialog.show_progress(400, 1000)
    return dialog


def deleted_case(theme: Theme, language: Language) -> Dialog:
    return DeletedCaseDialog(theme, language)


def empty_history(theme: Theme, language: Language) -> Dialog:
    return HistoryDialog(theme, language, MACHINE_KINDS, now)


def keep_no_machines(machines: Sequence[Machine]) -> None:
    raise AssertionError("nothing is kept here")


def picker(theme: Theme, language: Language) -> Dialog:
    return MachinesDialog(theme, language, MACHINE_KINDS, (), keep_no_machines)


def machines(theme: Theme, language: Language) -> Dialog:
    return MachinesDialog(theme, language, MACHINE_KINDS, MACHINES, keep_no_machines)


def machine(theme: Theme, language: Language) -> Dialog:
    wrong = replace(MACHINES[0], terminal_id="1234567890")
    return MachineDialog(theme, language, MACHINE_KINDS[0].title, wrong)


def details(theme: Theme, language: Language) -> Dialog:
    wrong = CaseDetails(amount="12..5", sale_time="noon", order_number="4111111111111111")
    return DetailsDialog(theme, language, wrong, FOR_HOTLINE)


def handover(theme: Theme, language: Language) -> Dialog:
    return DetailsDialog(theme, language, CaseDetails(handed_to="银联商务"), HANDOVER)


def solved(theme: Theme, language: Language) -> Dialog:
    marks = {step: Mark(StepResult.NO_CHANGE, AT) for step in STEPS}
    return SolvedDialog(theme, language, tuple(STEPS.values()), marks)


Make = Callable[[Theme, Language], Dialog]
every_dialog = pytest.mark.parametrize(
    "make",
    [
        stop_sign,
        note,
        export,
        qr,
        settings,
        record,
        history,
        empty_history,
        patterns,
        no_patterns,
        fault,
        deleted_case,
        backup,
        no_backup,
        picker,
        machines,
        machine,
        details,
        handover,
        solved,
    ],
)


@every_dialog
@pytest.mark.parametrize("lang", list(Lang))
@pytest.mark.parametrize("percent", [100, 150])
def test_nothing_is_cut_off_and_all_can_be_touched_and_named(
    theme: Theme, language: Language, qtbot: Any, make: Make, lang: Lang, percent: int
) -> None:
    language.use(lang)
    theme.set_text_percent(percent)
    dialog = make(theme, language)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert cut_off(dialog) == []
    assert unnamed(dialog) == []
    small = [each.objectName() for each in dialog.findChildren(QAbstractButton) if _too_small(each)]
    assert small == []


def _too_small(button: QAbstractButton) -> bool:
    own = button.objectName() or button.text()
    return bool(own) and button.isVisible() and min(button.size().toTuple()) < TOUCH


@pytest.mark.parametrize(
    ("screen", "percents"), [(SMALL_SCREEN, TEXT_PERCENTS), (SCALED_SCREEN, [100])], ids=["small", "scaled"]
)
@every_dialog
def test_fits_a_small_screen_at_any_text_size(
    theme: Theme, language: Language, qtbot: Any, make: Make, screen: QSize, percents: Sequence[int]
) -> None:
    def all_of_it_can_be_read() -> None:
        assert (percent, lang, cut_off(dialog)) == (percent, lang, [])

    dialog = make(theme, language)
    qtbot.addWidget(dialog)
    dialog.show()
    for percent in percents:
        theme.set_text_percent(percent)
        for lang in Lang:
            language.use(lang)
            settle()
            dialog.resize(screen * 0.9)
            assert (dialog.size() - screen).width() <= 0, f"too wide at {percent} % in {lang}"
            assert (dialog.size() - screen).height() <= 0, f"too high at {percent} % in {lang}"
            qtbot.waitUntil(all_of_it_can_be_read)


def test_a_dialog_grows_with_a_language_that_needs_more_room(
    theme: Theme, language: Language, qtbot: Any
) -> None:
    def all_of_it_can_be_read() -> None:
        assert cut_off(dialog) == []

    theme.set_text_percent(200)
    language.use(Lang.ZH)
    dialog = settings(theme, language)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(all_of_it_can_be_read)
    chinese = dialog.width()
    language.use(Lang.EN)
    qtbot.waitUntil(lambda: dialog.width() > chinese)
    qtbot.waitUntil(all_of_it_can_be_read)


@every_dialog
def test_a_language_switched_twice_leaves_nothing_stale(
    theme: Theme, language: Language, qtbot: Any, make: Make
) -> None:
    language.use(Lang.EN)
    dialog = make(theme, language)
    qtbot.addWidget(dialog)
    dialog.show()
    english = texts(dialog)
    language.use(Lang.ZH)
    qtbot.waitUntil(lambda: texts(dialog) != english)
    language.use(Lang.EN)
    qtbot.waitUntil(lambda: texts(dialog) == english)


@every_dialog
def test_escape_closes_and_nothing_is_left(theme: Theme, language: Language, qtbot: Any, make: Make) -> None:
    gone = weakref.ref(present_and_escape(make(theme, language), qtbot))
    gc.collect()
    assert gone() is None


def present_and_escape(dialog: Dialog, qtbot: Any) -> Dialog:
    dialog.present()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not isValid(dialog))
    return dialog


@every_dialog
def test_the_keyboard_reaches_every_control(theme: Theme, language: Language, qtbot: Any, make: Make) -> None:
    dialog = make(theme, language)
    qtbot.addWidget(dialog)
    dialog.show()
    buttons = {
        each
        for each in dialog.findChildren(QAbstractButton)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached = set()
    for _ in range(60):
        dialog.focusNextChild()
        focus = dialog.focusWidget()
        reached.add(focus)
        # Tab enters a group at its chosen button; the arrow keys go on from there.
        if isinstance(focus, QAbstractButton) and focus.group() is not None:
            reached |= set(focus.group().buttons())
    assert buttons <= reached
