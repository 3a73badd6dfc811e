"""``catalog check`` rules for advice: an entry's money state, retry word, phrase and quick steps agree.

The steps named here are those of the built-in pack.
"""

import re
from collections.abc import Iterator

from pos_helper.catalog.packs import text_rules
from pos_helper.catalog.packs.loading import CheckedCatalog, LocatedRecord
from pos_helper.catalog.packs.problems import Problem
from pos_helper.domain.entries import (
    CHECK_LAST_SALE,
    ONCE_SURE,
    Confidence,
    Entry,
    Exit,
    Money,
    Retry,
    SourceKind,
    Step,
    Who,
)
from pos_helper.domain.text import Lang, Text

_SAFE_WHILE_UNKNOWN = frozenset({Retry.AFTER_CHECK, Retry.NO, Retry.OTHER_METHOD})
_AGAIN = frozenset({Retry.YES, Retry.ONCE})
_ENDS_THIS_TRY = frozenset({Retry.NO, Retry.OTHER_CARD, Retry.OTHER_METHOD})
_OF_A_PAYMENT = frozenset({Retry.AFTER_CHECK, Retry.NO, Retry.YES})

_WAITS = frozenset(
    {
        "compare-signature",
        "customer-confirms-on-phone",
        "customer-enters-text-code",
        "customer-takes-card",
        "guide-customer",
        "pause-a-minute",
        "poll-order",
        "poll-shouqianba-order",
        "wait-for-result",
        "wait-ready",
    }
)
"""Steps that let a running payment end, by itself or with what the screen asks for."""

LOOK_UPS = frozenset(
    {
        CHECK_LAST_SALE,
        "check-sale-elsewhere",
        "look-in-dashboard",
        "look-up-shouqianba-order",
        "look-up-wallet-order",
        "query-same-order",
    }
)
"""Steps that ask a machine or a platform what became of this payment."""

_OWN_LOOK_UPS = frozenset({"check-bill-sale", "look-up-shouqianba-order"})
"""Look-ups of one platform or kind of payment for which those of all screens say too much."""

_DONE_EARLIER = frozenset(
    {
        "check-adjusted",
        "check-original-order",
        "check-refund-state",
        "check-settled",
        "check-void-state",
        "compare-settlement",
        "find-original",
        "find-preauthorisation",
        "send-offline-sales",
    }
)
"""Steps that look at a void, refund, settlement or earlier sale, which must not be done twice."""

_FALLBACKS = frozenset({"note-sale-numbers", "note-screen-text", "other-card", "other-way-to-pay"})
"""Quick steps that always help, and remedy nothing."""

_GENERAL = (
    _WAITS
    | LOOK_UPS
    | _DONE_EARLIER
    | _FALLBACKS
    | {
        "ask-how-to-pay",
        "charge-once-more",
        "count-affected",
        "customer-asks-bank",
        "customer-reads-message",
        "hand-card-back",
        "keep-slips",
        "look-at-slip",
        "look-which-device",
        "read-extended-code",
        "read-printer-lights",
        "reprint-at-till",
        "reprint-slip",
        "see-which-code",
        "take-customer-contact",
    }
)
"""Quick steps that fit any cause."""

_SAME_PAYMENT_AGAIN = frozenset(
    {
        "choose-type",
        "customer-pin-again",
        "insert-card-right",
        "new-order",
        "swipe-gently",
        "tap-and-hold",
        "tap-or-insert",
        "wipe-card-chip",
    }
)
"""Steps that use the card or order once more, which a retry word may forbid."""

_WHOLE_SALE_AGAIN = frozenset({"charge-once-more", "start-sale-again", "try-again-later"})
"""Steps that take the same payment again from its beginning."""

_OTHER_CARDS = frozenset({"customer-other-wallet-method", "other-card"})
"""Steps that offer another card; within a wallet the customer chooses it on the phone."""

_TELLS_A_REFUND = _DONE_EARLIER | {"charge-or-refund"}
"""Quick steps that find out whether something was to be paid or given back."""

