"""Builds the report of a case as format-neutral blocks, in one language or both."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from pos_helper.domain import report_labels as labels
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.cases import (
    FOR_HOTLINE,
    HANDOVER,
    Case,
    Mark,
    StepResult,
    money_and_retry,
    step_progress,
)
from pos_helper.domain.entries import Meaning, Money, Step, Tab
from pos_helper.domain.errors import UserError
from pos_helper.domain.filled_in import holds_card_data
from pos_helper.domain.labels import (
    CASE_STATE,
    CONFIDENCE,
    MONEY,
    RETRY,
    STEP_RESULT,
    TAB,
    WHO,
    screen_words,
)
from pos_helper.domain.labels import NOT_BEGUN as NOT_BEGUN_WORDS
from pos_helper.domain.labels import NOT_TRIED as NOT_TRIED_WORDS
from pos_helper.domain.machines import Machine, shop_at
from pos_helper.domain.report_blocks import (
    NOT_BEGUN,
    NOT_TRIED,
    FieldList,
    LabelledValue,
    MeaningLine,
    MeaningStatus,
    Report,
    SourceLine,
    StepLine,
    Value,
)
from pos_helper.domain.report_options import LANGUAGES, ReportLanguage
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text

NO_CASE = 0
"""The number of a case that is not in the store: a report of an entry without a saved case."""

_FIRST_YEAR = 2020
"""The program is younger."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def unsaved_case(
    resolved: ResolvedEntry, at: datetime, results: Mapping[str, StepResult] | None = None, note: str = ""
) -> Case:
    """A case that is not in the store, for the report of an entry without a saved case.

    ``results`` are by step id; ``note`` gets masked for card data. Raises ``UserError`` for a step that the
    entry does not have.
    """
    results = results or {}
    if unknown := [step_id for step_id in results if step_id not in resolved.steps]:
        raise UserError(
            Text("条目 {entry} 没有这个步骤：{steps}", "The entry {entry} has no such step: {steps}").format(
                entry=resolved.entry.id, steps=", ".join(unknown)
            )
        )
    return Case(
        id=NO_CASE,
        opened_at=at,
        code_shown=resolved.entry.code or "",
        resolved=resolved,
        marks={step_id: Mark(result, at) for step_id, result in results.items()},
        note=mask_card_data(note),
    )


def is_credible(at: datetime) -> bool:
    """Whether a time can be right: a PC whose clock has stopped starts in 1970, 1980, 2000 and the like."""
    return at.year >= _FIRST_YEAR


def build_report(
    case: Case,
    shop: Shop,
    language: ReportLanguage,
    printed_at: datetime,
    program: str,
    *,
    untried: bool = False,
) -> Report:
    """Build the report of a case; ``untried`` lists the steps that were not tried.

    ``program`` is the program's name and version as printed. The catalog version is the one stored with the
    case. Times are shown with the UTC offset that they carry.
    """
    guard, clock = _Guard(), _Clock(case.opened_at)
    entry = case.resolved.entry
    no_case = case.id == NO_CASE
    number = Value("", labels.NO_CASE) if no_case else _plain(str(case.id))
    lines = _step_lines(case, guard, clock)
    worked = [line for line in lines if line.id in case.marks]
    rest = tuple(line for line in lines if line.id not in case.marks)
    done = step_progress(case.resolved, case.marks)
    return Report(
        languages=LANGUAGES[language],
        title=labels.TITLE,
        id="" if no_case else f"{case.opened_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{case.id}",
        number=number,
        code=guard.clean(entry.code or "", labels.LABELS["code"]),
        problem=guard.text(entry.title, labels.LABELS["problem"]),
        incident=_incident(case, guard, clock),
        money=_money(case),
        sale=FieldList(labels.SALE, tuple(_details(case, FOR_HOTLINE, guard))),
        tried=tuple(sorted(worked, key=lambda line: _worth(line, case.marks))),
        progress=Value(f"{done.done}/{done.total}", labels.TRIED.format(done=done.done, total=done.total)),
        rest=_rest(rest),
        untried=rest if untried else (),
        note=guard.clean(case.note, labels.LABELS["note"]),
        meanings=_meanings(case, guard),
        outcome=_outcome(case, guard, clock),
        shop=_shop(shop, case.machine, guard),
        # Last: the footer says what guard and clock have found until here.
        footer=_footer(number, case.resolved, printed_at, program, guard, clock),
    )


