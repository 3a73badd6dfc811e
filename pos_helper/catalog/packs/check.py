"""``catalog check``: the reader's problems, plus content rules that the types cannot express.

A rule is a function from the ``CheckedCatalog`` to the problems it finds. To add one, write it here (or in
``text_rules`` if it is about wording, in ``advice_rules`` if about advice, in ``step_rules`` if about
remedies), list it in ``RULES`` and test it with a bad example.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from pos_helper.catalog.packs import advice_rules, step_rules, text_rules
from pos_helper.catalog.packs.loading import CheckedCatalog, LocatedRecord, load, references
from pos_helper.catalog.packs.pack_files import find_packs
from pos_helper.catalog.packs.problems import FieldPath, Problem
from pos_helper.domain.card_data import has_card_data
from pos_helper.domain.entries import Entry, Maker, Source, SourceKind
from pos_helper.domain.linguistics.chinese import is_han
from pos_helper.domain.makers import normalised_name
from pos_helper.domain.query import code_keys
from pos_helper.domain.sureness import fits
from pos_helper.domain.text import Lang, Text

Rule = Callable[[CheckedCatalog], Iterator[Problem]]

MAX_TITLE = (20, 45)
MAX_LINE = (40, 90)
"""Most characters in Chinese and in English that fit on one line of the window."""
MAX_TILE_TITLE = (12, 24)
MAX_TILE_HINT = (26, 45)
"""Most characters in Chinese and in English that fit on a tile: one line of title, two of hint."""

MAX_SCREEN_TEXT = 40
"""Most characters of what a screen says, in any language."""

NO_ADDRESS = "no public address known"
_FINDABLE = re.compile(rf"https?://\S|github\.com/[\w.-]+/[\w.-]+: \S|{NO_ADDRESS}: \S")


def check(built_in: Path, packs: Iterable[Path] = ()) -> tuple[Problem, ...]:
    """Return all problems of the built-in pack and ``packs``, each once: reading, references and content.

    A file that cannot be read is a problem too, not an exception.
    """
    catalog = load(find_packs(built_in, more=packs))
    found = chain(catalog.problems, *(rule(catalog) for rule in RULES))
    return tuple(dict.fromkeys(found))


def quick_steps_are_harmless(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Quick steps have no stop sign, because nobody reads one while a customer waits."""
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
    """Every shared record is used by an entry; an unused one is a leftover or a typing mistake."""
    used = {(kind, wanted) for entry in _entries(catalog) for kind, wanted, _ in references(entry.record)}
    for kind in ("origins", "sources", "steps", "prevention"):
        records: dict[str, LocatedRecord[Any]] = getattr(catalog.records, kind)
        for record_id, found in records.items():
            if (kind, record_id) not in used:
                yield found.problem(Text(f"没有条目用到“{record_id}”", f'no entry uses "{record_id}"'), "id")


