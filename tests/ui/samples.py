"""A small entry, a case and a history for the window's tests: E1 with causes under every tab but one."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from pos_helper.domain.cases import Case, CaseState, CaseSummary, Mark, Met, Recent, StepResult
from pos_helper.domain.entries import (
    Cause,
    Confidence,
    Entry,
    MachineKind,
    Meaning,
    Money,
    Origin,
    Retry,
    Risk,
    Side,
    Source,
    SourceKind,
    Step,
    StopSign,
    Tab,
    Tile,
    Tip,
    Topic,
    Who,
)
from pos_helper.domain.machines import Machine
from pos_helper.domain.resolved_entry import BUILT_IN_PACK, ResolvedEntry
from pos_helper.domain.text import Text

AT = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)

STEPS = {
    step.id: step
    for step in (
        Step(
            id="check-last-sale",
            text=Text("在机器上查“上一笔交易”", "Look up the last sale on the terminal"),
            who=Who.CASHIER,
            seconds=30,
            how=Text(
                "按功能键，选“查询”，再选“上一笔”。\n看金额和时间是不是这一笔。",
                "Press the function key, choose Query, then Last sale.\nCompare the amount and the time.",
            ),
        ),
        Step(
            id="look-at-icon",
            text=Text(
                "看屏幕上的网络图标和路由器的指示灯", "Look at the network icon and the router's lights"
            ),
            who=Who.CASHIER,
            seconds=10,
        ),
        Step(
            id="other-way",
            text=Text("请顾客扫码或付现金", "Offer the customer a QR code or cash"),
            who=Who.CASHIER,
            seconds=20,
        ),
        Step(
            id="reseat-cable",
            text=Text(
                "把网线两头拔下来，等五秒，再插紧，听到“咔哒”一声为止",
                "Unplug the network cable at both ends, wait five seconds, and push it in until it clicks",
            ),
            who=Who.CASHIER,
            seconds=60,
            how=Text(
                "一头在机器底座后面，另一头在路由器上。", "One end is behind the base, one at the router."
            ),
        ),
        Step(
            id="restart-router",
            text=Text("重启路由器", "Restart the router"),
            who=Who.OWNER,
            seconds=120,
            stop=StopSign(
                risk=Risk.MONEY,
                text=Text(
                    "重启时正在进行的扫码付款会断开，可能扣了款却没有记录。先确认没有顾客正在付款，只能由店主来做。",
                    "A payment in progress is cut off and may be charged without a record. "
                    "Make sure that no customer is paying. Only the owner may do this.",
                ),
            ),
        ),
        Step(
            id="call-acquirer",
            text=Text("打收单机构热线，问系统是不是在维护", "Call the acquirer and ask about maintenance"),
            who=Who.ACQUIRER,
            seconds=180,
        ),
        Step(
            id="ask-bank",
            text=Text("请顾客问发卡行", "Let the customer ask the bank"),
            who=Who.CUSTOMER_BANK,
            seconds=5400,
        ),
        Step(
            id="clear-cache",
            text=Text("清除收款软件的缓存", "Clear the cache of the till software"),
            who=Who.TECHNICIAN,
            seconds=300,
            stop=StopSign(
                risk=Risk.DATA,
                text=Text(
                    "没有上传的交易会丢失。先做结算。",
                    "Sales not yet uploaded are lost. Settle the batch first.",
                ),
            ),
        ),
    )
}

MACHINE_KINDS = tuple(
    MachineKind(
        id=f"kind-{number}",
        title=Text("银联国际二维码收款", "UnionPay QR payments"),
        hint=Text("境外或接待境外卡：用插件扫银联付款码", "The till scans UnionPay codes through a plug-in"),
        origins=("card-network",),
    )
    for number in range(1, 12)
)
MACHINES = (
    Machine("kind-1", number="1", terminal_id="10012345", acquirer="银联商务", hotline="95534"),
    Machine("kind-1", "The red one at the door", "2", "10012346", "A920", "NX-0002", "拉卡拉", "95016"),
    Machine("kind-2"),
)

ORIGINS = (
    Origin(
        id="card-network",
        title=Text("银行卡应答码", "Bank card response code"),
        screen=Text(
            "银行对这一笔刷卡的回复：两位，写在屏幕或签购单的“应答码”旁边",
            "The bank's answer to this card sale: two characters beside the words “response code”",
        ),
    ),
    Origin(id="terminal", title=Text("刷卡机", "Card terminal"), screen=Text("刷卡机屏幕", "Its screen")),
)

RESOLVED = ResolvedEntry(
    entry=Entry(
        id="terminal.e1",
        origin="terminal",
        code="E1",
        title=Text("通讯失败", "Communication failure"),
        money=Money.UNKNOWN,
        retry=Retry.AFTER_CHECK,
        customer_phrase=Text("机器暂时连不上银行。", "The terminal cannot reach the bank just now."),
        first=("check-last-sale", "look-at-icon", "other-way"),
        meanings=(
            Meaning(
                text=Text("连不上收单系统", "The acquirer's system cannot be reached"),
                sources=("article",),
                confidence=Confidence.LOW,
            ),
        ),
        causes=(
            Cause(
                id="app-stuck",
                tab=Tab.SOFTWARE,
                text=Text("收款软件卡住", "The till software is stuck"),
                steps=("clear-cache",),
            ),
            Cause(
                id="link-down",
                tab=Tab.NETWORK,
                text=Text("网络不稳定或断开", "The network is unstable or down"),
                steps=("look-at-icon", "reseat-cable", "restart-router"),
            ),
            Cause(
                id="line-down",
                tab=Tab.NETWORK,
                text=Text("到银行的通讯中断", "The line to the bank is interrupted"),
                side=Side.ACQUIRER,
                steps=("restart-router", "call-acquirer"),
            ),
            Cause(
                id="card-blocked",
                tab=Tab.OPERATION,
                text=Text("卡被发卡行限制", "The issuer has blocked the card"),
                side=Side.ISSUER,
                steps=("ask-bank",),
            ),
        ),
        prevention=("weekly-check",),
    ),
    origin=ORIGINS[1],
    steps=STEPS,
    sources={
        "article": Source(
            id="article",
            kind=SourceKind.ARTICLE,
            title=Text("一篇文章", "An article"),
            where="https://example.org",
        )
    },
    prevention=(
        Tip(
            id="weekly-check",
            tab=Tab.NETWORK,
            text=Text("每周开店前看一次网络图标", "Look at the network icon once a week before opening"),
        ),
    ),
    pack=BUILT_IN_PACK,
    catalog="0.1.0+sample",
)

MARKS = {
    "look-at-icon": Mark(StepResult.NO_CHANGE, AT),
    "reseat-cable": Mark(StepResult.HELPED, AT, "底座后面的插头松了"),
}

CASE = Case(
    id=7,
    opened_at=AT,
    code_shown="E1",
    resolved=RESOLVED,
    marks=MARKS,
    note="下午三点开始",
    state=CaseState.OPEN,
)

HISTORY = (
    CaseSummary(
        id=7,
        entry="terminal.e1",
        opened_at=AT,
        code_shown="e1",
        code="E1",
        title=RESOLVED.entry.title,
        state=CaseState.OPEN,
        tried=2,
        total=8,
    ),
    CaseSummary(
        id=5,
        entry="symptom.no-paper",
        opened_at=AT.replace(day=2),
        code_shown="",
        code=None,
        title=Text("打印机不出纸", "The printer prints nothing"),
        state=CaseState.HANDED_OVER,
        tried=5,
        total=12,
    ),
    CaseSummary(
        id=3,
        entry="card-network.01",
        opened_at=AT.replace(month=1),
        code_shown="01",
        code="01",
        title=Text("请联系发卡行", "Refer to the card issuer"),
        state=CaseState.SOLVED,
        tried=1,
        total=6,
    ),
)

RECENT = Recent(
    at=AT,
    unfinished=(HISTORY[0], replace(HISTORY[1], opened_at=AT - timedelta(days=1)), HISTORY[2]),
    met=(
        Met("card-network.91", "91", Text("发卡行没回应", "The issuer does not reply"), 6),
        Met("symptom.no-paper", "", Text("没纸了", "Out of paper"), 1),
    ),
)
"""What a start page says of these cases."""

TILES = (
    Tile(
        id="money",
        title=Text("钱的问题", "Money"),
        hint=Text("扣了两次 · 没出小票 · 没到账 · 退款", "Charged twice · no slip · no refund"),
        entries=("terminal.e1",),
        about=Topic.MONEY,
    ),
    *(
        Tile(
            id=f"t{number}",
            title=Text(f"扫码枪、钱箱、秤{number}", f"Scanner, drawer, scale {number}"),
            hint=Text("没反应 · 打不开 · 秤归不了零 · 没声音", "Scanner dead · drawer shut · scale off zero"),
            entries=("terminal.e1",),
        )
        for number in range(1, 9)
    ),
)
