"""The fixed terms (money states, tabs, results …) in both languages, for window, command line and report."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from pos_helper.domain.cases import CaseState, StepHistory, StepResult, money_and_retry
from pos_helper.domain.entries import (
    CHECK_LAST_SALE,
    Confidence,
    Entry,
    Money,
    Retry,
    Risk,
    Side,
    Step,
    Tab,
    Who,
)
from pos_helper.domain.lookup import Because, Hit, Lookup, Match, Outcome
from pos_helper.domain.periods import Period
from pos_helper.domain.resolved_entry import BUILT_IN_PACK, SHOP_PACK
from pos_helper.domain.scanned import Refusal
from pos_helper.domain.text import Text

_E = TypeVar("_E", bound=StrEnum)


def _words(words: dict[_E, Text]) -> Mapping[_E, Text]:
    return MappingProxyType(words)


MONEY = _words(
    {
        Money.CHARGED: Text("已经扣款", "Charged: the money moved"),
        Money.NOT_CHARGED: Text("没有扣款", "Not charged: no money moved"),
        Money.UNKNOWN: Text("扣没扣款不确定：先查上一笔", "Not known: look at the last sale first"),
        Money.NOT_APPLICABLE: Text("不涉及扣款", "No payment involved"),
    }
)

RETRY = _words(
    {
        Retry.YES: Text("可以再试", "You may try again"),
        Retry.ONCE: Text("可以再试一次", "Try again once"),
        Retry.OTHER_CARD: Text("不要再用这张卡，请换一张卡", "Not this card: ask for another card"),
        Retry.OTHER_METHOD: Text("别再这样收，请换一种付款方式", "Not this way: ask for another way to pay"),
        Retry.AFTER_CHECK: Text("先不要重试：查清楚再定", "Do not retry yet: check first"),
        Retry.NO: Text("不要再试", "Do not try again"),
        Retry.NOT_APPLICABLE: Text("这里不涉及付款", "No payment in this"),
    }
)

_PAID = Text(
    "付款成功了，请稍等，我给您拿小票。", "Your payment went through. One moment, I will get your slip."
)
_PAY_ONCE_MORE = Text(
    "查过了，刚才那笔没有付成功，麻烦您再付一次。",
    "I have checked: that payment did not go through. Please pay once more.",
)
_PAY_OTHERWISE = Text(
    "查过了，刚才那笔没有付成功，麻烦您换一种方式付款。",
    "I have checked: that payment did not go through. Please use another way to pay.",
)


SCREEN_SAYS = Text("屏幕上写着", "The screen says")


def screen_words(entry: Entry) -> Text:
    """What the screen says, as one line with the language's own words first; empty if it is not known."""
    zh, en = entry.screen.zh, entry.screen.en
    return Text(" · ".join((*zh, *en)), " · ".join((*en, *zh)))


def phrase(entry: Entry, money_found: Money | None) -> Text:
    """What to say to the customer: the entry's phrase until the last-sale check has a definite result."""
    if money_found is Money.CHARGED:
        return _PAID
    if money_found is Money.NOT_CHARGED:
        _, retry = money_and_retry(entry, money_found)
        return _PAY_ONCE_MORE if retry in (Retry.ONCE, Retry.YES) else _PAY_OTHERWISE
    return entry.customer_phrase


TAB = _words(
    {
        Tab.HARDWARE: Text("硬件", "Hardware"),
        Tab.SOFTWARE: Text("软件", "Software"),
        Tab.NETWORK: Text("网络", "Network"),
        Tab.OPERATION: Text("操作", "Operation"),
    }
)

WHO = _words(
    {
        Who.CASHIER: Text("店员", "Cashier"),
        Who.OWNER: Text("店主", "Owner"),
        Who.NETWORK: Text("网络师傅", "Network person"),
        Who.ACQUIRER: Text("收单机构", "Acquirer"),
        Who.TECHNICIAN: Text("维修人员", "Technician"),
        Who.CUSTOMER_BANK: Text("顾客的银行", "Customer's bank"),
    }
)

