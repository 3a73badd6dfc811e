"""Look up a code or words, and show one entry."""

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from pos_helper.commands.command import Commands, Context, ExitCode, Say, add_command, add_json, add_lang
from pos_helper.commands.data import catalog_of, resolved_entry_of
from pos_helper.commands.output import print_json, print_lines
from pos_helper.commands.parser import positive
from pos_helper.domain import labels
from pos_helper.domain.entries import GENERAL_CHECKS, Confidence, Step
from pos_helper.domain.errors import UserError
from pos_helper.domain.lookup import Outcome
from pos_helper.domain.text import Lang, Text

if TYPE_CHECKING:
    from pos_helper.catalog.indexed_catalog import IndexedCatalog
    from pos_helper.domain.lookup import Hit, Lookup
    from pos_helper.domain.resolved_entry import ResolvedEntry


class LookupArguments(Struct, frozen=True):
    """The arguments of ``lookup``. The words of ``query`` are joined by blanks."""

    query: tuple[str, ...]
    limit: int
    on: frozenset[str]
    json: bool


def add_lookup(commands: Commands, t: Say) -> None:
    """Add ``lookup``."""
    about = t("查代码或故障现象", "look up a code or a symptom")
    parser = add_command(commands, "lookup", about, LookupArguments, look_up)
    parser.add_argument(
        "query",
        metavar="QUERY",
        nargs="+",
        help=t("屏幕上显示的代码，或几个字", "the code on the screen, or a few words"),
    )
    add_json(parser, t)
    add_lang(parser, t)
    parser.add_argument(
        "--limit",
        type=positive,
        default=10,
        metavar="N",
        help=t("最多几条（默认 10）", "at most N results (10)"),
    )
    parser.add_argument(
        "--on",
        type=_origins,
        default=frozenset(),
        metavar="ORIGIN[,ORIGIN…]",
        help=t("店里只有这些屏幕", "only these screens stand in the shop"),
    )


def look_up(arguments: LookupArguments, context: Context) -> ExitCode:
    """Print the result of a search. The exit code is ``NEGATIVE`` unless there is an answer."""
    with closing(catalog_of(context)) as catalog:
        _refuse_unknown(arguments.on, catalog)
        found = catalog.search(" ".join(arguments.query), arguments.limit, screens=arguments.on)
        if arguments.json:
            print_json(_lookup_data(found))
        else:
            print_lines(_lookup_lines(found, catalog, context.lang))
    is_found = found.outcome in (Outcome.EXACT, Outcome.OTHERWISE, Outcome.TEXT)
    return ExitCode.OK if is_found else ExitCode.NEGATIVE


def _origins(value: str) -> frozenset[str]:
    return frozenset(filter(None, (part.strip() for part in value.split(","))))


def _refuse_unknown(origins: frozenset[str], catalog: "IndexedCatalog") -> None:
    """Raise ``UserError`` for an id that is no origin's: a slip would say that no screen is known here."""
    if unknown := sorted(origins - {origin.id for origin in catalog.origins()}):
        names = ", ".join(unknown)
        raise UserError(Text(f"没有这样的来源屏幕：{names}", f"there is no such origin: {names}"))


