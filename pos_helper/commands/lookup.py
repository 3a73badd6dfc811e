"""Looking a code or words up, and showing one entry."""

import argparse
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from pos_helper.commands.shared import NOTHING, OK, catalog_of, guide_of, print_json, print_lines
from pos_helper.domain import words
from pos_helper.domain.entries import Confidence, Step
from pos_helper.domain.lookup import Outcome
from pos_helper.domain.text import Lang, Text

if TYPE_CHECKING:
    from pos_helper.catalog.index import IndexedCatalog
    from pos_helper.domain.guide import Guide
    from pos_helper.domain.lookup import Hit, Lookup


def look_up(arguments: argparse.Namespace, lang: Lang) -> int:
    """Look a code or words up."""
    with closing(catalog_of(arguments, lang)) as catalog:
        found = catalog.search(" ".join(arguments.query), arguments.limit)
        if arguments.json:
            print_json(_lookup_data(found))
        else:
            print_lines(_lookup_lines(found, catalog, lang))
    return OK if found.outcome in (Outcome.EXACT, Outcome.TEXT) else NOTHING


def _lookup_data(found: "Lookup") -> dict[str, Any]:
    return {
        "query": found.query,
        "read_as": found.read_as,
        "outcome": found.outcome,
        "results": [
            {
                "id": hit.id,
                "code": hit.code,
                "origin": hit.origin,
                "match": hit.match,
                "matched_on": hit.matched_on,
                "how": hit.how,
                "title": hit.title,
                "money": hit.money,
                "retry": hit.retry,
            }
            for hit in found.hits
        ],
    }


def _lookup_lines(found: "Lookup", catalog: "IndexedCatalog", lang: Lang) -> Iterator[str]:
    def t(zh: str, en: str) -> str:
        return Text(zh, en).of(lang)

    if found.outcome is Outcome.CARD_DATA:
        yield t(
            "这像是卡号或密码。请不要输入卡片信息；没有查询，也没有保存。",
            "This looks like card data. Never type a card number here; nothing was searched or kept.",
        )
        return
    if found.outcome is Outcome.NONE:
        yield t(
            "没查到。先做“通用排查”：pos-helper show symptom.general-checks",
            "Nothing found. Start with the general checks: pos-helper show symptom.general-checks",
        )
        return
    if found.outcome is Outcome.NEAR:
        yield t(
            "没有这个代码。相近的代码（只是猜测）：", "There is no such code. Codes near it (only guesses):"
        )
    elif found.outcome is Outcome.EXACT:
        yield t("读作：", "Read as: ") + found.read_as
        if len(found.hits) > 1:
            yield t(
                f"有 {len(found.hits)} 种来源，是哪个屏幕显示的？",
                f"It has {len(found.hits)} sources. Which screen showed it?",
            )
    for hit in found.hits:
        yield ""
        yield _headline(hit, lang)
        if found.outcome is Outcome.EXACT and (guide := catalog.guide(hit.id)):
            yield from _answer_lines(guide, lang)


def _headline(hit: "Hit", lang: Lang) -> str:
    code = f"{hit.code}  " if hit.code else ""
    return f"{code}{hit.title.of(lang)}  [{hit.origin_title.of(lang)}]  {hit.id}"


def _answer_lines(guide: "Guide", lang: Lang) -> Iterator[str]:
    """The first ten seconds: screen, money, retry, phrase, quick steps."""
    entry = guide.entry
    for label, value in (
        (Text("哪个屏幕", "Screen"), guide.origin.screen),
        (Text("钱", "Money"), words.MONEY[entry.money]),
        (Text("重试", "Retry"), words.RETRY[entry.retry]),
        (Text("对顾客说", "Say"), entry.say),
    ):
        yield f"  {label.of(lang)}{Text('：', ': ').of(lang)}{value.of(lang)}"
    for number, step in enumerate(guide.first_steps(), 1):
        yield f"  {number}. {step.text.of(lang)}"


def show_entry(arguments: argparse.Namespace, lang: Lang) -> int:
    """Show one entry, whole."""
    with closing(catalog_of(arguments, lang)) as catalog:
        guide = guide_of(catalog, arguments.entry)
    if arguments.json:
        print_json(_guide_data(guide))
    else:
        print_lines(_guide_lines(guide, lang))
    return OK


def _guide_data(guide: "Guide") -> dict[str, Any]:
    entry = guide.entry
    return {
        "id": entry.id,
        "code": entry.code,
        "aliases": entry.aliases,
        "origin": guide.origin,
        "title": entry.title,
        "money": entry.money,
        "retry": entry.retry,
        "say": entry.say,
        "first": guide.first_steps(),
        "meanings": entry.meanings,
        "causes": [
            {
                "id": cause.id,
                "tab": cause.tab,
                "side": cause.side,
                "text": cause.text,
                "steps": [guide.steps[step_id] for step_id in cause.steps],
            }
            for cause in entry.causes
        ],
        "prevention": guide.prevention,
        "sources": list(guide.sources.values()),
        "pack": guide.pack,
        "catalog": guide.catalog,
    }


def _guide_lines(guide: "Guide", lang: Lang) -> Iterator[str]:
    def t(zh: str, en: str) -> str:
        return Text(zh, en).of(lang)

    entry = guide.entry
    code = f"{entry.code}  " if entry.code else ""
    yield f"{code}{entry.title.of(lang)}  [{guide.origin.title.of(lang)}]"
    yield from _answer_lines(guide, lang)
    if entry.meanings:
        yield ""
        yield t("已知的说法", "Known meanings")
    for meaning in entry.meanings:
        sources = t("、", ", ").join(guide.sources[source].title.of(lang) for source in meaning.sources)
        yield f"  · {meaning.text.of(lang)} ({_confidence(meaning.confidence, lang)}; {sources})"
    for tab, name in words.TAB.items():
        if causes := guide.causes_in(tab):
            yield ""
            yield name.of(lang)
        for cause in causes:
            yield f"  {cause.text.of(lang)}"
            for step_id in cause.steps:
                yield from _step_lines(guide.steps[step_id], lang)
    if guide.prevention:
        yield ""
        yield t("以后怎么避免", "So that it does not come back")
    for tip in guide.prevention:
        yield f"  · {tip.text.of(lang)}"


def _confidence(confidence: Confidence, lang: Lang) -> str:
    return words.CONFIDENCE[confidence].of(lang)


def _step_lines(step: Step, lang: Lang) -> Iterator[str]:
    who, time = words.WHO[step.who].of(lang), words.duration(step.seconds).of(lang)
    yield f"    [ ] {step.text.of(lang)}  ({who}, {time})  {step.id}"
    if step.stop:
        yield f"        {Text('注意', 'STOP').of(lang)}: {step.stop.text.of(lang)}"