def texts_are_short(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Titles, causes and steps fit on their lines in the window, and the words of a tile on the tile."""
    for entry in _entries(catalog):
        yield from _too_long(entry, entry.record.title, MAX_TITLE, "title")
        for index, cause in enumerate(entry.record.causes):
            yield from _too_long(entry, cause.text, MAX_LINE, "causes", index, "text")
    for step in catalog.records.steps.values():
        yield from _too_long(step, step.record.text, MAX_LINE, "text")
    for tile in catalog.records.tiles.values():
        yield from _too_long(tile, tile.record.title, MAX_TILE_TITLE, "title")
        yield from _too_long(tile, tile.record.hint, MAX_TILE_HINT, "hint")


def nothing_stands_twice(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Causes of an entry differ in id, words and remedies, and no list repeats an item."""
    for entry in _entries(catalog):
        causes = entry.record.causes
        lists: list[tuple[FieldPath, Sequence[str]]] = [
            (("first",), entry.record.first),
            (("prevention",), entry.record.prevention),
            (("screen", "zh"), entry.record.screen.zh),
            (("screen", "en"), entry.record.screen.en),
            (("phrases", "zh"), entry.record.phrases.zh),
            (("phrases", "en"), entry.record.phrases.en),
            (("answers",), [answer.step for answer in entry.record.answers]),
            *((("causes", row, "steps"), cause.steps) for row, cause in enumerate(causes)),
        ]
        for path, names in lists:
            for index in _repeats(names):
                yield entry.problem(_twice(names[index]), *path, index)
        for row in _repeats([cause.id for cause in causes]):
            yield entry.problem(_twice(causes[row].id), "causes", row, "id")
        for lang in Lang:
            for row in _repeats([cause.text.of(lang) for cause in causes]):
                yield entry.problem(_twice(causes[row].text.of(lang)), "causes", row, "text", lang.value)
        # Under another tab or side the same remedies are looked for from another end.
        for row in _repeats([(cause.tab, cause.side, cause.steps) for cause in causes]):
            if causes[row].steps:
                yield entry.problem(
                    Text(
                        "和前面一个原因的步骤全一样，合成一个", "has the steps of a cause before it: make one"
                    ),
                    "causes",
                    row,
                    "steps",
                )
    for tile in catalog.records.tiles.values():
        for index in _repeats(tile.record.entries):
            yield tile.problem(_twice(tile.record.entries[index]), "entries", index)


def screen_texts_are_what_it_says(catalog: CheckedCatalog) -> Iterator[Problem]:
    """What the screen says is short, holds no card data, and stands under its language."""
    for entry in _entries(catalog):
        for lang in Lang:
            for index, text in enumerate(getattr(entry.record.screen, lang)):
                for said in _wrong_on_a_screen(text, lang):
                    yield entry.problem(said, "screen", lang.value, index)


def _wrong_on_a_screen(text: str, lang: Lang) -> Iterator[Text]:
    if len(text) > MAX_SCREEN_TEXT:
        yield _length(len(text), MAX_SCREEN_TEXT)
    if has_card_data(text):
        yield Text("像卡片信息", "looks like card data")
    if any(map(is_han, text)) is not (lang is Lang.ZH):
        yield Text("放错了语言", "stands under the wrong language")


def one_entry_per_code_and_origin(catalog: CheckedCatalog) -> Iterator[Problem]:
    """An origin has one entry per code; several meanings of a code belong in the same entry."""
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
    """Codes and aliases can be searched: they contain a letter or digit and do not look like card data."""
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


def a_name_is_one_makers(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A name that two makers share names neither of them."""
    first: dict[str, LocatedRecord[Maker]] = {}
    for maker in catalog.records.makers.values():
        record = maker.record
        names: list[tuple[str, FieldPath]] = [
            *((record.name.of(lang), ("name", lang.value)) for lang in Lang),
            *((name, ("names", index)) for index, name in enumerate(record.names)),
            *((word, ("common_words", index)) for index, word in enumerate(record.common_words)),
        ]
        for name, path in names:
            before = first.setdefault(normalised_name(name), maker)
            if before is not maker:
                yield maker.problem(
                    Text(
                        f"“{name}”已经是 {before.record.id} 的名字",
                        f'"{name}" is a name of {before.record.id} already',
                    ),
                    *path,
                )


def a_shape_is_one_origins(catalog: CheckedCatalog) -> Iterator[Problem]:
    """Each shape of an origin's codes fits some of its codes, and no other's."""
    codes = [(entry.record.origin, entry.record.code) for entry in _entries(catalog) if entry.record.code]
    for origin in catalog.records.origins.values():
        for index, shape in enumerate(origin.record.shapes):
            fitting = {whose for whose, code in codes if fits(code, (shape,))}
            if fitting != {origin.record.id}:
                names = ", ".join(sorted(fitting)) or "-"
                yield origin.problem(
                    Text(
                        f"必须只符合这个来源的代码，现在符合：{names}",
                        f"must fit codes of this origin only, and fits those of: {names}",
                    ),
                    "shapes",
                    index,
                )


def sources_can_be_found(catalog: CheckedCatalog) -> Iterator[Problem]:
    """A cited program has an address, or a repository and path, or says that none is known; once each."""
    first: dict[str, LocatedRecord[Source]] = {}
    for source in catalog.records.sources.values():
        where = source.record.where
        if source.record.kind is SourceKind.CODE and not _FINDABLE.match(where):
            yield source.problem(
                Text(
                    f"要写网址，或“github.com/所有者/仓库: 路径”；都没有就以“{NO_ADDRESS}”开头",
                    f'expected an address, "github.com/owner/name: path" or a start with "{NO_ADDRESS}"',
                ),
                "where",
            )
        # A shop says no more of its own experience than whose it is.
        before = first.setdefault(where, source)
        if before is not source and source.record.kind is not SourceKind.SHOP:
            yield source.problem(
                Text(f"和来源 {before.record.id} 是同一处", f"is the same as the source {before.record.id}"),
                "where",
            )


RULES: tuple[Rule, ...] = (
    advice_rules.unknown_money_is_checked_first,
    advice_rules.what_it_is_about_is_looked_up_first,
    advice_rules.what_runs_is_waited_for,
    advice_rules.charged_is_never_tried_again,
    advice_rules.not_charged_needs_no_check,
    advice_rules.no_payment_has_its_own_word,
    advice_rules.a_running_payment_is_a_payment,
    advice_rules.an_open_outcome_is_unknown,
    advice_rules.phrase_and_retry_agree,
    advice_rules.retry_and_quick_steps_agree,
    advice_rules.a_refund_is_told_from_a_charge,
    advice_rules.the_phrase_fits_the_money,
    advice_rules.an_offered_card_is_a_step,
    advice_rules.the_machine_is_at_fault_only_if_it_is,
    advice_rules.one_look_up_is_enough,
    advice_rules.quick_steps_fit_the_causes,
    advice_rules.quick_steps_use_their_room,
    advice_rules.high_confidence_is_earned,
    advice_rules.questions_have_an_answer,
    quick_steps_are_harmless,
    everything_is_used,
    texts_are_short,
    nothing_stands_twice,
    screen_texts_are_what_it_says,
    one_entry_per_code_and_origin,
    codes_can_be_typed,
    a_name_is_one_makers,
    a_shape_is_one_origins,
    sources_can_be_found,
    text_rules.nobody_handles_card_data,
    text_rules.only_technicians_open_devices,
    text_rules.customers_hear_no_reason,
    text_rules.each_language_is_its_own,
    text_rules.the_terms_are_the_fields,
    text_rules.figures_stand_in_both_languages,
    text_rules.titles_are_plain,
    text_rules.no_two_steps_say_the_same,
    step_rules.guards_say_the_same,
    step_rules.looking_says_what_follows,
    step_rules.a_look_up_names_every_outcome,
    step_rules.a_step_takes_as_long_as_it_says,
    step_rules.switching_off_is_guarded,
    step_rules.charging_again_is_guarded,
    step_rules.asking_the_customer_is_the_cashiers,
    step_rules.every_symptom_has_a_way_out,
    step_rules.steps_fit_the_device,
    step_rules.a_platform_has_no_acquirer,
    step_rules.a_step_names_its_own_provider,
    step_rules.without_a_reader_no_card_is_handled,
    step_rules.what_swells_is_left_alone,
    step_rules.quick_steps_let_stop_steps_be_done,
    step_rules.settling_again_is_checked_first,
    step_rules.a_promised_slip_can_be_printed,
    step_rules.a_dead_network_has_a_substitute,
    step_rules.quick_steps_stand_before_long_ones,
)


def _entries(catalog: CheckedCatalog) -> Iterator[LocatedRecord[Entry]]:
    yield from catalog.records.entries.values()


def _too_long(
    found: LocatedRecord[Any], text: Text, most: tuple[int, int], *field: str | int
) -> Iterator[Problem]:
    for lang, limit in zip(Lang, most, strict=True):
        if (length := len(text.of(lang))) > limit:
            yield found.problem(_length(length, limit), *field, lang.value)


def _length(length: int, limit: int) -> Text:
    return Text(f"太长：{length} 个字符，最多 {limit} 个", f"too long: {length} characters, at most {limit}")


def _repeats(names: Sequence[object]) -> Iterator[int]:
    """Return the indexes of items that already occurred earlier in the sequence."""
    return (index for index, name in enumerate(names) if name in names[:index])


def _twice(name: str) -> Text:
    return Text(f"“{name}”写了两次", f'"{name}" stands here twice')
