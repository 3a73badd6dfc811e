"""A small case for testing every format, independent of the shipped catalog."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pos_helper.domain.cases import Case, CaseDetails, CaseState, Mark, StepResult
from pos_helper.domain.entries import (
    Cause,
    Confidence,
    Entry,
    Meaning,
    Money,
    Origin,
    Retry,
    Source,
    SourceKind,
    Step,
    Tab,
    Who,
)
from pos_helper.domain.machines import Machine
from pos_helper.domain.report import build_report
from pos_helper.domain.report_blocks import Report
from pos_helper.domain.report_options import ReportLanguage
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Text

GOLDEN = Path(__file__).parents[1] / "golden"
BEIJING = timezone(timedelta(hours=8))
SEEN = datetime(2026, 3, 1, 16, 44, 20, tzinfo=BEIJING)


def _step(step_id: str, zh: str, en: str, who: Who = Who.CASHIER) -> Step:
    return Step(id=step_id, text=Text(zh, en), who=who, seconds=30)


@pytest.fixture(scope="session")
def resolved() -> ResolvedEntry:
    """E101: two conflicting meanings, causes in all four tabs, one step shared by three causes."""
    steps = (
        _step("check-last-sale", "在终端上查上一笔交易", "Look up the last sale on the terminal"),
        _step("look-at-network-icon", "看屏幕上的网络图标", "Look at the network icon on the screen"),
        _step("other-way-to-pay", "请顾客换一种付款方式", "Ask the customer for another way to pay"),
        _step(
            "reseat-cable",
            "拔下网线，再插紧，听到“咔”一声",
            "Unplug the network cable and plug it in until it clicks",
        ),
        _step("change-cable", "换一根网线", "Use another network cable", Who.OWNER),
        _step(
            "restart-terminal",
            "确认没有待上送的交易，再重启终端",
            "Make sure no sale waits to be sent, then restart the terminal",
        ),
        _step(
            "check-version", "看程序版本，记下来", "Look up the program version and write it down", Who.OWNER
        ),
        _step(
            "call-acquirer",
            "打收单机构电话，报屏幕代码和终端号",
            "Call the acquirer; name the code and the terminal ID",
            Who.ACQUIRER,
        ),
        _step(
            "restart-router",
            "拔掉路由器电源，等 30 秒再插上",
            "Unplug the router, wait 30 seconds, plug it in",
            Who.NETWORK,
        ),
        _step("sign-in-again", "重新签到", "Sign in again"),
    )
    causes = (
        Cause(
            id="cable",
            tab=Tab.HARDWARE,
            text=Text("网线松了", "Loose cable"),
            steps=("reseat-cable", "change-cable"),
        ),
        Cause(
            id="hang",
            tab=Tab.SOFTWARE,
            text=Text("程序卡住", "Program hangs"),
            steps=("restart-terminal", "check-version", "call-acquirer"),
        ),
        Cause(
            id="line",
            tab=Tab.NETWORK,
            text=Text("网络断了", "Line down"),
            steps=("look-at-network-icon", "reseat-cable", "restart-router", "call-acquirer"),
        ),
        Cause(
            id="session", tab=Tab.OPERATION, text=Text("没签到", "Not signed in"), steps=("sign-in-again",)
        ),
    )
    entry = Entry(
        id="terminal.e101",
        origin="terminal",
        code="E101",
        title=Text("通讯失败", "Communication failure"),
        money=Money.UNKNOWN,
        retry=Retry.AFTER_CHECK,
        customer_phrase=Text(
            "机器连不上网络，请稍等。", "The terminal has no connection, one moment please."
        ),
        first=("check-last-sale", "look-at-network-icon", "other-way-to-pay"),
        meanings=(
            Meaning(
                text=Text("终端连不上收单机构", "The terminal cannot reach the acquirer"),
                sources=("manual",),
                confidence=Confidence.HIGH,
            ),
            Meaning(
                text=Text("密码键盘没有应答", "The PIN pad does not answer"),
                sources=("article", "manual"),
                confidence=Confidence.LOW,
            ),
        ),
        causes=causes,
    )
    return ResolvedEntry(
        entry=entry,
        origin=Origin(
            id="terminal",
            title=Text("终端软件", "Terminal software"),
            screen=Text("终端屏幕", "Terminal screen"),
        ),
        steps={step.id: step for step in steps},
        sources={
            "manual": Source(
                id="manual", kind=SourceKind.VENDOR, title=Text("厂商手册", "Vendor manual"), where="p. 12"
            ),
            "article": Source(
                id="article",
                kind=SourceKind.ARTICLE,
                title=Text("维修文章", "Repair article"),
                where="article 3",
            ),
        },
        prevention=(),
        pack="built-in",
        catalog="0.1.0+3f2a",
    )


@pytest.fixture(scope="session")
def case(resolved: ResolvedEntry) -> Case:
    """A handed-over case: some steps tried, some with a note."""

    def mark(minutes: int, result: StepResult | None, note: str = "") -> Mark:
        return Mark(result, SEEN + timedelta(minutes=minutes), note)

    return Case(
        id=12,
        opened_at=SEEN,
        code_shown="Ｅ－101",
        resolved=resolved,
        marks={
            "check-last-sale": mark(1, StepResult.HELPED, "没有这笔"),
            "look-at-network-icon": mark(2, StepResult.NO_CHANGE),
            "reseat-cable": mark(4, StepResult.NO_CHANGE, "指示灯不亮 <红灯>"),
            "change-cable": mark(5, StepResult.COULD_NOT),
            "restart-terminal": mark(60 * 9, StepResult.NOT_APPLICABLE),
            "restart-router": mark(20, StepResult.HELPED),
            "sign-in-again": mark(25, None, "等店主来"),
        },
        note="下雨以后开始的。\n=1+1 两台机器都这样 & 都是 4G",
        state=CaseState.HANDED_OVER,
        closed_at=SEEN + timedelta(hours=10),
        money_found=Money.NOT_CHARGED,
        meaning=0,
        machine=Machine(
            "card-terminal",
            label="红机器",
            number="2",
            terminal_id="00012346",
            model="A920",
            serial="NX-0002",
        ),
        details=CaseDetails(
            amount="128.50",
            sale_time="16:41",
            trace_number="000123",
            reference_number="123456789012",
            order_number="4200001234202603010123456789",
            screen_text="通讯失败 E101",
            handed_to="银联商务 张工",
            ticket="GD-77",
        ),
    )


@pytest.fixture(scope="session")
def shop() -> Shop:
    """A shop with most of its details filled in."""
    return Shop(
        name="老王面馆",
        merchant_id="898310058120001",
        terminal_id="00012345",
        device_model="A920",
        acquirer="银联商务",
        hotline="95534",
        contact="店长 021-5550 0100",
    )


@pytest.fixture(scope="session")
def report_of(case: Case, shop: Shop) -> Callable[..., Report]:
    """Build the report of a case (default: ``case``) in a language, as printed the day after."""

    def build(
        language: ReportLanguage, case: Case = case, shop: Shop = shop, *, untried: bool = False
    ) -> Report:
        printed_at = SEEN + timedelta(days=1)
        return build_report(case, shop, language, printed_at, "POS Helper 0.1.0", untried=untried)

    return build


@pytest.fixture
def check_golden() -> Callable[[str, bytes], None]:
    """Compare bytes with the golden file of that name; tests/golden/README.md says how to update it."""

    def check(name: str, data: bytes) -> None:
        path = GOLDEN / name
        if os.environ.get("POS_HELPER_WRITE_GOLDEN"):
            path.write_bytes(data)
        assert data.decode("utf-8") == path.read_bytes().decode("utf-8")

    return check
