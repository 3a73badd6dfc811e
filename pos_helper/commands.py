"""What the commands of the command line do. Each gives its exit code.

Imports stand inside the commands, so that a look-up does not wait for what it does not use, and Qt
is loaded only for the window and the PDF.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pos_helper import paths
from pos_helper.domain import words
from pos_helper.domain.cases import Case, StepResult
from pos_helper.domain.entries import Confidence, Step
from pos_helper.domain.errors import Trouble
from pos_helper.domain.lookup import Outcome
from pos_helper.domain.text import Lang, Text
from pos_helper.files import reason

if TYPE_CHECKING:
    from pos_helper.cases.journal import Journal
    from pos_helper.catalog.index import IndexedCatalog
    from pos_helper.domain.guide import Guide
    from pos_helper.domain.lookup import Hit, Lookup
    from pos_helper.domain.report import SheetOptions
    from pos_helper.domain.shop import Shop

OK = 0
NOTHING = 1
TROUBLE = 3
INTERRUPTED = 130
"""Exit codes: fine; nothing found, or problems found; it could not be done; Ctrl+C, as shells expect it.

2 is argparse's own.
"""


# --- the window ---------------------------------------------------------------------------------

_NO_WINDOW = Text(
    "窗口打不开（{why}）。可以用命令行查：pos-helper lookup 代码",
    "The window cannot be opened ({why}). Use the command line instead: pos-helper lookup CODE",
)


def open_window(arguments: argparse.Namespace, lang: Lang) -> int:
    """Open the window, or say in one line why there is none."""
    if not _has_screen():
        raise Trouble(
            Text(
                "没有可用的屏幕，窗口打不开。可以用命令行查：pos-helper lookup 代码",
                "There is no screen for a window. Use the command line instead: pos-helper lookup CODE",
            )
        )
    from pos_helper.runtime import quick_start

    quick_start.begin()
    from pos_helper import app
    from pos_helper.runtime.screen import named_if_missing

    with named_if_missing(_NO_WINDOW, lang, TROUBLE):
        return app.run(_user(arguments), arguments.pack, arguments.query)


def _has_screen() -> bool:
    """Whether a screen is named at all. This takes no time; whether it is there, Qt finds out."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# --- looking up ---------------------------------------------------------------------------------


def lookup(arguments: argparse.Namespace, lang: Lang) -> int:
    """Look a code or words up."""
    with closing(_catalog(arguments, lang)) as catalog:
        found = catalog.search(" ".join(arguments.query), arguments.limit)
        if arguments.json:
            _print_json(_lookup_data(found))
        else:
            _print_lines(_lookup_lines(found, catalog, lang))
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


def show(arguments: argparse.Namespace, lang: Lang) -> int:
    """Show one entry, whole."""
    with closing(_catalog(arguments, lang)) as catalog:
        guide = _guide(catalog, arguments.entry)
    if arguments.json:
        _print_json(_guide_data(guide))
    else:
        _print_lines(_guide_lines(guide, lang))
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


# --- the sheet ----------------------------------------------------------------------------------


def export(arguments: argparse.Namespace, lang: Lang) -> int:
    """Write the sheet of an entry or of a case."""
    from pos_helper.domain.report import Format, Paper, SheetLanguage, SheetOptions, unsaved_case
    from pos_helper.settings import load_settings

    user = _user(arguments)
    options = SheetOptions(
        Format(arguments.format), SheetLanguage(arguments.lang or lang), Paper(arguments.paper)
    )
    shop = load_settings(user.settings).settings.shop
    if arguments.case is not None:
        if arguments.result or arguments.note:
            raise Trouble(
                Text(
                    "--result 和 --note 不能和 --case 一起用。", "--result and --note do not go with --case."
                )
            )
        with closing(_store(user, lang)) as store:
            case = _case(store, arguments.case)
    else:
        with closing(_catalog(arguments, lang)) as catalog:
            guide = _guide(catalog, arguments.entry)
        case = unsaved_case(guide, _now(), _results(arguments.result), arguments.note or "")
    _write(case, shop, options, arguments.output)
    return OK


