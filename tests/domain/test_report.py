"""The report's blocks, independent of any format."""

from datetime import datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from pos_helper.domain.cases import Case, CaseState, Mark, StepResult
from pos_helper.domain.entries import (
    Cause,
    Confidence,
    Entry,
    Meaning,
    Money,
    Origin,
    OtherWords,
    Retry,
    Source,
    SourceKind,
    Step,
    Tab,
    Who,
)
from pos_helper.domain.errors import UserError
from pos_helper.domain.machines import Machine
from pos_helper.domain.report import NO_CASE, build_report, unsaved_case
from pos_helper.domain.report_blocks import FieldList, Report, StepLine
from pos_helper.domain.report_options import ReportLanguage
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text

BEIJING = timezone(timedelta(hours=8))
SEEN = datetime(2026, 3, 1, 16, 44, tzinfo=BEIJING)
VISA = "4111111111111111"


def step(step_id: str) -> Step:
    return Step(id=step_id, text=Text(f"步骤 {step_id}", f"Step {step_id}"), who=Who.CASHIER, seconds=30)


def cause(tab: Tab, *steps: str) -> Cause:
    return Cause(id=f"cause-{tab}", tab=tab, text=Text("原因", "Cause"), steps=steps)


RESOLVED = ResolvedEntry(
    entry=Entry(
        id="terminal.01",
        origin="terminal",
        code="01",
        title=Text("连不上", "No connection"),
        money=Money.UNKNOWN,
        retry=Retry.AFTER_CHECK,
        customer_phrase=Text("请稍等。", "One moment please."),
        first=("look", "ask"),
        meanings=(
            Meaning(text=Text("线断了", "Line cut"), sources=("manual",), confidence=Confidence.HIGH),
            Meaning(text=Text("卡坏了", "Bad card"), sources=("article",), confidence=Confidence.LOW),
        ),
        causes=(
            cause(Tab.NETWORK, "look", "router", "cable"),
            cause(Tab.HARDWARE, "cable"),
            cause(Tab.OPERATION, "ask"),
        ),
    ),
    origin=Origin(id="terminal", title=Text("终端", "Terminal"), screen=Text("屏幕", "Screen")),
    steps={each: step(each) for each in ("look", "ask", "router", "cable")},
    sources={
        "manual": Source(id="manual", kind=SourceKind.VENDOR, title=Text("手册", "Manual"), where="p. 1"),
        "article": Source(id="article", kind=SourceKind.ARTICLE, title=Text("文章", "Article"), where="3"),
    },
    prevention=(),
    pack="built-in",
    catalog="0.1.0+3f2a",
)
CASE = Case(id=7, opened_at=SEEN, code_shown="01", resolved=RESOLVED)


def report(
    case: Case = CASE, shop: Shop | None = None, language: ReportLanguage = ReportLanguage.BOTH
) -> Report:
    return build_report(case, shop or Shop(), language, SEEN + timedelta(hours=1), "POS Helper 0.1.0")


def raw(block: FieldList) -> dict[str, str]:
    return {field.key: field.value.raw for field in block.fields}


def shown(block: FieldList, key: str) -> str:
    value = block.get(key)
    assert value is not None
    return value.text.en


def line(built: Report, step_id: str) -> StepLine:
    (found,) = (line for table in built.steps for line in table.lines if line.id == step_id)
    return found


# --- the incident and the money ---------------------------------------------------------------------


def test_code_stands_as_it_was_shown_with_its_usual_form_beside_it() -> None:
    assert raw(report(replace(CASE, code_shown="Ｏ１ ")).incident)["code"] == "Ｏ１ "
    assert raw(report(replace(CASE, code_shown="Ｏ１ ")).incident)["catalog_code"] == "01"
    assert "catalog_code" not in raw(report().incident)


def test_symptom_without_a_code_says_so() -> None:
    resolved = replace(RESOLVED, entry=replace(RESOLVED.entry, code=None))
    built = report(replace(CASE, resolved=resolved, code_shown=""))
    assert built.code == ""
    assert shown(built.incident, "code") == "no code"
    assert built.heading() == Text("POS 故障处理单 连不上", "POS trouble sheet No connection")