SIDE = _words(
    {
        Side.SHOP: Text("店内", "In the shop"),
        Side.CARD: Text("卡片", "The card"),
        Side.ISSUER: Text("发卡行", "The issuer"),
        Side.ACQUIRER: Text("收单机构", "The acquirer"),
        Side.GATEWAY: Text("支付网关", "The payment gateway"),
        Side.ENVIRONMENT: Text("周围环境", "The surroundings"),
    }
)

CONFIDENCE = _words(
    {
        Confidence.HIGH: Text("可信度高", "High confidence"),
        Confidence.MEDIUM: Text("可信度中", "Medium confidence"),
        Confidence.LOW: Text("可信度低", "Low confidence"),
    }
)

RISK = _words(
    {
        Risk.MONEY: Text("可能损失钱款", "Money may be lost"),
        Risk.DATA: Text("可能丢失数据", "Data may be lost"),
        Risk.WARRANTY: Text("可能失去保修", "The warranty may be lost"),
        Risk.SAFETY: Text("可能伤人", "Someone may get hurt"),
    }
)

STEP_RESULT = _words(
    {
        StepResult.HELPED: Text("有效", "Helped"),
        StepResult.NO_CHANGE: Text("没变化", "No change"),
        StepResult.COULD_NOT: Text("做不了", "Could not"),
        StepResult.NOT_APPLICABLE: Text("不适用", "Not applicable"),
    }
)

NOT_TRIED = Text("没试", "Not tried")

PERIOD = _words(
    {
        Period.TODAY: Text("今天", "Today"),
        Period.WEEK: Text("最近 7 天", "Last 7 days"),
        Period.MONTH: Text("最近 30 天", "Last 30 days"),
        Period.QUARTER: Text("最近 90 天", "Last 90 days"),
        Period.ALL: Text("全部时间", "At any time"),
    }
)

CASE_STATE = _words(
    {
        CaseState.OPEN: Text("处理中", "Open"),
        CaseState.SOLVED: Text("已解决", "Solved"),
        CaseState.HANDED_OVER: Text("已转交", "Handed over"),
        CaseState.GIVEN_UP: Text("不再处理", "Given up"),
    }
)

NOT_BEGUN = Text("还没开始", "Not begun")
"""What stands in the place of a state while there is no case."""


WRITTEN_OTHERWISE = Text(
    "没有完全一样的代码。只有屏幕上显示的和下面一模一样，才选它。",
    "No code is written exactly so. Choose one only if the screen shows exactly that.",
)
WHICH_SCREEN = Text("是哪个屏幕显示的？", "Which screen showed it?")
BECAUSE = _words(
    {
        Because.NAMED: Text("输入里写了是哪个屏幕", "You named the screen"),
        Because.MACHINES: Text("本店的设备会显示它", "A machine of this shop shows it"),
        Because.CHOSEN: Text("您选的屏幕", "You chose the screen"),
        Because.SHAPE: Text("只有这个屏幕的代码长这样", "Only this screen shows codes like this"),
        Because.WORDS: Text("和屏幕上的字对得上", "The words on the screen match"),
    }
)
"""The evidence for an answer, as it is said beside it."""

DISPUTED = Text(
    "输入的话和查到的意思对不上，先查上一笔",
    "What you typed contradicts what was found: look at the last sale first",
)
OF_OTHERS = Text(
    "别家屏幕上的意思，不是答案：",
    "What it means on other makers' screens, which is not the answer:",
)


_TYPE_THE_SCREEN = Text(
    "它不是故障代码。屏幕上显示什么，就输入什么。",
    "It is not a fault code. Type what the screen shows.",
)

REFUSED: Mapping[Refusal, tuple[Text, Text]] = MappingProxyType(
    {
        Refusal.URL: (Text("这是二维码里的网址", "This is the content of a QR code"), _TYPE_THE_SCREEN),
        Refusal.BARCODE: (
            Text("这像是商品的条码", "This looks like an article's barcode"),
            _TYPE_THE_SCREEN,
        ),
        Refusal.PAYMENT_CODE: (
            Text("这像是顾客的付款码", "This looks like a customer's payment code"),
            Text(
                "付款码等于钱，所以没有查询、没有保存，也不显示。屏幕上显示什么，就输入什么。",
                "It is worth money, so it was not searched, kept or shown. Type what the screen shows.",
            ),
        ),
    }
)
"""What was scanned instead of a code, and what to do instead."""


