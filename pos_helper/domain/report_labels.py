"""The labels of a report, in both languages. The terms used as values are in ``labels``."""

from collections.abc import Mapping
from types import MappingProxyType

from pos_helper.domain.labels import SCREEN_SAYS
from pos_helper.domain.report_blocks import MeaningStatus
from pos_helper.domain.text import Text

TITLE = Text("POS 故障处理单", "POS trouble sheet")

INCIDENT = Text("故障情况", "Incident")
MONEY_ANSWER = Text("钱款", "Money")
SHOP = Text("商户和终端", "Shop and terminal")
FIRST = Text("先做的几步", "Quick steps")
MEANINGS = Text("代码的含义", "What the code means")
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
        "state": Text("处理结果", "Outcome"),
        "closed_at": Text("结束时间", "Closed at"),
        "tried": Text("已试步骤", "Steps tried"),
        "helped": Text("有效步骤", "What helped"),
        "money": Text("扣款情况", "Money moved"),
        "retry": Text("能否再试", "Try again"),
        "money_catalog": Text("单看代码", "By the code alone"),
        "money_found": Text("查上一笔", "Last sale looked up"),
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
NOT_LOOKED_UP = Text("还没查", "not looked up yet")
STILL_UNKNOWN = Text("查了，还是不确定", "looked up, still not known")
TRIED = Text("{done} / {total}", "{done} of {total}")

CHOICE: Mapping[MeaningStatus, Text] = MappingProxyType(
    {
        MeaningStatus.CHOSEN: Text("采用", "Chosen"),
        MeaningStatus.REJECTED: Text("没采用", "Rejected"),
        MeaningStatus.UNDECIDED: Text("没选定", "Not decided"),
    }
)

LISTED_ABOVE = Text("已列在上面：{steps}", "Listed above: {steps}")
NO_CARD_DATA = Text("已检查，本单没有记录银行卡数据", "checked: no card data recorded")
