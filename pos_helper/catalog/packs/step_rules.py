"""``catalog check`` rules for remedies: what a step must say, and what a symptom's remedies must lead to.

The steps named here are those of the built-in pack. What a shop writes for itself need not follow the
rules of wording.
"""

import re
from collections.abc import Iterator
from itertools import chain

from pos_helper.catalog.packs import advice_rules, text_rules
from pos_helper.catalog.packs.loading import CheckedCatalog, LocatedRecord
from pos_helper.catalog.packs.problems import Problem
from pos_helper.domain.entries import ONCE_SURE, Device, Entry, Exit, Risk, Side, Step, Tab, Who
from pos_helper.domain.text import Lang, Text

_SYMPTOM = "symptom"
"""The origin of what goes wrong without a code."""

_LOOK_UPS = advice_rules.LOOK_UPS | {
    "check-original-order",
    "check-refund-state",
    "check-stored-value",
    "look-in-app-by-date",
    "poll-order",
}
"""Steps that ask a machine or a platform what became of a payment, this one or an earlier one."""

_REPRINTS = frozenset({"handwrite-receipt", "other-receipt", "reprint-at-till", "reprint-slip"})
_AFTERWARDS = _REPRINTS | {"give-refund-slip", "send-reversal"}
"""Short steps that only make sense once the long one before them is done."""

_PLATFORMS = frozenset(
    {
        "adyen-refusal",
        "adyen-terminal",
        "alipay",
        "square",
        "stripe-decline",
        "stripe-reader",
        "sumup",
        "wechat-pay",
    }
)
"""Origins of providers that take the payment themselves: a shop with them has no acquirer to call."""
_ONLY_AN_ACQUIRER = re.compile(r"收单机构(?!.*(?:平台|服务商))")

_NO_READER = frozenset(
    {
        "alipay",
        "antom",
        "leshua",
        "line-pay",
        "paypay",
        "qfpay",
        "saobei",
        "shouqianba",
        "unionpay-online",
        "unionpay-qr",
        "upi",
        "wechat-pay",
    }
)
"""Origins of wallets and gateways that take payments without a card in a terminal."""
_WITH_A_CARD = re.compile(r"刷卡机|插卡|挥卡|签购单|读卡|密码键盘")

_PROVIDERS = re.compile(
    r"微信|支付宝|收钱吧|钱方|乐刷|全民付|扫呗|LINE Pay|PayPay|Antom|UPI|Adyen|Square|Stripe|SUMUP|Windcave"
)
"""Names of wallets and providers as they stand in the titles of their origins."""

_GUARDS = {"确认没扣款后，": "Once sure it was not charged: "}
"""How a step begins that takes money again, in both languages."""

_LOOKS = re.compile(r"(?:看|查|核对)|.*(?:设置里|菜单里|收银软件里|后台)")
_TIMES = {
    Lang.ZH: re.compile(r"(\d+) ?(秒|分钟|小时)"),
    Lang.EN: re.compile(r"(\d+) (second|minute|hour)"),
}
_SECONDS = {"秒": 1, "分钟": 60, "小时": 3600, "second": 1, "minute": 60, "hour": 3600}
_SWITCHES_OFF = re.compile(r"(?<![不别硬间])(?:关机|断电|断开|重启|拔(?!卡))")
_WHILE_IDLE = re.compile(r"空闲|处理中|收款|收完")
_CHARGES_AGAIN = re.compile(r"(?<![不别])(?:重新收|再收|重收)[一这]?[次笔]")
_OUTCOMES = (
    re.compile(r"已扣款|收到|已收|退了|已支付"),
    re.compile(r"没扣款|没收|没退|就是没"),
    re.compile(r"断定"),
)
_SWOLLEN = re.compile(r"鼓|\b(?:bulg|swell|swollen)", re.IGNORECASE)
_COOLS_OR_MOVES = frozenset({"let-cool", "stop-charging-hot", "move-dry-place", "off-metal"})
_FORBIDS = re.compile(r"(?<![要就])(?:别|不要)(?:再)?(按|碰|关机|断电|拔|插|充电)")
_NEEDED_FOR = {"按": "按|关机|重启", "碰": "按|关机|重启|拔|插|断电", "关机": "关机|重启", "拔": "拔|断电"}
"""What cannot be done without what is forbidden; anything else only forbids itself."""
_REPRINT_PROMISED = re.compile(r"重打|补打")

