"""``lookup`` and ``show``: text output, JSON and exit codes."""

import json
from pathlib import Path

import pytest

from tests.command_line import CommandLine


def test_lookup_says_the_first_ten_seconds(run: CommandLine) -> None:
    code, out, _ = run("lookup", "E1")
    assert code == 0
    for said in ("Money: Not known", "Retry: Do not retry yet", "Say: ", "1. Look up the last sale"):
        assert said in out


def test_lookup_speaks_chinese(run: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = run("lookup", "E1", "--lang", "zh")
    assert "对顾客说：" in asked[1]
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run("lookup", "E1") == asked


def test_the_json_of_a_lookup_is_the_contract(run: CommandLine) -> None:
    code, out, _ = run("lookup", "0xOO04", "--json", "--on", "pos-app,card-network", "--limit", "1")
    assert code == 0
    title = json.loads(out)["results"][0].pop("title")
    assert set(title) == {"zh", "en"}
    found = json.loads(out)
    del found["results"][0]["title"]
    assert found == {
        "query": "0xOO04",
        "read_as": "0x0004",
        "outcome": "exact",
        "makers": [],
        "disputed": False,
        "refused": None,
        "answer": {
            "entry": "pos-app.0x0004",
            "sure": True,
            "money": "unknown",
            "retry": "after_check",
            "because": "machines",
        },
        "results": [
            {
                "id": "pos-app.0x0004",
                "code": "0x0004",
                "origin": "pos-app",
                "match": "exact",
                "matched_on": "code",
                "how": "literal",
                "others": False,
                "money": "unknown",
                "retry": "after_check",
            }
        ],
    }


@pytest.mark.parametrize("code", ["01", "11"])
def test_a_code_of_two_origins_asks_which_screen(run: CommandLine, code: str) -> None:
    _, out, _ = run("lookup", code)
    assert "Which screen showed it?" in out
    _, out, _ = run("lookup", code, "--json")
    assert [hit["origin"] for hit in json.loads(out)["results"]][:2] == ["card-network", "terminal"]


def test_eleven_is_an_approval_for_the_card_networks(run: CommandLine) -> None:
    _, out, _ = run("lookup", "11", "--json")
    network = json.loads(out)["results"][0]
    assert (network["money"], network["retry"]) == ("charged", "no")


def test_a_near_code_is_only_a_guess(run: CommandLine) -> None:
    code, out, _ = run("lookup", "E300")
    assert code == 1
    assert "only guesses" in out
    assert out.count("Money:") == out.count("Money: Not known") == 1


def test_not_found_names_the_general_checks(run: CommandLine) -> None:
    code, out, _ = run("lookup", "qqqq")
    assert code == 1
    assert "symptom.general-checks" in out
    assert run("show", "symptom.general-checks")[0] == 0


def test_a_card_number_is_refused_and_not_repeated(run: CommandLine) -> None:
    code, out, err = run("lookup", "4111 1111 1111 1111", "--json")
    assert code == 1
    answer = json.loads(out)
    assert (answer["outcome"], answer["results"]) == ("card_data", [])
    assert "4111111111" not in (out + err).replace(" ", "")


@pytest.mark.parametrize(
    ("typed", "outcome", "refused", "says"),
    [
        (
            "https://qr.alipay.com/fkx1",
            "none",
            "url",
            "This is the content of a QR code. It is not a fault code.",
        ),
        ("6901234567892", "none", "barcode", "This looks like an article's barcode. It is not a fault code."),
        ("134567890123456789", "card_data", "payment_code", "customer's payment code. It is worth money"),
    ],
)
def test_what_a_scanner_reads_is_refused(
    run: CommandLine, typed: str, outcome: str, refused: str, says: str
) -> None:
    code, out, _ = run("lookup", typed)
    assert code == 1
    assert says in out
    answer = json.loads(run("lookup", typed, "--json")[1])
    assert (answer["outcome"], answer["refused"], answer["results"]) == (outcome, refused, [])
    assert answer["answer"]["money"] == "unknown"
    assert (answer["query"] == typed) is (outcome == "none")


def test_show_as_json_has_the_whole_entry(run: CommandLine) -> None:
    code, out, _ = run("show", "terminal.e1", "--json")
    assert code == 0
    entry = json.loads(out)
    assert {"meanings", "causes", "first", "customer_phrase", "screen", "prevention", "sources"} <= set(entry)
    cause = entry["causes"][0]
    assert cause["tab"] in ("hardware", "software", "network", "operation")
    assert set(cause["steps"][0]["text"]) == {"zh", "en"}


def test_show_says_what_the_screen_says(run: CommandLine, tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text(
        """
        schema: 1
        entries:
          - id: mine.z7
            origin: terminal
            code: "Z7"
            title: {zh: 读卡器没反应, en: No answer}
            screen: {zh: [读卡器无响应], en: [NO ANSWER]}
            money: unknown
            retry: after_check
            customer_phrase: {zh: 请稍等。, en: One moment please.}
            first: [check-last-sale]
        """,
        "utf-8",
    )
    _, out, _ = run("--pack", str(pack), "show", "mine.z7", "--json")
    assert json.loads(out)["screen"] == {"zh": ["读卡器无响应"], "en": ["NO ANSWER"]}
    _, out, _ = run("--pack", str(pack), "show", "mine.z7", "--lang", "zh")
    assert "屏幕上写着：读卡器无响应 · NO ANSWER" in out
    _, out, _ = run("show", "terminal.e1", "--lang", "zh")
    assert "屏幕上写着" not in out


def test_show_takes_a_code_that_one_origin_has(run: CommandLine) -> None:
    assert run("show", "0x0004") == run("show", "pos-app.0x0004")


def test_show_asks_which_of_several(run: CommandLine) -> None:
    code, out, err = run("show", "01")
    assert (code, out) == (3, "")
    assert "card-network.01" in err
    assert "terminal.01" in err


def test_a_bad_pack_does_not_stop_a_lookup(run: CommandLine, tmp_path: Path) -> None:
    pack = tmp_path / "mine.yaml"
    pack.write_text("schema: [1\n", "utf-8")
    code, out, err = run("--pack", str(pack), "lookup", "E1")
    assert code == 0
    assert "E1" in out
    assert "mine" in err


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("PayPal 11", "There is no table for PayPal, so 11 is not known."),
        ("微信 10000", "The table of WeChat Pay has no 10000."),
        ("00051", "No code is written exactly so."),
        ("wrong pin but approved", "What you typed contradicts what was found"),
    ],
)
def test_what_is_no_answer_says_why_and_nothing_about_money(run: CommandLine, query: str, says: str) -> None:
    _, out, _ = run("lookup", query)
    assert says in out
    assert "Money: Not known" in out
    assert out.count("Money:") == 1