def _lookup_data(found: "Lookup") -> dict[str, Any]:
    return {
        "query": found.query,
        "read_as": found.read_as,
        "outcome": found.outcome,
        "makers": found.makers,
        "disputed": found.disputed,
        "refused": found.refused,
        "answer": {
            "entry": found.answer.id if found.answer else None,
            "sure": found.is_sure,
            "money": found.money,
            "retry": found.retry,
            "because": found.because if found.is_sure else None,
        },
        "results": [
            {
                "id": hit.id,
                "code": hit.code,
                "origin": hit.origin,
                "match": hit.match,
                "matched_on": hit.matched_on,
                "how": hit.how,
                "others": hit.others,
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

    if found.refused:
        yield t("。", ". ").join(text.of(lang) for text in labels.REFUSED[found.refused])
        return
    if found.outcome is Outcome.CARD_DATA:
        yield t(
            "这像是卡号或密码。请不要输入卡片信息；没有查询，也没有保存。",
            "This looks like card data. Never type a card number here; nothing was searched or kept.",
        )
        return
    if found.outcome is Outcome.NONE:
        unknown = labels.unknown_code(found) or Text("没查到", "Nothing found")
        yield unknown.of(lang) + t("。", ".")
        yield t(
            "先做“通用排查”：pos-helper show symptom.general-checks",
            "Start with the general checks: pos-helper show symptom.general-checks",
        )
        if found.hits:
            yield labels.OF_OTHERS.of(lang)
    elif found.outcome is Outcome.NEAR:
        yield t(
            "没有这个代码。相近的代码（只是猜测）：", "There is no such code. Codes near it (only guesses):"
        )
    elif found.outcome is Outcome.OTHERWISE:
        yield labels.WRITTEN_OTHERWISE.of(lang)
    else:
        yield t("读作：", "Read as: ") + found.read_as
        if found.disputed:
            yield labels.DISPUTED.of(lang) + t("。", ".")
    general = catalog.resolve(GENERAL_CHECKS)
    if found.answer is None and general is not None:
        yield from _advice_lines(general, lang)
        if found.sources:
            yield ""
            yield labels.WHICH_SCREEN.of(lang)
    for hit in found.hits:
        yield ""
        yield _headline(hit, lang)
        if hit == found.answer and (resolved := catalog.resolve(hit.id)):
            if found.because:
                yield f"  {labels.BECAUSE[found.because].of(lang)}"
            yield from _answer_lines(resolved, lang)
        elif hit in found.sources and (resolved := catalog.resolve(hit.id)):
            yield from _labelled(
                (_SCREEN, resolved.origin.screen), (_MONEY, labels.MONEY[hit.money]), lang=lang
            )


def _headline(hit: "Hit", lang: Lang) -> str:
    code = f"{hit.code}  " if hit.code else ""
    return f"{code}{hit.title.of(lang)}  [{hit.origin_title.of(lang)}]  {hit.id}"


_SCREEN = Text("哪个屏幕", "Screen")
_MONEY = Text("钱", "Money")


def _answer_lines(resolved: "ResolvedEntry", lang: Lang) -> Iterator[str]:
    """What a cashier needs first: screen, money, retry, customer phrase, quick steps."""
    yield from _labelled((_SCREEN, resolved.origin.screen), lang=lang)
    if (words := labels.screen_words(resolved.entry)).zh:
        yield from _labelled((labels.SCREEN_SAYS, words), lang=lang)
    yield from _advice_lines(resolved, lang)


def _advice_lines(resolved: "ResolvedEntry", lang: Lang) -> Iterator[str]:
    entry = resolved.entry
    yield from _labelled(
        (_MONEY, labels.MONEY[entry.money]),
        (Text("重试", "Retry"), labels.RETRY[entry.retry]),
        (Text("对顾客说", "Say"), entry.customer_phrase),
        lang=lang,
    )
    for number, step in enumerate(resolved.first_steps(), 1):
        yield f"  {number}. {step.text.of(lang)}"


def _labelled(*lines: tuple[Text, Text], lang: Lang) -> Iterator[str]:
    for label, value in lines:
        yield f"  {label.of(lang)}{Text('：', ': ').of(lang)}{value.of(lang)}"


class ShowArguments(Struct, frozen=True):
    """The arguments of ``show``. ``entry`` is an id or a code."""

    entry: str
    json: bool


def add_show(commands: Commands, t: Say) -> None:
    """Add ``show``."""
    about = t("显示一个条目的全部内容", "show one entry, whole")
    parser = add_command(commands, "show", about, ShowArguments, show_entry)
    parser.add_argument("entry", metavar="ENTRY", help=t("条目编号或代码", "the entry's id, or a code"))
    add_json(parser, t)
    add_lang(parser, t)


def show_entry(arguments: ShowArguments, context: Context) -> ExitCode:
    """Print one entry with all its details. Raises ``UserError`` if it is not found."""
    with closing(catalog_of(context)) as catalog:
        resolved = resolved_entry_of(catalog, arguments.entry)
    if arguments.json:
        print_json(_entry_data(resolved))
    else:
        print_lines(_entry_lines(resolved, context.lang))
    return ExitCode.OK


def _entry_data(resolved: "ResolvedEntry") -> dict[str, Any]:
    entry = resolved.entry
    return {
        "id": entry.id,
        "code": entry.code,
        "aliases": entry.aliases,
        "origin": resolved.origin,
        "title": entry.title,
        "money": entry.money,
        "retry": entry.retry,
        "customer_phrase": entry.customer_phrase,
        "screen": {"zh": entry.screen.zh, "en": entry.screen.en},
        "first": resolved.first_steps(),
        "meanings": entry.meanings,
        "causes": [
            {
                "id": cause.id,
                "tab": cause.tab,
                "side": cause.side,
                "text": cause.text,
                "steps": [resolved.steps[step_id] for step_id in cause.steps],
            }
            for cause in entry.causes
        ],
        "prevention": resolved.prevention,
        "sources": list(resolved.sources.values()),
        "pack": resolved.pack,
        "catalog": resolved.catalog,
    }


def _entry_lines(resolved: "ResolvedEntry", lang: Lang) -> Iterator[str]:
    def t(zh: str, en: str) -> str:
        return Text(zh, en).of(lang)

    entry = resolved.entry
    code = f"{entry.code}  " if entry.code else ""
    yield f"{code}{entry.title.of(lang)}  [{resolved.origin.title.of(lang)}]"
    yield from _answer_lines(resolved, lang)
    if entry.meanings:
        yield ""
        yield t("已知的说法", "Known meanings")
    for meaning in entry.meanings:
        sources = t("、", ", ").join(resolved.sources[source].title.of(lang) for source in meaning.sources)
        yield f"  · {meaning.text.of(lang)} ({_confidence(meaning.confidence, lang)}; {sources})"
    for tab, name in labels.TAB.items():
        if causes := resolved.causes_in(tab):
            yield ""
            yield name.of(lang)
        for cause in causes:
            yield f"  {cause.text.of(lang)}"
            for step_id in cause.steps:
                yield from _step_lines(resolved.steps[step_id], lang)
    if resolved.prevention:
        yield ""
        yield t("以后怎么避免", "So that it does not come back")
    for tip in resolved.prevention:
        yield f"  · {tip.text.of(lang)}"


def _confidence(confidence: Confidence, lang: Lang) -> str:
    return labels.CONFIDENCE[confidence].of(lang)


def _step_lines(step: Step, lang: Lang) -> Iterator[str]:
    who, time = labels.WHO[step.who].of(lang), labels.duration(step.seconds).of(lang)
    yield f"    [ ] {step.text.of(lang)}  ({who}, {time})  {step.id}"
    if step.stop:
        yield f"        {Text('注意', 'STOP').of(lang)}: {step.stop.text.of(lang)}"
