"""The report's blocks, independent of any format."""

from datetime import datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from pos_helper.domain.cases import Case, CaseDetails, CaseState, Mark, StepResult
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
from pos_helper.domain.report_blocks import FieldList, Report, StepLine, Value
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
    case: Case = CASE,
    shop: Shop | None = None,
    language: ReportLanguage = ReportLanguage.BOTH,
    printed_at: datetime = SEEN + timedelta(hours=1),
    *,
    untried: bool = False,
) -> Report:
    return build_report(case, shop or Shop(), language, printed_at, "POS Helper 0.1.0", untried=untried)


def raw(block: FieldList) -> dict[str, str]:
    return {field.key: field.value.raw for field in block.fields}


def shown(block: FieldList, key: str) -> str:
    value = block.get(key)
    assert value is not None
    return value.text.en


def line(built: Report, step_id: str) -> StepLine:
    (found,) = (line for line in (*built.tried, *built.untried) if line.id == step_id)
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
    ("by_code", "found", "answers", "certainty"),
    [
        (Money.UNKNOWN, None, ("unknown", "after_check"), "not_looked_up"),
        (Money.NOT_CHARGED, None, ("not_charged", "after_check"), "code_alone"),
        (Money.UNKNOWN, Money.CHARGED, ("charged", "no"), "looked_up"),
        (Money.UNKNOWN, Money.NOT_CHARGED, ("not_charged", "once"), "looked_up"),
        (Money.UNKNOWN, Money.UNKNOWN, ("unknown", "after_check"), "still_unknown"),
    ],
)
def test_money_says_how_it_is_known(
    by_code: Money, found: Money | None, answers: tuple[str, str], certainty: str
) -> None:
    resolved = replace(RESOLVED, entry=replace(RESOLVED.entry, money=by_code))
    money = raw(report(replace(CASE, resolved=resolved, money_found=found)).money)
    assert (money["money"], money["retry"]) == answers
    assert money["certainty"] == certainty
    assert ("money_catalog" in money) is (found is not None)


def test_where_no_payment_is_involved_nothing_is_to_be_known() -> None:
    resolved = replace(RESOLVED, entry=replace(RESOLVED.entry, money=Money.NOT_APPLICABLE, retry=Retry.YES))
    assert "certainty" not in raw(report(replace(CASE, resolved=resolved)).money)


def test_outcome_says_when_by_which_step_and_who_has_it_now() -> None:
    marks = {
        "router": Mark(StepResult.HELPED, SEEN),
        "cable": Mark(StepResult.NO_CHANGE, SEEN),
    }
    details = CaseDetails(handed_to="银联商务 张工", ticket="GD-77")
    case = replace(CASE, marks=marks, state=CaseState.HANDED_OVER, closed_at=SEEN, details=details)
    built = report(case)
    assert raw(built.outcome) == {
        "state": "handed_over",
        "closed_at": "2026-03-01T16:44:00+08:00",
        "helped": "router",
        "handed_to": "银联商务 张工",
        "ticket": "GD-77",
    }
    assert shown(built.outcome, "helped") == "Step router"
    assert built.progress.raw == "2/4"
    assert raw(report().outcome) == {"state": "open"}


def test_the_sales_details_stand_as_they_were_filled_in() -> None:
    given = {
        "amount": "128.50",
        "sale_time": "14:05",
        "trace_number": "000123",
        "reference_number": "123456789012",
        "authorisation_code": "A1B2C3",
        "batch_number": "000045",
        "order_number": "4200001234202611300123456789",
        "screen_text": "通讯失败",
        "changed": "换过路由器",
    }
    assert raw(report(replace(CASE, details=CaseDetails(**given))).sale) == given
    assert report().sale.fields == ()


def test_a_case_is_named_among_those_of_all_shops() -> None:
    assert report().id == "20260301T084400.000000Z-7"
    assert report(replace(CASE, note="changed"), printed_at=SEEN + timedelta(days=3)).id == report().id
    assert report(unsaved_case(RESOLVED, SEEN)).id == ""


# --- the clock ----------------------------------------------------------------------------------------


def test_an_end_before_the_beginning_is_a_remark_and_no_claim() -> None:
    case = replace(CASE, state=CaseState.SOLVED, closed_at=SEEN - timedelta(days=2))
    built = report(case)
    assert raw(built.outcome)["closed_at"] == ""
    assert shown(built.outcome, "closed_at") == "not certain"
    assert "Closed at (it said 2026-02-27 16:44 UTC+08:00)" in shown(built.footer, "clock")
    assert raw(built.incident)["seen_at"] == "2026-03-01T16:44:00+08:00"


def test_a_time_before_the_program_was_made_is_a_remark_and_no_claim() -> None:
    stopped = datetime(1970, 1, 1, 8, 0, tzinfo=BEIJING)
    marks = {"look": Mark(StepResult.HELPED, stopped), "ask": Mark(StepResult.HELPED, stopped)}
    built = report(replace(CASE, opened_at=stopped, marks=marks), printed_at=stopped)
    assert raw(built.incident)["seen_at"] == ""
    assert (line(built, "look").at.raw, line(built, "look").at.text.en) == ("", "not certain")
    assert raw(built.footer)["printed_at"] == ""
    remark = shown(built.footer, "clock")
    assert [remark.count(label) for label in ("Seen at (it said 1970", "Time (it", "Printed at (it")] == [
        1,
        1,
        1,
    ]


