"""Everything wrong in a file is reported with its position; nothing raises."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pos_helper.catalog.packs.problems import MOST_PER_FILE
from pos_helper.catalog.packs.reader import MAX_BYTES, SourceFile
from pos_helper.domain.entries import Entry, Money, Tab
from pos_helper.domain.text import Lang, Text
from tests.catalog.conftest import Write

ENTRY = """\
schema: 1
origin: terminal
entries:
  - id: terminal.e1
    code: "E1"
    title: {zh: 通讯失败, en: Communication failure}
    money: unknown
    retry: after_check
    customer_phrase: {zh: 请稍等。, en: One moment please.}
    first: [check-last-sale]
"""


def said(path: Path) -> list[str]:
    """Return the problems of a file as lines, without the folder's path."""
    return [str(problem).removeprefix(f"{path.parent}/") for problem in SourceFile(path).problems]


def said_of(write: Write, text: str) -> list[str]:
    return said(write("pack.yaml", text))


def test_a_good_file_gives_its_records(write: Write) -> None:
    file = SourceFile(write("pack.yaml", ENTRY))
    assert file.problems == ()
    [(path, entry)] = file.records("entries")
    assert path == ("entries", 0)
    assert isinstance(entry, Entry)
    assert (entry.id, entry.origin, entry.code, entry.money) == (
        "terminal.e1",
        "terminal",
        "E1",
        Money.UNKNOWN,
    )
    assert entry.title == Text("通讯失败", "Communication failure")


@pytest.mark.parametrize(
    "code", ["010", "0101", "NO", "12:30", "1e3", "2024-01-01", "0x10", "1_000", "=", "true"]
)
def test_a_scalar_stays_what_was_written(write: Write, code: str) -> None:
    [(_, entry)] = SourceFile(write("pack.yaml", ENTRY.replace('"E1"', code))).records("entries")
    assert entry.code == code


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_an_optional_field_may_be_null(write: Write, nothing: str) -> None:
    [(_, entry)] = SourceFile(write("pack.yaml", ENTRY.replace('"E1"', nothing))).records("entries")
    assert entry.code is None


def test_a_quoted_null_is_a_word(write: Write) -> None:
    [(_, entry)] = SourceFile(write("pack.yaml", ENTRY.replace('"E1"', '"null"'))).records("entries")
    assert entry.code == "null"


def test_a_folded_text_is_read_without_its_last_line_break(write: Write) -> None:
    [(_, tip)] = SourceFile(
        write(
            "pack.yaml",
            """\
            schema: 1
            prevention:
              - id: tip
                tab: network
                text:
                  zh: >
                    每周
                    看一遍
                  en: Look every week
            """,
        )
    ).records("prevention")
    assert tip.tab is Tab.NETWORK
    assert tip.text.zh == "每周 看一遍"