def test_times_carry_their_zone() -> None:
    tokyo = timezone(timedelta(hours=9))
    marks = {
        "look": Mark(StepResult.HELPED, SEEN + timedelta(minutes=5)),
        "ask": Mark(StepResult.HELPED, SEEN + timedelta(days=1)),
        "cable": Mark(StepResult.HELPED, SEEN.astimezone(tokyo)),
    }
    built = report(replace(CASE, marks=marks))
    assert shown(built.incident, "seen_at") == "2026-03-01 16:44 UTC+08:00"
    assert raw(built.incident)["seen_at"] == "2026-03-01T16:44:00+08:00"
    assert shown(built.footer, "printed_at") == "2026-03-01 17:44 UTC+08:00"
    assert line(built, "look").at.text.en == "16:49"
    assert line(built, "ask").at.text.en == "2026-03-02 16:44"
    assert line(built, "cable").at.text.en == "2026-03-01 17:44 UTC+09:00"


@pytest.mark.parametrize(
    ("found", "answers", "checked"),
    [
        (None, ("unknown", "after_check"), "not looked up yet"),
        (Money.CHARGED, ("charged", "no"), "Charged: the money moved"),
        (Money.NOT_CHARGED, ("not_charged", "once"), "Not charged: no money moved"),
        (Money.UNKNOWN, ("unknown", "after_check"), "looked up, still not known"),
    ],
)
def test_money_says_what_the_code_says_and_what_the_check_found(
    found: Money | None, answers: tuple[str, str], checked: str
) -> None:
    money = report(replace(CASE, money_found=found)).money
    assert (raw(money)["money"], raw(money)["retry"]) == answers
    assert raw(money)["money_catalog"] == "unknown"
    assert shown(money, "money_found") == checked


def test_where_no_payment_is_involved_no_check_is_missed() -> None:
    resolved = replace(RESOLVED, entry=replace(RESOLVED.entry, money=Money.NOT_APPLICABLE, retry=Retry.YES))
    assert "money_found" not in raw(report(replace(CASE, resolved=resolved)).money)


def test_outcome_says_when_and_what_helped() -> None:
    marks = {
        "router": Mark(StepResult.HELPED, SEEN),
        "cable": Mark(StepResult.NO_CHANGE, SEEN),
    }
    case = replace(CASE, marks=marks, state=CaseState.SOLVED, closed_at=SEEN)
    incident = report(case).incident
    assert raw(incident)["state"] == "solved"
    assert shown(incident, "closed_at") == "2026-03-01 16:44 UTC+08:00"
    assert shown(incident, "tried") == "2 of 4"
    assert shown(incident, "helped") == "Step router"
    assert not {"closed_at", "helped"} & set(raw(report().incident))


# --- the shop ---------------------------------------------------------------------------------------


def test_empty_shop_fields_are_left_out_but_the_terminal_number_is_asked_for() -> None:
    shop = report(shop=Shop(name="店")).shop
    assert raw(shop) == {"name": "店", "terminal_id": ""}
    assert shown(shop, "terminal_id") == "not filled in"


def test_the_machine_of_the_case_stands_in_the_place_of_the_shops() -> None:
    shop = Shop(
        name="店", terminal_id="1", device_model="N910", serial="NX-1", acquirer="银联商务", hotline="95534"
    )
    machine = Machine("terminal", "红机器", "2", terminal_id="00012346", model="A920", hotline="95516")
    fields = report(replace(CASE, machine=machine), shop).shop
    assert raw(fields) == {
        "name": "店",
        "machine": "红机器 2",
        "terminal_id": "00012346",
        "device_model": "A920",
        "hotline": "95516",
    }


def test_a_machine_of_which_nothing_is_known_leaves_the_shops_details() -> None:
    shop = Shop(terminal_id="1", hotline="95534")
    assert report(replace(CASE, machine=Machine("terminal")), shop).shop == report(CASE, shop).shop


