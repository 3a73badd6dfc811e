"""``catalog check`` rules for wording: safe, neutral, one language per text, standard terms.

The patterns match typical careless sentences. A match is an error, but no match is no proof of safety, so a
second person still reviews every file.
"""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from pos_helper.catalog.packs.loading import CheckedCatalog, LocatedRecord
from pos_helper.catalog.packs.problems import FieldPath, Problem
from pos_helper.domain.entries import SourceKind, Step, Who
from pos_helper.domain.text import Lang, Text

_CARD_DATA = {
    Lang.ZH: re.compile(
        r"(?:报|问|念|读|抄|记[下录住]?|写|拍|发|告诉|提供|核对)(?!不)[^，。；：、！？]{0,8}"
        r"(?:卡号|密码|安全码|校验码|有效期|磁道)"
    ),
    Lang.EN: re.compile(
        r"\b(?:ask(?: the customer)? for|read out|write down|note|copy|photograph|tell|give|say|send)\b"
        r"(?! no\b)[^.,;:!?]{0,24}"
        r"\b(?:card numbers?|PINs?|passwords?|security codes?|verification codes?|CVV|expiry)\b",
        re.IGNORECASE,
    ),
}
_OPENS = {
    Lang.ZH: re.compile(r"拆机|拆开|打开(?:机壳|外壳|后壳)|撬开"),
    Lang.EN: re.compile(
        r"\b(?:open|unscrew|take apart|dismantle)\b[^.,;:!?]{0,16}"
        r"\b(?:device|terminal|case|casing|housing)\b",
        re.IGNORECASE,
    ),
}
_NOT_THE_STAFF = {
    Lang.ZH: re.compile(r"(?:不|别|勿|顾客自己|对方|客服|机器)[^，。；：！？]{0,12}$"),
    Lang.EN: re.compile(
        r"\b(?:never|not|no one|nobody|don't|without|if|may|they|it|themselves)\b[^.;:!?]{0,60}$",
        re.IGNORECASE,
    ),
}
"""Matches before a hit if the sentence forbids the action or describes somebody else's."""

_REASON = {
    Lang.ZH: re.compile(
        r"余额|钱不够|没钱|冻结|挂失|被盗|盗刷|失窃|过期|限额|额度|超限|拒绝|拒付|密码(?:不对|错)|风险|风控|可疑|欺诈"
        r"|黑名单|没收|吞卡|银行不|停用|注销|受限|没批准|欠费"
    ),
    Lang.EN: re.compile(
        r"\b(?:balance|funds|insufficient|frozen|blocked|stolen|lost|expired?|limit|declin\w+|refus\w+|reject\w+|"
        r"restricted|overdue|not approved|(?:wrong|incorrect) PIN|fraud\w*|risk|suspicious|blacklist\w*|"
        r"overdrawn|bank says)\b",
        re.IGNORECASE,
    ),
}
_STRAY = {
    Lang.ZH: re.compile(r"[A-Za-z][a-z]{2,}(?: [A-Za-z]+)*"),
    Lang.EN: re.compile(r"[\u3400-\u9fff，。；：！？、]+"),
}
_NAMES = frozenset({"App", "Excel", "Fi", "Maestro", "Visa", "Windcave", "Windows", "girocard"})
"""Names without a Chinese form, beyond those in codes and in the titles of origins and sources."""

_TERMS = {
    Lang.ZH: {
        "收单行": "收单机构",
        "收单方": "收单机构",
        "发卡银行": "发卡行",
        "响应码": "应答码",
        "批号": "批次号",
        "流水号": "凭证号",
        "检索参考号": "参考号",
        "清算": "结算",
        "应用编号": "APPID",
    },
    Lang.EN: {
        "authorization": "authorisation",
        "issuing bank": "issuer",
        "acquiring bank": "acquirer",
        "answer code": "response code",
    },
}
_ENGINEERS_WORDS = re.compile(r"组包|解包|打包|报文|初始化|句柄|枚举|机构故障")
"""Chinese words of programmers, which say nothing at a counter."""