BAD_ENTRIES = {
    "unknown field": (
        "    first:",
        "    cuases: []\n    first:",
        "10:5: entries[0].cuases: ",
        'did you mean "causes"?',
    ),
    "unknown field without a likeness": (
        "    first:",
        "    zzz: 1\n    first:",
        "10:5: entries[0].zzz: ",
        "id, origin",
    ),
    "renamed field": (
        "    first:",
        "    said: {zh: [断网了]}\n    first:",
        "10:5: entries[0].said: ",
        'the field "said" is called "phrases" now',
    ),
    "missing field": ("    retry: after_check\n", "", "4:5: entries[0].retry: ", 'field "retry" is missing'),
    "duplicate key": (
        '    code: "E1"',
        '    code: "E1"\n    code: "E2"',
        "6:5: entries[0].code: ",
        "first in line 5",
    ),
    "missing language": (
        ", en: Communication failure",
        "",
        "6:12: entries[0].title.en: ",
        "English text (en) is missing",
    ),
    "blank language": (
        "zh: 通讯失败",
        'zh: " "',
        "6:17: entries[0].title.zh: ",
        "Chinese text (zh) is missing",
    ),
    "null language": ("zh: 通讯失败", "zh: ~", "6:17: entries[0].title.zh: ", "Chinese text (zh) is missing"),
    "one language only": (
        "{zh: 通讯失败, en: Communication failure}",
        "通讯失败",
        "6:12: entries[0].title: ",
        "both languages",
    ),
    "a third language": (
        "{zh: 通讯失败",
        "{zh: 通讯失败, fr: échec",
        "6:23: entries[0].title.fr: ",
        "expected one of: zh, en",
    ),
    "a word that is none of the choices": (
        "money: unknown",
        "money: maybe",
        "7:12: entries[0].money: ",
        "charged, not_charged, unknown",
    ),
    "a null where a word is needed": (
        "money: unknown",
        "money:",
        "7:11: entries[0].money: ",
        "nothing is there",
    ),
    "an id with capitals": ("id: terminal.e1", "id: Terminal.E1", "4:9: entries[0].id: ", "expected an id"),
    "a list for a word": ("id: terminal.e1", "id: [a]", "4:9: entries[0].id: ", "expected an id"),
    "a code that is too long": ('"E1"', "E" * 81, "5:11: entries[0].code: ", "at most 80"),
    "a word for a list": (
        "first: [check-last-sale]",
        "first: check-last-sale",
        "10:12: entries[0].first: ",
        "expected a list",
    ),
    "a list that is too long": (
        "[check-last-sale]",
        "[a, b, c, d]",
        "10:12: entries[0].first: ",
        "at most 3",
    ),
    "a list that is empty": (
        "    first:",
        "    meanings: [{text: {zh: 甲, en: a}, sources: [], confidence: low}]\n    first:",
        "10:48: entries[0].meanings[0].sources: ",
        "at least 1",
    ),
    "an anchor": ('"E1"', '&a "E1"', "5:11: entries[0].code: ", "anchors and aliases (&a)"),
    "an alias": ('"E1"', "*a", "5:11: entries[0].code: ", "anchors and aliases (*a)"),
    "a merge key": ("    first:", "    <<: {zh: 甲}\n    first:", "10:5: entries[0].<<: ", "unknown field"),
    "a tag": ('"E1"', "!!python/object:os.system x", "5:11: entries[0].code: ", "YAML tags"),
    "a written control character": ('"E1"', r'"E\x071"', "5:11: entries[0].code: ", "control characters"),
    "text that is turned round": (
        "zh: 通讯失败",
        r'zh: "通\u202e讯"',
        "6:17: entries[0].title.zh: ",
        "reordering marks",
    ),
    "a key that is a list": ('    code: "E1"', '    [a]: "E1"', "5:5: entries[0]: ", "a single word"),
}


@pytest.mark.parametrize(("old", "new", "place", "words"), BAD_ENTRIES.values(), ids=BAD_ENTRIES)
def test_a_fault_is_named_with_its_place(write: Write, old: str, new: str, place: str, words: str) -> None:
    assert old in ENTRY
    [problem] = said_of(write, ENTRY.replace(old, new, 1))
    assert problem.startswith(f"pack.yaml:{place}")
    assert words in problem


BAD_FILES = {
    "syntax error": ("schema: 1\na: b: c\n", "2:5: ", "this is not YAML"),
    "a tab": ("schema: 1\nsteps:\n\t- id: x\n", "3:1: ", "no tabs"),
    "an open quote": ('schema: "1\n', "2:1: ", "this is not YAML"),
    "empty": ("", "1:1: ", "empty"),
    "only a comment": ("# nothing\n", "1:1: ", "empty"),
    "two documents": ("schema: 1\n---\nschema: 1\n", "2:1: ", "only one YAML document"),
    "a list at the top": ("- schema\n", "1:1: ", "expected the fields: schema, origin"),
    "no schema": ("steps: []\n", "1:1: schema: ", 'field "schema" is missing'),
    "a schema of zero": ("schema: 0\n", "1:9: schema: ", "whole number"),
    "deep nesting in a list": ("schema: 1\nsteps: " + "[" * 100_000, "2:", "nested too deep"),
    "deep nesting in a mapping": ("schema: 1\nsteps: " + "{a: " * 100_000, "2:", "nested too deep"),
    "a control character": ("schema: 1\norigin: a\x00b\n", "2:10: ", "U+0000"),
}