_SECONDS_OF_A_QUICK_STEP = 60

_IN_PROGRESS = {
    Lang.ZH: re.compile(
        r"(?:处理|支付|付款|授权|签名|撤销|撤单|冲正|退货|完成)中(?!心|途|止)|还在(?:处理|进行)|请稍候|正忙|等顾客"
        r"|正在(?:手机上)?付|正在中断"
    ),
    Lang.EN: re.compile(
        r"\b(?:in progress|processing$|please wait|is busy|waiting for the customer|is (?:paying|signing))",
        re.IGNORECASE,
    ),
}
_OF_AN_EARLIER_SALE = {
    Lang.ZH: re.compile(r"退款|退货|撤销|预授权|小费"),
    Lang.EN: re.compile(r"\b(?:refund|void|pre-authorisation|tip)", re.IGNORECASE),
}
_OPEN_OUTCOME = {
    Lang.ZH: re.compile(r"结果不明|扣没扣款(?:不确定|不知道|不明)"),
    Lang.EN: re.compile(r"\boutcome (?:is )?(?:unknown|not known|not sure)", re.IGNORECASE),
}
_PAYMENT_RUNNING = {
    Lang.ZH: re.compile(r"可能正在(?:收款|付款|交易)|可能已(?:经)?(?:扣款|付)"),
    Lang.EN: re.compile(
        r"\bpayment may (?:have been|be) running|\bmay (?:have been|be) (?:charged|paid)", re.IGNORECASE
    ),
}
_IS_A_REFUND = {
    Lang.ZH: re.compile(r"^(?:这是|正在办)(?:退款|退货|撤销)"),
    Lang.EN: re.compile(r"^(?:It was|This is) a (?:refund|void|revoke)", re.IGNORECASE),
}
_NOT_PAID = {
    Lang.ZH: re.compile(r"(?:没有?|未)(?:扣款|付成功|收成|充成)|还没有?(?:付|扣)|刚才没"),
    Lang.EN: re.compile(
        r"\bnothing (?:was|has been)|\bdid not go through|\bnot (?:been )?(?:charged|taken)", re.IGNORECASE
    ),
}
_NOT_TWICE = {
    Lang.ZH: re.compile(r"不要(?:再付|付第二次)|还没完|原来那一?笔"),
    Lang.EN: re.compile(r"\bdo not pay again|\bnot finished|\boriginal (?:sale|payment)", re.IGNORECASE),
}
_DOUBTS = {
    Lang.ZH: re.compile(r"付成了?没有|付没付"),
    Lang.EN: re.compile(r"\bwhether (?:this|it|the payment)\b", re.IGNORECASE),
}
_ANOTHER_CARD = {Lang.ZH: re.compile(r"换一张卡"), Lang.EN: re.compile(r"\banother card\b", re.IGNORECASE)}
_ANOTHER_WAY = {
    Lang.ZH: re.compile(r"换一(?:种方式|张卡)"),
    Lang.EN: re.compile(r"\banother (?:card|way)\b", re.IGNORECASE),
}
_ONCE_MORE = {
    Lang.ZH: re.compile(r"再"),
    Lang.EN: re.compile(r"\b(?:again|once more)\b", re.IGNORECASE),
}
_SEEING_TO_THE_MACHINE = {
    Lang.ZH: re.compile(r"处理一下机器"),
    Lang.EN: re.compile(r"\bseeing to the machine\b", re.IGNORECASE),
}

_QUESTION = {
    Lang.ZH: re.compile(
        r"[吗咩]$|[能可]唔[能可]|能不能|可不可以|[要用]不用|要[不唔]要|该不该|如何|点(?:样|做|算)"
        r"|怎么(?:办|补|退|查|关|调|接|开|换|装|打|重打|输|收|撤|设|用|改|处理|恢复|取|擦|找|连|登|结|清)"
    ),
    Lang.EN: re.compile(
        r"^(?:how (?:do|to|can|should|long|many)|can (?:I|we|they)|(?:should|may|must) (?:I|we)"
        r"|do (?:I|we) (?!not)|what (?:do|should|can) (?:I|we)|which|where (?:do|is|are|can|should)"
        r"|is it (?:ok|safe)|could it|does the)\b",
        re.IGNORECASE,
    ),
}
"""Asks what to do, or how; "why" and "what is wrong" are answered by the causes."""


