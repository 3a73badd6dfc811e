"""Rules for cases, resolved entries, labels and shop details."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
from msgspec.structs import replace

from pos_helper.domain import labels
from pos_helper.domain.cases import (
    Case,
    CaseDetails,
    CaseState,
    Mark,
    StepProgress,
    StepResult,
    may_have_helped,
    money_and_retry,
    step_progress,
)
from pos_helper.domain.entries import (
    Cause,
    Confidence,
    Entry,
    Money,
    Origin,
    Retry,
    Risk,
    Side,
    Step,
    Tab,
    Who,
)
from pos_helper.domain.filled_in import NUMBERS, field_problem
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text

NOON = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
ANY = Text("文", "text")


def entry(money: Money = Money.UNKNOWN, retry: Retry = Retry.AFTER_CHECK) -> Entry:
    """An entry with the step ``router`` among the quick steps and under two tabs."""
    return Entry(
        id="terminal.e1",
        origin="terminal",
        code="E1",
        title=ANY,
        money=money,
        retry=retry,
        customer_phrase=ANY,
        first=("last-sale", "router"),
        causes=(
            Cause(id="dns", tab=Tab.NETWORK, text=ANY, steps=("router", "dns")),
            Cause(id="loose", tab=Tab.HARDWARE, text=ANY, steps=("cable",)),
            Cause(id="line", tab=Tab.NETWORK, text=ANY, steps=("call", "router")),
            Cause(id="hot", tab=Tab.HARDWARE, text=ANY, steps=("cool", "router")),
        ),
    )


def resolved() -> ResolvedEntry:
    steps = {
        step_id: Step(id=step_id, text=ANY, who=Who.CASHIER, seconds=10)
        for step_id in ("last-sale", "router", "dns", "cable", "call", "cool")
    }
    origin = Origin(id="terminal", title=ANY, screen=ANY)
    return ResolvedEntry(
        entry=entry(), origin=origin, steps=steps, sources={}, prevention=(), pack="built-in", catalog="1"
    )


def ids(steps: tuple[Step, ...]) -> list[str]:
    return [step.id for step in steps]


def tried(result: StepResult | None = StepResult.NO_CHANGE) -> Mark:
    return Mark(result=result, at=NOON)


# --- resolved entry --------------------------------------------------------------------------------


def test_the_quick_steps_keep_the_catalogs_order() -> None:
    assert ids(resolved().first_steps()) == ["last-sale", "router"]


def test_a_tab_shows_its_causes_in_the_catalogs_order() -> None:
    assert [cause.id for cause in resolved().causes_in(Tab.NETWORK)] == ["dns", "line"]
    assert resolved().causes_in(Tab.SOFTWARE) == ()


def test_a_step_stands_once_in_a_tab_even_if_two_causes_need_it() -> None:
    assert ids(resolved().steps_in(Tab.NETWORK)) == ["router", "dns", "call"]


def test_a_step_stands_once_in_the_whole_list_quick_steps_first_then_tab_by_tab() -> None:
    assert ids(resolved().all_steps()) == ["last-sale", "router", "cable", "cool", "dns", "call"]


# --- progress --------------------------------------------------------------------------------------


def test_a_shared_step_counts_once_in_the_case_and_in_each_of_its_tabs() -> None:
    marks = {"router": tried()}
    assert step_progress(resolved(), marks) == StepProgress(done=1, total=6)
    assert step_progress(resolved(), marks, Tab.NETWORK) == StepProgress(done=1, total=3)
    assert step_progress(resolved(), marks, Tab.HARDWARE) == StepProgress(done=1, total=3)
    assert step_progress(resolved(), marks, Tab.SOFTWARE) == StepProgress(done=0, total=0)


@pytest.mark.parametrize("result", StepResult)
def test_every_result_counts_as_done(result: StepResult) -> None:
    assert step_progress(resolved(), {"cable": tried(result)}, Tab.HARDWARE).done == 1


def test_a_note_alone_is_no_result() -> None:
    marks = {"cable": Mark(result=None, at=NOON, note="线松了")}
    assert step_progress(resolved(), marks).done == 0


def test_marks_of_steps_that_the_guide_does_not_have_are_not_counted() -> None:
    assert step_progress(resolved(), {"gone": tried()}) == StepProgress(done=0, total=6)


def test_what_was_done_may_have_helped_the_last_first_unless_one_did() -> None:
    marks = {
        "cable": replace(tried(), at=NOON + timedelta(minutes=1)),
        "router": replace(tried(), at=NOON + timedelta(minutes=2)),
        "dns": tried(StepResult.COULD_NOT),
        "cool": tried(None),
        "gone": tried(),
        "call": tried(),
    }
    assert ids(may_have_helped(resolved(), marks)) == ["router", "cable", "call"]
    marks["last-sale"] = tried(StepResult.HELPED)
    assert may_have_helped(resolved(), marks) == ()


def test_a_case_knows_the_result_of_a_step() -> None:
    case = Case(
        id=1,
        opened_at=NOON,
        code_shown="E1",
        resolved=resolved(),
        marks={"cable": tried(StepResult.HELPED), "dns": tried(None)},
    )
    assert case.result_of("cable") is StepResult.HELPED
    assert case.result_of("dns") is None
    assert case.result_of("call") is None


# --- money and retry -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("catalog", "found", "answer"),
    [
        # not checked yet: the catalog's answer applies
        ((Money.UNKNOWN, Retry.AFTER_CHECK), None, (Money.UNKNOWN, Retry.AFTER_CHECK)),
        ((Money.NOT_CHARGED, Retry.YES), None, (Money.NOT_CHARGED, Retry.YES)),
        # found charged: no retry, whatever the catalog says
        ((Money.UNKNOWN, Retry.AFTER_CHECK), Money.CHARGED, (Money.CHARGED, Retry.NO)),
        ((Money.NOT_CHARGED, Retry.YES), Money.CHARGED, (Money.CHARGED, Retry.NO)),
        # found not charged: the check is done, so one more try
        ((Money.UNKNOWN, Retry.AFTER_CHECK), Money.NOT_CHARGED, (Money.NOT_CHARGED, Retry.ONCE)),
        # but the check does not override any other advice
        ((Money.UNKNOWN, Retry.NO), Money.NOT_CHARGED, (Money.NOT_CHARGED, Retry.NO)),
        ((Money.UNKNOWN, Retry.OTHER_CARD), Money.NOT_CHARGED, (Money.NOT_CHARGED, Retry.OTHER_CARD)),
        # what was looked up is a payment, whatever the entry is about
        ((Money.NOT_APPLICABLE, Retry.NOT_APPLICABLE), None, (Money.NOT_APPLICABLE, Retry.NOT_APPLICABLE)),
        ((Money.NOT_APPLICABLE, Retry.NOT_APPLICABLE), Money.NOT_CHARGED, (Money.NOT_CHARGED, Retry.ONCE)),
        ((Money.NOT_APPLICABLE, Retry.NOT_APPLICABLE), Money.UNKNOWN, (Money.UNKNOWN, Retry.AFTER_CHECK)),
        # checked, and still unknown
        ((Money.UNKNOWN, Retry.AFTER_CHECK), Money.UNKNOWN, (Money.UNKNOWN, Retry.AFTER_CHECK)),
    ],
)
def test_the_check_of_the_last_sale_decides_money_and_retry(
    catalog: tuple[Money, Retry], found: Money | None, answer: tuple[Money, Retry]
) -> None:
    assert money_and_retry(entry(*catalog), found) == answer


@pytest.mark.parametrize("money", Money)
@pytest.mark.parametrize("retry", Retry)
def test_a_sale_that_was_found_charged_is_never_tried_again(money: Money, retry: Retry) -> None:
    assert money_and_retry(entry(money, retry), Money.CHARGED) == (Money.CHARGED, Retry.NO)


def test_the_phrase_follows_the_check() -> None:
    assert labels.phrase(entry(), None) == ANY
    assert labels.phrase(entry(), Money.UNKNOWN) == ANY
    assert "went through" in labels.phrase(entry(), Money.CHARGED).en
    assert "pay once more" in labels.phrase(entry(), Money.NOT_CHARGED).en


@pytest.mark.parametrize("retry", [Retry.ONCE, Retry.YES, Retry.AFTER_CHECK, Retry.NOT_APPLICABLE])
def test_the_phrase_asks_to_pay_once_more_where_that_is_the_advice(retry: Retry) -> None:
    assert "pay once more" in labels.phrase(entry(retry=retry), Money.NOT_CHARGED).en


def test_the_labels_fit_payments_by_card_and_by_code() -> None:
    assert not [label for label in labels.RETRY.values() if "刷" in label.zh]


def test_the_phrase_asks_nobody_to_pay_again_where_a_retry_is_forbidden() -> None:
    phrase = labels.phrase(entry(retry=Retry.OTHER_METHOD), Money.NOT_CHARGED)
    assert "another way" in phrase.en
    assert "换一种方式" in phrase.zh


# --- labels ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (Money, labels.MONEY),
        (Retry, labels.RETRY),
        (Tab, labels.TAB),
        (Who, labels.WHO),
        (Side, labels.SIDE),
        (Confidence, labels.CONFIDENCE),
        (Risk, labels.RISK),
        (StepResult, labels.STEP_RESULT),
        (CaseState, labels.CASE_STATE),
    ],
)
@pytest.mark.parametrize("lang", Lang)
def test_every_member_has_its_own_words(
    kind: type[StrEnum], table: Mapping[StrEnum, Text], lang: Lang
) -> None:
    said = [table[member].of(lang).strip() for member in kind]
    assert all(said)
    assert len(set(said)) == len(said)
    assert len(table) == len(kind)


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (1, "1 秒", "1 s"),
        (59, "59 秒", "59 s"),
        (60, "1 分钟", "1 min"),
        (120, "2 分钟", "2 min"),
        (3569, "59 分钟", "59 min"),
        (3597, "1 小时", "1 h"),
        (3600, "1 小时", "1 h"),
        (5400, "1.5 小时", "1.5 h"),
        (86400, "24 小时", "24 h"),
    ],
)
def test_durations_are_said_as_people_say_them(seconds: int, zh: str, en: str) -> None:
    assert labels.duration(seconds) == Text(zh, en)


def test_a_text_is_filled_in_in_both_languages() -> None:
    text = Text("第 {n} 步", "Step {n}").format(n=3)
    assert (text.of(Lang.ZH), text.of(Lang.EN)) == ("第 3 步", "Step 3")


# --- what is filled in ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("merchant_id", ""),
        ("merchant_id", "898310048160001"),
        ("merchant_id", "62122612345678A"),
        ("terminal_id", "12345678"),
        ("terminal_id", "T1"),
        ("name", "老王 & Söhne（总店）"),
        ("hotline", "95516 / 400-600-1234"),
        *(("amount", value) for value in ("", "128", "128.50", "1,5", "￥128.50", "CNY 128.50", "128.50元")),
        *(("sale_time", value) for value in ("14:05", "9:30", "11-30 14:05", "2026/11/30 14:05")),
        ("trace_number", "000123"),
        ("reference_number", "123456789012"),
        ("authorisation_code", "A1B2C3"),
        ("order_number", "4200002412202611307654321098"),
        ("order_number", "20261130-0007"),
        ("changed", "昨天换了路由器，客服 400-820-8820"),
    ],
)
def test_good_shop_details_pass(field: str, value: str) -> None:
    assert field_problem(field, value) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("merchant_id", "8983100481600012"),
        ("merchant_id", "4111 1111 1111 1111"),
        ("merchant_id", "898-31"),
        ("terminal_id", "123456789"),
        ("terminal_id", "终端1"),
        ("terminal_id", "1234567\n"),
        ("amount", "about 100"),
        ("amount", "4111111111111111"),
        ("sale_time", "this morning"),
        ("trace_number", "1234567"),
        ("reference_number", "4111111111111111"),
        ("authorisation_code", "A1B2C3D"),
        ("order_number", "4111111111111111"),
    ],
)
def test_a_number_of_the_wrong_shape_is_named_in_both_languages(field: str, value: str) -> None:
    problem = field_problem(field, value)
    assert problem is not None
    assert problem.zh
    assert problem.en


def test_every_form_is_that_of_a_field() -> None:
    """Renaming a field must not silently drop its check."""
    assert {*Shop.__struct_fields__, *CaseDetails.__struct_fields__} >= NUMBERS


@pytest.mark.parametrize("field", sorted(CaseDetails.__struct_fields__))
def test_every_field_of_a_case_says_that_card_data_has_no_place_in_it(field: str) -> None:
    problem = field_problem(field, "4111 1111 1111 1111")
    assert problem is not None
    assert "card number" in problem.en


@pytest.mark.parametrize("field", ["name", "contact", "hotline"])
def test_no_free_field_of_the_shop_takes_card_data(field: str) -> None:
    problem = field_problem(field, "4111 1111 1111 1111")
    assert problem is not None
    assert "card number" in problem.en
    assert field_problem(field, "021-6888 1234") is None
