"""``catalog check``: everything the reader finds, and the rules for content that a type cannot say.

A rule is a function from the whole catalog to the problems it finds. A new one is written below, or in
``wording`` if it is about words, and named in ``RULES``; it gets a test with a bad example.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from pos_helper.catalog.packs import text_rules
from pos_helper.catalog.packs.loading import CheckedCatalog, LocatedRecord, load, references
from pos_helper.catalog.packs.pack_files import find_packs
from pos_helper.catalog.packs.problems import FieldPath, Problem
from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.entries import CHECK_LAST_SALE, Entry, Money, Retry
from pos_helper.domain.query import code_keys
from pos_helper.domain.text import Lang, Text

Rule = Callable[[CheckedCatalog], Iterator[Problem]]

MAX_TITLE = (20, 45)
MAX_LINE = (40, 90)
"""How many characters of Chinese and of English the window shows in one line."""

_SAFE_WHILE_UNKNOWN = frozenset({Retry.AFTER_CHECK, Retry.NO, Retry.OTHER_METHOD})


def check(built_in: Path, packs: Iterable[Path] = ()) -> tuple[Problem, ...]:
    """Every problem of the built-in pack and of those on top of it: of reading, references and content."""
    catalog = load(find_packs(built_in, more=packs))
    found = chain(catalog.problems, *(rule(catalog) for rule in RULES))
    return tuple(dict.fromkeys(found))


def unknown_money_is_checked_first(catalog: CheckedCatalog) -> Iterator[Problem]:
    """While nobody knows whether the money moved, the last sale is looked at before anything else."""
    for entry in _entries(catalog):
        if entry.record.money is not Money.UNKNOWN:
            continue
        if entry.record.first[:1] != (CHECK_LAST_SALE,):
            yield entry.problem(
                Text(
                    f"扣款情况不明时，第一步必须是 {CHECK_LAST_SALE}",
                    f"with unknown money the first step must be {CHECK_LAST_SALE}",
                ),
                "first",
            )
        if entry.record.retry not in _SAFE_WHILE_UNKNOWN:
            allowed = ", ".join(sorted(_SAFE_WHILE_UNKNOWN))
            yield entry.problem(
                Text(
                    f"扣款情况不明时，只能填以下之一：{allowed}",
                    f"with unknown money expected: {allowed}",
                ),
                "retry",
            )


def charged_is_never_tried_again(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A sale that was charged is not repeated."""
    for entry in _entries(catalog):
        if entry.record.money is Money.CHARGED and entry.record.retry is not Retry.NO:
            yield entry.problem(Text("已经扣款的只能填 no", "a charged sale must have: no"), "retry")


def quick_steps_are_harmless(catalog: CheckedCatalog) -> Iterator[Problem]:
    """With a customer waiting nobody reads a stop sign, so no quick step has one."""
    for entry in _entries(catalog):
        for index, step in enumerate(entry.record.first):
            if catalog.records.steps[step].record.stop is not None:
                yield entry.problem(
                    Text(
                        f"快速步骤不能带警示：“{step}”",
                        f'a quick step must have no stop sign, "{step}" has',
                    ),
                    "first",
                    index,
                )


def everything_is_used(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A shared record that no entry refers to is a leftover or a slip."""
    used = {(kind, wanted) for entry in _entries(catalog) for kind, wanted, _ in references(entry.record)}
    for kind in ("origins", "sources", "steps", "prevention"):
        records: dict[str, LocatedRecord[Any]] = getattr(catalog.records, kind)
        for record_id, found in records.items():
            if (kind, record_id) not in used:
                yield found.problem(Text(f"没有条目用到“{record_id}”", f'no entry uses "{record_id}"'), "id")


def texts_are_short(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Titles, causes and steps fit the lines that they are shown in."""
    for entry in _entries(catalog):
        yield from _too_long(entry, entry.record.title, MAX_TITLE, "title")
        for index, cause in enumerate(entry.record.causes):
            yield from _too_long(entry, cause.text, MAX_LINE, "causes", index, "text")
    for step in catalog.records.steps.values():
        yield from _too_long(step, step.record.text, MAX_LINE, "text")


def nothing_stands_twice(catalog: CheckedCatalog) -> Iterator[Problem]:
    """No two causes of an entry share an id, and no list names anything twice."""
    for entry in _entries(catalog):
        causes = entry.record.causes
        lists: list[tuple[FieldPath, Sequence[str]]] = [
            (("first",), entry.record.first),
            (("prevention",), entry.record.prevention),
            (("phrases", "zh"), entry.record.phrases.zh),
            (("phrases", "en"), entry.record.phrases.en),
            *((("causes", row, "steps"), cause.steps) for row, cause in enumerate(causes)),
        ]
        for path, names in lists:
            for index in _repeats(names):
                yield entry.problem(_twice(names[index]), *path, index)
        for row in _repeats([cause.id for cause in causes]):
            yield entry.problem(_twice(causes[row].id), "causes", row, "id")


def one_entry_per_code_and_origin(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Two entries with one code on one screen cannot be told apart: their meanings belong in one entry."""
    first: dict[tuple[str, str], LocatedRecord[Entry]] = {}
    for entry in _entries(catalog):
        if entry.record.code is None:
            continue
        before = first.setdefault((entry.record.origin, code_keys(entry.record.code).exact), entry)
        if before is not entry:
            place = before.place("code")
            yield entry.problem(
                Text(
                    f"这个来源屏幕已经有同样的代码：{place}",
                    f"this origin has the same code already at {place}",
                ),
                "code",
            )


def codes_can_be_typed(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A code or alias that has no letter or digit, or is refused as card data, is found by nobody."""
    for entry in _entries(catalog):
        spellings: list[tuple[str | None, FieldPath]] = [
            (entry.record.code, ("code",)),
            *((alias, ("aliases", index)) for index, alias in enumerate(entry.record.aliases)),
        ]
        for spelling, path in spellings:
            if spelling is None or (code_keys(spelling).exact and not has_card_data(spelling)):
                continue
            yield entry.problem(
                Text(
                    "没有字母和数字，或者像卡号，谁也搜不到它",
                    "nobody can type this: no letters, or like a card",
                ),
                *path,
            )


RULES: tuple[Rule, ...] = (
    unknown_money_is_checked_first,
    charged_is_never_tried_again,
    quick_steps_are_harmless,
    everything_is_used,
    texts_are_short,
    nothing_stands_twice,
    one_entry_per_code_and_origin,
    codes_can_be_typed,
    text_rules.nobody_handles_card_data,
    text_rules.only_technicians_open_devices,
    text_rules.customers_hear_no_reason,
    text_rules.each_language_is_its_own,
    text_rules.the_terms_are_the_fields,
    text_rules.no_two_steps_say_the_same,
)


def _entries(catalog: CheckedCatalog) -> Iterator[LocatedRecord[Entry]]:
    yield from catalog.records.entries.values()


def _too_long(
    found: LocatedRecord[Any], text: Text, most: tuple[int, int], *field: str | int
) -> Iterator[Problem]:
    for lang, limit in zip(Lang, most, strict=True):
        if (length := len(text.of(lang))) > limit:
            yield found.problem(
                Text(
                    f"太长：{length} 个字符，最多 {limit} 个",
                    f"too long: {length} characters, at most {limit}",
                ),
                *field,
                lang.value,
            )


def _repeats(names: Sequence[str]) -> Iterator[int]:
    """The places of names that stood before."""
    return (index for index, name in enumerate(names) if name in names[:index])


def _twice(name: str) -> Text:
    return Text(f"“{name}”写了两次", f'"{name}" stands here twice')
