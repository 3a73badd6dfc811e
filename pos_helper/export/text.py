"""The report as plain text, to paste into a chat and read on a phone."""

from collections.abc import Iterator

from pos_helper.domain import report_labels as labels
from pos_helper.domain.cases import StepResult
from pos_helper.domain.report_blocks import FieldList, MeaningLine, MeaningStatus, Report, StepLine, StepTable
from pos_helper.domain.text import Lang, Text

_TICKS = {StepResult.HELPED.value: "✔", StepResult.NO_CHANGE.value: "✘", StepResult.COULD_NOT.value: "✘"}
_NO_TICK = "–"
_CHOSEN = "✔"
_INDENT = "　"
_IN_BRACKETS = Text("{}（{}）", "{} ({})")


def render_text(report: Report) -> str:
    """The report as lines of plain text, each ending in a line feed, without markup."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield f"【{_one(report, report.title)}】"
    first, *others = report.in_languages(report.problem)
    yield f"{report.code} {first}".strip()
    yield from others
    for block in (report.money, report.incident, report.shop):
        yield from _heading(report, block.title)
        yield from _fields(report, block)
    if report.note:
        yield from _heading(report, labels.LABELS["note"])
        yield from report.note.splitlines()
    for table in report.steps:
        yield from _steps(report, table)
    if report.meanings:
        yield from _heading(report, labels.MEANINGS)
        for meaning in report.meanings:
            yield from _meaning(report, meaning)
    yield from _heading(report, report.footer.title)
    yield from _fields(report, report.footer)


def _one(report: Report, text: Text) -> str:
    """A short text on one line, in all languages of the report."""
    return " ".join(report.in_languages(text))


def _labelled(report: Report, label: Text, value: str, width: int = 0) -> str:
    return f"{_one(report, label).ljust(width, _INDENT)}{report.colon}{value}"


def _heading(report: Report, title: Text, count: str = "") -> Iterator[str]:
    yield ""
    yield f"■ {_one(report, title)} {count}".rstrip()


def _fields(report: Report, block: FieldList) -> Iterator[str]:
    # Chinese labels are padded to the same width: in a chat all Chinese characters are equally wide.
    width = max(len(field.label.zh) for field in block.fields) if report.languages == (Lang.ZH,) else 0
    for field in block.fields:
        first, *others = report.in_languages(field.value.text)
        yield _labelled(report, field.label, first, width)
        yield from (f"{_INDENT}{other}" for other in others)


def _steps(report: Report, table: StepTable) -> Iterator[str]:
    count = f"{table.tried}/{len(table.lines)}" if table.lines else ""
    yield from _heading(report, table.group.text, count)
    for line in table.lines:
        yield from _step(report, line)
    if table.listed_above:
        yield from report.in_languages(table.listed_above)


def _step(report: Report, line: StepLine) -> Iterator[str]:
    mark = f"{_TICKS.get(line.result.raw, _NO_TICK)} "
    for lang in report.languages:
        remarks = " · ".join(
            filter(None, (value.text.of(lang) for value in (line.result, line.at, line.who)))
        )
        yield mark + _IN_BRACKETS.of(lang).format(line.text.of(lang), remarks)
        mark = _INDENT
    if line.note:
        yield _INDENT + _labelled(report, labels.LABELS["note"], " ".join(line.note.splitlines()))


def _meaning(report: Report, meaning: MeaningLine) -> Iterator[str]:
    first, *others = report.in_languages(meaning.text)
    yield f"{_CHOSEN if meaning.choice.raw == MeaningStatus.CHOSEN else _NO_TICK} {first}"
    yield from (f"{_INDENT}{other}" for other in others)
    yield f"{_INDENT}{_one(report, meaning.choice.text)} · {_one(report, meaning.confidence.text)}"
    for source in meaning.sources:
        title = _one(report, source.title)
        yield _INDENT + _labelled(report, labels.LABELS["source"], f"{title} · {source.where}")