def caution(hit: Hit) -> Text:
    """What marks a hit that is no answer; empty for a usual one."""
    if hit.others:
        return Text("别家的", "Another maker's")
    if hit.match is Match.OTHERWISE:
        return Text("写法不同", "Written otherwise")
    return Text("只是猜测", "Only a guess") if hit.match is Match.NEAR else Text("", "")


def makers_named(lookup: Lookup) -> Text:
    """The makers that are named in a query, as a list in words; empty without any."""
    names = [maker.name for maker in lookup.makers]
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def unknown_code(lookup: Lookup) -> Text | None:
    """Why a code beside a maker's name is not known; ``None`` if no maker is named or the code is found."""
    if lookup.outcome is not Outcome.NONE or not lookup.makers:
        return None
    makers, code = makers_named(lookup), lookup.read_as
    if any(maker.has_table for maker in lookup.makers):
        return Text(f"{makers.zh} 的代码表里没有 {code}", f"The table of {makers.en} has no {code}")
    return Text(
        f"没有 {makers.zh} 的代码表，查不到 {code}",
        f"There is no table for {makers.en}, so {code} is not known",
    )


def safe_title(lookup: Lookup) -> Text:
    """What a case is called that was worked with the general checks for a code."""
    code = lookup.code
    if lookup.outcome is Outcome.EXACT:
        return Text(f"代码 {code}，不清楚是哪个屏幕显示的", f"Code {code}, not clear which screen showed it")
    if not lookup.makers:
        return Text(f"未知代码 {code}", f"Unknown code {code}")
    makers = makers_named(lookup)
    return Text(f"{makers.zh} 上的未知代码 {code}", f"Unknown code {code} on {makers.en}")


RECORDED_HERE = Text("本店记录", "Recorded in this shop")


def pack_mark(pack: str) -> Text | None:
    """The label of an entry from another pack than the built-in one; ``None`` for the built-in pack."""
    if pack == BUILT_IN_PACK:
        return None
    return RECORDED_HERE if pack == SHOP_PACK else Text(pack, pack)


def what_helped(step: Step, history: StepHistory | None) -> Text | None:
    """What a step did in this shop, as it is said beside it, with why it stands further up if it does.

    Of a step that was tried only once or never helped nothing is said, nor of the look at the last sale: a
    tick means "no change" (decision 008), and what is done to see what is so is no worse for that.
    """
    if history is None or history.tried < 2 or history.helped == 0 or step.id == CHECK_LAST_SALE:
        return None
    helped, tried = history.helped, history.tried
    if history.helps_often:
        zh = f"这里常管用：试过 {tried} 次，{helped} 次有用"
        return Text(zh, f"Often helps here: {helped} of {tried} times")
    return Text(f"这里试过 {tried} 次，{helped} 次有用", f"Helped here {helped} of {tried} times")


def rhythm(days: int) -> Text:
    """How often somebody is reminded."""
    return _RHYTHMS.get(days) or Text(f"每 {days} 天", f"Every {days} days")


_RHYTHMS = MappingProxyType(
    {
        1: Text("每天", "Every day"),
        7: Text("每周", "Every week"),
        30: Text("每月", "Every month"),
        91: Text("每季度", "Every quarter"),
    }
)


def duration(seconds: int) -> Text:
    """A duration as people say it: "30 秒" / "30 s", "2 分钟" / "2 min"."""
    if seconds < 60:
        return Text(f"{seconds} 秒", f"{seconds} s")
    minutes = round(seconds / 60)
    if minutes < 60:
        return Text(f"{minutes} 分钟", f"{minutes} min")
    hours = f"{seconds / 3600:.1f}".removesuffix(".0")
    return Text(f"{hours} 小时", f"{hours} h")