def _write(case: Case, shop: "Shop", options: "SheetOptions", output: str) -> None:
    from pos_helper.domain.report import Format
    from pos_helper.export.sheets import CaseSheets

    families = _fonts() if options.format is Format.PDF else None
    sheets = CaseSheets(case, shop, _now, families)
    if output != "-":
        sheets.write(options, output)
        return
    _print_bytes(sheets.render(options))


def _fonts() -> list[str]:
    """The font families of a PDF. Starts the part of Qt that draws, without a screen."""
    # Windows draws without a screen anyway, and its other platforms know no system fonts.
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication

    from pos_helper.ui.fonts import window_families

    # Qt keeps the application object alive by itself once it exists.
    QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    return window_families(paths.resources() / "fonts")


def _results(given: Sequence[str]) -> dict[str, StepResult]:
    """The ``--result STEP=RESULT`` options as a table."""
    results = {}
    for pair in given:
        step_id, _, name = pair.partition("=")
        try:
            results[step_id] = StepResult(name)
        except ValueError:
            raise Trouble(
                Text(
                    "--result 要写成 步骤=结果，结果是 {known} 之一；这里写的是 {pair}",
                    "--result takes STEP=RESULT with one of {known}; this is {pair}",
                ).format(known="|".join(StepResult), pair=repr(pair))
            ) from None
    return results


# --- the catalog --------------------------------------------------------------------------------


def catalog_check(arguments: argparse.Namespace, lang: Lang) -> int:
    """Print every problem of the packs. The given ones are checked on top of the built-in one."""
    from pos_helper.catalog.check import check

    problems = check(_built_in(), [*arguments.paths, *arguments.pack])
    _print_lines(problem.of(lang) for problem in problems)
    if problems:
        return NOTHING
    print(Text("没有问题。", "No problems.").of(lang), file=sys.stderr)
    return OK


def catalog_stats(arguments: argparse.Namespace, lang: Lang) -> int:
    """Count what the catalog holds."""
    from pos_helper.catalog.stats import count, stats_lines

    stats = count(_packs(arguments))
    if arguments.json:
        _print_json(stats)
    else:
        _print_lines(stats_lines(stats, lang))
    return OK


def catalog_schema(arguments: argparse.Namespace, lang: Lang) -> int:
    """Print the JSON Schema of catalog files."""
    from pos_helper.catalog.schema import json_schema

    _print_json(json_schema())
    return OK


# --- cases --------------------------------------------------------------------------------------


def cases_list(arguments: argparse.Namespace, lang: Lang) -> int:
    """List all cases, newest first."""
    with closing(_store(_user(arguments), lang)) as store:
        cases = store.cases()
    if arguments.json:
        _print_json(cases)
    else:
        _print_lines(
            f"{case.id}\t{case.opened_at:%Y-%m-%d %H:%M}\t{case.code_shown or '-'}\t{case.title.of(lang)}\t"
            f"{words.CASE_STATE[case.state].of(lang)}\t{case.tried}/{case.total}"
            for case in cases
        )
    return OK if cases else NOTHING


def cases_show(arguments: argparse.Namespace, lang: Lang) -> int:
    """Show one case as its sheet."""
    from pos_helper.domain.report import Format, SheetLanguage, SheetOptions
    from pos_helper.settings import load_settings

    user = _user(arguments)
    with closing(_store(user, lang)) as store:
        case = _case(store, arguments.id)
    form = Format.JSON if arguments.json else Format.TEXT
    shop = load_settings(user.settings).settings.shop
    _write(case, shop, SheetOptions(form, SheetLanguage(arguments.lang or lang)), "-")
    return OK


def cases_delete(arguments: argparse.Namespace, lang: Lang) -> int:
    """Delete cases for good, after asking."""
    from pos_helper.cases.store import open_store

    opened = open_store(_user(arguments).cases)
    with closing(opened.store) as store:
        if not opened.durable and opened.notice:
            # A case that is deleted from a copy in memory is still there.
            raise Trouble(opened.notice)
        for case_id in arguments.ids:
            _case(store, case_id)
        if not arguments.yes and not _confirmed(len(arguments.ids), lang):
            return NOTHING
        for case_id in arguments.ids:
            store.delete(case_id)
    return OK