def unknown_money_is_checked_first(catalog: CheckedCatalog) -> Iterator[Problem]:
    """With unknown money the last sale is looked up before anything but waiting, with no plain retry."""
    for entry in catalog.records.entries.values():
        record = entry.record
        if record.money is not Money.UNKNOWN:
            continue
        look_up = next((step for step in record.first if step not in _WAITS), None)
        if look_up not in {CHECK_LAST_SALE, *_OWN_LOOK_UPS, *_DONE_EARLIER}:
            yield entry.problem(
                Text(
                    f"扣款情况不明时，除了等结果，第一步必须是 {CHECK_LAST_SALE}，退款、撤销等要查原来那一笔",
                    f"with unknown money the first step but waiting must be {CHECK_LAST_SALE}, "
                    "or look up the original sale of a refund, void and the like",
                ),
                "first",
            )
        if record.retry not in _SAFE_WHILE_UNKNOWN:
            allowed = ", ".join(sorted(_SAFE_WHILE_UNKNOWN))
            yield entry.problem(
                Text(
                    f"扣款情况不明时，只能填以下之一：{allowed}",
                    f"with unknown money expected: {allowed}",
                ),
                "retry",
            )


def what_it_is_about_is_looked_up_first(catalog: CheckedCatalog) -> Iterator[Problem]:
    """If the title speaks of a refund, void, tip and the like, that is looked at before the last sale."""
    for entry in catalog.records.entries.values():
        first = entry.record.first
        if CHECK_LAST_SALE not in first or not _says(entry.record.title, _OF_AN_EARLIER_SALE):
            continue
        index = first.index(CHECK_LAST_SALE)
        for step in first[index + 1 :]:
            if step in _DONE_EARLIER:
                yield entry.problem(Text(f"“{step}”要在前", f'"{step}" must come before it'), "first", index)


def what_runs_is_waited_for(catalog: CheckedCatalog) -> Iterator[Problem]:
    """While a payment is in progress the cashier waits first: looking it up would mean leaving it."""
    for entry in catalog.records.entries.values():
        record = entry.record
        runs = _says(record.title, _IN_PROGRESS) or any(map(_IN_PROGRESS[Lang.ZH].search, record.screen.zh))
        if record.money is not Money.UNKNOWN or not runs:
            continue
        if record.first and record.first[0] not in _WAITS:
            waits = ", ".join(sorted(_WAITS))
            yield entry.problem(
                Text(
                    f"还在进行的付款，第一步要等，应为以下之一：{waits}",
                    f"in progress: the first step must wait: {waits}",
                ),
                "first",
                0,
            )


