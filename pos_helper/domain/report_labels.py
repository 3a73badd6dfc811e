"""The labels of a report, in both languages. The terms used as values are in ``labels``."""

from collections.abc import Mapping
from types import MappingProxyType

from pos_helper.domain.cases import StepResult
from pos_helper.domain.labels import SCREEN_SAYS
from pos_helper.domain.report_blocks import NOT_TRIED, MeaningStatus
from pos_helper.domain.text import Text

TITLE = Text("POS 故障处理单", "POS trouble sheet")

INCIDENT = Text("故障情况", "Incident")
MONEY_ANSWER = Text("钱款", "Money")
SALE = Text("交易情况", "Sale details")
STEPS = Text("试过的步骤", "What was tried")
FIRST = Text("先做的几步", "Quick steps")
MEANINGS = Text("代码的含义", "What the code means")
OUTCOME = Text("处理结果", "Outcome")
SHOP = Text("商户和终端", "Shop and terminal")
FOOTER = Text("关于本单", "About this sheet")

LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "report_no": Text("单号", "Sheet no."),
        "code": Text("屏幕代码", "Code as shown"),
        "catalog_code": Text("规范写法", "Usual form"),
        "problem": Text("问题", "Problem"),
        "origin": Text("代码来源", "Shown by"),
        "screen": SCREEN_SAYS,
        "seen_at": Text("发现时间", "Seen at"),
        "money": Text("扣款情况", "Money moved"),
        "retry": Text("能否再试", "Try again"),
        "certainty": Text("依据", "How that is known"),
        "money_catalog": Text("单看代码", "By the code alone"),
        "amount": Text("金额", "Amount"),
        "sale_time": Text("交易时间", "Time of the sale"),
        "trace_number": Text("凭证号", "Trace no."),
        "reference_number": Text("参考号", "Reference no."),
        "authorisation_code": Text("授权码", "Authorisation code"),
        "batch_number": Text("批次号", "Batch no."),
        "order_number": Text("订单号", "Order no."),
        "screen_text": Text("屏幕原文", "Text on the screen"),
        "changed": Text("有过的变动", "What changed"),
        "state": Text("处理结果", "Outcome"),
        "closed_at": Text("结束时间", "Closed at"),
        "tried": Text("已试步骤", "Steps tried"),
        "rest": Text("没试的步骤", "Not tried"),
        "helped": Text("有效步骤", "What helped"),
        "handed_to": Text("转交给", "Handed over to"),
        "ticket": Text("对方工单号", "Their ticket no."),
        "name": Text("商户名称", "Merchant"),
        "merchant_id": Text("商户号", "Merchant ID"),
        "terminal_id": Text("终端号", "Terminal ID"),
        "machine": Text("设备", "Machine"),
        "device_model": Text("机器型号", "Device model"),
        "serial": Text("序列号", "Serial no."),
        "acquirer": Text("收单机构", "Acquirer"),
        "hotline": Text("客服电话", "Hotline"),
        "contact": Text("联系人", "Contact"),
        "note": Text("备注", "Note"),
        "printed_at": Text("出单时间", "Printed at"),
        "program": Text("程序", "Program"),
        "catalog": Text("代码库", "Catalog"),
        "card_data": Text("卡数据", "Card data"),
        "masked": Text("遮盖的栏", "Masked in"),
        "clock": Text("电脑时钟", "PC clock"),
        "case_id": Text("记录编号", "Case ID"),
        "steps": Text("试过的步骤", "What was tried"),
        "group": Text("分组", "Group"),
        "tab": Text("类别", "Tab"),
        "step_id": Text("步骤编号", "Step ID"),
        "step": Text("步骤", "Step"),
        "who": Text("谁来做", "Who"),
        "result": Text("结果", "Result"),
        "at": Text("时间", "Time"),
        "step_note": Text("步骤备注", "Step note"),
        "meaning": Text("采用的含义", "Meaning chosen"),
        "source": Text("出处", "Source"),
    }
)
"""The label of each value, by the value's key."""

NO_CASE = Text("没有建记录", "none: no case was kept")
NO_CODE = Text("没有代码", "no code")
NOT_FILLED_IN = Text("没有填", "not filled in")
TRIED = Text("{done} / {total}", "{done} / {total}")

LOOKED_UP = Text("查上一笔查到的", "found by looking up the last sale")
STILL_UNKNOWN = Text("查了上一笔，还是不确定", "the last sale was looked up, still not known")
BY_CODE = Text("只看代码，还没查上一笔", "by the code alone; the last sale was not looked up")
NOT_LOOKED_UP = Text("不知道，还没查上一笔", "not known: the last sale was not looked up yet")

TICKS: Mapping[str, str] = MappingProxyType(
    {
        StepResult.HELPED: "✔",
        StepResult.NO_CHANGE: "✘",
        StepResult.COULD_NOT: "✘",
        StepResult.NOT_APPLICABLE: "–",
        NOT_TRIED: "☐",
    }
)
"""What stands before a step, by its raw result."""

ALL_TRIED = Text("没有", "none")
REST = Text("还有 {count} 步没试（{where}）", "{count} steps not tried ({where})")
ONE_MORE = Text("还有 1 步没试（{where}）", "1 step not tried ({where})")

LEFT_OUT = Text("（太长，没写全：{what}）", "(too long, not all is here: {what})")

NOT_CERTAIN = Text("不确定", "not certain")
CLOCK_WRONG = Text(
    "电脑的时钟不准或被往回调过，这些时间不能作准：{times}",
    "It was wrong or was set back. These times cannot be relied on: {times}",
)
CLOCK_SAID = Text("{label}（电脑记的是 {at}）", "{label} (it said {at})")

CHOICE: Mapping[MeaningStatus, Text] = MappingProxyType(
    {
        MeaningStatus.CHOSEN: Text("采用", "Chosen"),
        MeaningStatus.REJECTED: Text("没采用", "Rejected"),
        MeaningStatus.UNDECIDED: Text("没选定", "Not decided"),
    }
)

NO_CARD_DATA = Text("已检查，本单没有记录银行卡数据", "checked: no card data recorded")
