"""The program finds and writes the same, whatever language and time zone the system is set to."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.command_line import data_folder, program

LOCALES = ["C", "zh_CN.UTF-8", "tr_TR.UTF-8", "de_DE.ISO-8859-1"]
"""Where a system lacks one of them, the C library falls back on "C"."""

QUERIES = ["错误代码 ０×０００４", "İPTAL wifi i/o"]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, shipped_index: Path) -> Path:
    return data_folder(tmp_path_factory.mktemp("locales") / "data", shipped_index)


@pytest.fixture(scope="module")
def usual(data: Path) -> dict[str, object]:
    """What the queries find in the locale of most tests."""
    return {query: json.loads(program(data, "lookup", query, "--json").stdout) for query in QUERIES}


@pytest.mark.parametrize("locale", LOCALES)
def test_queries_find_the_same(data: Path, usual: dict[str, object], locale: str) -> None:
    for query, found in usual.items():
        here = program(data, "lookup", query, "--json", environment={"LC_ALL": locale})
        assert (json.loads(here.stdout), here.stderr) == (found, b"")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["text", "pdf"])
def test_a_report_is_written_in_both_languages(data: Path, tmp_path: Path, locale: str, form: str) -> None:
    file = tmp_path / "report"
    words = ("export", "terminal.e1", "--lang", "both", "--format", form, "-o", str(file))
    ended = program(data, *words, environment={"LC_ALL": locale})
    assert (ended.returncode, ended.stderr) == (0, b"")
    text = PdfReader(file).pages[0].extract_text() if form == "pdf" else file.read_text("utf-8")
    assert "通讯失败" in text
    assert "trouble sheet" in " ".join(text.split())


@pytest.mark.parametrize(
    ("zone", "offsets"),
    [
        ("NST3:30NDT,M3.2.0,M11.1.0", {"-03:30", "-02:30"}),  # St. John's, also without a table of zones
        ("UTC", {"+00:00"}),
        ("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", {"+12:45", "+13:45"}),  # the Chatham Islands
    ],
)
def test_a_report_says_the_shops_time_and_zone(data: Path, zone: str, offsets: set[str]) -> None:
    words = ("export", "terminal.e1", "--format", "json", "-o", "-")
    before = datetime.now().astimezone().replace(microsecond=0)
    ended = program(data, *words, environment={"TZ": zone})
    said = [
        datetime.fromisoformat(time)
        for time in re.findall(r'"(\d{4}-\d\d-\d\dT[^"]+)"', ended.stdout.decode())
    ]
    assert said
    assert all(before <= time <= datetime.now().astimezone() for time in said)
    assert {time.isoformat()[-6:] for time in said} <= offsets