def charged_is_never_tried_again(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A charged sale is never retried, and has no step for the case that it was not charged."""
    for entry in catalog.records.entries.values():
        if entry.record.money is not Money.CHARGED:
            continue
        if entry.record.retry is not Retry.NO:
            yield entry.problem(Text("已经扣款的只能填 no", "a charged sale must have: no"), "retry")
        for step in dict.fromkeys(entry.record.step_ids):
            if catalog.records.steps[step].record.text.zh.startswith(ONCE_SURE.zh):
                yield entry.problem(
                    Text(
                        f"“{step}”说的是没扣款的时候；可能没扣款的，money 应为 unknown",
                        f'"{step}" is for what was not charged: if it may not be, money must be unknown',
                    ),
                    "money",
                )


def not_charged_needs_no_check(catalog: CheckedCatalog) -> Iterator[Problem]:
    """What was surely not charged need not be looked up; if it must be, the money is unknown."""
    for entry in catalog.records.entries.values():
        record = entry.record
        if record.money is not Money.NOT_CHARGED:
            continue
        said = Text(
            "没有扣款就不用先查；要先查，money 应为 unknown",
            "not charged needs no check first; if it does, money must be unknown",
        )
        if record.retry is Retry.AFTER_CHECK:
            yield entry.problem(said, "retry")
        if CHECK_LAST_SALE in record.first:
            yield entry.problem(said, "first", record.first.index(CHECK_LAST_SALE))


def no_payment_has_its_own_word(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Without a payment the retry word says so, unless something done earlier must not be repeated."""
    for entry in catalog.records.entries.values():
        record = entry.record
        if record.retry is Retry.NOT_APPLICABLE and record.money is not Money.NOT_APPLICABLE:
            yield entry.problem(
                Text(
                    "只有 money 也是 not_applicable 才能填 not_applicable",
                    "not_applicable only if money is not_applicable too",
                ),
                "retry",
            )
        if record.money is not Money.NOT_APPLICABLE or record.retry not in _OF_A_PAYMENT:
            continue
        if _DONE_EARLIER.isdisjoint(record.step_ids):
            yield entry.problem(
                Text("不涉及付款的应填 not_applicable", "without a payment expected: not_applicable"), "retry"
            )


def a_running_payment_is_a_payment(catalog: CheckedCatalog) -> Iterator[Problem]:
    """If a cause says that a payment may have been running, the entry does not say that none is involved."""
    for entry in catalog.records.entries.values():
        if entry.record.money is not Money.NOT_APPLICABLE:
            continue
        for index, cause in enumerate(entry.record.causes):
            if _says(cause.text, _PAYMENT_RUNNING):
                yield entry.problem(
                    Text(
                        f"原因“{cause.id}”说可能正在付款，money 应为 unknown",
                        f"cause {cause.id} says that a payment may be running: money must be unknown",
                    ),
                    "causes",
                    index,
                    "text",
                )


def an_open_outcome_is_unknown(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A meaning to be trusted that leaves the outcome open makes the money unknown."""
    for entry in catalog.records.entries.values():
        if entry.record.money is Money.UNKNOWN:
            continue
        for index, meaning in enumerate(entry.record.meanings):
            if meaning.confidence is not Confidence.LOW and _says(meaning.text, _OPEN_OUTCOME):
                yield entry.problem(
                    Text("说结果不明，money 应为 unknown", "leaves the outcome open: money must be unknown"),
                    "meanings",
                    index,
                    "text",
                )


def phrase_and_retry_agree(catalog: CheckedCatalog) -> Iterator[Problem]:
    """If the payment may be tried again, the customer is not only sent to another card or way to pay."""
    for entry in catalog.records.entries.values():
        if entry.record.retry not in _AGAIN:
            continue
        for lang in Lang:
            phrase = entry.record.customer_phrase.of(lang)
            if _ANOTHER_WAY[lang].search(phrase) and not _ONCE_MORE[lang].search(phrase):
                yield entry.problem(
                    Text(
                        "可以再试，这句话要说“再”试一次",
                        'may be tried again: the phrase must say "again" or "once more"',
                    ),
                    "customer_phrase",
                    lang.value,
                )


def retry_and_quick_steps_agree(catalog: CheckedCatalog) -> Iterator[Problem]:
    """The quick steps do what the retry word allows: the same again, another card or another way."""
    steps = catalog.records.steps
    for entry in _built_in(catalog):
        retry, first = entry.record.retry, entry.record.first
        said: Text | None = None
        if not first:
            continue
        if retry in _AGAIN:
            if steps[first[0]].record.exit is Exit.CALL or _FALLBACKS.issuperset(first):
                said = Text(
                    "可以再试，快速步骤却没写怎么再试", "may be tried again, but no quick step says how"
                )
        elif retry in _ENDS_THIS_TRY and not _WHOLE_SALE_AGAIN.isdisjoint(first):
            said = Text("不许再试，快速步骤却要再收", "must not be tried again, but a quick step does so")
        elif retry is Retry.OTHER_CARD and _OTHER_CARDS.isdisjoint(first):
            said = Text("要换卡，快速步骤里却没有", "another card is wanted, but no quick step offers it")
        elif retry is Retry.OTHER_METHOD and not any(_takes_money(steps[step].record) for step in first):
            said = Text(
                "要换一种方式，快速步骤里却没有", "another way is wanted, but no quick step offers it"
            )
        if said is not None:
            yield entry.problem(said, "first")


def a_refund_is_told_from_a_charge(catalog: CheckedCatalog) -> Iterator[Problem]:
    """If "not charged" may also be a refund that failed, a quick step finds out which of them it was."""
    for entry in catalog.records.entries.values():
        if entry.record.money is not Money.NOT_CHARGED or not _TELLS_A_REFUND.isdisjoint(entry.record.first):
            continue
        for index, cause in enumerate(entry.record.causes):
            if _says(cause.text, _IS_A_REFUND):
                yield entry.problem(
                    Text(
                        "可能是退款：快速步骤要先分清，如 charge-or-refund",
                        "may be a refund: a quick step must tell which, such as charge-or-refund",
                    ),
                    "causes",
                    index,
                    "text",
                )


def the_phrase_fits_the_money(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Unknown money is neither called unpaid nor paid a second time; a charged sale is not doubted."""
    for entry in _built_in(catalog):
        money = entry.record.money
        for lang in Lang:
            phrase = entry.record.customer_phrase.of(lang)
            said: Text | None = None
            if money is Money.UNKNOWN and _NOT_PAID[lang].search(phrase):
                said = Text(
                    "不知道扣没扣款，不能说没付", "money is unknown: must not say that nothing was paid"
                )
            elif money is Money.UNKNOWN and entry.record.code and not _NOT_TWICE[lang].search(phrase):
                said = Text(
                    "不知道扣没扣款，要请顾客先不要再付", "money is unknown: must ask not to pay again"
                )
            elif money is Money.CHARGED and _DOUBTS[lang].search(phrase):
                said = Text("已经扣款，不能再问付没付成", "charged: must not ask whether it was paid")
            if said is not None:
                yield entry.problem(said, "customer_phrase", lang.value)


def an_offered_card_is_a_step(catalog: CheckedCatalog) -> Iterator[Problem]:
    """The customer is offered another card only if one of the steps offers it too."""
    for entry in _built_in(catalog):
        steps = entry.record.step_ids
        if steps and _OTHER_CARDS.isdisjoint(steps) and _says(entry.record.customer_phrase, _ANOTHER_CARD):
            yield entry.problem(
                Text("请顾客换卡，却没有换卡的步骤", "offers another card, but no step does"),
                "customer_phrase",
            )


def the_machine_is_at_fault_only_if_it_is(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Staff do not say that they see to the machine when a void, refund or settlement is the matter."""
    for entry in catalog.records.entries.values():
        earlier = _DONE_EARLIER.intersection(entry.record.first)
        for lang in Lang:
            if earlier and _SEEING_TO_THE_MACHINE[lang].search(entry.record.customer_phrase.of(lang)):
                yield entry.problem(
                    Text(
                        "机器没有毛病：要说核对原来那一笔、退款或对账",
                        "the machine is not at fault: speak of the original sale, refund or settlement",
                    ),
                    "customer_phrase",
                    lang.value,
                )


def one_look_up_is_enough(catalog: CheckedCatalog) -> Iterator[Problem]:
    """At most one quick step looks the same payment up; there is room for three steps only."""
    for entry in _coded(catalog):
        look_ups = [index for index, step in enumerate(entry.record.first) if step in LOOK_UPS]
        for index in look_ups[1:]:
            step = entry.record.first[index]
            yield entry.problem(
                Text(
                    f"“{step}”又查一次同一笔，快速步骤里查一次就够",
                    f'"{step}" looks the same payment up again',
                ),
                "first",
                index,
            )


def quick_steps_fit_the_causes(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A quick step remedies one of the entry's causes or is a general one; else it helps with nothing."""
    for entry in catalog.records.entries.values():
        remedies = {step for cause in entry.record.causes for step in cause.steps}
        for index, step in enumerate(entry.record.first):
            if step not in remedies and step not in _GENERAL:
                yield entry.problem(
                    Text(
                        f"快速步骤“{step}”不在任何一个原因里",
                        f'the quick step "{step}" is in none of the causes',
                    ),
                    "first",
                    index,
                )


def quick_steps_use_their_room(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Quick steps that only fall back leave out nothing that the cashier could do about a cause at once."""
    steps = catalog.records.steps
    for entry in _coded(catalog):
        record = entry.record
        if record.money is Money.UNKNOWN or len(record.first) > 2 or not _FALLBACKS.issuperset(record.first):
            continue
        for step_id in (step for cause in record.causes for step in cause.steps):
            step = steps[step_id].record
            at_once = step.who is Who.CASHIER and step.seconds <= _SECONDS_OF_A_QUICK_STEP and not step.stop
            if not at_once or step_id in _GENERAL:
                continue
            if record.retry in _AGAIN or step_id not in _SAME_PAYMENT_AGAIN:
                yield entry.problem(
                    Text(
                        f"还有位置，店员马上能做：{step_id}",
                        f"room for what the cashier can do at once: {step_id}",
                    ),
                    "first",
                )
                break


def questions_have_an_answer(catalog: CheckedCatalog) -> Iterator[Problem]:
    """What people ask to do, or how, stands in ``answers``, with a step of the entry."""
    for entry in catalog.records.entries.values():
        record = entry.record
        for lang in Lang:
            for index, phrase in enumerate(getattr(record.phrases, lang)):
                if _QUESTION[lang].search(phrase):
                    yield entry.problem(
                        Text("是问题，要写进 answers", "is a question: it belongs in answers"),
                        "phrases",
                        lang.value,
                        index,
                    )
        for index, answer in enumerate(record.answers):
            if answer.step not in record.step_ids:
                yield entry.problem(
                    Text(
                        f"“{answer.step}”不是这个条目的步骤", f'"{answer.step}" is not a step of this entry'
                    ),
                    "answers",
                    index,
                    "step",
                )


def high_confidence_is_earned(catalog: CheckedCatalog) -> Iterator[Problem]:
    """High confidence rests on two sources, or on the maker's own, a standard or the shop's experience."""
    sources = catalog.records.sources
    for entry in catalog.records.entries.values():
        for index, meaning in enumerate(entry.record.meanings):
            kinds = {sources[source].record.kind for source in meaning.sources}
            alone = len(meaning.sources) == 1 and kinds <= {SourceKind.CODE, SourceKind.ARTICLE}
            if meaning.confidence is Confidence.HIGH and alone:
                yield entry.problem(
                    Text(
                        "只有一个程序或一篇文章说，最多 medium",
                        "one program or article alone: at most medium",
                    ),
                    "meanings",
                    index,
                    "confidence",
                )


def _takes_money(step: Step) -> bool:
    return step.exit is Exit.SERVE or step.text.zh.startswith(ONCE_SURE.zh)


def _built_in(catalog: CheckedCatalog) -> Iterator[LocatedRecord[Entry]]:
    """The entries without those of shop packs, which have their own steps and words."""
    own = text_rules.packs_of_shops(catalog)
    return (entry for entry in catalog.records.entries.values() if entry.pack not in own)


def _coded(catalog: CheckedCatalog) -> Iterator[LocatedRecord[Entry]]:
    """The entries with a code. The quick steps of a symptom find out which cause it is."""
    return (entry for entry in catalog.records.entries.values() if entry.record.code is not None)


def _says(text: Text, patterns: dict[Lang, re.Pattern[str]]) -> bool:
    return any(patterns[lang].search(text.of(lang)) for lang in Lang)
