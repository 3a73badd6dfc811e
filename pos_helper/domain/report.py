"""Builds the report of a case as format-neutral blocks, in one language or both."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from pos_helper.domain import report_labels as labels
from pos_helper.domain.card_data import mask_card_data
from pos_helper.domain.cases import Case, Mark, StepResult, money_and_retry, step_progress
from pos_helper.domain.entries import Meaning, Money, Step, Tab
from pos_helper.domain.errors import UserError
from pos_helper.domain.filled_in import is_valid_number
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
    StepTable,
    Value,
)
from pos_helper.domain.report_options import ReportLanguage
from pos_helper.domain.resolved_entry import ResolvedEntry
from pos_helper.domain.shop import Shop
from pos_helper.domain.text import Lang, Text

NO_CASE = 0
"""The number of a case that is not in the store: a report of an entry without a saved case."""

_LANGUAGES = {
    ReportLanguage.ZH: (Lang.ZH,),
    ReportLanguage.EN: (Lang.EN,),
    ReportLanguage.BOTH: (Lang.ZH, Lang.EN),
}

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


def build_report(
    case: Case, shop: Shop, language: ReportLanguage, printed_at: datetime, program: str
) -> Report:
    """Build the report of a case.

    ``program`` is the program's name and version as printed. The catalog version is the one stored with the
    case. Times are shown with the UTC offset that they carry.
    """
    guard = _Guard()
    entry = case.resolved.entry
    no_case = case.id == NO_CASE
    number = Value("", labels.NO_CASE) if no_case else _plain(str(case.id))
    return Report(
        languages=_LANGUAGES[language],
        title=labels.TITLE,
        number=number,
        code=guard.clean(entry.code or "", labels.LABELS["code"]),
        problem=guard.text(entry.title, labels.LABELS["problem"]),
        incident=_incident(case, guard),
        money=_money(case),
        shop=_shop(shop, case.machine, guard),
        note=guard.clean(case.note, labels.LABELS["note"]),
        steps=tuple(_step_tables(case, guard)),
        meanings=tuple(_meaning(case, index, meaning, guard) for index, meaning in enumerate(entry.meanings)),
        # Last: the footer lists the fields that the guard has masked until here.
        footer=_footer(number, case.resolved, printed_at, program, guard),
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


def _in_a_row(steps: Iterable[Step]) -> Text:
    """The texts of several steps joined by slashes: a step may contain commas and semicolons."""
    each = tuple(steps)
    return Text(" / ".join(step.text.zh for step in each), " / ".join(step.text.en for step in each))


def _incident(case: Case, guard: _Guard) -> FieldList:
    resolved, code = case.resolved, case.resolved.entry.code
    shown = guard.clean(case.code_shown or code or "", labels.LABELS["code"])
    fields = [_field("code", _plain(shown) if shown else Value("", labels.NO_CODE))]
    if code and code != case.code_shown:
        fields.append(_field("catalog_code", _plain(guard.clean(code, labels.LABELS["catalog_code"]))))
    origin = guard.text(resolved.origin.title, labels.LABELS["origin"])
    fields.append(_field("origin", Value(resolved.origin.id, origin)))
    if (says := guard.text(screen_words(resolved.entry), labels.LABELS["screen"])).zh:
        fields.append(_field("screen", Value(says.zh, says)))
    fields += [
        _field("seen_at", _moment(case.opened_at)),
        _field("state", _state(case)),
    ]
    if case.closed_at is not None:
        fields.append(_field("closed_at", _moment(case.closed_at)))
    tried = step_progress(resolved, case.marks)
    fields.append(
        _field(
            "tried",
            Value(f"{tried.done}/{tried.total}", labels.TRIED.format(done=tried.done, total=tried.total)),
        )
    )
    helped = [step for step in resolved.all_steps() if case.result_of(step.id) is StepResult.HELPED]
    if helped:
        text = guard.text(_in_a_row(helped), labels.LABELS["helped"])
        fields.append(_field("helped", Value(", ".join(step.id for step in helped), text)))
    return FieldList(labels.INCIDENT, tuple(fields))


def _state(case: Case) -> Value:
    """How far the case is; an entry that is in no store and has nothing ticked or noted has not begun."""
    if case.id == NO_CASE and not case.marks and not case.note:
        return Value(NOT_BEGUN, NOT_BEGUN_WORDS)
    return Value(case.state, CASE_STATE[case.state])


def _money(case: Case) -> FieldList:
    """Money state and retry advice, and what they are based on: the catalog and the last-sale check."""
    entry, found = case.resolved.entry, case.money_found
    money, retry = money_and_retry(entry, found)
    fields = [
        _field("money", Value(money, MONEY[money])),
        _field("retry", Value(retry, RETRY[retry])),
        _field("money_catalog", Value(entry.money, MONEY[entry.money])),
    ]
    if found is Money.UNKNOWN:
        fields.append(_field("money_found", Value(found, labels.STILL_UNKNOWN)))
    elif found is not None:
        fields.append(_field("money_found", Value(found, MONEY[found])))
    elif entry.money is not Money.NOT_APPLICABLE:
        fields.append(_field("money_found", Value("", labels.NOT_LOOKED_UP)))
    return FieldList(labels.MONEY_ANSWER, tuple(fields))


def _shop(shop: Shop, machine: Machine | None, guard: _Guard) -> FieldList:
    """What is known of the shop and the machine; the terminal ID always has a line."""
    shop = shop_at(shop, machine)
    fields = []
    for key in shop.__struct_fields__:
        if key == "terminal_id" and machine is not None and machine.called:
            fields.append(_field("machine", _plain(guard.clean(machine.called, labels.LABELS["machine"]))))
        value: str = getattr(shop, key)
        if not is_valid_number(key, value):
            value = guard.clean(value, labels.LABELS[key])
        if value:
            fields.append(_field(key, _plain(value)))
        elif key == "terminal_id":
            fields.append(_field(key, Value("", labels.NOT_FILLED_IN)))
    return FieldList(labels.SHOP, tuple(fields))


def _step_tables(case: Case, guard: _Guard) -> Iterator[StepTable]:
    """The quick steps, then each tab that has causes. A shared step is listed in the first of its groups."""
    resolved = case.resolved
    groups = [(Value("first", labels.FIRST), resolved.first_steps())]
    groups += [(Value(tab, TAB[tab]), resolved.steps_in(tab)) for tab in Tab]
    listed: set[str] = set()
    for group, steps in groups:
        fresh = tuple(step for step in steps if step.id not in listed)
        shared = tuple(step for step in steps if step.id in listed)
        listed.update(step.id for step in fresh)
        if steps:
            yield StepTable(
                group=group,
                lines=tuple(_step_line(case, step, guard) for step in fresh),
                listed_above=_listed_above(shared, guard) if shared else None,
            )


def _listed_above(steps: tuple[Step, ...], guard: _Guard) -> Text:
    texts = guard.text(_in_a_row(steps), labels.LABELS["step"])
    return Text(labels.LISTED_ABOVE.zh.format(steps=texts.zh), labels.LISTED_ABOVE.en.format(steps=texts.en))


def _step_line(case: Case, step: Step, guard: _Guard) -> StepLine:
    mark = case.marks.get(step.id)
    result = mark.result if mark else None
    causes = case.resolved.entry.causes
    text, note_label = guard.text(step.text, labels.LABELS["step"]), labels.LABELS["step_note"]
    note_of_step = Text(f"{note_label.zh}（{text.zh}）", f"{note_label.en} ({text.en})")
    return StepLine(
        id=step.id,
        text=text,
        tabs=tuple(
            Value(tab, TAB[tab])
            for tab in Tab
            if any(cause.tab is tab and step.id in cause.steps for cause in causes)
        ),
        who=Value(step.who, WHO[step.who]),
        result=Value(result, STEP_RESULT[result]) if result else Value(NOT_TRIED, NOT_TRIED_WORDS),
        at=_moment_of_mark(mark.at, case.opened_at) if mark else _plain(""),
        note=guard.clean(mark.note, note_of_step) if mark else "",
    )


def _moment_of_mark(at: datetime, opened_at: datetime) -> Value:
    """The time of a mark, without the date and the UTC offset where they are those of the case."""
    if at.utcoffset() != opened_at.utcoffset():
        return _moment(at)
    shown = f"{at:%H:%M}" if at.date() == opened_at.date() else f"{at:%Y-%m-%d %H:%M}"
    return Value(at.isoformat(timespec="seconds"), Text(shown, shown))


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
    number: Value, resolved: ResolvedEntry, printed_at: datetime, program: str, guard: _Guard
) -> FieldList:
    fields = [
        _field("report_no", number),
        _field("printed_at", _moment(printed_at)),
        _field("program", _plain(program)),
        _field("catalog", _plain(resolved.catalog)),
        _field("card_data", Value("checked", labels.NO_CARD_DATA)),
    ]
    if guard.masked:
        where = Text("；".join(text.zh for text in guard.masked), "; ".join(text.en for text in guard.masked))
        fields.append(_field("masked", Value("masked", where)))
    return FieldList(labels.FOOTER, tuple(fields))
