"""Settings are restored as saved; an unreadable file is kept aside and named in a notice."""

import json
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.errors import UserError
from pos_helper.domain.machines import Machine
from pos_helper.domain.report_options import Paper, ReportFormat, ReportLanguage
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang
from pos_helper.settings import LoadedSettings, Settings, load_settings, save_settings

CARD = "4111 1111 1111 1111"
MERCHANT = "898310058120001"
CHOSEN = Settings(
    language=Lang.ZH,
    appearance="dark",
    text_percent=150,
    shop=Shop(
        name="小红便利店",
        merchant_id=MERCHANT,
        terminal_id="12345678",
        device_model="N910",
        serial="NXA-0001",
        acquirer="银联商务",
        hotline="95534",
        contact="王 138 0013 8000",
    ),
    report_format=ReportFormat.HTML,
    report_language=ReportLanguage.BOTH,
    paper=Paper.ROLL_80MM,
    export_folder="/home/店/单子",
    machines=(
        Machine("card-terminal", "红机器", "1", "12345678", "N910", "NXA-0001", "银联商务", "95534"),
        Machine("receipt-printer"),
    ),
    machines_asked=True,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A path for settings, in a folder that does not exist yet."""
    return tmp_path / "data" / "settings.json"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def _assert_kept_aside(path: Path, content: bytes, settings: Settings) -> None:
    """The settings apply, the notice names the copy in both languages, and the next start has no notice."""
    found = load_settings(path)
    (kept,) = (file for file in path.parent.iterdir() if file != path)
    assert found.settings == settings
    assert found.notice
    assert str(kept) in found.notice.zh
    assert str(kept) in found.notice.en
    assert re.fullmatch(r"settings\.corrupt-\d{8}-\d{6}\.json", kept.name)
    assert kept.read_bytes() == content
    assert load_settings(path) == LoadedSettings(settings, None)


def test_without_a_file_the_defaults_are_used_and_nothing_is_written(path: Path) -> None:
    assert load_settings(path) == LoadedSettings(Settings(), None)
    assert not path.parent.exists()


@pytest.mark.parametrize("settings", [Settings(), CHOSEN], ids=["defaults", "chosen"])
def test_settings_come_back_as_they_were(path: Path, settings: Settings) -> None:
    assert save_settings(path, settings) == settings
    assert load_settings(path) == LoadedSettings(settings, None)


def test_a_choice_can_be_taken_back(path: Path) -> None:
    save_settings(path, CHOSEN)
    save_settings(path, Settings())
    assert load_settings(path) == LoadedSettings(Settings(), None)


def test_the_file_can_be_read_by_people(path: Path) -> None:
    save_settings(path, CHOSEN)
    text = path.read_text(encoding="utf-8")
    assert '\n  "language": "zh",\n' in text
    assert '"name": "小红便利店"' in text


# --- card data ----------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["name", "device_model", "serial", "acquirer", "hotline", "contact"])
def test_card_data_never_gets_in(path: Path, field: str) -> None:
    kept = save_settings(path, Settings(shop=Shop(**{field: f"卡 {CARD}"})))
    assert getattr(kept.shop, field) == mask_card_data(f"卡 {CARD}")
    assert CARD not in path.read_text(encoding="utf-8")
    assert load_settings(path).settings == kept


def test_card_data_that_was_typed_into_the_file_are_masked(path: Path) -> None:
    _write(path, json.dumps({"shop": {"contact": CARD}}).encode())
    assert load_settings(path).settings.shop.contact == mask_card_data(CARD)


@pytest.mark.parametrize("field", ["label", "number", "model", "serial", "acquirer", "hotline"])
def test_card_data_never_gets_into_a_machine(path: Path, field: str) -> None:
    machine = Machine("card-terminal", **{field: f"卡 {CARD}"})
    kept = save_settings(path, Settings(machines=(machine,)))
    assert kept.machines == (replace(machine, **{field: mask_card_data(f"卡 {CARD}")}),)
    assert CARD not in path.read_text(encoding="utf-8")
    _write(path, json.dumps({"machines": [{field: CARD}]}).encode())
    assert load_settings(path).settings.machines == (Machine(**{field: mask_card_data(CARD)}),)


def test_a_machine_with_a_wrong_terminal_id_is_refused(path: Path) -> None:
    with pytest.raises(UserError) as caught:
        save_settings(path, Settings(machines=(Machine(), Machine(terminal_id=CARD))))
    assert "No card number" in caught.value.text.en
    assert not path.exists()


@pytest.mark.parametrize("merchant", [MERCHANT, "103290054110005"], ids=["merchant", "like-a-card"])
def test_a_merchant_number_is_not_a_card_number(path: Path, merchant: str) -> None:
    settings = Settings(shop=Shop(merchant_id=merchant))
    assert save_settings(path, settings) == settings
    assert load_settings(path).settings == settings


@pytest.mark.parametrize("card", ["378282246310005", "30569309025904", "4222222222222"])
def test_a_card_number_of_13_to_15_digits_is_refused_as_a_merchant_number(path: Path, card: str) -> None:
    with pytest.raises(UserError) as caught:
        save_settings(path, Settings(shop=Shop(merchant_id=card)))
    assert "No card number" in caught.value.text.en
    assert not path.exists()


@pytest.mark.parametrize("field", ["merchant_id", "terminal_id"])
def test_a_shop_field_of_the_wrong_shape_is_refused(path: Path, field: str) -> None:
    save_settings(path, CHOSEN)
    wrong = replace(CHOSEN, shop=replace(CHOSEN.shop, **{field: "10 012 345, 2"}))
    with pytest.raises(UserError) as caught:
        save_settings(path, wrong)
    assert "位" in caught.value.text.zh
    assert "letters and digits" in caught.value.text.en
    assert load_settings(path) == LoadedSettings(CHOSEN, None)


# --- files that cannot be read ------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"garbage", b"[]", b"null", b'"text"', b"\xff\xfe{}", b'{"shop": ' + b"[" * 100_000),
        '{"shop": {"name": "小红便利店"}}'.encode("gbk"),
    ],
    ids=["empty", "half", "garbage", "list", "null", "text", "not-utf-8", "too-deep", "saved-as-gbk"],
)
def test_garbage_is_kept_aside(path: Path, content: bytes) -> None:
    _write(path, content)
    _assert_kept_aside(path, content, Settings())


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "ja"},
        {"appearance": "pink"},
        {"text_percent": 0},
        {"text_percent": "large"},
        {"paper": None},
        {"shop": "小红便利店"},
        {"shop": {"merchant_id": "1" * 16}},
        {"shop": {"terminal_id": 12345678}},
    ],
    ids=str,
)
def test_what_can_be_used_of_a_file_is_used(path: Path, wrong: dict[str, Any]) -> None:
    content = json.dumps({"export_folder": "/sheets", **wrong}).encode()
    _write(path, content)
    _assert_kept_aside(path, content, Settings(export_folder="/sheets"))


def test_the_other_fields_of_the_shop_are_used(path: Path) -> None:
    content = json.dumps({"shop": {"merchant_id": "?", "name": "小红便利店"}}).encode()
    _write(path, content)
    _assert_kept_aside(path, content, Settings(shop=Shop(name="小红便利店")))


@pytest.mark.parametrize(
    ("wrong", "used"),
    [
        ([{"kind": "scale", "terminal_id": CARD, "number": "2"}], [Machine("scale", number="2")]),
        ([{"kind": 5, "hotline": "95516"}, {"kind": "scale"}], [Machine(hotline="95516"), Machine("scale")]),
        (["scale", {"kind": "scale"}], [Machine("scale")]),
        ({"kind": "scale"}, []),
        (None, []),
    ],
    ids=str,
)
def test_a_machine_loses_only_what_cannot_be_used(path: Path, wrong: Any, used: list[Machine]) -> None:
    content = json.dumps({"machines": wrong, "text_percent": 150}).encode()
    _write(path, content)
    _assert_kept_aside(path, content, Settings(text_percent=150, machines=tuple(used)))


def test_a_folder_in_the_files_place_is_kept_aside(path: Path) -> None:
    path.mkdir(parents=True)
    (path / "file").touch()
    found = load_settings(path)
    assert found.notice
    (kept,) = (other for other in path.parent.iterdir() if other != path)
    assert (kept / "file").is_file()
    assert str(kept) in found.notice.en
    assert load_settings(path) == LoadedSettings(Settings(), None)


def test_a_file_that_became_garbage_meanwhile_is_kept_too(path: Path) -> None:
    save_settings(path, CHOSEN)
    path.write_bytes(b"garbage")
    save_settings(path, CHOSEN)
    assert load_settings(path) == LoadedSettings(CHOSEN, None)
    assert {file.read_bytes() for file in path.parent.iterdir() if file != path} == {b"garbage"}


@hypothesis.settings(deadline=None)  # Each example flushes files to the disk.
@given(content=st.binary(max_size=60))
def test_whatever_the_file_holds_the_program_starts(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_bytes(content)
    found = load_settings(path)
    assert found.notice or json.loads(content) is not None
    assert load_settings(path) == LoadedSettings(found.settings, None)


# --- newer versions and places that cannot be written -------------------------------------------


def test_fields_of_a_newer_version_stay_in_the_file(path: Path) -> None:
    newer = {"language": "en", "sound": {"volume": 3}, "shop": {"name": "a", "logo": "cat.png"}}
    _write(path, json.dumps(newer).encode())
    found = load_settings(path)
    assert found.notice is None
    save_settings(path, replace(found.settings, language=Lang.ZH, shop=Shop(name="b")))
    kept = json.loads(path.read_bytes())
    assert kept["sound"] == {"volume": 3}
    assert kept["shop"]["logo"] == "cat.png"
    assert (kept["language"], kept["shop"]["name"]) == ("zh", "b")


def test_half_a_character_does_not_stop_saving(path: Path) -> None:
    kept = save_settings(path, Settings(shop=Shop(name="a\ud800"), export_folder="/b\udcff"))
    assert (kept.shop.name, kept.export_folder) == ("a?", "/b?")
    assert load_settings(path).settings == kept


def test_a_file_in_the_folders_place(path: Path) -> None:
    path.parent.write_bytes(b"a file")
    found = load_settings(path)
    assert found.settings == Settings()
    assert found.notice
    assert str(path) in found.notice.zh
    with pytest.raises(UserError) as caught:
        save_settings(path, CHOSEN)
    assert str(path.parent) in caught.value.text.en
    assert path.parent.read_bytes() == b"a file"


# --- log messages -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "Input data was truncated"),
        ('{"export_folder": "单子"}'.encode("gbk"), "not UTF-8"),
        (b'{"shop": ' + b"[" * 100_000, "too deep"),
        (
            json.dumps(
                {
                    "paper": "小红",
                    "shop": {"terminal_id": "小红", "name": 5},
                    "machines": [{"kind": "scale"}, {"kind": "scale", "serial": 5}],
                }
            ).encode(),
            "wrong fields: paper, shop.name, shop.terminal_id, machines[1].serial",
        ),
    ],
    ids=["half", "not-utf-8", "too-deep", "fields"],
)
def test_settings_kept_aside_leave_one_line_without_what_stands_in_them(
    path: Path, caplog: pytest.LogCaptureFixture, content: bytes, why: str
) -> None:
    _write(path, content)
    load_settings(path)
    (kept,) = (file for file in path.parent.iterdir() if file != path)
    assert caplog.messages == [f"The settings cannot be used whole ({why}) and were kept as {kept}"]


def test_settings_that_can_neither_be_used_nor_kept_leave_one_line(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.parent.write_bytes(b"a file")
    load_settings(path)
    [line] = caplog.messages
    assert line.startswith("The settings cannot be used whole (")
    assert str(path) in line


def test_settings_that_cannot_be_written_anew_leave_one_line_more(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    _write(path, b"garbage")
    monkeypatch.setattr(os, "fsync", full)
    assert load_settings(path).notice
    kept, not_written = caplog.messages
    assert "were kept as" in kept
    assert not_written == (
        f"What could be used of the settings was not written anew: Cannot write {path}: "
        "the disk is full. Nothing was changed."
    )


def test_settings_that_are_as_they_should_be_leave_no_line(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    load_settings(path)
    save_settings(path, CHOSEN)
    load_settings(path)
    assert caplog.messages == []


PROGRAM = """
import sys
from pathlib import Path
from pos_helper.domain.errors import UserError
from pos_helper.settings import Settings, load_settings, save_settings
path = Path(sys.argv[1])
print(ascii(load_settings(path).notice))
try:
    save_settings(path, Settings())
except UserError as trouble:
    print(trouble.text.en)
print(path.read_bytes())
"""


def test_garbage_in_a_read_only_folder_is_named_and_left(
    run_with_mounts: Callable[..., str], tmp_path: Path, path: Path
) -> None:
    _write(path, b"garbage")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    folder = shlex.quote(str(path.parent))
    read_only = f"mount --bind {folder} {folder}; mount -o remount,bind,ro {folder}"
    notice, error, content = run_with_mounts(read_only, program, path).splitlines()
    assert "that place is read-only" in notice
    assert "that place is read-only" in error
    assert content == "b'garbage'"


def test_a_choice_that_is_forgotten_does_not_come_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    save_settings(path, Settings(choices={"11": "terminal.11", "e1": "terminal.e1"}))
    save_settings(path, Settings(choices={"e1": "terminal.e1"}))
    assert load_settings(path).settings.choices == {"e1": "terminal.e1"}


def test_two_windows_keep_what_the_other_has_changed(path: Path) -> None:
    begun = save_settings(path, CHOSEN)
    save_settings(path, replace(begun, machines=(Machine("printer"),), text_percent=80), begun)
    save_settings(path, replace(begun, language=Lang.EN), begun)
    found = load_settings(path).settings
    assert found == replace(begun, machines=(Machine("printer"),), text_percent=80, language=Lang.EN)


def test_what_is_not_in_the_file_is_written_though_it_has_not_changed(path: Path) -> None:
    save_settings(path, CHOSEN, CHOSEN)
    assert load_settings(path).settings == CHOSEN