_LONG = 300
_SHORT = 60
"""Seconds: a cashier's short step is not listed behind a long one."""


def guards_say_the_same(catalog: CheckedCatalog) -> Iterator[Problem]:
    """One guard phrase in Chinese is one in English; "surely" assumes what the step must find out."""
    zh, en = ONCE_SURE.zh, ONCE_SURE.en
    for step in _steps(catalog):
        text = step.record.text
        if text.zh.startswith(zh) != text.en.startswith(en):
            yield step.problem(
                Text(f"“{zh}”和“{en}”要一起用", f'"{zh}" and "{en}" go together'), "text", "en"
            )
        if re.match(r"surely\b", text.en, re.IGNORECASE):
            yield step.problem(Text("不能以 Surely 开头", 'must not begin with "surely"'), "text", "en")


def looking_says_what_follows(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A step that only looks, or names a menu, tells how to do it and what the answer means."""
    for step in _steps(catalog):
        if step.record.how is None and _LOOKS.match(step.record.text.zh):
            yield step.problem(
                Text("要写 how：怎么看，看到什么算好", "needs a how: where to look, and what then"),
                "text",
                "zh",
            )


def a_look_up_names_every_outcome(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Whoever looks a payment up is told what paid, not paid and unclear look like."""
    for step in _steps(catalog):
        if step.record.id not in _LOOK_UPS:
            continue
        how = "" if step.record.how is None else step.record.how.zh
        if not all(outcome.search(how) for outcome in _OUTCOMES):
            yield step.problem(
                Text("how 要说清：收到、没收到、不能断定", "how must name paid, not paid and not known"),
                "how",
            )


def a_step_takes_as_long_as_it_says(catalog: CheckedCatalog) -> Iterator[Problem]:
    """No text of a step names a longer time than its ``seconds``."""
    for step in _steps(catalog):
        record = step.record
        for path, text in (
            (("text",), record.text),
            (("how",), record.how),
            (("stop", "text"), record.stop.text if record.stop else None),
        ):
            for lang in Lang:
                for number, unit in _TIMES[lang].findall("" if text is None else text.of(lang)):
                    if int(number) * _SECONDS[unit] > record.seconds:
                        yield step.problem(
                            Text(f"比 seconds 长：{number} {unit}", f"longer than seconds: {number} {unit}"),
                            *path,
                            lang.value,
                        )


def switching_off_is_guarded(catalog: CheckedCatalog) -> Iterator[Problem]:
    """What cuts off a running payment has a stop sign, or says "while idle" in its text or how."""
    for step in _steps(catalog):
        record = step.record
        said = record.text.zh + (record.how.zh if record.how else "")
        if record.stop is None and _SWITCHES_OFF.search(record.text.zh) and not _WHILE_IDLE.search(said):
            yield step.problem(
                Text(
                    "会打断收款：要有警示，或写明空闲时做", "cuts off a payment: needs a stop or while idle"
                ),
                "text",
                "zh",
            )


def charging_again_is_guarded(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A step that takes money again has a stop sign, or begins with the guard phrase."""
    for step in _steps(catalog):
        record = step.record
        guarded = record.stop is not None or record.text.zh.startswith(ONCE_SURE.zh)
        if _CHARGES_AGAIN.search(record.text.zh) and not guarded:
            guard = ONCE_SURE.zh
            yield step.problem(
                Text(f"要有警示，或以“{guard}”开头", f'needs a stop or the start "{guard}"'), "text", "zh"
            )


def asking_the_customer_is_the_cashiers(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A step that begins with "ask the customer" is done by whoever stands in front of the customer."""
    for step in _steps(catalog):
        if step.record.text.zh.startswith("请顾客") and step.record.who is not Who.CASHIER:
            yield step.problem(Text("应填 cashier", "expected: cashier"), "who")


def every_symptom_has_a_way_out(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A symptom's remedies name somebody to call and another way to serve, or it says which it needs not."""
    for entry in _symptoms(catalog):
        exits = {catalog.records.steps[step].record.exit for step in entry.record.step_ids}
        for way in Exit:
            if way not in exits and entry.record.needs_no is not way:
                yield entry.problem(
                    Text(
                        f"没有 exit: {way} 的步骤，或没写 needs_no", f"no step has exit: {way}, nor needs_no"
                    ),
                    "causes",
                )


def steps_fit_the_device(catalog: CheckedCatalog) -> Iterator[Problem]:
    """An entry about one device has no step that makes sense only on another."""
    for entry in catalog.records.entries.values():
        if entry.record.device is None:
            continue
        for step in dict.fromkeys(entry.record.step_ids):
            device: Device | None = catalog.records.steps[step].record.device
            if device not in (None, entry.record.device):
                yield entry.problem(
                    Text(f"“{step}”是 {device} 的步骤", f'"{step}" is a step for: {device}'), "device"
                )


def a_platform_has_no_acquirer(catalog: CheckedCatalog) -> Iterator[Problem]:
    """No step of a provider that takes the payment itself sends the shop to an acquirer."""
    for entry in catalog.records.entries.values():
        if entry.record.origin not in _PLATFORMS:
            continue
        for step in dict.fromkeys(entry.record.step_ids):
            if _ONLY_AN_ACQUIRER.search(catalog.records.steps[step].record.text.zh):
                yield entry.problem(
                    Text(f"“{step}”要找收单机构，这里没有", f'"{step}" needs an acquirer: there is none'),
                    "origin",
                )


def a_step_names_its_own_provider(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A step that names one wallet or provider is used only where the code is theirs, or for a symptom."""
    for step in _steps(catalog):
        record = step.record
        texts = (record.text, record.how, record.stop.text if record.stop else None)
        names = {name for text in texts if text for name in _PROVIDERS.findall(text.zh)}
        if len(names) != 1:  # several names are examples
            continue
        (name,) = names
        for entry in catalog.records.entries.values():
            origin = catalog.records.origins[entry.record.origin].record
            if record.id in entry.record.step_ids and origin.id != _SYMPTOM and name not in origin.title.zh:
                yield entry.problem(
                    Text(f"“{record.id}”是{name}的步骤", f'"{record.id}" is a step for {name} only'), "origin"
                )


def without_a_reader_no_card_is_handled(catalog: CheckedCatalog) -> Iterator[Problem]:
    """No step of a wallet or gateway speaks of a terminal, its slips or a card in it."""
    for entry in catalog.records.entries.values():
        if entry.record.origin not in _NO_READER:
            continue
        for step in dict.fromkeys(entry.record.step_ids):
            if hit := _WITH_A_CARD.search(catalog.records.steps[step].record.text.zh):
                yield entry.problem(
                    Text(f"“{step}”说到{hit[0]}，这里没有", f'"{step}" needs a card terminal: there is none'),
                    "origin",
                )


def what_swells_is_left_alone(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A swollen battery is neither cooled nor moved."""
    for entry in catalog.records.entries.values():
        title = any(_SWOLLEN.search(entry.record.title.of(lang)) for lang in Lang)
        for index, cause in enumerate(entry.record.causes):
            if title or any(_SWOLLEN.search(cause.text.of(lang)) for lang in Lang):
                for row, step in enumerate(cause.steps):
                    if step in _COOLS_OR_MOVES:
                        yield entry.problem(
                            Text(
                                f"鼓包的不能冷却、不能搬：{step}",
                                f"what swells is not cooled or moved: {step}",
                            ),
                            "causes",
                            index,
                            "steps",
                            row,
                        )


def quick_steps_let_stop_steps_be_done(catalog: CheckedCatalog) -> Iterator[Problem]:
    """No quick step forbids what a step with a stop sign of the same entry orders."""
    steps = catalog.records.steps
    for entry in catalog.records.entries.values():
        orders = [steps[each].record for each in dict.fromkeys(entry.record.step_ids)]
        for index, step in enumerate(entry.record.first):
            for forbidden in _FORBIDS.findall(steps[step].record.text.zh):
                order = re.compile(rf"(?<![别不要再])(?:{_NEEDED_FOR.get(forbidden, forbidden)})")
                for other in orders:
                    if other.id != step and other.stop is not None and order.search(other.text.zh):
                        yield entry.problem(
                            Text(
                                f"不许{forbidden}，可“{other.id}”要这样做",
                                f'forbids what "{other.id}" orders',
                            ),
                            "first",
                            index,
                        )


def settling_again_is_checked_first(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Settlement is run again only after a look whether it was done."""
    for entry in catalog.records.entries.values():
        for index, cause in enumerate(entry.record.causes):
            if "settle-again" not in cause.steps:
                continue
            earlier = [each.steps for each in entry.record.causes[:index]]
            here = cause.steps[: cause.steps.index("settle-again")]
            before = {*entry.record.first, *chain(*earlier), *here}
            if "check-settled" not in before:
                yield entry.problem(
                    Text("settle-again 前面要有 check-settled", "settle-again needs check-settled before it"),
                    "causes",
                    index,
                    "steps",
                )


def a_promised_slip_can_be_printed(catalog: CheckedCatalog) -> Iterator[Problem]:
    """The customer is promised another slip only if a step prints or writes one."""
    for entry in catalog.records.entries.values():
        if _REPRINT_PROMISED.search(entry.record.customer_phrase.zh) and not (
            _REPRINTS & set(entry.record.step_ids)
        ):
            yield entry.problem(
                Text("答应了小票，却没有补打的步骤", "promises a slip that no step prints"), "customer_phrase"
            )


def a_dead_network_has_a_substitute(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Where the shop's own network may be at fault and a customer waits, another network is offered."""
    for entry in _symptoms(catalog):
        own = [cause for cause in entry.record.causes if cause.tab is Tab.NETWORK and cause.side is Side.SHOP]
        offline = [
            cause for cause in own if "reconnect-network" in cause.steps or "restart-router" in cause.steps
        ]
        if offline and "switch-network" not in entry.record.step_ids:
            yield entry.problem(
                Text("店里断网的，要有 switch-network", "a dead network needs switch-network"), "causes"
            )


def quick_steps_stand_before_long_ones(catalog: CheckedCatalog) -> Iterator[Problem]:
    """In a symptom's cause a cashier's short step does not stand behind an owner's or a long one."""
    steps = catalog.records.steps
    for entry in _symptoms(catalog):
        for index, cause in enumerate(entry.record.causes):
            long: str | None = None
            for row, step_id in enumerate(cause.steps):
                step = steps[step_id].record
                if _is_short(step) and step_id not in _AFTERWARDS and long is not None:
                    yield entry.problem(
                        Text(f"“{step_id}”很快，应在“{long}”之前", f'"{step_id}" is quick: before "{long}"'),
                        "causes",
                        index,
                        "steps",
                        row,
                    )
                elif _is_long(step):
                    long = step_id


def _is_short(step: Step) -> bool:
    return step.who is Who.CASHIER and step.seconds <= _SHORT and step.stop is None and step.exit is None


def _is_long(step: Step) -> bool:
    safety = step.stop is not None and step.stop.risk is Risk.SAFETY
    return (step.who is Who.OWNER or step.seconds >= _LONG) and step.exit is None and not safety


def _steps(catalog: CheckedCatalog) -> Iterator[LocatedRecord[Step]]:
    own = text_rules.packs_of_shops(catalog)
    return (step for step in catalog.records.steps.values() if step.pack not in own)


def _symptoms(catalog: CheckedCatalog) -> Iterator[LocatedRecord[Entry]]:
    """The symptoms with causes; what a shop noted itself has none."""
    return (
        entry
        for entry in catalog.records.entries.values()
        if entry.record.origin == _SYMPTOM and entry.record.causes
    )