class _Guard:
    """The second check for card data: every text written by people passes it before it enters a report.

    It also drops control characters and lone surrogates, which some formats cannot hold.
    """

    def __init__(self) -> None:
        self._masked: dict[Text, None] = {}

    @property
    def masked(self) -> tuple[Text, ...]:
        """The labels of the fields in which something was masked, in report order."""
        return tuple(self._masked)

    def clean(self, value: str, where: Text) -> str:
        """The value without card data and control characters; lines are separated by line feeds."""
        value = _UNPRINTABLE.sub("", "\n".join(value.splitlines()))
        clean = mask_card_data(value)
        if clean != value:
            self._masked[where] = None
        return clean

    def text(self, text: Text, where: Text) -> Text:
        """The text without card data, in both languages."""
        return Text(self.clean(text.zh, where), self.clean(text.en, where))


class _Clock:
    """Tells times that cannot be right, because the PC's clock was wrong or was set back meanwhile."""

    def __init__(self, opened_at: datetime) -> None:
        self._opened_at = opened_at
        self._doubted: dict[Text, Text] = {}

    @property
    def doubted(self) -> tuple[Text, ...]:
        """The times that are not claimed, each once, with what the clock said first."""
        return tuple(self._doubted.values())

    def moment(self, at: datetime, where: Text, shown: Text | None = None) -> Value:
        """The time as it is ``shown``, by default to the minute; "not certain" if it cannot be right."""
        value = _moment(at)
        # What is done at once is not in order to the last microsecond.
        if is_credible(at) and at >= self._opened_at - timedelta(minutes=1):
            return Value(value.raw, shown or value.text)
        self._doubted.setdefault(where, _fill(labels.CLOCK_SAID, label=where, at=value.text))
        return Value("", labels.NOT_CERTAIN)


def _plain(value: str) -> Value:
    """A value that reads the same in both languages."""
    return Value(value, Text(value, value))


def _field(key: str, value: Value) -> LabelledValue:
    return LabelledValue(key, labels.LABELS[key], value)


def _moment(at: datetime) -> Value:
    """A time to the minute with its UTC offset: "2026-03-01 16:44 UTC+08:00"."""
    zone = at.strftime("%z")
    shown = f"{at:%Y-%m-%d %H:%M} UTC{zone[:3]}:{zone[3:5]}"
    return Value(at.isoformat(timespec="seconds"), Text(shown, shown))


def _fill(words: Text, **values: Text) -> Text:
    """The text with its placeholders filled in, each in its own language."""
    zh, en = (
        words.of(lang).format(**{key: value.of(lang) for key, value in values.items()}) for lang in Lang
    )
    return Text(zh, en)


def _listed(texts: Iterable[Text]) -> Text:
    each = tuple(texts)
    return Text("；".join(text.zh for text in each), "; ".join(text.en for text in each))


def _in_a_row(steps: Iterable[Step]) -> Text:
    """The texts of several steps joined by slashes: a step may contain commas and semicolons."""
    each = tuple(steps)
    return Text(" / ".join(step.text.zh for step in each), " / ".join(step.text.en for step in each))


def _incident(case: Case, guard: _Guard, clock: _Clock) -> FieldList:
    resolved, code = case.resolved, case.resolved.entry.code
    shown = guard.clean(case.code_shown or code or "", labels.LABELS["code"])
    fields = [_field("code", _plain(shown) if shown else Value("", labels.NO_CODE))]
    if code and code != case.code_shown:
        fields.append(_field("catalog_code", _plain(guard.clean(code, labels.LABELS["catalog_code"]))))
    origin = guard.text(resolved.origin.title, labels.LABELS["origin"])
    fields.append(_field("origin", Value(resolved.origin.id, origin)))
    if (says := guard.text(screen_words(resolved.entry), labels.LABELS["screen"])).zh:
        fields.append(_field("screen", Value(says.zh, says)))
    fields.append(_field("seen_at", clock.moment(case.opened_at, labels.LABELS["seen_at"])))
    machine = case.machine
    if machine is not None and (called := machine.called or machine.model):
        fields.append(_field("machine", _plain(guard.clean(called, labels.LABELS["machine"]))))
    return FieldList(labels.INCIDENT, tuple(fields))


