"""Every content rule reports its bad example and nothing else."""

from pathlib import Path

import pytest

from pos_helper.catalog.packs import advice_rules, step_rules, text_rules
from pos_helper.catalog.packs import check as rules
from pos_helper.catalog.packs.check import RULES, check
from pos_helper.catalog.packs.loading import load

ENTRIES = """steps:
  - {id: find-original, text: {zh: 找原来那笔, en: Find the original}, who: cashier, seconds: 5}
  - {id: query-same-order, text: {zh: 查原订单, en: Query the order}, who: cashier, seconds: 5}
entries:
"""
NO_SLIP = """  - id: terminal.no-slip
    code: P1
    title: {zh: 没出小票, en: No slip}
    money: not_applicable
    retry: not_applicable
    customer_phrase: {zh: 请稍等。, en: One moment please.}
    first: [find-original]
    causes:
      - id: paper
        tab: hardware
        text: {zh: 没纸, en: Out of paper}
        steps: [find-original, query-same-order, look-network-icon]
"""

CAUSE = """\
    causes:
      - {id: broken, tab: hardware, text: {zh: 坏了, en: It is broken}, steps: [check-last-sale]}
"""

PROGRAM = "        text: {zh: 程序坏了, en: The program is damaged}\n        steps: "
CARD_PHRASE = "{zh: 请换一张卡。, en: Please use another card.}\n    first: "
AGAIN = (
    (
        "entries.yaml",
        "entries:\n",
        "steps:\n  - {id: charge-once-more, text: {zh: 收, en: Pay}, who: cashier, seconds: 5}\nentries:\n",
    ),
)

Change = tuple[str, str, str]