def test_all_shop_fields_are_there() -> None:
    full = Shop("店", "898310058120001", "00012345", "A920", "SN1", "银联商务", "95534", "店长")
    assert list(raw(report(shop=full).shop).values()) == [
        getattr(full, key) for key in full.__struct_fields__
    ]


# --- the steps --------------------------------------------------------------------------------------


def test_each_step_stands_once_where_it_is_first_met() -> None:
    groups = {table.group.raw: [line.id for line in table.lines] for table in report().steps}
    assert groups == {
        "first": ["look", "ask"],
        "hardware": ["cable"],
        "network": ["router"],
        "operation": [],
    }


def test_group_names_the_steps_that_stand_above_it() -> None:
    above = {table.group.raw: table.listed_above for table in report().steps}
    assert above["first"] is None
    assert above["hardware"] is None
    assert above["network"] == Text(
        "已列在上面：步骤 look / 步骤 cable", "Listed above: Step look / Step cable"
    )
    assert above["operation"] == Text("已列在上面：步骤 ask", "Listed above: Step ask")


def test_step_names_every_tab_that_needs_it() -> None:
    assert [tab.raw for tab in line(report(), "cable").tabs] == ["hardware", "network"]


def test_untried_steps_are_listed_and_ticked_ones_have_their_result_and_note() -> None:
    marks = {
        "cable": Mark(StepResult.COULD_NOT, SEEN, "太高够不着"),
        "ask": Mark(None, SEEN, "等店主"),
    }
    built = report(replace(CASE, marks=marks))
    results = {line.id: line.result.raw for table in built.steps for line in table.lines}
    assert results == {"look": "not_tried", "ask": "not_tried", "cable": "could_not", "router": "not_tried"}
    assert line(built, "cable").note == "太高够不着"
    assert line(built, "ask").note == "等店主"
    assert {table.group.raw: table.tried for table in built.steps} == {
        "first": 0,
        "hardware": 1,
        "network": 0,
        "operation": 0,
    }


# --- the meanings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "choices"),
    [(None, ["undecided", "undecided"]), (0, ["chosen", "rejected"]), (1, ["rejected", "chosen"])],
)
def test_chosen_and_rejected_meanings_stand_with_their_sources(
    chosen: int | None, choices: list[str]
) -> None:
    meanings = report(replace(CASE, meaning=chosen)).meanings
    assert [meaning.choice.raw for meaning in meanings] == choices
    assert [meaning.confidence.raw for meaning in meanings] == ["high", "low"]
    assert [(s.title.en, s.where) for meaning in meanings for s in meaning.sources] == [
        ("Manual", "p. 1"),
        ("Article", "3"),
    ]


# --- the languages and the footer ---------------------------------------------------------------------


def test_both_languages_say_chinese_first_and_the_same_word_once() -> None:
    built = report()
    assert built.languages == (Lang.ZH, Lang.EN)
    assert built.in_languages(built.problem) == ("连不上", "No connection")
    assert built.in_languages(Text("01", "01")) == ("01",)
    assert report(language=ReportLanguage.EN).in_languages(built.problem) == ("No connection",)


def test_footer_names_the_sheet_and_the_versions_it_was_worked_with() -> None:
    assert raw(report().footer) == {
        "report_no": "7",
        "printed_at": "2026-03-01T17:44:00+08:00",
        "program": "POS Helper 0.1.0",
        "catalog": "0.1.0+3f2a",
        "card_data": "checked",
    }