def _money(case: Case) -> FieldList:
    """Money state and retry advice, and how sure they are."""
    entry, found = case.resolved.entry, case.money_found
    money, retry = money_and_retry(entry, found)
    fields = [_field("money", Value(money, MONEY[money])), _field("retry", Value(retry, RETRY[retry]))]
    if found is not None or entry.money is not Money.NOT_APPLICABLE:
        fields.append(_field("certainty", _certainty(entry.money, found)))
    if found is not None:
        fields.append(_field("money_catalog", Value(entry.money, MONEY[entry.money])))
    return FieldList(labels.MONEY_ANSWER, tuple(fields))


def _certainty(by_code: Money, found: Money | None) -> Value:
    if found is Money.UNKNOWN:
        return Value("still_unknown", labels.STILL_UNKNOWN)
    if found is not None:
        return Value("looked_up", labels.LOOKED_UP)
    if by_code is Money.UNKNOWN:
        return Value("not_looked_up", labels.NOT_LOOKED_UP)
    return Value("code_alone", labels.BY_CODE)


def _details(case: Case, keys: Iterable[str], guard: _Guard) -> Iterator[LabelledValue]:
    """Those of the case's details that were filled in."""
    for key in keys:
        if value := _filled_in(key, getattr(case.details, key), guard):
            yield _field(key, _plain(value))


def _filled_in(key: str, value: str, guard: _Guard) -> str:
    return guard.clean(value, labels.LABELS[key]) if holds_card_data(key, value) else value


def _outcome(case: Case, guard: _Guard, clock: _Clock) -> FieldList:
    """How it ended, by which step, and who has it now."""
    fields = [_field("state", _state(case))]
    if case.closed_at is not None:
        fields.append(_field("closed_at", clock.moment(case.closed_at, labels.LABELS["closed_at"])))
    helped = [step for step in case.resolved.all_steps() if case.result_of(step.id) is StepResult.HELPED]
    if helped:
        text = guard.text(_in_a_row(helped), labels.LABELS["helped"])
        fields.append(_field("helped", Value(", ".join(step.id for step in helped), text)))
    fields += _details(case, HANDOVER, guard)
    return FieldList(labels.OUTCOME, tuple(fields))


def _state(case: Case) -> Value:
    """How far the case is; an entry that is in no store and has nothing ticked or noted has not begun."""
    if case.id == NO_CASE and not case.marks and not case.note:
        return Value(NOT_BEGUN, NOT_BEGUN_WORDS)
    return Value(case.state, CASE_STATE[case.state])


def _shop(shop: Shop, machine: Machine | None, guard: _Guard) -> FieldList:
    """What is known of the shop and the machine; the terminal ID always has a line."""
    shop = shop_at(shop, machine)
    fields = []
    for key in shop.__struct_fields__:
        value = _filled_in(key, getattr(shop, key), guard)
        if value:
            fields.append(_field(key, _plain(value)))
        elif key == "terminal_id":
            fields.append(_field(key, Value("", labels.NOT_FILLED_IN)))
    return FieldList(labels.SHOP, tuple(fields))


def _step_lines(case: Case, guard: _Guard, clock: _Clock) -> list[StepLine]:
    """All steps, each once in the first group that has it: the quick steps, then tab by tab."""
    resolved = case.resolved
    groups = [(Value("first", labels.FIRST), resolved.first_steps())]
    groups += [(Value(tab, TAB[tab]), resolved.steps_in(tab)) for tab in Tab]
    group_of: dict[str, Value] = {}
    for group, steps in groups:
        for step in steps:
            group_of.setdefault(step.id, group)
    return [_step_line(case, step, group_of[step.id], guard, clock) for step in resolved.all_steps()]