# Rule, what to replace in which file of the small catalog (once or more), and the expected problem.
BAD = [
    (
        advice_rules.unknown_money_is_checked_first,
        ("entries.yaml", "first: [check-last-sale, look-network-icon]", "first: [look-network-icon]"),
        (
            "entries.yaml:22:12: entries[1].first: "
            "with unknown money the first step but waiting must be check-last-sale, "
            "or look up the original sale of a refund, void and the like"
        ),
    ),
    (
        advice_rules.unknown_money_is_checked_first,
        ("entries.yaml", "first: [check-last-sale, look-network-icon]", "first: []"),
        (
            "entries.yaml:22:12: entries[1].first: "
            "with unknown money the first step but waiting must be check-last-sale, "
            "or look up the original sale of a refund, void and the like"
        ),
    ),
    (
        advice_rules.unknown_money_is_checked_first,
        ("entries.yaml", "retry: after_check", "retry: once"),
        "entries.yaml:10:12: entries[0].retry: with unknown money expected: after_check, no, other_method",
    ),
    (
        advice_rules.charged_is_never_tried_again,
        ("entries.yaml", "retry: no", "retry: after_check"),
        "entries.yaml:58:12: entries[4].retry: a charged sale must have: no",
    ),
    (
        advice_rules.charged_is_never_tried_again,
        (
            (
                "entries.yaml",
                "Your payment went through.}\n    first: []",
                "Thanks.}\n    first: [look-network-icon]",
            ),
            ("library.yaml", "zh: 看网络图标", "zh: 确认没扣款后，再收"),
        ),
        (
            "entries.yaml:57:12: entries[4].money: "
            '"look-network-icon" is for what was not charged: if it may not be, money must be unknown'
        ),
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
        'library.yaml:31:10: steps[2].id: no entry uses "reseat-cable"',
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
        rules.nothing_stands_twice,
        ("entries.yaml", "zh: 程序坏了", "zh: 网线松了"),
        'entries.yaml:30:20: entries[1].causes[1].text.zh: "网线松了" stands here twice',
    ),
    (
        rules.nothing_stands_twice,
        (
            "entries.yaml",
            f"tab: software\n{PROGRAM}[factory-reset]",
            f"tab: network\n{PROGRAM}[look-network-icon, reseat-cable]",
        ),
        "entries.yaml:31:16: entries[1].causes[1].steps: has the steps of a cause before it: make one",
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
        ("entries.yaml", "zh: 我查一下，请先不要再付。", "zh: 请告诉我您的密码。"),
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
        text_rules.customers_hear_no_reason,
        ("entries.yaml", "zh: 请换一张卡。", "zh: 您的卡停用了。"),
        "entries.yaml:49:27: entries[3].customer_phrase.zh: tells the customer a reason of the bank: 停用",
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
        ("library.yaml", "  - id: terminal\n", "  - id: terminal\n    shapes: ['E[0-9']\n"),
        "library.yaml:8:14: origins[1].shapes[0]: must fit codes of this origin only, and fits those of: -",
    ),
    (
        rules.a_shape_is_one_origins,
        ("library.yaml", "  - id: terminal\n", "  - id: terminal\n    shapes: ['*']\n"),
        (
            "library.yaml:8:14: origins[1].shapes[0]: must fit codes of this origin only, and fits those of: "
            "card-network, pos-app, terminal, wallet"
        ),
    ),
    (
        advice_rules.what_it_is_about_is_looked_up_first,
        (
            ("entries.yaml", "entries:\n", ENTRIES),
            ("entries.yaml", "zh: 通讯失败", "zh: 撤销失败"),
            ("entries.yaml", "[check-last-sale, look-network-icon]", "[check-last-sale, find-original]"),
        ),
        'entries.yaml:25:13: entries[1].first[0]: "find-original" must come before it',
    ),
    (
        advice_rules.questions_have_an_answer,
        (
            "entries.yaml",
            "    title: {zh: 通讯失败",
            "    phrases: {zh: [连不上], en: [should I try again]}\n    title: {zh: 通讯失败",
        ),
        "entries.yaml:16:31: entries[1].phrases.en[0]: is a question: it belongs in answers",
    ),
    (
        advice_rules.questions_have_an_answer,
        (
            ("entries.yaml", "entries:\n", ENTRIES + NO_SLIP),
            (
                "entries.yaml",
                "    title: {zh: 通讯失败",
                "    answers: [{step: find-original, zh: [还能退吗]}]\n    title: {zh: 通讯失败",
            ),
        ),
        'entries.yaml:31:22: entries[2].answers[0].step: "find-original" is not a step of this entry',
    ),
    (
        advice_rules.what_runs_is_waited_for,
        ("entries.yaml", "zh: 通讯失败", "zh: 交易处理中"),
        (
            "entries.yaml:22:13: entries[1].first[0]: "
            "in progress: the first step must wait: compare-signature, customer-confirms-on-phone, "
            "customer-enters-text-code, customer-takes-card, guide-customer, pause-a-minute, poll-order, "
            "poll-shouqianba-order, wait-for-result, "
            "wait-ready"
        ),
    ),
    (
        advice_rules.not_charged_needs_no_check,
        ("entries.yaml", "retry: other_card", "retry: after_check"),
        (
            "entries.yaml:48:12: entries[3].retry: "
            "not charged needs no check first; if it does, money must be unknown"
        ),
    ),
    (
        advice_rules.not_charged_needs_no_check,
        (
            "entries.yaml",
            "{zh: 请换一张卡。, en: Please use another card.}\n    first: []",
            "{zh: 请换一张卡。, en: Please use another card.}\n    first: [check-last-sale]",
        ),
        (
            "entries.yaml:50:13: entries[3].first[0]: "
            "not charged needs no check first; if it does, money must be unknown"
        ),
    ),
    (
        advice_rules.no_payment_has_its_own_word,
        ("entries.yaml", "retry: not_applicable", "retry: no"),
        "entries.yaml:66:12: entries[5].retry: without a payment expected: not_applicable",
    ),
    (
        advice_rules.no_payment_has_its_own_word,
        ("entries.yaml", "retry: other_card", "retry: not_applicable"),
        "entries.yaml:48:12: entries[3].retry: not_applicable only if money is not_applicable too",
    ),
    (
        advice_rules.a_running_payment_is_a_payment,
        ("entries.yaml", "entries:\n", ENTRIES + NO_SLIP.replace("没纸", "可能正在收款")),
        (
            "entries.yaml:17:15: entries[0].causes[0].text: "
            "cause paper says that a payment may be running: money must be unknown"
        ),
    ),
    (
        advice_rules.an_open_outcome_is_unknown,
        ("entries.yaml", "zh: 发卡行要求联系", "zh: 超时，结果不明"),
        "entries.yaml:46:16: entries[3].meanings[0].text: leaves the outcome open: money must be unknown",
    ),
    (
        advice_rules.phrase_and_retry_agree,
        (
            "entries.yaml",
            "other_card\n    customer_phrase: {zh: 请换一张卡。",
            "once\n    customer_phrase: {zh: 请再试一次。",
        ),
        (
            "entries.yaml:49:39: entries[3].customer_phrase.en: "
            'may be tried again: the phrase must say "again" or "once more"'
        ),
    ),
    (
        advice_rules.the_machine_is_at_fault_only_if_it_is,
        ("entries.yaml", "entries:\n", ENTRIES + NO_SLIP.replace("请稍等", "我处理一下机器")),
        (
            "entries.yaml:12:27: entries[0].customer_phrase.zh: "
            "the machine is not at fault: speak of the original sale, refund or settlement"
        ),
    ),
    (
        advice_rules.retry_and_quick_steps_agree,
        (
            ("entries.yaml", "retry: not_applicable", "retry: once"),
            (
                "entries.yaml",
                "first: []\n  - id: pos-app.0x0004",
                "first: [look-network-icon]\n  - id: pos-app.0x0004",
            ),
            ("library.yaml", "who: cashier, seconds: 5}", "who: cashier, seconds: 5, exit: call}"),
        ),
        "entries.yaml:68:12: entries[5].first: may be tried again, but no quick step says how",
    ),
    (
        advice_rules.retry_and_quick_steps_agree,
        (
            *AGAIN,
            ("entries.yaml", "other_card", "no"),
            ("entries.yaml", f"{CARD_PHRASE}[]", f"{CARD_PHRASE}[charge-once-more]"),
        ),
        "entries.yaml:52:12: entries[3].first: must not be tried again, but a quick step does so",
    ),
    (
        advice_rules.retry_and_quick_steps_agree,
        ("entries.yaml", f"{CARD_PHRASE}[]", f"{CARD_PHRASE}[look-network-icon]"),
        "entries.yaml:50:12: entries[3].first: another card is wanted, but no quick step offers it",
    ),
    (
        advice_rules.retry_and_quick_steps_agree,
        (
            ("entries.yaml", "other_card", "other_method"),
            ("entries.yaml", f"{CARD_PHRASE}[]", f"{CARD_PHRASE}[look-network-icon]"),
        ),
        "entries.yaml:50:12: entries[3].first: another way is wanted, but no quick step offers it",
    ),
    (
        advice_rules.a_refund_is_told_from_a_charge,
        (
            "entries.yaml",
            "entries:\n",
            "entries:\n"
            + NO_SLIP.replace("not_applicable", "not_charged", 1)
            .replace("not_applicable", "once")
            .replace("find-original", "look-network-icon")
            .replace("query-same-order, ", "")
            .replace("没纸", "这是退款"),
        ),
        (
            "entries.yaml:14:15: entries[0].causes[0].text: "
            "may be a refund: a quick step must tell which, such as charge-or-refund"
        ),
    ),
    (
        advice_rules.the_phrase_fits_the_money,
        ("entries.yaml", "zh: 我查一下，", "zh: 这笔没有扣款，"),
        (
            "entries.yaml:21:27: entries[1].customer_phrase.zh: "
            "money is unknown: must not say that nothing was paid"
        ),
    ),
    (
        advice_rules.the_phrase_fits_the_money,
        ("entries.yaml", "我查一下，请先不要再付。", "我查一下。"),
        "entries.yaml:21:27: entries[1].customer_phrase.zh: money is unknown: must ask not to pay again",
    ),
    (
        advice_rules.the_phrase_fits_the_money,
        ("entries.yaml", "zh: 付款成功。", "zh: 我查一下付成了没有。"),
        "entries.yaml:59:27: entries[4].customer_phrase.zh: charged: must not ask whether it was paid",
    ),
    (
        advice_rules.an_offered_card_is_a_step,
        ("entries.yaml", f"{CARD_PHRASE}[]", f"{CARD_PHRASE}[look-network-icon]"),
        "entries.yaml:49:22: entries[3].customer_phrase: offers another card, but no step does",
    ),
    (
        step_rules.a_step_names_its_own_provider,
        ("library.yaml", "zh: 看网络图标", "zh: 看支付宝图标"),
        'entries.yaml:2:9: entries[1].origin: "look-network-icon" is a step for 支付宝 only',
    ),
    (
        step_rules.without_a_reader_no_card_is_handled,
        (
            ("library.yaml", "id: wallet\n", "id: alipay\n"),
            ("entries.yaml", "origin: wallet\n", "origin: alipay\n"),
            ("library.yaml", "zh: 查上一笔交易", "zh: 看签购单"),
        ),
        'entries.yaml:78:13: entries[7].origin: "check-last-sale" needs a card terminal: there is none',
    ),
    (
        advice_rules.one_look_up_is_enough,
        (
            "entries.yaml",
            "entries:\n",
            ENTRIES + NO_SLIP.replace("first: [", "first: [check-last-sale, query-same-order, "),
        ),
        'entries.yaml:13:30: entries[0].first[1]: "query-same-order" looks the same payment up again',
    ),
    (
        advice_rules.quick_steps_fit_the_causes,
        ("entries.yaml", "steps: [look-network-icon, reseat-cable]", "steps: [reseat-cable]"),
        (
            "entries.yaml:22:30: entries[1].first[1]: "
            'the quick step "look-network-icon" is in none of the causes'
        ),
    ),
    (
        advice_rules.quick_steps_use_their_room,
        ("entries.yaml", "entries:\n", ENTRIES + NO_SLIP.replace("first: [find-original]", "first: []")),
        ("entries.yaml:13:12: entries[0].first: room for what the cashier can do at once: look-network-icon"),
    ),
    (
        advice_rules.high_confidence_is_earned,
        ("entries.yaml", "sources: [article], confidence: low", "sources: [article], confidence: high"),
        (
            "entries.yaml:8:80: entries[0].meanings[0].confidence: "
            "one program or article alone: at most medium"
        ),
    ),
    (
        rules.sources_can_be_found,
        ("library.yaml", "kind: article", "kind: code"),
        (
            "library.yaml:21:74: sources[1].where: "
            'expected an address, "github.com/owner/name: path" or a start with "no public address '
            'known"'
        ),
    ),
    (
        rules.sources_can_be_found,
        ("library.yaml", "where: article 003", "where: ISO 8583"),
        "library.yaml:21:77: sources[1].where: is the same as the source iso8583",
    ),
    (
        text_rules.figures_stand_in_both_languages,
        ("entries.yaml", "zh: 网线松了", "zh: 网线松了 10 天"),
        "entries.yaml:26:15: entries[1].causes[0].text: stands in one language only: 10",
    ),
    (
        text_rules.titles_are_plain,
        ("entries.yaml", "zh: 系统出错", "zh: 组包出错"),
        (
            "entries.yaml:6:17: entries[0].title.zh: "
            "a programmer's word: 组包; if the screen shows it, name it under screen"
        ),
    ),
    (
        step_rules.guards_say_the_same,
        ("library.yaml", "zh: 恢复出厂设置", "zh: 确认没扣款后，恢复出厂设置"),
        (
            "library.yaml:37:35: steps[3].text.en: "
            '"确认没扣款后，" and "Once sure it was not charged: " go together'
        ),
    ),
    (
        step_rules.guards_say_the_same,
        ("library.yaml", "en: Reset the terminal", "en: Surely reset the terminal"),
        'library.yaml:37:28: steps[3].text.en: must not begin with "surely"',
    ),
    (
        step_rules.looking_says_what_follows,
        ("library.yaml", "    how: {zh: 打叉就是没网, en: A cross means no network},\n", ""),
        "library.yaml:28:16: steps[1].text.zh: needs a how: where to look, and what then",
    ),
    (
        step_rules.a_look_up_names_every_outcome,
        ("library.yaml", "，查不到不能断定", ""),
        "library.yaml:25:10: steps[0].how: how must name paid, not paid and not known",
    ),
    (
        step_rules.a_step_takes_as_long_as_it_says,
        ("library.yaml", "zh: 打叉就是没网", "zh: 等 10 秒看"),
        "library.yaml:29:15: steps[1].how.zh: longer than seconds: 10 秒",
    ),
    (
        step_rules.a_step_takes_as_long_as_it_says,
        ("library.yaml", "en: A cross means no network", "en: Watch for 2 minutes"),
        "library.yaml:29:27: steps[1].how.en: longer than seconds: 2 minute",
    ),
    (
        step_rules.switching_off_is_guarded,
        ("library.yaml", "how: {zh: 空闲时做", "how: {zh: 慢慢做"),
        "library.yaml:32:16: steps[2].text.zh: cuts off a payment: needs a stop or while idle",
    ),
    (
        step_rules.charging_again_is_guarded,
        ("library.yaml", "zh: 看网络图标", "zh: 网好了重新收一次"),
        'library.yaml:28:16: steps[1].text.zh: needs a stop or the start "确认没扣款后，"',
    ),
    (
        step_rules.asking_the_customer_is_the_cashiers,
        ("library.yaml", "zh: 恢复出厂设置", "zh: 请顾客稍等"),
        "library.yaml:38:10: steps[3].who: expected: cashier",
    ),
    (
        step_rules.every_symptom_has_a_way_out,
        (
            "entries.yaml",
            "    title: {zh: 通用排查",
            f"    needs_no: serve\n{CAUSE}    title: {{zh: 通用排查",
        ),
        "entries.yaml:89:7: entries[8].causes: no step has exit: call, nor needs_no",
    ),
    (
        step_rules.every_symptom_has_a_way_out,
        ("entries.yaml", "    title: {zh: 通用排查", f"    needs_no: call\n{CAUSE}    title: {{zh: 通用排查"),
        "entries.yaml:89:7: entries[8].causes: no step has exit: serve, nor needs_no",
    ),
    (
        step_rules.steps_fit_the_device,
        (
            ("entries.yaml", "    title: {zh: 通讯失败", "    device: printer\n    title: {zh: 通讯失败"),
            ("library.yaml", "seconds: 600", "seconds: 600\n    device: terminal"),
        ),
        'entries.yaml:16:13: entries[1].device: "factory-reset" is a step for: terminal',
    ),
    (
        step_rules.a_platform_has_no_acquirer,
        (
            ("library.yaml", "id: card-network\n", "id: square\n"),
            (
                "entries.yaml",
                "  - id: card-network.01\n    origin: card-network\n",
                "  - id: square.01\n    origin: square\n",
            ),
            (
                "entries.yaml",
                "en: Please use another card.}\n    first: []",
                "en: Please use another card.}\n    first: [check-last-sale]",
            ),
            ("library.yaml", "zh: 查上一笔交易", "zh: 请收单机构查"),
        ),
        'entries.yaml:42:13: entries[3].origin: "check-last-sale" needs an acquirer: there is none',
    ),
    (
        step_rules.what_swells_is_left_alone,
        (
            ("entries.yaml", "en: The network cable is loose", "en: The battery bulges"),
            ("entries.yaml", "reseat-cable]", "let-cool]"),
            ("library.yaml", "id: reseat-cable", "id: let-cool"),
        ),
        "entries.yaml:27:36: entries[1].causes[0].steps[1]: what swells is not cooled or moved: let-cool",
    ),
    (
        step_rules.quick_steps_let_stop_steps_be_done,
        (
            ("library.yaml", "zh: 看网络图标", "zh: 别再按键"),
            ("library.yaml", "zh: 恢复出厂设置", "zh: 马上关机"),
        ),
        'entries.yaml:22:30: entries[1].first[1]: forbids what "factory-reset" orders',
    ),
    (
        step_rules.settling_again_is_checked_first,
        (
            ("entries.yaml", "reseat-cable]", "settle-again]"),
            ("library.yaml", "id: reseat-cable", "id: settle-again"),
        ),
        "entries.yaml:27:16: entries[1].causes[0].steps: settle-again needs check-settled before it",
    ),
    (
        step_rules.a_promised_slip_can_be_printed,
        ("entries.yaml", "zh: 我查一下，请先不要再付。", "zh: 我给您重打一张。"),
        "entries.yaml:21:22: entries[1].customer_phrase: promises a slip that no step prints",
    ),
    (
        step_rules.a_dead_network_has_a_substitute,
        (
            ("entries.yaml", '    code: "E1"\n', "    origin: symptom\n"),
            ("entries.yaml", "reseat-cable]", "reconnect-network]"),
            ("library.yaml", "id: reseat-cable", "id: reconnect-network"),
            ("library.yaml", "who: cashier, seconds: 30,", "who: cashier, seconds: 30, exit: call,"),
            ("library.yaml", "who: cashier, seconds: 5}", "who: cashier, seconds: 5, exit: serve}"),
        ),
        "entries.yaml:24:7: entries[1].causes: a dead network needs switch-network",
    ),
    (
        step_rules.quick_steps_stand_before_long_ones,
        (
            ("entries.yaml", '    code: "E1"\n', "    origin: symptom\n    needs_no: serve\n"),
            ("entries.yaml", "steps: [factory-reset]", "steps: [factory-reset, look-network-icon]"),
            ("library.yaml", "who: cashier, seconds: 30,", "who: cashier, seconds: 30, exit: call,"),
        ),
        (
            "entries.yaml:32:32: entries[1].causes[1].steps[1]: "
            '"look-network-icon" is quick: before "factory-reset"'
        ),
    ),
]


@pytest.mark.parametrize(("rule", "change", "problem"), BAD)
def test_a_rule_finds_its_bad_example(
    small: Path, rule: rules.Rule, change: Change | tuple[Change, ...], problem: str
) -> None:
    for name, old, new in (change,) if isinstance(change[0], str) else change:
        path = small / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [str(each).replace(f"{small}/", "") for each in rule(load([small]))]
    assert found == [problem]
    assert set(found) <= {str(each).replace(f"{small}/", "") for each in check(small)}


def test_what_runs_may_be_waited_for_before_it_is_looked_up(small: Path) -> None:
    path = small / "entries.yaml"
    text = path.read_text(encoding="utf-8").replace("zh: 通讯失败", "zh: 交易处理中")
    text = text.replace("first: [check-last-sale, look-network-icon]", "first: [wait-ready, check-last-sale]")
    wait = (
        "steps:\n  - {id: wait-ready, text: {zh: 等半分钟, en: Wait}, who: cashier, seconds: 30}\nentries:\n"
    )
    path.write_text(text.replace("entries:\n", wait, 1), encoding="utf-8")
    assert check(small) == ()


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
