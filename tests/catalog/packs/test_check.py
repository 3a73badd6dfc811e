"""Every content rule reports its bad example and nothing else."""

from pathlib import Path

import pytest

from pos_helper.catalog.packs import check as rules
from pos_helper.catalog.packs import text_rules
from pos_helper.catalog.packs.check import RULES, check
from pos_helper.catalog.packs.loading import load

# Rule, what to replace in which file of the small catalog, and the expected problem.
BAD = [
    (
        rules.unknown_money_is_checked_first,
        ("entries.yaml", "first: [check-last-sale, look-network-icon]", "first: [look-network-icon]"),
        "entries.yaml:22:12: entries[1].first: with unknown money the first step must be check-last-sale",
    ),
    (
        rules.unknown_money_is_checked_first,
        ("entries.yaml", "first: [check-last-sale, look-network-icon]", "first: []"),
        "entries.yaml:22:12: entries[1].first: with unknown money the first step must be check-last-sale",
    ),
    (
        rules.unknown_money_is_checked_first,
        ("entries.yaml", "retry: after_check", "retry: once"),
        "entries.yaml:10:12: entries[0].retry: with unknown money expected: after_check, no, other_method",
    ),
    (
        rules.charged_is_never_tried_again,
        ("entries.yaml", "retry: no", "retry: after_check"),
        "entries.yaml:58:12: entries[4].retry: a charged sale must have: no",
    ),
    (
        rules.quick_steps_are_harmless,
        (
            "entries.yaml",
            "first: [check-last-sale, look-network-icon]",
            "first: [check-last-sale, factory-reset]",
        ),
        'entries.yaml:22:30: entries[1].first[1]: a quick step must have no stop sign, "factory-reset" has',
    ),
    (
        rules.everything_is_used,
        ("entries.yaml", "steps: [look-network-icon, reseat-cable]", "steps: [look-network-icon]"),
        'library.yaml:31:9: steps[2].id: no entry uses "reseat-cable"',
    ),
    (
        rules.everything_is_used,
        ("entries.yaml", "prevention: [weekly-check]", "prevention: []"),
        'library.yaml:44:10: prevention[0].id: no entry uses "weekly-check"',
    ),
    (
        rules.everything_is_used,
        ("library.yaml", "sources:", "sources:\n  - {id: x, kind: shop, title: {zh: 甲, en: a}, where: b}"),
        'library.yaml:20:10: sources[0].id: no entry uses "x"',
    ),
    (
        rules.everything_is_used,
        ("entries.yaml", "origin: wallet", "origin: pos-app"),
        'library.yaml:13:9: origins[3].id: no entry uses "wallet"',
    ),
    (
        rules.texts_are_short,
        ("entries.yaml", "zh: 通讯失败", f"zh: {'长' * 21}"),
        "entries.yaml:16:17: entries[1].title.zh: too long: 21 characters, at most 20",
    ),
    (
        rules.texts_are_short,
        ("entries.yaml", "en: Communication failure", f"en: {'x' * 46}"),
        "entries.yaml:16:27: entries[1].title.en: too long: 46 characters, at most 45",
    ),
    (
        rules.texts_are_short,
        ("entries.yaml", "zh: 网线松了", f"zh: {'长' * 41}"),
        "entries.yaml:26:20: entries[1].causes[0].text.zh: too long: 41 characters, at most 40",
    ),
    (
        rules.texts_are_short,
        ("library.yaml", "en: Look at the last sale", f"en: {'x' * 91}"),
        "library.yaml:24:28: steps[0].text.en: too long: 91 characters, at most 90",
    ),
    (
        rules.texts_are_short,
        (
            "library.yaml",
            "zh: 刷卡机, en: Card terminal}\n    hint",
            f"zh: {'长' * 13}, en: Card terminal}}\n    hint",
        ),
        "library.yaml:50:17: tiles[0].title.zh: too long: 13 characters, at most 12",
    ),
    (
        rules.texts_are_short,
        ("library.yaml", "en: No network", f"en: {'x' * 46}"),
        "library.yaml:51:26: tiles[0].hint.en: too long: 46 characters, at most 45",
    ),
    (
        rules.nothing_stands_twice,
        ("library.yaml", "[terminal.3000, terminal.01]", "[terminal.3000, terminal.3000]"),
        'library.yaml:52:30: tiles[0].entries[1]: "terminal.3000" stands here twice',
    ),
    (
        rules.nothing_stands_twice,
        ("entries.yaml", "- id: program", "- id: link-down"),
        'entries.yaml:28:13: entries[1].causes[1].id: "link-down" stands here twice',
    ),
    (
        rules.nothing_stands_twice,
        ("entries.yaml", "steps: [factory-reset]", "steps: [factory-reset, factory-reset]"),
        'entries.yaml:31:32: entries[1].causes[1].steps[1]: "factory-reset" stands here twice',
    ),
    (
        rules.nothing_stands_twice,
        ("entries.yaml", "look-network-icon]", "check-last-sale]"),
        'entries.yaml:22:30: entries[1].first[1]: "check-last-sale" stands here twice',
    ),
    (
        rules.nothing_stands_twice,
        ("entries.yaml", "[weekly-check]", "[weekly-check, weekly-check]"),
        'entries.yaml:32:32: entries[1].prevention[1]: "weekly-check" stands here twice',
    ),
    (
        rules.one_entry_per_code_and_origin,
        ("entries.yaml", 'code: "3000"', 'code: "e-1"'),
        "entries.yaml:35:11: entries[2].code: this origin has the same code already at entries.yaml:14:11",
    ),
    (
        rules.codes_can_be_typed,
        ("entries.yaml", 'code: "E1"', 'code: "-:-"'),
        "entries.yaml:14:11: entries[1].code: nobody can type this: no letters, or like a card",
    ),
    (
        rules.codes_can_be_typed,
        ("entries.yaml", 'aliases: ["C-05"]', 'aliases: ["C-05", "4111111111111111"]'),
        "entries.yaml:15:23: entries[1].aliases[1]: nobody can type this: no letters, or like a card",
    ),
    (
        text_rules.nobody_handles_card_data,
        ("library.yaml", "zh: 看网络图标", "zh: 请顾客念一下卡号"),
        "library.yaml:28:16: steps[1].text.zh: nobody may handle card data: 念一下卡号",
    ),
    (
        text_rules.nobody_handles_card_data,
        ("library.yaml", "en: Look at the network icon", "en: Write down the card number"),
        "library.yaml:28:27: steps[1].text.en: nobody may handle card data: Write down the card number",
    ),
    (
        text_rules.nobody_handles_card_data,
        ("entries.yaml", "zh: 请稍等，我查一下。", "zh: 请告诉我您的密码。"),
        "entries.yaml:21:27: entries[1].customer_phrase.zh: nobody may handle card data: 告诉我您的密码",
    ),
    (
        text_rules.only_technicians_open_devices,
        ("library.yaml", "zh: 看网络图标", "zh: 拆开机器看看"),
        "library.yaml:28:16: steps[1].text.zh: only a technician opens a device: 拆开",
    ),
    (
        text_rules.only_technicians_open_devices,
        ("library.yaml", "en: Look at the network icon", "en: Open the terminal's housing"),
        "library.yaml:28:27: steps[1].text.en: only a technician opens a device: Open the terminal's housing",
    ),
    (
        text_rules.customers_hear_no_reason,
        ("entries.yaml", "zh: 请换一张卡。", "zh: 您的余额不够。"),
        "entries.yaml:49:27: entries[3].customer_phrase.zh: tells the customer a reason of the bank: 余额",
    ),
    (
        text_rules.customers_hear_no_reason,
        ("entries.yaml", "en: Please use another card.", "en: Your card was declined."),
        (
            "entries.yaml:49:39: entries[3].customer_phrase.en: "
            "tells the customer a reason of the bank: declined"
        ),
    ),
    (
        text_rules.each_language_is_its_own,
        ("entries.yaml", "zh: 网线松了", "zh: cable 松了"),
        "entries.yaml:26:20: entries[1].causes[0].text.zh: a word of the other language: cable",
    ),
    (
        text_rules.each_language_is_its_own,
        ("entries.yaml", "en: The network cable is loose", "en: The 网线 is loose"),
        "entries.yaml:26:30: entries[1].causes[0].text.en: a word of the other language: 网线",
    ),
    (
        text_rules.the_terms_are_the_fields,
        ("entries.yaml", "zh: 发卡行要求联系", "zh: 发卡银行要求联系"),
        'entries.yaml:46:21: entries[3].meanings[0].text.zh: "发卡银行" is called "发卡行" here',
    ),
    (
        text_rules.the_terms_are_the_fields,
        ("entries.yaml", "en: The issuer asks for a call", "en: The issuing bank asks for a call"),
        'entries.yaml:46:34: entries[3].meanings[0].text.en: "issuing bank" is called "issuer" here',
    ),
    (
        text_rules.no_two_steps_say_the_same,
        (
            "library.yaml",
            "en: Unplug the network cable and push it in again",
            "en: Look at the network icons",
        ),
        (
            "library.yaml:32:29: steps[2].text.en: "
            "says the same as the step look-network-icon: Look at the network icons"
        ),
    ),
    (
        rules.nothing_stands_twice,
        ("entries.yaml", "    money: unknown", "    screen: {en: [FAILED, FAILED]}\n    money: unknown"),
        'entries.yaml:9:27: entries[0].screen.en[1]: "FAILED" stands here twice',
    ),
    (
        rules.screen_texts_are_what_it_says,
        ("entries.yaml", "    money: unknown", "    screen: {zh: [FAILED]}\n    money: unknown"),
        "entries.yaml:9:19: entries[0].screen.zh[0]: stands under the wrong language",
    ),
    (
        rules.screen_texts_are_what_it_says,
        ("entries.yaml", "    money: unknown", "    screen: {en: [交易失败]}\n    money: unknown"),
        "entries.yaml:9:19: entries[0].screen.en[0]: stands under the wrong language",
    ),
    (
        rules.screen_texts_are_what_it_says,
        ("entries.yaml", "    money: unknown", f"    screen: {{zh: [{'长' * 41}]}}\n    money: unknown"),
        "entries.yaml:9:19: entries[0].screen.zh[0]: too long: 41 characters, at most 40",
    ),
    (
        rules.screen_texts_are_what_it_says,
        (
            "entries.yaml",
            "    money: unknown",
            "    screen: {en: [CARD 4111111111111111]}\n    money: unknown",
        ),
        "entries.yaml:9:19: entries[0].screen.en[0]: looks like card data",
    ),
    (
        rules.a_name_is_one_makers,
        ("library.yaml", "common_words: [bolt]", "names: [ACME  pos]"),
        'library.yaml:47:66: makers[1].names[0]: "ACME  pos" is a name of acme already',
    ),
    (
        rules.a_shape_is_one_origins,
        ("library.yaml", "  - id: terminal\n", "  - id: terminal\n    shape: 'E[0-9'\n"),
        (
            "library.yaml:8:12: origins[1].shape: is no regular expression: "
            "unterminated character set at position 1"
        ),
    ),
    (
        rules.a_shape_is_one_origins,
        ("library.yaml", "  - id: terminal\n", "  - id: terminal\n    shape: '.*'\n"),
        (
            "library.yaml:8:12: origins[1].shape: must fit codes of this origin only, and fits those of: "
            "card-network, pos-app, terminal, wallet"
        ),
    ),
]