_FIGURE = re.compile(r"\d{2,}")
"""Figures of one digit are often words: zero, track three."""

_ALIKE = 93.0
"""RapidFuzz ratio (0 to 100) from which two step texts count as the same."""


def nobody_handles_card_data(catalog: CheckedCatalog) -> Iterator[Problem]:
    """No text has staff ask for, read out or write down a card number, verification code or PIN."""
    for found, text, path in _advice(catalog):
        yield from _forbidden(
            found,
            text,
            path,
            _CARD_DATA,
            Text("不能让人经手卡号、密码或安全码：{0}", "nobody may handle card data: {0}"),
        )


def only_technicians_open_devices(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Only technicians open devices."""
    for found, text, path in _advice(catalog):
        if not (isinstance(found.record, Step) and found.record.who is Who.TECHNICIAN):
            yield from _forbidden(
                found,
                text,
                path,
                _OPENS,
                Text("只有维修人员可以拆机：{0}", "only a technician opens a device: {0}"),
            )


def customers_hear_no_reason(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Customer phrases contain no bank reason and nothing about the customer's money."""
    for found in catalog.records.entries.values():
        for lang in Lang:
            if hit := _REASON[lang].search(found.record.customer_phrase.of(lang)):
                yield found.problem(
                    Text(
                        f"对顾客说的话不能讲银行的理由：{hit[0]}",
                        f"tells the customer a reason of the bank: {hit[0]}",
                    ),
                    "customer_phrase",
                    lang.value,
                )


def each_language_is_its_own(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Chinese text contains no English words except names and codes; English text contains no Chinese."""
    names = _names(catalog)
    for found, text, path in _texts_for_all(catalog):
        for lang in Lang:
            for hit in _STRAY[lang].finditer(text.of(lang)):
                if lang is Lang.EN or not all(word in names for word in hit[0].split()):
                    yield found.problem(
                        Text(f"夹了另一种语言：{hit[0]}", f"a word of the other language: {hit[0]}"),
                        *path,
                        lang.value,
                    )
                    break


def the_terms_are_the_fields(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Texts use the payment industry's standard terms."""
    for found, text, path in _texts_for_all(catalog):
        for lang in Lang:
            said = text.of(lang).lower()
            for wrong, right in _TERMS[lang].items():
                if wrong in said:
                    yield found.problem(
                        Text(f"“{wrong}”应写作“{right}”", f'"{wrong}" is called "{right}" here'),
                        *path,
                        lang.value,
                    )


def figures_stand_in_both_languages(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Times, limits, codes and telephone numbers are the same figures in Chinese and in English."""
    for found, text, path in _texts_for_all(catalog):
        zh, en = (set(_FIGURE.findall(re.sub(r"(?<=\d),(?=\d{3})", "", text.of(lang)))) for lang in Lang)
        if missing := ", ".join(sorted(zh ^ en)):
            yield found.problem(
                Text(f"只在一种语言里有：{missing}", f"stands in one language only: {missing}"), *path
            )


def titles_are_plain(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A title uses no programmer's word, unless the screen itself shows it."""
    own = packs_of_shops(catalog)
    for found in catalog.records.entries.values():
        entry = found.record
        for hit in _ENGINEERS_WORDS.finditer(entry.title.zh):
            if found.pack not in own and not any(hit[0] in said for said in entry.screen.zh):
                yield found.problem(
                    Text(
                        f"标题里有程序员的词：{hit[0]}；屏幕上真这么写，就写进 screen",
                        f"a programmer's word: {hit[0]}; if the screen shows it, name it under screen",
                    ),
                    "title",
                    "zh",
                )


def no_two_steps_say_the_same(catalog: CheckedCatalog) -> Iterator[Problem]:
    """One action is one step with one id, so that it is ticked once and its results can be counted."""
    own = packs_of_shops(catalog)
    steps = (step for step in catalog.records.steps.values() if step.pack not in own)
    for one, other in combinations(steps, 2):
        for lang in Lang:
            first, second = one.record.text.of(lang), other.record.text.of(lang)
            if fuzz.ratio(first, second, score_cutoff=_ALIKE) and _figures(first) == _figures(second):
                yield other.problem(
                    Text(
                        f"和步骤 {one.record.id} 说的一样：{second}",
                        f"says the same as the step {one.record.id}: {second}",
                    ),
                    "text",
                    lang.value,
                )
                break


def _forbidden(
    found: LocatedRecord[Any],
    text: Text,
    path: FieldPath,
    patterns: dict[Lang, re.Pattern[str]],
    message: Text,
) -> Iterator[Problem]:
    """Yield a problem for each language in which the text tells staff to do what the pattern matches."""
    for lang in Lang:
        said = text.of(lang)
        for hit in patterns[lang].finditer(said):
            if not _NOT_THE_STAFF[lang].search(said[: hit.start()]):
                yield found.problem(
                    Text(message.zh.format(hit[0]), message.en.format(hit[0])), *path, lang.value
                )
                break


def _advice(catalog: CheckedCatalog) -> Iterator[tuple[LocatedRecord[Any], Text, FieldPath]]:
    """Yield the texts that tell staff what to do or say."""
    for found, text, path in _texts(catalog):
        if path[0] in ("text", "how", "stop", "customer_phrase") and not hasattr(found.record, "where"):
            yield found, text, path


def _texts(catalog: CheckedCatalog) -> Iterator[tuple[LocatedRecord[Any], Text, FieldPath]]:
    """Yield every displayed text with its located record and field path, except source titles."""
    records = catalog.records
    for origin in records.origins.values():
        yield origin, origin.record.title, ("title",)
        yield origin, origin.record.screen, ("screen",)
    for step in records.steps.values():
        yield step, step.record.text, ("text",)
        if step.record.how is not None:
            yield step, step.record.how, ("how",)
        if step.record.stop is not None:
            yield step, step.record.stop.text, ("stop", "text")
    for tip in records.prevention.values():
        yield tip, tip.record.text, ("text",)
    for entry in records.entries.values():
        yield entry, entry.record.title, ("title",)
        yield entry, entry.record.customer_phrase, ("customer_phrase",)
        for number, meaning in enumerate(entry.record.meanings):
            yield entry, meaning.text, ("meanings", number, "text")
        for number, cause in enumerate(entry.record.causes):
            yield entry, cause.text, ("causes", number, "text")


def _texts_for_all(catalog: CheckedCatalog) -> Iterator[tuple[LocatedRecord[Any], Text, FieldPath]]:
    """The displayed texts without those of shop packs, which may be in one language only."""
    own = packs_of_shops(catalog)
    return (each for each in _texts(catalog) if each[0].pack not in own)


def packs_of_shops(catalog: CheckedCatalog) -> frozenset[Path]:
    """Return the packs with a source of kind ``shop``; they may use one language and their own words."""
    cited = {found.pack for found in catalog.records.sources.values() if found.record.kind is SourceKind.SHOP}
    return frozenset(cited - {pack.path for pack in catalog.packs if pack.built_in})


def _names(catalog: CheckedCatalog) -> frozenset[str]:
    """Return the Latin words allowed in Chinese text: those in codes and in origin and source titles."""
    records = catalog.records
    said = [found.record.title.zh for found in records.origins.values()]
    said += [found.record.title.zh for found in records.sources.values()]
    for entry in records.entries.values():
        said += [entry.record.code or "", *entry.record.aliases]
    words = {word for text in said for word in re.findall(r"[A-Za-z]+", text)}
    return _NAMES | words


def _figures(text: str) -> list[str]:
    """Return the numbers in a text; steps with different numbers are different steps."""
    return re.findall(r"\d+", text)