def _step_line(case: Case, step: Step, group: Value, guard: _Guard, clock: _Clock) -> StepLine:
    mark = case.marks.get(step.id)
    result = mark.result if mark else None
    causes = case.resolved.entry.causes
    text, note_label = guard.text(step.text, labels.LABELS["step"]), labels.LABELS["step_note"]
    note_of_step = Text(f"{note_label.zh}（{text.zh}）", f"{note_label.en} ({text.en})")
    return StepLine(
        id=step.id,
        text=text,
        group=group,
        tabs=tuple(
            Value(tab, TAB[tab])
            for tab in Tab
            if any(cause.tab is tab and step.id in cause.steps for cause in causes)
        ),
        who=Value(step.who, WHO[step.who]),
        result=Value(result, STEP_RESULT[result]) if result else Value(NOT_TRIED, NOT_TRIED_WORDS),
        at=_time_of_mark(mark.at, case.opened_at, clock) if mark else _plain(""),
        note=guard.clean(mark.note, note_of_step) if mark else "",
    )


def _time_of_mark(at: datetime, opened_at: datetime, clock: _Clock) -> Value:
    """The time of a mark, without the date and the UTC offset where they are those of the case."""
    shown = None
    if at.utcoffset() == opened_at.utcoffset():
        short = f"{at:%H:%M}" if at.date() == opened_at.date() else f"{at:%Y-%m-%d %H:%M}"
        shown = Text(short, short)
    return clock.moment(at, labels.LABELS["at"], shown)


def _worth(line: StepLine, marks: Mapping[str, Mark]) -> tuple[bool, bool, datetime]:
    """What helped comes first, what has only a note last; the others are in the order of their times."""
    result = line.result.raw
    return result != StepResult.HELPED, result == NOT_TRIED, marks[line.id].at


def _rest(lines: Collection[StepLine]) -> Value:
    """How many steps were not tried, and where they stand."""
    if not lines:
        return Value("0", labels.ALL_TRIED)
    groups = Counter(line.group for line in lines)
    where = Text(
        "、".join(f"{group.text.zh} {count}" for group, count in groups.items()),
        ", ".join(f"{group.text.en} {count}" for group, count in groups.items()),
    )
    count = str(len(lines))
    words = labels.ONE_MORE if len(lines) == 1 else labels.REST
    return Value(count, _fill(words, count=Text(count, count), where=where))


def _meanings(case: Case, guard: _Guard) -> tuple[MeaningLine, ...]:
    """What the code can mean, the chosen meaning first."""
    meanings = [_meaning(case, index, each, guard) for index, each in enumerate(case.resolved.entry.meanings)]
    return tuple(sorted(meanings, key=lambda meaning: meaning.choice.raw != MeaningStatus.CHOSEN))


def _meaning(case: Case, index: int, meaning: Meaning, guard: _Guard) -> MeaningLine:
    if case.meaning is None:
        choice = MeaningStatus.UNDECIDED
    else:
        choice = MeaningStatus.CHOSEN if case.meaning == index else MeaningStatus.REJECTED
    sources = [case.resolved.sources[source_id] for source_id in meaning.sources]
    return MeaningLine(
        text=guard.text(meaning.text, labels.LABELS["meaning"]),
        choice=Value(choice, labels.CHOICE[choice]),
        confidence=Value(meaning.confidence, CONFIDENCE[meaning.confidence]),
        sources=tuple(
            SourceLine(
                source.id,
                guard.text(source.title, labels.LABELS["source"]),
                guard.clean(source.where, labels.LABELS["source"]),
            )
            for source in sources
        ),
    )


def _footer(
    number: Value, resolved: ResolvedEntry, printed_at: datetime, program: str, guard: _Guard, clock: _Clock
) -> FieldList:
    fields = [
        _field("report_no", number),
        _field("printed_at", clock.moment(printed_at, labels.LABELS["printed_at"])),
        _field("program", _plain(program)),
        _field("catalog", _plain(resolved.catalog)),
        _field("card_data", Value("checked", labels.NO_CARD_DATA)),
    ]
    if guard.masked:
        fields.append(_field("masked", Value("masked", _listed(guard.masked))))
    if clock.doubted:
        words = _fill(labels.CLOCK_WRONG, times=_listed(clock.doubted))
        fields.append(_field("clock", Value("wrong", words)))
    return FieldList(labels.FOOTER, tuple(fields))