# --- card data is masked again in the report ----------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "shop", "where"),
    [
        (replace(CASE, code_shown=VISA), Shop(), "Code as shown"),
        (replace(CASE, note=f"卡号 {VISA}"), Shop(), "Note"),
        (
            replace(CASE, marks={"look": Mark(StepResult.HELPED, SEEN, f"CVV 123 {VISA}")}),
            Shop(),
            "Step note (Step look)",
        ),
        (CASE, Shop(contact=VISA), "Contact"),
        (replace(CASE, machine=Machine(label=VISA)), Shop(), "Machine"),
        (replace(CASE, machine=Machine(serial=VISA)), Shop(), "Serial no."),
        (CASE, Shop(merchant_id=VISA), "Merchant ID"),
    ],
)
def test_card_data_are_masked_and_the_footer_says_where(case: Case, shop: Shop, where: str) -> None:
    built = report(case, shop)
    assert VISA not in str(built)
    assert "CVV 123" not in str(built)
    assert shown(built.footer, "masked") == where


def test_merchant_number_is_not_taken_for_a_card() -> None:
    amex_like = "378282246310005"
    built = report(shop=Shop(merchant_id=amex_like))
    assert raw(built.shop)["merchant_id"] == amex_like
    assert "masked" not in raw(built.footer)


def test_card_data_in_a_users_own_catalog_are_masked_too() -> None:
    steps = RESOLVED.steps | {"look": replace(step("look"), text=Text(f"刷 {VISA}", f"Swipe {VISA}"))}
    entry = replace(RESOLVED.entry, code=VISA)
    marks = {"look": Mark(StepResult.HELPED, SEEN, f"卡 {VISA}")}
    built = report(replace(CASE, resolved=replace(RESOLVED, entry=entry, steps=steps), marks=marks))
    assert VISA not in str(built)
    assert shown(built.footer, "masked").startswith("Code as shown; Usual form; ")


def test_control_characters_and_broken_characters_are_dropped() -> None:
    built = report(replace(CASE, note="一\x00\x1b[31m二\r\n三\ud83d 4111\x001111\x001111\x001111"))
    assert built.note.startswith("一[31m二\n三 ")
    assert "1111111" not in built.note
    assert built.note.encode("utf-8")


# --- a report without a case ----------------------------------------------------------------------------


def test_entry_can_be_worked_for_one_sheet_only() -> None:
    case = unsaved_case(RESOLVED, SEEN, {"router": StepResult.HELPED}, f"店里 {VISA}")
    assert case.id == NO_CASE
    assert VISA not in case.note
    built = report(case)
    assert shown(built.footer, "report_no") == "none: no case was kept"
    assert line(built, "router").result.raw == "helped"
    assert raw(built.incident)["code"] == "01"


def test_entry_that_nobody_has_worked_on_has_not_begun() -> None:
    incident = report(unsaved_case(RESOLVED, SEEN)).incident
    assert (raw(incident)["state"], shown(incident, "state")) == ("not_begun", "Not begun")


@pytest.mark.parametrize(
    "case",
    [
        unsaved_case(RESOLVED, SEEN, {"router": StepResult.NO_CHANGE}),
        unsaved_case(RESOLVED, SEEN, note="since noon"),
        replace(CASE, marks={}, note=""),
    ],
    ids=["ticked", "noted", "kept"],
)
def test_entry_that_was_worked_on_is_open_until_it_is_closed(case: Case) -> None:
    assert raw(report(case).incident)["state"] == "open"


def test_result_for_a_step_of_another_entry_is_trouble_that_names_it() -> None:
    with pytest.raises(UserError, match="reboot-server") as error:
        unsaved_case(RESOLVED, SEEN, {"reboot-server": StepResult.HELPED})
    assert "reboot-server" in error.value.text.zh


def test_what_the_screen_says_stands_on_the_sheet_where_it_is_known() -> None:
    says = replace(RESOLVED.entry, screen=OtherWords(zh=("余额不足",), en=("INSUFF FUNDS",)))
    reports = [
        build_report(
            unsaved_case(replace(RESOLVED, entry=entry), SEEN),
            Shop(),
            ReportLanguage.BOTH,
            SEEN,
            "POS Helper",
        )
        for entry in (RESOLVED.entry, says)
    ]
    known = reports[1].incident.get("screen")
    assert known is not None
    assert known.text == Text("余额不足 · INSUFF FUNDS", "INSUFF FUNDS · 余额不足")
    assert reports[0].incident.get("screen") is None