@pytest.mark.parametrize(("rule", "change", "problem"), BAD)
def test_a_rule_finds_its_bad_example(
    small: Path, rule: rules.Rule, change: tuple[str, str, str], problem: str
) -> None:
    name, old, new = change
    path = small / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [str(each).replace(f"{small}/", "") for each in rule(load([small]))]
    assert found == [problem]
    assert set(found) <= {str(each).replace(f"{small}/", "") for each in check(small)}


def test_every_rule_has_a_bad_example() -> None:
    assert {rule for rule, _, _ in BAD} == set(RULES)


def test_a_good_catalog_has_no_problems(small: Path) -> None:
    assert check(small) == ()


def test_a_pack_is_checked_on_top_of_the_built_in_one(small: Path, tmp_path: Path) -> None:
    pack = tmp_path / "shop.yaml"
    pack.write_text(
        "schema: 1\nsteps:\n  - {id: own, text: {zh: 甲, en: a}, who: owner, seconds: 5}\n", encoding="utf-8"
    )
    assert [str(problem) for problem in check(small, [pack])] == [
        f'{pack}:3:10: steps[0].id: no entry uses "own"'
    ]


def test_the_built_in_pack_is_not_checked_against_itself(small: Path) -> None:
    assert check(small, [small]) == ()