def _confirmed(number: int, lang: Lang) -> bool:
    question = Text(
        f"删除 {number} 个记录，不能恢复。确定吗？[y/N] ", f"Delete {number} case(s) for good? [y/N] "
    )
    if not sys.stdin.isatty():
        raise Trouble(Text("要删除请加上 --yes。", "To delete, add --yes."))
    try:
        return input(question.of(lang)).strip().lower() in ("y", "yes", "是")
    except EOFError:
        return False


# --- what the commands share --------------------------------------------------------------------


def _now() -> datetime:
    return datetime.now().astimezone()


def _user(arguments: argparse.Namespace) -> paths.UserPaths:
    return paths.user_paths(arguments.data_dir)


def _built_in() -> Path:
    return paths.resources() / "catalog"


def _packs(arguments: argparse.Namespace) -> tuple[Path, ...]:
    from pos_helper.catalog.pack_files import find_packs

    return find_packs(_built_in(), _user(arguments).packs, arguments.pack)


def _catalog(arguments: argparse.Namespace, lang: Lang) -> "IndexedCatalog":
    from pos_helper.catalog.index import open_catalog

    catalog = open_catalog(_packs(arguments), _user(arguments).index)
    for problem in catalog.problems:
        print(problem.of(lang), file=sys.stderr)
    return catalog


def _guide(catalog: "IndexedCatalog", entry: str) -> "Guide":
    """An entry by its id, or by a code that only one origin has."""
    guide = catalog.guide(entry)
    if guide is not None:
        return guide
    found = catalog.search(entry)
    if found.outcome is Outcome.EXACT and len(found.hits) == 1:
        guide = catalog.guide(found.hits[0].id)
    if guide is not None:
        return guide
    if found.outcome is Outcome.EXACT:
        ids = ", ".join(hit.id for hit in found.hits)
        raise Trouble(
            Text(
                f"{found.query} 有几种来源，请指定其中一个：{ids}",
                f"{found.query} has several sources, name one of them: {ids}",
            )
        )
    raise Trouble(
        Text(
            f"没有条目 {found.query}。可以先查：pos-helper lookup {found.query}",
            f"There is no entry {found.query}. Try: pos-helper lookup {found.query}",
        )
    )


def _store(user: paths.UserPaths, lang: Lang) -> "Journal":
    from pos_helper.cases.store import open_store

    opened = open_store(user.cases)
    if opened.notice:
        print(opened.notice.of(lang), file=sys.stderr)
    return opened.store


def _case(store: "Journal", case_id: int) -> Case:
    try:
        return store.case(case_id)
    except (KeyError, OverflowError):  # a number can be larger than any that SQLite knows
        raise Trouble(Text(f"没有编号为 {case_id} 的记录。", f"There is no case {case_id}.")) from None


def _print_lines(lines: Iterable[str]) -> None:
    with _printing():
        for line in lines:
            print(line)


def _print_json(data: object) -> None:
    """JSON is UTF-8 whatever the console speaks."""
    _print_bytes(msgspec.json.format(msgspec.json.encode(data), indent=2) + b"\n")


def _print_bytes(data: bytes) -> None:
    """Bytes go past the console's encoding."""
    with _printing():
        sys.stdout.flush()
        sys.stdout.buffer.write(data)


@contextmanager
def _printing() -> Iterator[None]:
    """Print to the end, or say why that cannot be: ``> FILE`` can meet a full disk as ``-o FILE`` can."""
    if sys.stdout is None:
        raise Trouble(Text("没有标准输出。", "There is no standard output."))
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        why = reason(error)
        drop_output()
        raise Trouble(
            Text(f"无法写到标准输出：{why.zh}。", f"Cannot write to standard output: {why.en}.")
        ) from error


def drop_output() -> None:
    """Send what is left of the output nowhere, so that the end of the program does not fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
