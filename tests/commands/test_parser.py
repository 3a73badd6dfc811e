"""Usage errors."""

import pytest

from tests.command_line import CommandLine

_WRONG = [
    (("lookup",), "the following arguments are required: QUERY", "还缺少：QUERY"),
    (("export", "--format", "text", "-o", "-"), "ENTRY --case is required", "其中一个：ENTRY --case"),
    (("export", "E1", "--case", "1"), "not allowed with", "不能和 ENTRY 一起用"),
    (("lookup", "E1", "--colour"), "unrecognized arguments: --colour", "不认识：--colour"),
    (
        ("lookup", "E1", "--lang", "fr"),
        "argument --lang: invalid choice: 'fr'",
        "--lang 不能写 'fr'，可以写：",
    ),
    (
        ("catalog", "chekc"),
        "argument COMMAND: invalid choice: 'chekc'",
        "命令 不能写 'chekc'，可以写：",
    ),
    (("lookup", "E1", "--limit"), "expected one argument", "--limit 后面要写一个值"),
    (
        ("lookup", "E1", "--limit", "0"),
        "not a whole number from 1 up: '0'",
        "要写 1 或更大的整数，不能写 '0'",
    ),
    (
        ("lookup", "E1", "--limit", "x"),
        "not a whole number from 1 up: 'x'",
        "要写 1 或更大的整数，不能写 'x'",
    ),
    (("cases", "delete", "--yes"), "required: ID", "还缺少：ID"),
    (("cases", "show", "E1"), "invalid int value: 'E1'", "ID 要写整数，不能写 'E1'"),
    (("--data-dir", "", "lookup", "E1"), "--data-dir: the name is empty", "--data-dir 后面的名字是空的"),
]


@pytest.mark.parametrize(
    ("words", "english", "chinese"), _WRONG, ids=[" ".join(wrong[0]) for wrong in _WRONG]
)
def test_what_was_typed_wrong_is_said_in_the_language_of_the_system(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], english: str, chinese: str
) -> None:
    for lang, sentence in (("en_GB.UTF-8", english), ("zh_CN.UTF-8", chinese)):
        monkeypatch.setenv("LANG", lang)
        code, out, err = run(*words)
        usage, said = err.rstrip("\n").rsplit("\n", 1)
        assert (code, out) == (2, "")
        assert usage.startswith("usage: pos-helper")
        assert sentence in said


def test_a_card_number_that_is_typed_wrong_is_not_repeated(run: CommandLine) -> None:
    code, _, err = run("lookup", "E1", "--limit", "4111111111111111x")
    assert code == 2
    assert "411111" not in err
