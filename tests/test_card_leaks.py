"""No way in lets card data reach the disk: every file of the data folder is read, free pages and WAL too."""

import logging
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from pos_helper.cases.opening import open_store
from pos_helper.domain.cases import CaseDetails, Mark, StepResult
from pos_helper.domain.errors import UserError
from pos_helper.domain.machines import Machine
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.paths import UserPaths, user_paths
from pos_helper.runtime.log import Log
from pos_helper.settings import Settings, save_settings
from tests.command_line import CommandLine
from tests.window import Open, box, kept, press, tick_first_step

NOW = datetime(2026, 3, 14, 15, 9, tzinfo=UTC)
PAN = "4111111111111111"
# One number in several spellings, each with a part that stands nowhere else.
SPELLINGS = (
    PAN,
    "4111 1111 1111 1111",
    "4lll-llll-llll-llll",
    "四一一一一一一一一一一一一一一一",
    f"{PAN}987",
)
PARTS = ("41111111", "1111 1111", "llll-llll", "一一一一一一", "111987")
RESOLVED = Path(__file__).parent / "cases" / "data" / "resolved-entry.json"


def leaks(folder: Path) -> Iterator[tuple[str, str]]:
    """The files that hold a part of a number, in UTF-8 or UTF-16, or in their name."""
    for file in folder.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        for part in PARTS:
            if part in file.name or any(
                part.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "utf-16-be")
            ):
                yield file.name, part


def test_the_reading_of_the_folder_sees_what_is_there(tmp_path: Path) -> None:
    for name, spelling in enumerate(SPELLINGS):
        (tmp_path / str(name)).write_text(spelling, encoding="utf-16-le" if name % 2 else "utf-8")
    assert {name for name, _ in leaks(tmp_path)} == {str(name) for name in range(len(SPELLINGS))}


@pytest.mark.parametrize("card", SPELLINGS)
def test_no_case_keeps_a_card_number_in_any_page_or_in_the_wal(card: str, data: Path) -> None:
    resolved = msgspec.json.decode(RESOLVED.read_bytes(), type=ResolvedEntry)
    opened = open_store(user_paths(data).cases, wait=0.05)
    with closing(opened.store) as store:
        case = store.open_case(resolved, card, NOW, Machine(label=card, serial=card))
        for text in (f"卡 {card}", "later", card):
            store.save_note(case.id, text)
        store.save_mark(case.id, "reseat-cable", Mark(StepResult.HELPED, NOW, card))
        # 19 digits in the field of the order number are one.
        fields = {*CaseDetails.__struct_fields__} - ({"order_number"} if card.endswith("987") else set())
        store.save_details(case.id, CaseDetails(**dict.fromkeys(fields, card)))
        assert list(leaks(data)) == []
    assert list(leaks(data)) == []


@pytest.mark.parametrize("field", Shop.__struct_fields__)
@pytest.mark.parametrize("card", SPELLINGS)
def test_no_setting_keeps_a_card_number(card: str, field: str, data: Path) -> None:
    with suppress(UserError):
        save_settings(user_paths(data).settings, Settings(shop=Shop(**{field: card})))
    assert list(leaks(data)) == []


@pytest.mark.parametrize("card", SPELLINGS)
def test_a_folder_named_like_a_card_number_is_not_remembered(card: str, data: Path) -> None:
    save_settings(user_paths(data).settings, Settings(export_folder=f"/reports/{card}"))
    assert list(leaks(data)) == []


@pytest.mark.parametrize("card", SPELLINGS)
def test_no_log_keeps_a_card_number(card: str, data: Path) -> None:
    log = Log(data / "pos-helper.log", logging.INFO)
    try:
        logging.getLogger("pos_helper").warning("asked for %s", card)
    finally:
        log.close()
    assert list(leaks(data)) == []


@pytest.mark.parametrize("card", SPELLINGS)
def test_nothing_typed_on_the_command_line_reaches_the_disk_or_the_screen(
    card: str, data: Path, tmp_path: Path, run: CommandLine, qapp: QApplication
) -> None:
    for words in (
        ("lookup", card),
        ("export", "terminal.e1", "--format", "text", "--note", f"卡 {card}", "-o", str(data / "a.txt")),
        ("export", "terminal.e1", "--format", "csv", "--note", card, "-o", str(data / "a.csv")),
        ("export", "terminal.e1", "--format", "json", "--note", card, "-o", str(data / "a.json")),
        ("export", "terminal.e1", "--format", "html", "--note", card, "-o", str(data / "a.html")),
        ("export", "terminal.e1", "--format", "pdf", "--note", card, "-o", str(data / "a.pdf")),
    ):
        _, out, err = run(*words)
        assert [part for part in PARTS if part in out + err] == []
    assert (data / "a.json").exists()
    pages = "".join(page.extract_text() for page in PdfReader(data / "a.pdf").pages)
    assert [part for part in PARTS if part in pages] == []
    assert list(leaks(tmp_path)) == []


# A keyboard has no keys for the others.
@pytest.mark.parametrize("card", [each for each in SPELLINGS if each.isascii()])
def test_nothing_typed_into_the_window_reaches_the_disk_or_the_clipboard(
    card: str, open_window: Open, user: UserPaths
) -> None:
    app = open_window()
    tick_first_step(app)
    note = app.window.findChild(QPlainTextEdit, "noteEdit")
    assert note is not None
    note.setPlainText(f"卡 {card}")
    fields = app.window.findChildren(QLineEdit)
    # The search box comes last: what is typed there takes the case off the screen.
    for field in sorted(fields, key=lambda each: each is box(app)):
        field.setFocus()
        field.selectAll()
        if field is box(app):
            press(app, "copyButton")
        QTest.keyClicks(field, card)
    app.stop()
    assert kept(user)[0].note.startswith("卡")
    assert [part for part in PARTS if part in QApplication.clipboard().text()] == []
    assert list(leaks(user.data)) == []