def test_a_code_of_an_unknown_screen_says_what_each_screen_means_by_it(run: CommandLine) -> None:
    _, out, _ = run("lookup", "11")
    head, candidates = out.split("Which screen showed it?")
    assert "Money: Not known" in head
    assert "Retry: Do not retry yet" in head
    assert "Money: Charged" in candidates
    _, out, _ = run("lookup", "11", "--json")
    assert json.loads(out)["answer"] == {
        "entry": None,
        "sure": False,
        "money": "unknown",
        "retry": "after_check",
        "because": None,
    }


def test_a_code_is_answered_for_the_screens_that_stand_in_the_shop(run: CommandLine) -> None:
    code, out, _ = run("lookup", "11", "--on", "card-network")
    assert code == 0
    assert "A machine of this shop shows it" in out
    assert "Which screen showed it?" not in out


def test_a_screen_that_there_is_not_is_named(run: CommandLine) -> None:
    code, out, err = run("lookup", "11", "--on", "card-network,cardnetwork")
    assert (code, out) == (3, "")
    assert "there is no such origin: cardnetwork" in err


def test_the_json_names_the_maker_and_marks_what_others_mean(run: CommandLine) -> None:
    code, out, _ = run("lookup", "PayPal 11", "--json")
    found = json.loads(out)
    assert code == 1
    assert (found["outcome"], found["makers"]) == (
        "none",
        [{"name": {"zh": "PayPal", "en": "PayPal"}, "has_table": False}],
    )
    assert {hit["others"] for hit in found["results"]} == {True}