@pytest.mark.parametrize(("text", "place", "words"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_one_problem(write: Write, text: str, place: str, words: str) -> None:
    [problem] = said_of(write, text)
    assert problem.startswith(f"pack.yaml:{place}")
    assert words in problem


@pytest.mark.parametrize("seconds", ["0", "86401", "1.5", "010", "-5", "thirty", "9" * 5000])
def test_a_number_out_of_range_says_the_range(write: Write, seconds: str) -> None:
    text = f"""\
        schema: 1
        steps:
          - {{id: x, text: {{zh: 甲, en: a}}, who: cashier, seconds: {seconds}}}
        """
    [problem] = said_of(write, text)
    assert problem == "pack.yaml:3:58: steps[0].seconds: expected a whole number from 1 to 86400"


def test_a_newer_format_is_refused_in_one_sentence(write: Write) -> None:
    [problem] = said_of(write, "schema: 2\nnew_things: [1, 2]\nentries: later\n")
    assert problem.startswith("pack.yaml:1:9: schema: the file has the newer format 2")


def test_every_problem_is_reported_and_the_good_records_are_kept(write: Write) -> None:
    path = write(
        "pack.yaml",
        ENTRY
        + "  - {id: bad, title: {zh: 甲}, money: maybe, retry: no, "
        + "customer_phrase: {zh: 甲, en: a}, first: []}\n"
        + "  - {id: good, title: {zh: 甲, en: a}, money: unknown, retry: no, "
        + "customer_phrase: {zh: 甲, en: a}, first: []}\n"
        + "unknown: 1\n",
    )
    file = SourceFile(path)
    assert [problem.field for problem in file.problems] == [
        "entries[1].title.en",
        "entries[1].money",
        "unknown",
    ]
    assert [(where, entry.id) for where, entry in file.records("entries")] == [
        (("entries", 0), "terminal.e1"),
        (("entries", 2), "good"),
    ]


def test_a_found_problem_names_the_place_in_the_file(write: Write) -> None:
    file = SourceFile(write("pack.yaml", ENTRY))
    message = Text("甲", "why")
    assert str(file.problem(("entries", 0, "first", 0), message)).endswith(
        "pack.yaml:10:13: entries[0].first[0]: why"
    )
    assert str(file.problem(("entries", 0, "origin"), message)).endswith(
        "pack.yaml:2:9: entries[0].origin: why"
    )


def test_problems_are_said_in_both_languages(write: Write) -> None:
    path = write("pack.yaml", ENTRY.replace("money: unknown", "money: maybe"))
    [problem] = SourceFile(path).problems
    assert problem.of(Lang.ZH) == (
        f"{path}:7:12: entries[0].money: 只能是以下之一：charged, not_charged, unknown, not_applicable"
    )
    assert problem.of(Lang.EN) == str(problem)


def test_an_alias_bomb_is_not_expanded(write: Write) -> None:
    levels = "".join(f"  l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 10))
    problems = said_of(write, f"schema: 1\nbomb:\n  l0: &l0 [lol]\n{levels}")
    assert problems[0].startswith("pack.yaml:2:1: bomb: unknown field")
    assert sum("anchors and aliases" in problem for problem in problems) == 10 + 90


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert said(path) == ["pack.yaml:1:1: the file is too large: 50.0 MiB, at most 5 MiB. Split it"]


def test_the_largest_allowed_file_is_read(write: Write) -> None:
    padding = "#" * (MAX_BYTES - len(ENTRY.encode()) - 1)
    assert said_of(write, f"{ENTRY}{padding}\n") == []


def test_garbage_is_not_listed_for_ever(write: Write) -> None:
    problems = said_of(write, "schema: 1\nsteps:\n" + "- x\n" * 20_000)
    assert len(problems) == MOST_PER_FILE + 1
    assert "too many problems" in problems[-1]


def test_a_file_as_notepad_saves_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + ENTRY.replace("\n", "\r\n").replace("retry:", "rety:").encode())
    assert said(path)[1].startswith('pack.yaml:8:5: entries[0].rety: unknown field "rety", did you mean')


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(ENTRY.encode(encoding))
    [problem] = said(path)
    assert "save it as UTF-8" in problem
    if encoding == "gb18030":
        assert problem.startswith("pack.yaml:6:")


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    assert said(path) == ["pack.yaml:1:1: the file is not UTF-8: save it as UTF-8"]


def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    assert said(tmp_path / "absent.yaml") == ["absent.yaml:1:1: this is not a regular file"]
    assert said(tmp_path) == [f"{tmp_path.name}:1:1: this is not a regular file"]


def test_the_parser_in_python_reads_the_same(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    good = write("good.yaml", ENTRY)
    bad = write("bad.yaml", ENTRY.replace("money: unknown", "money: &a maybe"))
    fast = [(SourceFile(path).content, SourceFile(path).problems) for path in (good, bad)]
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    slow = [(SourceFile(path).content, SourceFile(path).problems) for path in (good, bad)]
    assert slow == fast


@given(st.text() | st.text(alphabet="sche:1-[]{}&*!|>'\"#%@\n\t zhen,?~"))
def test_no_text_raises(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    file = SourceFile(path)
    assert file.problems or file.content is not None


@given(st.binary())
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(data)
    file = SourceFile(path)
    assert file.problems or file.content is not None
