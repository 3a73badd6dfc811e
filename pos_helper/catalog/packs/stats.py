"""``catalog stats``: counts the records of a catalog."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct

from pos_helper.catalog.packs.loading import load
from pos_helper.domain.entries import Cause, Confidence, Entry, Tab
from pos_helper.domain.labels import CONFIDENCE, TAB
from pos_helper.domain.text import Lang, Text


class Share(Struct, frozen=True):
    """Counts for one origin or one tab. A step shared by several causes counts once."""

    entries: int
    causes: int
    steps: int


class CatalogStats(Struct, frozen=True):
    """Counts for a whole catalog; invalid records are not counted.

    ``steps`` and ``prevention`` count the shared records. ``origins`` is keyed by origin id.
    """

    packs: int
    problems: int
    entries: int
    with_code: int
    without_code: int
    meanings: int
    causes: int
    steps: int
    prevention: int
    sources: int
    declined: int
    languages: tuple[Lang, ...]
    confidence: dict[Confidence, int]
    origins: dict[str, Share]
    tabs: dict[Tab, Share]


def count(packs: Sequence[Path]) -> CatalogStats:
    """Load packs, the built-in one first, and count their records."""
    catalog = load(packs)
    records = catalog.records
    entries = [found.record for found in records.entries.values()]
    meanings = [meaning for entry in entries for meaning in entry.meanings]
    confidence = Counter(meaning.confidence for meaning in meanings)
    return CatalogStats(
        packs=sum(not pack.left_out for pack in catalog.packs),
        problems=len(catalog.problems),
        entries=len(entries),
        with_code=sum(entry.code is not None for entry in entries),
        without_code=sum(entry.code is None for entry in entries),
        meanings=len(meanings),
        causes=sum(len(entry.causes) for entry in entries),
        steps=len(records.steps),
        prevention=len(records.prevention),
        sources=len(records.sources),
        declined=len(records.declined),
        # The reader rejects records without both languages.
        languages=tuple(Lang) if entries else (),
        confidence={each: confidence[each] for each in Confidence},
        origins={
            origin: _share((entry, entry.causes) for entry in entries if entry.origin == origin)
            for origin in records.origins
        },
        tabs={
            tab: _share(
                (entry, causes)
                for entry in entries
                if (causes := tuple(cause for cause in entry.causes if cause.tab is tab))
            )
            for tab in Tab
        },
    )


def stats_lines(stats: CatalogStats, lang: Lang) -> Iterator[str]:
    """Yield the counts as lines of text in one language."""

    def line(zh: str, en: str, value: object, indent: str = "") -> str:
        return f"{indent}{Text(f'{zh}：', f'{en}: ').of(lang)}{value}"

    yield line("目录包", "Packs", stats.packs)
    yield line("问题", "Problems", stats.problems)
    yield line("条目", "Entries", stats.entries)
    yield line("有代码", "with a code", stats.with_code, "  ")
    yield line("无代码", "without a code", stats.without_code, "  ")
    yield line("含义", "Meanings", stats.meanings)
    for confidence, number in stats.confidence.items():
        yield line(CONFIDENCE[confidence].zh, CONFIDENCE[confidence].en, number, "  ")
    yield line("原因", "Causes", stats.causes)
    yield line("步骤", "Steps", stats.steps)
    yield line("预防提示", "Prevention tips", stats.prevention)
    yield line("出处", "Sources", stats.sources)
    yield line("未收录的原文条目", "Declined items", stats.declined)
    yield line("语言", "Languages", ", ".join(stats.languages))
    yield Text("按标签页（条目、原因、步骤）", "By tab (entries, causes, steps)").of(lang)
    for tab, share in stats.tabs.items():
        yield line(TAB[tab].zh, TAB[tab].en, _figures(share), "  ")
    yield Text("按来源屏幕（条目、原因、步骤）", "By origin (entries, causes, steps)").of(lang)
    for origin, share in stats.origins.items():
        yield line(origin, origin, _figures(share), "  ")


def _share(parts: Iterable[tuple[Entry, Sequence[Cause]]]) -> Share:
    taken = list(parts)
    causes = [cause for _, causes in taken for cause in causes]
    return Share(len(taken), len(causes), len(set(chain.from_iterable(cause.steps for cause in causes))))


def _figures(share: Share) -> str:
    return f"{share.entries}, {share.causes}, {share.steps}"