def test_a_clock_set_back_between_two_steps_is_a_remark() -> None:
    marks = {"look": Mark(StepResult.HELPED, SEEN - timedelta(hours=1))}
    built = report(replace(CASE, marks=marks))
    assert line(built, "look").at.raw == ""
    assert raw(built.footer)["clock"] == "wrong"


def test_what_is_done_at_once_is_no_fault_of_the_clock() -> None:
    at = SEEN - timedelta(milliseconds=3)
    built = report(replace(CASE, marks={"look": Mark(StepResult.HELPED, at)}, closed_at=at), printed_at=at)
    assert "clock" not in raw(built.footer)


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
    built = report(replace(CASE, machine=machine), shop)
    assert raw(built.incident)["machine"] == "红机器 2"
    assert raw(built.shop) == {
        "name": "店",
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
    assert [(line.id, line.group.raw) for line in report(untried=True).untried] == [
        ("look", "first"),
        ("ask", "first"),
        ("cable", "hardware"),
        ("router", "network"),
    ]


def test_step_names_every_tab_that_needs_it() -> None:
    assert [tab.raw for tab in line(report(untried=True), "cable").tabs] == ["hardware", "network"]


def test_what_helped_comes_first_then_what_was_tried_in_its_order() -> None:
    marks = {
        "look": Mark(None, SEEN, "等店主"),
        "cable": Mark(StepResult.COULD_NOT, SEEN + timedelta(minutes=2), "太高够不着"),
        "ask": Mark(StepResult.NO_CHANGE, SEEN + timedelta(minutes=1)),
        "router": Mark(StepResult.HELPED, SEEN + timedelta(minutes=3)),
    }
    built = report(replace(CASE, marks=marks))
    assert [(line.id, line.result.raw) for line in built.tried] == [
        ("router", "helped"),
        ("ask", "no_change"),
        ("cable", "could_not"),
        ("look", "not_tried"),
    ]
    assert line(built, "cable").note == "太高够不着"
    assert line(built, "look").note == "等店主"
    assert built.progress.raw == "3/4"
    assert (built.rest.raw, built.rest.text.en) == ("0", "none")


def test_what_was_not_tried_is_counted_and_listed_only_if_asked_for() -> None:
    case = replace(CASE, marks={"look": Mark(StepResult.NO_CHANGE, SEEN)})
    built = report(case)
    assert built.untried == ()
    assert built.rest == Value(
        "3",
        Text(
            "还有 3 步没试（先做的几步 1、硬件 1、网络 1）",
            "3 steps not tried (Quick steps 1, Hardware 1, Network 1)",
        ),
    )
    assert [line.id for line in report(case, untried=True).untried] == ["ask", "cable", "router"]


# --- the meanings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "choices"),
    [(None, ["undecided", "undecided"]), (0, ["chosen", "rejected"]), (1, ["chosen", "rejected"])],
)
def test_the_chosen_meaning_comes_first_and_all_stand_with_their_sources(
    chosen: int | None, choices: list[str]
) -> None:
    meanings = report(replace(CASE, meaning=chosen)).meanings
    assert [meaning.choice.raw for meaning in meanings] == choices
    found = [(each.confidence.raw, s.title.en, s.where) for each in meanings for s in each.sources]
    published = [("high", "Manual", "p. 1"), ("low", "Article", "3")]
    assert found == (published[::-1] if chosen == 1 else published)


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
        (replace(CASE, details=CaseDetails(screen_text=f"卡 {VISA}")), Shop(), "Text on the screen"),
        (replace(CASE, details=CaseDetails(amount=VISA)), Shop(), "Amount"),
        (replace(CASE, details=CaseDetails(ticket=VISA)), Shop(), "Their ticket no."),
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
    card_like = "103290054110005"
    built = report(shop=Shop(merchant_id=card_like))
    assert raw(built.shop)["merchant_id"] == card_like
    assert "masked" not in raw(built.footer)


def test_card_data_in_a_users_own_catalog_are_masked_too() -> None:
    steps = RESOLVED.steps | {"look": replace(step("look"), text=Text(f"刷 {VISA}", f"Swipe {VISA}"))}
    entry = replace(RESOLVED.entry, code=VISA)
    marks = {"look": Mark(StepResult.HELPED, SEEN, f"卡 {VISA}")}
    built = report(replace(CASE, resolved=replace(RESOLVED, entry=entry, steps=steps), marks=marks))
    assert VISA not in str(built)
    assert shown(built.footer, "masked").startswith("Step; ")


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
    outcome = report(unsaved_case(RESOLVED, SEEN)).outcome
    assert (raw(outcome)["state"], shown(outcome, "state")) == ("not_begun", "Not begun")


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
    assert raw(report(case).outcome)["state"] == "open"


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


def test_an_order_number_that_a_note_would_mask_stays_in_its_field() -> None:
    order = "6222021234567890128"
    built = report(replace(CASE, details=CaseDetails(order_number=order)))
    assert order in str(built)
    assert "masked" not in raw(built.footer)
